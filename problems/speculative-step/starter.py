def spec_step(p, q, draft, rng):
    """One step of speculative sampling: emits what the target would.

    p: list of g + 1 rows of V floats, the target's probabilities
    q: list of g rows of V floats, what each token was drafted from
    draft: list of g ints, the drafted tokens; g may be 0
    rng: has .random(), a float from 0 up to but not including 1
    Returns 1 to g + 1 ints: the accepted tokens, then one more.
    Draws a number per drafted token looked at, and one for the last.
    Raises ValueError for anything else.
    """
    raise NotImplementedError
