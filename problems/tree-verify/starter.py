def layout(parents, past):
    """What the nodes of a draft tree see, and where they stand.

    parents: list of int, of each node its parent's number, which is
        smaller than its own, or -1 at the root
    past: int, positions before the tree
    returns: (mask, positions); mask[i] is a list of past + N bools,
        True where node i sees; positions is a list of N ints
    """
    raise NotImplementedError


def verify(parents, tokens, choices):
    """The longest path that greedy decoding takes as well.

    tokens: list of int, of each node its token
    choices: list of N + 1 ints, the target's token at the root, then
        after each node
    returns: (path, emitted), a list of node numbers and one of tokens
    """
    raise NotImplementedError


def sample(parents, tokens, p, q, rng):
    """A path and tokens distributed as the target samples them.

    p: N + 1 rows of V floats, the target's probabilities at the root,
        then after each node
    q: N rows of V floats, what each node's token was drawn from
    rng: has random(), which returns a float of [0, 1)
    returns: (path, emitted), a list of node numbers and one of tokens
    """
    raise NotImplementedError
