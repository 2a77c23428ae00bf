"""An engine object with a method for each rule; plain dicts for requests; enum for their state."""

from enum import Enum


def check(reqs, limits):
    if min(limits) < 1:
        raise ValueError("limits")
    for arrival, n_in, n_out in reqs:
        if arrival < 0 or n_in < 1 or n_out < 1:
            raise ValueError((arrival, n_in, n_out))


class State(Enum):
    WAITING = 1
    READING = 2
    DECODING = 3
    GONE = 4


class Engine:
    def __init__(self, reqs, budget, kv, seats, step_time):
        self.budget, self.kv, self.seats, self.step_time = budget, kv, seats, step_time
        self.all = [self.new(*r) for r in reqs]
        self.order = [r for r in sorted(self.all, key=lambda r: r["arrival"]) if r["state"] is not State.GONE]
        self.now = 0.0

    def new(self, arrival, n_in, n_out):
        fits = n_in + n_out - 1 <= self.kv
        state = State.WAITING if fits else State.GONE
        return dict(
            arrival=arrival, n_in=n_in, n_out=n_out, state=state, slots=0, todo=n_in, times=[], lost=0, fits=fits
        )

    def those(self, *states):
        return [r for r in self.order if r["state"] in states]

    def free(self):
        return self.kv - sum(r["slots"] for r in self.order)

    def decode(self):
        chosen = []
        for r in self.those(State.DECODING):
            while r["state"] is State.DECODING and self.free() == 0:
                last = self.those(State.READING, State.DECODING)[-1]
                last.update(state=State.WAITING, slots=0, todo=last["n_in"] + len(last["times"]), lost=last["lost"] + 1)
            if r["state"] is State.DECODING:
                r["slots"] += 1
                chosen.append(r)
        return chosen

    def read(self, r, budget):
        used = min(r["todo"], budget)
        r["todo"] -= used
        return used

    def admit(self, budget):
        touched = []
        for r in self.those(State.WAITING):
            full = len(self.those(State.READING, State.DECODING)) == self.seats
            if budget == 0 or full or r["arrival"] > self.now or r["todo"] > self.free():
                break
            r["state"], r["slots"] = State.READING, r["todo"]
            budget -= self.read(r, budget)
            touched.append(r)
        return budget, touched

    def step(self):
        if not self.those(State.READING, State.DECODING):
            self.now = max(self.now, self.those(State.WAITING)[0]["arrival"])
        decoding = self.decode()
        budget = left = self.budget - len(decoding)
        reading = self.those(State.READING)
        for r in reading:
            left -= self.read(r, left)
        left, joined = self.admit(left)
        self.now += self.step_time(budget - left, len(decoding))
        for r in decoding + [r for r in reading + joined if r["todo"] == 0]:
            r["state"] = State.DECODING
            r["times"].append(self.now)
            if len(r["times"]) == r["n_out"]:
                r.update(state=State.GONE, slots=0)

    def run(self):
        while self.those(State.WAITING, State.READING, State.DECODING):
            self.step()


def told(r):
    if not r["fits"]:
        return None
    t = r["times"]
    tpot = None if len(t) == 1 else (t[-1] - t[0]) / (len(t) - 1)
    return {"ttft": t[0] - r["arrival"], "tpot": tpot, "e2e": t[-1] - r["arrival"], "preemptions": r["lost"]}


def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    check(reqs, (token_budget, kv_tokens, max_seqs))
    engine = Engine(reqs, token_budget, kv_tokens, max_seqs, step_time)
    engine.run()
    rate = None
    if engine.order:
        window = max(r["times"][-1] for r in engine.order) - engine.order[0]["arrival"]
        rate = sum(r["n_out"] for r in engine.order) / window
    return {"requests": list(map(told, engine.all)), "tokens_per_s": rate}
