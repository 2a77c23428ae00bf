"""problems/token-bucket: the bucket against a fluid simulation in numpy, the queue by the bound that makes it fair."""

from __future__ import annotations

import numpy as np
import pytest

from tests.problem import load

SOLUTION = load("token-bucket")


@pytest.mark.parametrize("seed", range(30))
def test_a_bucket_is_a_reflected_walk(seed: int) -> None:
    """The level, without reservations that wait, is capacity minus the walk's distance to its running minimum."""
    draw = np.random.default_rng(seed)
    capacity, rate = int(draw.integers(5, 40)), float(draw.uniform(0.5, 5))
    times = np.cumsum(draw.exponential(2.0, 60))
    bucket = SOLUTION.TokenBucket(capacity, rate)
    net = [0.0]
    then = 0.0
    for number, now in enumerate(times):
        # Reserved and settled at once: all that counts is what was used, be it more than the bucket holds.
        used = int(draw.integers(0, 12))
        net.append(net[-1] - rate * (now - then))
        bucket.level(now)
        if bucket.reserve(number, 0, now) == 0:
            bucket.settle(number, used, now)
            net.append(net[-1] + used)
        then = now
        walk = np.array(net)
        # Emptiness of a bucket is the length of a queue that the uses fill and the time drains.
        queue = walk[-1] - min(0.0, walk.min())
        assert bucket.level(now) == pytest.approx(capacity - queue, abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_two_tenants_that_always_wait_differ_by_no_more_than_two_requests(seed: int) -> None:
    draw = np.random.default_rng(seed)
    longest = (60, 20)
    queue = SOLUTION.FairQueue()
    received = {"a": 0, "b": 0}
    for tenant in "aabb":
        queue.submit(tenant, "x", int(draw.integers(1, longest[0])))
    for _ in range(400):
        before = dict(received)
        tenant, _ = queue.take()
        n_out = int(draw.integers(0, longest[1])) if tenant == "a" else 0
        queue.charge(tenant, n_out)
        received = {name: queue.counter(name) for name in received}
        assert received[tenant] >= before[tenant]
        queue.submit(tenant, "x", int(draw.integers(1, longest[0])))
        assert abs(received["a"] - received["b"]) <= longest[0] + 2 * longest[1]
    assert min(received.values()) > 4_000


def test_a_tenant_of_long_requests_leaves_half_to_one_of_short_ones() -> None:
    queue = SOLUTION.FairQueue()
    served = {"long": 0, "short": 0}
    lengths = {"long": 900, "short": 10}
    for tenant, n_in in lengths.items():
        for number in range(3):
            queue.submit(tenant, number, n_in)
    for number in range(1_000):
        tenant, _ = queue.take()
        served[tenant] += lengths[tenant]
        queue.submit(tenant, number, lengths[tenant])
    assert abs(served["long"] - served["short"]) <= 900
