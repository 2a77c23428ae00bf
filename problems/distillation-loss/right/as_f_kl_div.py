"""As with F.kl_div: softmax of the teacher, log-softmax of the student, terms of 0 left out."""

from math import exp, log


def softmax(row, t):
    top = max(row)
    e = [exp((x - top) / t) for x in row]
    return [x / sum(e) for x in e]


def log_softmax(row, t):
    top = max(row)
    lse = log(sum(exp((x - top) / t) for x in row))
    return [(x - top) / t - lse for x in row]


def kd_loss(zs, zt, y, T, alpha):
    validate(zs, zt, y, T, alpha)
    total, gradient = 0.0, []
    for s, t, label in zip(zs, zt, y):
        target, logp, hard = softmax(t, T), log_softmax(s, T), log_softmax(s, 1)
        kl = 0.0
        for p, q in zip(target, logp):
            if p > 0:
                kl += p * (log(p) - q)
        total += T * T * alpha * kl - (1 - alpha) * hard[label]
        gradient.append([])
        for j, (p, q, h) in enumerate(zip(target, logp, hard)):
            g = alpha * T * (exp(q) - p) + (1 - alpha) * (exp(h) - (j == label))
            gradient[-1].append(g / len(zs))
    return total / len(zs), gradient


def validate(zs, zt, y, T, alpha):
    if not T > 0 or not 0 <= alpha <= 1:
        raise ValueError("numbers")
    if len(zs) == 0 or not len(zs) == len(zt) == len(y):
        raise ValueError("batch")
    widths = [len(row) for row in zs + zt]
    if min(widths) != max(widths) or not widths[0]:
        raise ValueError("vocabulary")
    if min(y) < 0 or max(y) >= widths[0]:
        raise ValueError("label")
