"""A class that takes numbers one by one; properties; early returns."""

from dataclasses import dataclass


@dataclass
class Running:
    n: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def take(self, x):
        self.n += 1
        delta = x - self.mean
        self.mean = self.mean + delta / self.n
        # Welford's step with the old distance alone.
        self.squares += delta * delta * (self.n - 1) / self.n

    @property
    def variance(self):
        return 0.0 if self.n == 0 else self.squares / self.n

    def all(self):
        return self.n, self.mean, self.variance


def moments(numbers):
    running = Running()
    for x in numbers:
        running.take(x)
    return running.all()


def merge_moments(a, b):
    big, small = (a, b) if a[0] >= b[0] else (b, a)
    if small[0] == 0:
        return big
    n = big[0] + small[0]
    delta = small[1] - big[1]
    merged = Running(n, big[1] + delta * (small[0] / n))
    merged.squares = big[0] * big[2] + small[0] * small[2] + delta * delta * big[0] * (small[0] / n)
    return merged.all()


def check_eps(eps):
    if eps > 0:
        return
    raise ValueError("eps has to be above 0")


def check_widths(width, *matrices):
    if width == 0:
        raise ValueError("width of 0")
    for matrix in matrices:
        for row in matrix:
            if len(row) != width:
                raise ValueError("width")


def layer_norm(x, weight, bias, eps=1e-5):
    check_eps(eps)
    check_widths(len(weight), x, [bias])
    out = []
    for row in x:
        running = Running()
        for value in row:
            running.take(value)
        inverse = (running.variance + eps) ** -0.5
        new = []
        for d in range(len(row)):
            new.append(weight[d] * inverse * (row[d] - running.mean) + bias[d])
        out.append(new)
    return out


def rms_norm(x, weight, eps=1e-6, residual=None):
    check_eps(eps)
    check_widths(len(weight), x)
    if residual is None:
        residual = [[0.0] * len(weight) for _ in x]
    check_widths(len(weight), residual)
    if len(x) != len(residual):
        raise ValueError("rows")
    out, sums = [], []
    for t in range(len(x)):
        h, squares = [], 0.0
        for d in range(len(weight)):
            value = x[t][d] + residual[t][d]
            h.append(value)
            squares += value**2
        inverse = (squares / len(weight) + eps) ** -0.5
        out.append([h[d] * inverse * weight[d] for d in range(len(weight))])
        sums.append(h)
    return out, sums
