"""No state in attributes but one dict; small closures made in the constructor."""

import math


def check(wq, wk, wv, wo, heads, kv_heads):
    if heads <= 0 or kv_heads <= 0 or heads % kv_heads or not wo or not wq or len(wq) % heads:
        raise ValueError("heads or empty weights")
    if len(wk) != len(wv) or len(wk) * heads != len(wq) * kv_heads:
        raise ValueError("rows of wk, wv")
    for matrix, width in ((wq, len(wo)), (wk, len(wo)), (wv, len(wo)), (wo, len(wq))):
        if {len(row) for row in matrix} != {width}:
            raise ValueError("a ragged matrix")


class CachedAttention:
    def __init__(self, wq, wk, wv, wo, heads, kv_heads):
        check(wq, wk, wv, wo, heads, kv_heads)
        d, dm = len(wq) // heads, len(wo)
        state = {"k": [], "v": []}

        def project(w, x):
            flat = [math.fsum(a * b for a, b in zip(row, x)) for row in w]
            return [flat[i : i + d] for i in range(0, len(flat), d)]

        def softmax(scores):
            top = max(scores)
            e = [math.exp(s - top) for s in scores]
            return [a / math.fsum(e) for a in e]

        def one(x):
            state["k"].append(project(wk, x))
            state["v"].append(project(wv, x))
            out = []
            for h, q in enumerate(project(wq, x)):
                g = h // (heads // kv_heads)
                p = softmax([math.fsum(a * b for a, b in zip(q, k[g])) / math.sqrt(d) for k in state["k"]])
                out += [math.fsum(a * v[g][i] for a, v in zip(p, state["v"])) for i in range(d)]
            return [math.fsum(a * b for a, b in zip(row, out)) for row in wo]

        def prefill(x):
            if not all(len(row) == dm for row in x):
                raise ValueError("length")
            return [one(row) for row in x]

        self.prefill = prefill
        self.step = lambda x_t: prefill([x_t]).pop()
        self.kv_bytes = lambda itemsize=2: 2 * len(state["k"]) * kv_heads * d * itemsize
        self.reset = lambda: state.update(k=[], v=[])
