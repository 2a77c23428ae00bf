import math


def online_softmax(chunks):
    """The softmax of a stream, and its log-sum-exp.

    chunks: a list of lists of floats, together n scores; a score may be -inf (masked), a chunk may be empty.
    Returns (probabilities, lse): a flat list of n floats in the order of the scores, and a float.
    Raises ValueError where no score is above -inf.
    """
    largest, total = -math.inf, 0.0
    for chunk in chunks:
        highest = max([largest] + chunk)
        if highest == -math.inf:
            continue  # only masked scores so far: -inf - -inf would be NaN
        # Rescales the sum from the old maximum to the new one.
        total *= math.exp(largest - highest)
        for score in chunk:
            total += math.exp(score - highest)
        largest = highest
    if total == 0.0:
        raise ValueError("no score is above -inf")
    probabilities = [math.exp(score - largest) / total for chunk in chunks for score in chunk]
    return probabilities, largest + math.log(total)
