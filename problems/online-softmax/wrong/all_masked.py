# fails: all_masked: answers a fully masked row with zeros, as many kernels do; here that is an error
import math


def online_softmax(chunks):
    largest, total = -math.inf, 0.0
    for chunk in chunks:
        highest = max([largest] + chunk)
        if highest == -math.inf:
            continue  # nothing but masked scores so far: -inf - -inf would be NaN
        # What was summed up relative to the old maximum, relative to the new one.
        total *= math.exp(largest - highest)
        for score in chunk:
            total += math.exp(score - highest)
        largest = highest
    if total == 0.0:
        return [0.0 for chunk in chunks for _ in chunk], -math.inf
    probabilities = [math.exp(score - largest) / total for chunk in chunks for score in chunk]
    return probabilities, largest + math.log(total)
