"""Index loops over preallocated lists."""

import math


def lse(row, t):
    m = row[0]
    for x in row:
        if x > m:
            m = x
    total = 0.0
    for x in row:
        total += math.exp((x - m) / t)
    return m / t, math.log(total)


def kd_loss(zs, zt, y, T, alpha):
    if not T > 0:
        raise ValueError("T")
    if not (alpha >= 0 and alpha <= 1):
        raise ValueError("alpha")
    B = len(zs)
    if B < 1 or B != len(zt) or B != len(y):
        raise ValueError("B")
    V = len(zs[0])
    for i in range(B):
        if V < 1 or len(zs[i]) != V or len(zt[i]) != V:
            raise ValueError("V")
        if y[i] < 0 or y[i] > V - 1:
            raise ValueError("y")
    loss = 0.0
    grad = [[0.0] * V for _ in range(B)]
    for i in range(B):
        ms, ls = lse(zs[i], T)
        mt, lt = lse(zt[i], T)
        m1, l1 = lse(zs[i], 1.0)
        for j in range(V):
            s = zs[i][j] / T - ms - ls
            t = zt[i][j] / T - mt - lt
            h = zs[i][j] - m1 - l1
            loss += alpha * T * T * math.exp(t) * (t - s) / B
            grad[i][j] = alpha * T * (math.exp(s) - math.exp(t)) + (1 - alpha) * math.exp(h)
            if j == y[i]:
                loss -= (1 - alpha) * h / B
                grad[i][j] -= 1 - alpha
            grad[i][j] /= B
    return loss, grad
