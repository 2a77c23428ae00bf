"""Plain indices and while loops, as one writes C."""

from math import exp, inf, log


def online_softmax(chunks):
    m = -inf
    s = 0.0
    i = 0
    while i < len(chunks):
        j = 0
        while j < len(chunks[i]):
            x = chunks[i][j]
            j += 1
            if x == -inf:
                continue
            if x > m:
                if m != -inf:
                    s *= exp(m - x)
                m = x
            s += exp(x - m)
        i += 1
    if m == -inf:
        raise ValueError("all masked")
    p = []
    i = 0
    while i < len(chunks):
        for x in chunks[i]:
            p.append(0.0 if x == -inf else exp(x - m) / s)
        i += 1
    return p, m + log(s)
