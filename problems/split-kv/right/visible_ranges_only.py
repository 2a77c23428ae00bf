"""Calls for ranges without a visible key are left out."""

import math


def cut(length, n):
    if n < 1 or length < 0:
        raise ValueError("bad")
    size, extra = divmod(length, n)
    out = []
    at = 0
    for i in range(n):
        end = at + size + (1 if i < extra else 0)
        out.append((at, end))
        at = end
    return out


def check(q, k, v, mask):
    if not q:
        raise ValueError("D")
    if len(k) != len(v):
        raise ValueError("kv")
    if mask is not None and len(mask) != len(k):
        raise ValueError("mask")
    for row in k:
        if len(row) != len(q):
            raise ValueError("krow")
    for row in v:
        if len(row) != len(q):
            raise ValueError("vrow")


def attend(q, k, v, mask=None):
    check(q, k, v, mask)
    d = len(q)
    seen = [i for i in range(len(k)) if mask is None or mask[i]]
    if not seen:
        return [0.0] * d, -math.inf
    root = math.sqrt(d)
    scores = [sum(a * b for a, b in zip(q, k[i])) / root for i in seen]
    top = max(scores)
    w = [math.exp(s - top) for s in scores]
    total = sum(w)
    out = [0.0] * d
    for x, i in zip(w, seen):
        for j in range(d):
            out[j] += x * v[i][j]
    return [o / total for o in out], top + math.log(total)


def merge(parts):
    if not parts:
        raise ValueError("none")
    d = len(parts[0][0])
    for out, _ in parts:
        if len(out) != d:
            raise ValueError("len")
    live = [p for p in parts if p[1] != -math.inf]
    if not live:
        return [0.0] * d, -math.inf
    top = max(lse for _, lse in live)
    w = [math.exp(lse - top) for _, lse in live]
    total = sum(w)
    out = [sum(x * p[0][j] for x, p in zip(w, live)) / total for j in range(d)]
    return out, top + math.log(total)


def split_decode(q, k, v, n, mask=None):
    check(q, k, v, mask)
    parts = []
    for s, e in cut(len(k), n):
        if mask is not None and s < e and not any(mask[s:e]):
            continue
        parts.append(attend(q, k[s:e], v[s:e], None if mask is None else mask[s:e]))
    return merge(parts or [([0.0] * len(q), -math.inf)])
