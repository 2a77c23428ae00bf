def online_softmax(chunks):
    """The softmax of a stream, and its log-sum-exp.

    chunks: a list of lists of floats, together n scores; a score may be
        -inf (masked), a chunk may be empty.
    Returns (probabilities, lse): a flat list of n floats in the order
        of the scores, and a float.
    Raises ValueError where no score is above -inf.
    """
    raise NotImplementedError
