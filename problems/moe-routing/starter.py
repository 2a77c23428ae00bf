def moe(x, Wr, experts, k, cf, renorm=True):
    """A mixture of experts: tokens go to their k likeliest experts,
    as far as these have room.

    x: T rows of Dm floats, the tokens; T may be 0
    Wr: Dm rows of E floats, the router
    experts: list of E functions; each takes a list of rows of Dm floats
        and gives as many such rows
    k: int from 1 to E
    cf: float above 0, the capacity factor
    renorm: whether a token's k weights are divided by their sum
    Gives (y, stats): T rows of Dm floats, and a dict of
    "capacity": int, tokens an expert takes, ceil(cf * T * k / E)
    "load": list of E ints, the tokens each expert took
    "dropped": int, the choices for which there was no room
    "drop_rate": float, dropped over T * k; 0.0 for no tokens
    Raises ValueError for anything else.
    """
    raise NotImplementedError
