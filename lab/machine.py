"""What the machine does: the rate at which it reads a matrix, the rate at which it multiplies two, and what it is."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

WARM_UP = 1


def clock() -> float:
    """Seconds of the wall; with CLOCK=cpu those that this process had a processor.

    With one thread and nothing else on the machine the two are the same, so CLOCK=cpu is for a machine that is shared.
    """
    return time.process_time() if os.environ.get("CLOCK") == "cpu" else time.perf_counter()


def median_seconds(run: Callable[[], object], repeats: int) -> float:
    """The median time of a call, after one that warms up and is not counted."""
    taken = []
    for at in range(WARM_UP + repeats):
        before = clock()
        run()
        if at >= WARM_UP:
            taken.append(clock() - before)
    return statistics.median(taken)


@dataclass(frozen=True)
class Rates:
    """What the predictions rest on."""

    bandwidth: float
    """Bytes/s: a matrix far larger than the caches times a vector."""
    peak: float
    """FLOP/s: a product of two matrices of the sizes that prefill has."""

    def __str__(self) -> str:
        return f"(timed: {self.bandwidth / 1e9:.1f} GB/s of reading, {self.peak / 1e9:.1f} GFLOP/s of matrix product)"


def rates(repeats: int) -> Rates:
    """The machine's rates in FP32; the sizes are those of the model's output head and of its FFN."""
    draw = np.random.default_rng(0)
    large, vector = draw.random((49152, 576), np.float32), draw.random(576, np.float32)
    left, right = draw.random((512, 1536), np.float32), draw.random((1536, 576), np.float32)
    reading = median_seconds(lambda: large @ vector, repeats)
    multiplying = median_seconds(lambda: left @ right, repeats)
    return Rates(large.nbytes / reading, 2 * 512 * 1536 * 576 / multiplying)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def threads() -> int:
    """How many threads numpy's BLAS is set to, which is all cores where nothing is."""
    return int(os.environ.get("OPENBLAS_NUM_THREADS", os.cpu_count() or 1))


def _load() -> float | None:
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def described() -> dict[str, object]:
    """The machine, the versions and the date, for the record."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "threads": threads(),
        "clock": os.environ.get("CLOCK", "wall"),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": f"{blas['name']} {blas['version']}",
        "date": datetime.now(UTC).date().isoformat(),
        "load": _load(),
    }
