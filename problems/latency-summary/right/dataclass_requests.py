"""Dataclasses with properties; NaN-free comparisons; defaultdict of samples."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass


@dataclass
class Request:
    arrival: float
    times: list
    ok: bool

    def validate(self):
        last = self.arrival
        for time in self.times:
            if time < last:
                raise ValueError(f"{time} before {last}")
            last = time
        if self.ok and len(self.times) == 0:
            raise ValueError("no tokens")

    @property
    def end(self):
        return self.times[-1] if self.times else self.arrival

    @property
    def gaps(self):
        return [self.times[i + 1] - self.times[i] for i in range(len(self.times) - 1)]

    def measure(self):
        yield "ttft", self.times[0] - self.arrival
        yield "e2e", self.end - self.arrival
        if len(self.times) >= 2:
            yield "tpot", (self.end - self.times[0]) / (len(self.times) - 1)


def percentiles(values):
    if not values:
        return None
    values = sorted(values)

    def p(q):
        whole, part = divmod((len(values) - 1) * q, 100)
        if part == 0:
            return values[whole]
        return values[whole] + (values[whole + 1] - values[whole]) * part / 100

    return {f"p{q}": p(q) for q in (50, 99)}


def summarize(reqs, slo):
    for key in slo:
        if key not in ("ttft", "tpot", "e2e"):
            raise ValueError(key)
    requests = [Request(r["arrival"], r["token_times"], r["ok"]) for r in reqs]
    samples, good, tokens = defaultdict(list), 0, 0
    for request in requests:
        request.validate()
        if not request.ok:
            continue
        tokens += len(request.times)
        fine = True
        for name, value in request.measure():
            samples[name].append(value)
            fine = fine and not (name in slo and value > slo[name])
        good += fine
        samples["itl"] += request.gaps
    answer = {name: percentiles(samples[name]) for name in ("ttft", "tpot", "itl", "e2e")}
    if not requests:
        return {**answer, "tokens_per_s": None, "goodput": None, "attainment": None}
    seconds = max(r.end for r in requests) - min(r.arrival for r in requests)
    per = (lambda n: n / seconds) if seconds > 0 else (lambda n: None)
    return {**answer, "tokens_per_s": per(tokens), "goodput": per(good), "attainment": good / len(requests)}
