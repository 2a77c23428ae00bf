"""Plausible wrong answers, as edits of the solution; CONTRIBUTING.md says how they are written."""

WRONG = [
    (
        "all_masked",
        "all_masked",
        "answers a fully masked row with zeros, as many kernels do; here that is an error",
        'raise ValueError("no score is above -inf")',
        "return [0.0 for chunk in chunks for _ in chunk], -math.inf",
    ),
    (
        "empty_chunk",
        "empty_chunk",
        "max() of an empty list raises ValueError",
        "max([largest] + chunk",
        "max(largest, max(chunk)",
    ),
    (
        "local_maximum",
        "falling_scores",
        "rescales to each chunk's own maximum, which may be far below the one so far",
        "highest = max([largest] + chunk)",
        """if not chunk:
            continue
        highest = max(chunk)""",
    ),
    (
        "lse_without_maximum",
        "one_chunk",
        "forgets that the sum is relative to the maximum",
        "probabilities, largest + ",
        "probabilities, ",
    ),
    (
        "masked_first",
        "masked_chunk_first",
        "-inf - -inf is NaN, and NaN stays",
        """        if highest == -math.inf:
            continue  # only masked scores so far: -inf - -inf would be NaN
""",
        "",
    ),
    (
        "no_maximum",
        "large_scores",
        "the textbook formula, exponentials of the scores themselves",
        """        # Rescales the sum from the old maximum to the new one.
        total *= math.exp(largest - highest)
""",
        "",
        "exp(score - highest)",
        "exp(score)",
        """probabilities = [math.exp(score - largest) / total for chunk in chunks for score in chunk]
    return probabilities, largest + math.log(total)""",
        """probabilities = [math.exp(score) / total for chunk in chunks for score in chunk]
    return probabilities, math.log(total)""",
    ),
    (
        "no_rescale",
        "larger_maximum_later",
        "the sum stays relative to the old maximum when a larger one comes",
        """        # Rescales the sum from the old maximum to the new one.
        total *= math.exp(largest - highest)
""",
        "",
    ),
    (
        "normalised_too_early",
        "two_chunks",
        "divides each chunk by the sum so far, which later chunks still change",
        "total = -math.inf, 0.0",
        "total, probabilities = -math.inf, 0.0, []",
        "if highest == -math.inf:",
        """if highest == -math.inf:
            probabilities += [0.0] * len(chunk)""",
        "largest = highest",
        """largest = highest
        probabilities += [math.exp(score - largest) / total for score in chunk]""",
        "    probabilities = [math.exp(score - largest) / total for chunk in chunks for score in chunk]\n",
        "",
    ),
    (
        "lse_in_the_exponent",
        "large_scores",
        "takes exp(x - lse), where lse near 10,000 is rounded at 1e-12",
        "math.exp(score - largest) / total for",
        "math.exp(score - (largest + math.log(total))) for",
    ),
    (
        "tuple_of_probabilities",
        "one_chunk",
        "returns a tuple where a list is asked for",
        "return probabilities, largest",
        "return tuple(probabilities), largest",
    ),
    (
        "sorts_in_place",
        "chunks_left_alone",
        "sorts each chunk to read its maximum off the end",
        """    for chunk in chunks:
        highest = max([largest] + chunk)""",
        """    given = [list(chunk) for chunk in chunks]
    for chunk in chunks:
        chunk.sort()
        highest = max([largest] + chunk[-1:])""",
        "for chunk in chunks for score in chunk]",
        "for chunk in given for score in chunk]",
    ),
    (
        "one_list_of_all",
        "a_chunk_at_a_time",
        "puts all scores into one list first: that is softmax, and nothing is online",
        """    for chunk in chunks:
        highest""",
        """    for chunk in [[score for chunk in chunks for score in chunk]]:
        highest""",
    ),
    (
        "starts_over",
        "a_chunk_at_a_time",
        "reckons with all chunks so far anew whenever one comes",
        """    for chunk in chunks:
        highest""",
        """    for end in range(len(chunks)):
        chunk, total = [score for chunk in chunks[: end + 1] for score in chunk], 0.0
        highest""",
    ),
    (
        "state_of_the_module",
        "two_chunks",
        "keeps maximum and sum between calls",
        "    largest, total = -math.inf, 0.0\n",
        "    global largest, total\n",
        "    return probabilities,",
        """    probabilities = probabilities[:]
    return probabilities,""",
        "import math\n",
        """import math

largest, total = -math.inf, 0.0
""",
    ),
    (
        "touched_first",
        "a_chunk_at_a_time",
        "adds every chunk up as it comes, for show, and takes the softmax of the whole list afterwards",
        """    for chunk in chunks:
        highest""",
        """    for chunk in chunks:
        sum(chunk)
    for chunk in [[score for chunk in chunks for score in chunk]]:
        highest""",
    ),
]
