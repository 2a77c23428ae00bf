def beam_search(step, beam, max_len, eos, alpha=0.0):
    """The best token sequences that beam search finds, best first.

    step: function; step(tokens), with a tuple of ints, returns a
        list of V floats, the log-probabilities of the next token;
        float("-inf") forbids a token
    beam: int of at least 1, how many hypotheses are kept
    max_len: int of at least 1, the most tokens, including eos
    eos: int from 0 to V - 1, the token that ends a hypothesis
    alpha: float of at least 0; a score is the sum of
        log-probabilities over length ** alpha
    Returns at most beam pairs (tokens, score): tuple of ints, float.
    Raises ValueError for anything else.
    """
    raise NotImplementedError
