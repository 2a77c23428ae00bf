def spec_step(p, q, draft, rng):
    """One step of speculative sampling: the tokens that it emits, distributed as the target's.

    p: list of g + 1 rows of V floats, the target's probabilities for the token in each place
    q: list of g rows of V floats, the probabilities that each drafted token was sampled from
    draft: list of g ints, the drafted tokens; g may be 0
    rng: has .random(), a float from 0 up to but not including 1
    Gives a list of 1 to g + 1 ints: the accepted tokens, then one more.
    Draws one number for each drafted token it looks at, then one for the last token.
    Raises ValueError for anything else.
    """
    raise NotImplementedError
