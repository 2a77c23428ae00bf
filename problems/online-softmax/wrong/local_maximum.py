# fails: falling_scores: rescales to each chunk's own maximum, which may be far below the one so far
import math


def online_softmax(chunks):
    largest, total = -math.inf, 0.0
    for chunk in chunks:
        if not chunk:
            continue
        highest = max(chunk)
        if highest == -math.inf:
            continue  # nothing but masked scores so far: -inf - -inf would be NaN
        # What was summed up relative to the old maximum, relative to the new one.
        total *= math.exp(largest - highest)
        for score in chunk:
            total += math.exp(score - highest)
        largest = highest
    if total == 0.0:
        raise ValueError("no score is above -inf")
    probabilities = [math.exp(score - largest) / total for chunk in chunks for score in chunk]
    return probabilities, largest + math.log(total)
