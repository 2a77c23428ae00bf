"""Dataclasses: a device, a piece of work, and their time."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Device:
    peak_flops: float
    bw: float

    def times(self, work: Work) -> tuple[float, float]:
        return work.flops / self.peak_flops, work.bytes / self.bw


@dataclass(frozen=True)
class Work:
    flops: float
    bytes: float


@dataclass
class Report:
    flops: float
    bytes: float
    ai: float
    time_s: float
    bound: str


def need(ok):
    if not ok:
        raise ValueError("arguments must be above 0")


def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    need(all(value > 0 for value in (m, n, k, bytes_per_el, peak_flops, bw)))
    work = Work(2 * m * n * k, (m * (n + k) + n * k) * bytes_per_el)
    compute, memory = Device(peak_flops, bw).times(work)
    bound = "memory" if memory > compute else "compute"
    return asdict(Report(work.flops, work.bytes, work.flops / work.bytes, max(compute, memory), bound))


def decode_step(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes, peak_flops, bw):
    need(ctx >= 0)
    need(all(v > 0 for v in (params, layers, kv_heads, head_dim, batch, w_bytes, kv_bytes, peak_flops, bw)))
    device = Device(peak_flops, bw)
    linear = Work(2 * params * batch, params * w_bytes)
    cache = Work(0, 2 * kv_bytes * head_dim * kv_heads * layers * ctx * batch)
    compute, memory = device.times(linear)
    moved = linear.bytes + cache.bytes
    bound = ("memory", "compute")[compute >= memory]
    time_s = max(compute, memory) + device.times(cache)[1]
    return asdict(Report(linear.flops, moved, linear.flops / moved, time_s, bound))
