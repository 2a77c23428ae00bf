"""What throughput makes a token cost, and what many calls make of a tail."""

# --8<-- [start:code]
import numpy as np

PRICE = 2.50  # dollars per GPU-hour, an example
RATES = (250, 2500, 5000)  # output tokens per second of the whole machine
CALLS, WITHIN = (1, 5, 20, 100), 0.99  # in sequence; the share within the SLO
TASKS = 20_000


def dollars_per_million(rate: float, busy: float = 1.0) -> float:
    """Price over tokens of an hour; an idle hour costs as much as a busy one."""
    return PRICE / (3600 * rate * busy) * 1e6


def finished(calls: int, together: float, seed: int = 0) -> float:
    """The share of tasks all of whose calls are within the SLO, simulated.

    Slow calls are 1 - WITHIN of all; the part `together` of them comes as whole tasks
    that meet a slow server.
    """
    draw = np.random.default_rng(seed)
    slow_task = (1 - WITHIN) * together
    slow_call = (1 - WITHIN - slow_task) / (1 - slow_task)
    bad = draw.random(TASKS) < slow_task
    missed = draw.random((TASKS, calls)) < slow_call
    return float(np.mean(~bad & ~missed.any(axis=1)))


print("tokens/s   $ per million, always busy   busy 40% of the time")
for rate in RATES:
    always, part = dollars_per_million(rate), dollars_per_million(rate, 0.4)
    print(f"{rate:8} {always:20.3f} {part:25.3f}")
print("\ncalls   0.99^n   independent   half together   all together")
for calls in CALLS:
    alone, half, whole = (finished(calls, together) for together in (0, 0.5, 1))
    print(f"{calls:5} {WITHIN**calls:8.3f} {alone:13.3f} {half:15.3f} {whole:14.3f}")
needed = 0.99 ** (1 / 20)
print(f"for 99% of tasks of 20 independent calls, each needs {needed:.2%}")
# --8<-- [end:code]
