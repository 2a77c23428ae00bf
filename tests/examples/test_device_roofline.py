"""examples/device_roofline.py, against exact fractions and runs of operators taken by groupby."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from types import ModuleType

MUTANTS = [
    ("max(compute, memory)", "compute + memory", "reading and computing follow each other"),
    ("BF16 * (m * k + k * n + m * n)", "BF16 * (m * k + k * n) + m * n", "the output has half the bytes"),
    ("(ceil(width / multiple)", "(width // multiple + 1", "a width that fits is padded"),
    ("[False, *graph, False]", "graph", "the way in and the way out are free"),
    ("(len(graph) - fast) * OP_MS", "(len(graph) - fast) * OP_MS / FASTER", "the CPU is as fast as the accelerator"),
    ("sum(parts(gap)[:2])", "sum(parts(gap))", "the switches are taken off before they are counted"),
]


def _time(m: int, n: int, k: int, peak: str, bandwidth: str) -> tuple[Fraction, str]:
    """Microseconds and what bounds them, exactly."""
    compute = Fraction(2 * m * n * k) / (Fraction(peak) * 10**6)
    memory = Fraction(2 * m * k + 2 * k * n + 2 * m * n) / (Fraction(bandwidth) * 10**6)
    return (compute, "compute") if compute > memory else (memory, "memory")


def _milliseconds(graph: list[bool]) -> tuple[int, Fraction]:
    """Changes of side and the whole time: each run of accelerated operators is entered and left."""
    runs = sum(1 for fast, _ in groupby(graph) if fast)
    work = sum(Fraction(5, 1000) if fast else Fraction(50, 1000) for fast in graph)
    return 2 * runs, work + 2 * runs * Fraction(1, 2)


def test_the_layer_on_each_chip(example: ModuleType) -> None:
    chips = (("14.7", "0.4608"), ("114.7", "0.3072"), ("918", "1.638"), ("989", "3.35"))
    for line, m in zip(example.output.splitlines()[1:4], (1, 64, 2048), strict=True):
        words = line.split()
        assert words[:2] == [str(m), "tokens"]
        for at, chip in enumerate(chips):
            time, bound = _time(m, 4096, 4096, *chip)
            assert words[2 + 3 * at : 5 + 3 * at] == [f"{float(time):.0f}", "µs", bound]


def test_a_product_of_which_each_side_counts(example: ModuleType) -> None:
    """2 x 3 by 5: 60 operations over 62 bytes; the peak in TFLOP/s is millions a microsecond."""
    assert example.layer(2, 3, 5, 1e-6, 1.0) == (60.0, "compute")
    assert example.layer(2, 3, 5, 1.0, 1e-6) == (62.0, "memory")


def test_padding_goes_up_to_the_next_multiple(example: ModuleType) -> None:
    for width in (1, 80, 128, 129, 4096, 4100):
        block = next(size for size in range(128, 8192, 128) if size >= width)
        assert example.useful(width, 128) == width / block
    assert "blocks of 128: 80 62.5%, 128 100.0%, 4100 97.1%\n" in example.output
    assert "blocks of 256: 80 31.2%, 128 50.0%, 4100 94.2%\n" in example.output


def test_the_time_of_each_graph(example: ModuleType) -> None:
    table = [line.split() for line in example.output.splitlines() if line.startswith(("all", "95%", "100%"))]
    assert len(table) == len(example.GRAPHS)
    for row, (name, graph) in zip(table, example.GRAPHS.items(), strict=True):
        changes, time = _milliseconds(graph)
        assert row[:-2] == name.split()
        assert row[-2:] == [str(changes), f"{float(time):.1f}"]
        assert example.switches(graph) == changes


def test_two_graphs_have_the_same_share_of_operators(example: ModuleType) -> None:
    shares = {sum(graph) / len(graph) for name, graph in example.GRAPHS.items() if "95%" in name}
    assert shares == {0.95}


def test_beyond_the_break_even_the_cpu_alone_is_faster(example: ModuleType) -> None:
    """What 95% saves of 400 operators, at half a millisecond a switch."""
    saved = Fraction(380) * (Fraction(50, 1000) - Fraction(5, 1000))
    assert example.output.splitlines()[-1].split() == ["break-even", f"{float(saved / Fraction(1, 2)):.1f}"]
