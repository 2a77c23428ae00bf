"""A decorator refuses what is not above 0; match for the bound."""

from functools import wraps
from inspect import signature


def above_zero(*zero_is_fine):
    def decorate(function):
        names = list(signature(function).parameters)

        @wraps(function)
        def checked(*values):
            for name, value in zip(names, values):
                if value > 0 or (name in zero_is_fine and value == 0):
                    continue
                raise ValueError(f"{name} = {value}")
            return function(*values)

        return checked

    return decorate


def bound_of(compute, memory):
    match compute >= memory:
        case True:
            return "compute"
        case _:
            return "memory"


@above_zero()
def gemm(m, n, k, bytes_per_el, peak_flops, bw):
    flops = m * n * k * 2
    moved = m * k * bytes_per_el + k * n * bytes_per_el + m * n * bytes_per_el
    compute, memory = flops / peak_flops, moved / bw
    return {
        "flops": flops,
        "bytes": moved,
        "ai": flops / moved,
        "time_s": sorted((compute, memory))[1],
        "bound": bound_of(compute, memory),
    }


@above_zero("ctx")
def decode_step(params, layers, kv_heads, head_dim, batch, ctx, w_bytes, kv_bytes, peak_flops, bw):
    flops, weights = params * 2 * batch, params * w_bytes
    cached = ctx * batch * layers * (kv_heads * head_dim * kv_bytes) * 2
    compute, memory = flops / peak_flops, weights / bw
    linear = compute if compute >= memory else memory
    return {
        "flops": flops,
        "bytes": weights + cached,
        "ai": flops / (weights + cached),
        "time_s": linear + cached / bw,
        "bound": bound_of(compute, memory),
    }
