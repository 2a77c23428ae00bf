def gptq(W, X, bits, damp=0.01):
    """W quantized, each column's error made good by those after it.

    W: O rows of I floats, the weights; a row gives one output
    X: N rows of I floats, the calibration inputs
    bits: int from 2 to 8
    damp: float of at least 0, the share of the mean of H's diagonal
        that is added to it
    Gives O rows of I floats, whole multiples of each row's scale.
    Raises ValueError for anything else, and where H is singular.
    """
    raise NotImplementedError
