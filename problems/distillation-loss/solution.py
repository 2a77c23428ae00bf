"""Distillation: alpha * T^2 * KL(teacher || student) + (1 - alpha) * cross-entropy."""

from math import exp, log


def log_softmax(logits, temperature):
    """log softmax(logits / temperature): finite, since no exp() has a positive argument."""
    peak = max(logits)
    shifted = [(each - peak) / temperature for each in logits]
    log_total = log(sum([exp(each) for each in shifted]))
    return [each - log_total for each in shifted]


def check(zs, zt, y, T, alpha):
    if not T > 0:
        raise ValueError("T must be above 0")
    if not 0 <= alpha <= 1:
        raise ValueError("alpha must be from 0 to 1")
    if len(zs) == 0 or len(zt) != len(zs) or len(y) != len(zs):
        raise ValueError("zs, zt and y need the same number of rows, at least one")
    width = len(zs[0])
    if width == 0 or any([len(row) != width for row in zs + zt]):
        raise ValueError("every row of zs and zt needs the same number of logits, at least one")
    if any([not 0 <= label < width for label in y]):
        raise ValueError("a label must be from 0 to V - 1")


def kd_loss(zs, zt, y, T, alpha):
    check(zs, zt, y, T, alpha)
    batch = len(zs)
    loss = 0.0
    gradient = []
    for student, teacher, label in zip(zs, zt, y):
        soft_student = log_softmax(student, T)
        soft_teacher = log_softmax(teacher, T)
        hard_student = log_softmax(student, 1.0)
        kl = sum([exp(t) * (t - s) for s, t in zip(soft_student, soft_teacher)])
        loss += alpha * T * T * kl - (1 - alpha) * hard_student[label]
        row = []
        for token in range(len(student)):
            # Dividing the logits gave KL's gradient a factor 1/T: one T of T^2 is left.
            soft = T * (exp(soft_student[token]) - exp(soft_teacher[token]))
            hard = exp(hard_student[token]) - (1 if token == label else 0)
            row.append((alpha * soft + (1 - alpha) * hard) / batch)
        gradient.append(row)
    return loss / batch, gradient
