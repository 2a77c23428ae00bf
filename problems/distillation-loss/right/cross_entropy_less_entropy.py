"""KL as cross-entropy less entropy; probabilities by a division."""

import math


def parts(row, t):
    top = max(row)
    scaled = [(x - top) / t for x in row]
    z = math.fsum(math.exp(x) for x in scaled)
    return [x - math.log(z) for x in scaled], [math.exp(x) / z for x in scaled]


def kd_loss(zs, zt, y, T, alpha):
    if not (T > 0 and 0 <= alpha <= 1):
        raise ValueError("T or alpha")
    if not zs or len(zs) != len(zt) or len(zs) != len(y):
        raise ValueError("rows")
    V = len(zs[0])
    if V == 0 or {len(r) for r in zs} | {len(r) for r in zt} != {V} or any(t < 0 or t >= V for t in y):
        raise ValueError("columns or labels")
    loss, grad = 0.0, []
    for s, t, label in zip(zs, zt, y):
        ls, ps = parts(s, T)
        lt, pt = parts(t, T)
        l1, p1 = parts(s, 1.0)
        cross = -sum(a * b for a, b in zip(pt, ls) if a)
        entropy = -sum(a * b for a, b in zip(pt, lt) if a)
        loss += alpha * T**2 * (cross - entropy) + (1 - alpha) * -l1[label]
        row = [alpha * T * (a - b) + (1 - alpha) * c for a, b, c in zip(ps, pt, p1)]
        row[label] -= 1 - alpha
        grad.append([x / len(zs) for x in row])
    return loss / len(zs), grad
