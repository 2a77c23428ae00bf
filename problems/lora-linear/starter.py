def bf16(x):
    """The nearest number with 8 significant bits, a half to even.

    x: float, 0 or of magnitude 1e-30 to 1e30
    returns: float
    """
    raise NotImplementedError


class LoraLinear:
    """A linear layer in BF16 with a low-rank adapter.

    w: [O][I], rounded to BF16 when stored; a: [r][I]; b: [O][r];
    alpha: number; lists of floats
    """

    def __init__(self, w, a, b, alpha):
        pass

    def forward(self, x):
        """The output, a list of O floats, for x, a list of I floats."""
        raise NotImplementedError

    def merge(self):
        """Adds the adapter to the weights. RuntimeError: it is in."""
        raise NotImplementedError

    def unmerge(self):
        """Subtracts it again. RuntimeError: it is not merged."""
        raise NotImplementedError

    def swap(self, a, b, alpha):
        """Another adapter of any rank, merged if the old one was."""
        raise NotImplementedError

    def weights(self):
        """The stored weights, [O][I], a copy."""
        raise NotImplementedError


def lost(w, a, b, alpha):
    """The share of the adapter that merging loses by rounding.

    returns: float
    """
    raise NotImplementedError
