def kd_loss(zs, zt, y, T, alpha):
    """The distillation loss and its gradient, for the student's logits.

    zs: list of B rows of V floats, the student's logits
    zt: list of B rows of V floats, the teacher's logits
    y: list of B ints, the right token of each row, 0 to V - 1
    T: float above 0, the temperature of the soft term
    alpha: float from 0 to 1, the weight of the soft term
    Returns (loss, gradient): a float and a list of B rows of V floats.
    Raises ValueError for anything else.
    """
    raise NotImplementedError
