"""A dataclass for each request, collections.deque for who waits, a running total of slots."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


def check(reqs, limits):
    if min(limits) < 1:
        raise ValueError("limits")
    for arrival, n_in, n_out in reqs:
        if arrival < 0 or n_in < 1 or n_out < 1:
            raise ValueError((arrival, n_in, n_out))


@dataclass
class Job:
    arrival: float
    n_in: int
    n_out: int
    goal: int = 0
    read: int = 0
    slots: int = 0
    lost: int = 0
    times: list = field(default_factory=list)

    @property
    def ready(self):
        return self.read == self.goal

    def summary(self):
        if not self.times:
            return None
        gaps = self.n_out - 1
        tpot = (self.times[-1] - self.times[0]) / gaps if gaps else None
        return dict(
            ttft=self.times[0] - self.arrival, tpot=tpot, e2e=self.times[-1] - self.arrival, preemptions=self.lost
        )


def simulate(reqs, *, token_budget, kv_tokens, max_seqs, step_time):
    check(reqs, (token_budget, kv_tokens, max_seqs))
    jobs = [Job(*request, goal=request[1]) for request in reqs]
    served = [job for job in jobs if job.n_in + job.n_out - 1 <= kv_tokens]
    line = deque(sorted(served, key=lambda job: job.arrival))
    seats: list[Job] = []
    taken, now = 0, 0.0
    while line or seats:
        if not seats:
            now = max(now, line[0].arrival)
        giving = []
        at = 0
        while at < len(seats):
            job = seats[at]
            at += 1
            if not job.ready:
                continue
            while taken == kv_tokens and job in seats:
                victim = seats.pop()
                taken -= victim.slots
                victim.slots = victim.read = 0
                victim.goal = victim.n_in + len(victim.times)
                victim.lost += 1
                line.appendleft(victim)
            if job in seats:
                job.slots += 1
                taken += 1
                giving.append(job)
        decoding, left, tokens = len(giving), token_budget - len(giving), 0
        reading = [job for job in seats if not job.ready]
        while True:
            for job in reading:
                chunk = min(left, job.goal - job.read)
                job.read += chunk
                left -= chunk
                tokens += chunk
                if job.ready:
                    giving.append(job)
            reading = []
            if not left or not line or len(seats) == max_seqs:
                break
            if line[0].arrival > now or taken + line[0].goal > kv_tokens:
                break
            job = line.popleft()
            job.slots = job.goal
            taken += job.goal
            seats.append(job)
            reading = [job]
        now += step_time(tokens, decoding)
        for job in giving:
            job.times.append(now)
            if len(job.times) == job.n_out:
                seats.remove(job)
                taken -= job.slots
    window = max(job.times[-1] for job in served) - min(job.arrival for job in served) if served else None
    rate = sum(job.n_out for job in served) / window if served else None
    return {"requests": [job.summary() for job in jobs], "tokens_per_s": rate}
