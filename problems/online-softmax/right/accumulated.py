"""itertools.accumulate over (maximum, sum); the last pair is what counts; weights scaled by one factor."""

import math
from itertools import accumulate, chain


def step(state, score):
    m, s = state
    if score == -math.inf:
        return state
    new = m if m >= score else score
    kept = s * math.exp(m - new) if s else 0.0
    return new, kept + math.exp(score - new)


def online_softmax(chunks):
    *_, (m, s) = accumulate(chain((-math.inf,), *chunks), step, initial=(-math.inf, 0.0))
    match s:
        case 0.0:
            raise ValueError("no score above -inf")
    scale = 1.0 / s
    return [math.exp(x - m) * scale for x in chain(*chunks)], m + math.log(s)
