"""A collector that is fed request by request; early returns; bisect keeps samples sorted."""

from bisect import insort


class Samples:
    def __init__(self):
        self.values = []

    def add(self, value):
        insort(self.values, value)

    def at(self, q):
        n = len(self.values)
        place = (n - 1) * q / 100
        low = int(place)
        if low + 1 >= n:
            return self.values[-1]
        a, b = self.values[low], self.values[low + 1]
        return a + (b - a) * (place - low)

    def report(self):
        if not self.values:
            return None
        return {"p50": self.at(50), "p99": self.at(99)}


class Collector:
    def __init__(self, slo):
        unknown = [name for name in slo if name not in {"ttft", "tpot", "e2e"}]
        if unknown:
            raise ValueError(f"unknown limits: {unknown}")
        self.slo = slo
        self.samples = {name: Samples() for name in ("ttft", "tpot", "itl", "e2e")}
        self.tokens = self.good = self.all = 0
        self.moments = []

    def feed(self, arrival, token_times, ok):
        self.all += 1
        self.moments += (arrival, *token_times)
        before = arrival
        for time in token_times:
            if time < before:
                raise ValueError("a clock that goes back")
            before = time
        if not ok:
            return
        if not token_times:
            raise ValueError("ok without tokens")
        self.tokens += len(token_times)
        mine = {"ttft": token_times[0] - arrival, "e2e": token_times[-1] - arrival}
        for a, b in zip(token_times, token_times[1:]):
            self.samples["itl"].add(b - a)
        if token_times[1:]:
            mine["tpot"] = (token_times[-1] - token_times[0]) / (len(token_times) - 1)
        for name, value in mine.items():
            self.samples[name].add(value)
        self.good += all(mine[name] <= self.slo[name] for name in mine.keys() & self.slo.keys())

    def report(self):
        told = {name: samples.report() for name, samples in self.samples.items()}
        told.update(tokens_per_s=None, goodput=None, attainment=None)
        if not self.all:
            return told
        told["attainment"] = self.good / self.all
        window = max(self.moments) - min(self.moments)
        if window == 0:
            return told
        told["tokens_per_s"] = self.tokens / window
        told["goodput"] = self.good / window
        return told


def summarize(reqs, slo):
    collector = Collector(slo)
    for request in reqs:
        collector.feed(**request)
    return collector.report()
