"""Beam search in which a finished hypothesis keeps its place in the beam."""

FORBIDDEN = float("-inf")


def check(beam, max_len, alpha):
    if beam < 1:
        raise ValueError("beam must be at least 1")
    if max_len < 1:
        raise ValueError("max_len must be at least 1")
    if not alpha >= 0:
        raise ValueError("alpha must not be negative")


def extended(tokens, total, step, eos):
    """The hypothesis extended by each token that may follow it, with the new sum."""
    logps = step(tokens)
    if not 0 <= eos < len(logps):
        raise ValueError("eos must be from 0 to V - 1")
    return [(tokens + (token,), total + logp) for token, logp in enumerate(logps) if logp > FORBIDDEN]


def beam_search(step, beam, max_len, eos, alpha=0.0):
    check(beam, max_len, alpha)

    def score(hypothesis):
        tokens, total = hypothesis
        return total / len(tokens) ** alpha

    def ended(hypothesis):
        return hypothesis[0][-1:] == (eos,)

    kept = [((), 0.0)]
    for _ in range(max_len):
        candidates = []
        for hypothesis in kept:
            if ended(hypothesis):
                candidates.append(hypothesis)
            else:
                candidates += extended(hypothesis[0], hypothesis[1], step, eos)
        # The tokens break ties, whatever order the candidates came in.
        kept = sorted(candidates, key=lambda hypothesis: (-score(hypothesis), hypothesis[0]))[:beam]
        if all([ended(hypothesis) for hypothesis in kept]):
            break
    return [(hypothesis[0], score(hypothesis)) for hypothesis in kept]
