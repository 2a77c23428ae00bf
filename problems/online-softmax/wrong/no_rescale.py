# fails: larger_maximum_later: the sum stays relative to the old maximum when a larger one comes
import math


def online_softmax(chunks):
    largest, total = -math.inf, 0.0
    for chunk in chunks:
        highest = max([largest] + chunk)
        if highest == -math.inf:
            continue  # nothing but masked scores so far: -inf - -inf would be NaN
        for score in chunk:
            total += math.exp(score - highest)
        largest = highest
    if total == 0.0:
        raise ValueError("no score is above -inf")
    probabilities = [math.exp(score - largest) / total for chunk in chunks for score in chunk]
    return probabilities, largest + math.log(total)
