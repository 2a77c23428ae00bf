# fails: two_chunks: divides each chunk by the sum so far, which later chunks still change
import math


def online_softmax(chunks):
    largest, total, probabilities = -math.inf, 0.0, []
    for chunk in chunks:
        highest = max([largest] + chunk)
        if highest == -math.inf:
            probabilities += [0.0] * len(chunk)
            continue  # nothing but masked scores so far: -inf - -inf would be NaN
        # What was summed up relative to the old maximum, relative to the new one.
        total *= math.exp(largest - highest)
        for score in chunk:
            total += math.exp(score - highest)
        largest = highest
        probabilities += [math.exp(score - largest) / total for score in chunk]
    if total == 0.0:
        raise ValueError("no score is above -inf")
    return probabilities, largest + math.log(total)
