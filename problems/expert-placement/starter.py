def replicate(loads, slots):
    """How many replicas each expert gets.

    loads: list of E ints, the tokens of each expert
    slots: int, replicas in all, at least E
    returns: list of E ints, each at least 1
    """
    raise NotImplementedError


def place(loads, ranks, per_rank):
    """Which experts each rank holds.

    ranks: int; per_rank: int, slots on each
    returns: a list for each rank, of per_rank expert numbers, ascending
    """
    raise NotImplementedError


def balance(loads, placement):
    """The load of the busiest rank over the mean of all ranks.

    placement: a list for each rank, of expert numbers
    returns: float
    """
    raise NotImplementedError


def moves(old, new):
    """How many experts have to be copied to a rank that lacks them.

    old, new: placements
    returns: int
    """
    raise NotImplementedError
