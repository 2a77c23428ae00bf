"""A hundred elementwise operators: interpreted one by one, recorded and replayed, compiled into one."""

# --8<-- [start:code]
import numpy as np

# Assumed: CPU time to launch a kernel, shortest time of a kernel on the GPU, HBM bytes/s, FP16, seconds to compile.
LAUNCH, KERNEL, BANDWIDTH, BYTES, COMPILE = 5e-6, 2e-6, 3.35e12, 2, 60
OPERATORS = {"mul": "({x} * {c})", "add": "({x} + {c})", "relu": "np.maximum({x}, {c})"}
RUN = {name: eval("lambda x, c: " + text.format(x="x", c="c")) for name, text in OPERATORS.items()}
Program = list[tuple[str, float]]


def program(length: int = 100) -> Program:
    """Bytecode: the name of an operator and its constant, over and over."""
    draw = np.random.default_rng(0)
    names = ("mul", "add", "relu")
    return [(names[at % 3], 0.0 if at % 3 == 2 else float(draw.uniform(0.9, 1.1))) for at in range(length)]


def interpret(code: Program, x: np.ndarray) -> tuple[np.ndarray, int, int]:
    """The result, the dispatches, and the values read from memory or written to it."""
    dispatched = moved = 0
    for name, constant in code:
        result = RUN[name](x, constant)  # look the operator up, run its kernel, keep the tensor
        dispatched, moved, x = dispatched + 1, moved + x.size + result.size, result
    return x, dispatched, moved


def compiled(code: Program, x: np.ndarray, block: int = 256) -> tuple[np.ndarray, int, int]:
    """The same by one generated kernel, which takes a block through all operators before the next."""
    text = "x"
    for name, constant in code:
        text = OPERATORS[name].format(x=text, c=constant)
    kernel = eval("lambda x: " + text)
    result, moved = np.empty_like(x), 0
    for at in range(0, x.size, block):
        result[at : at + block] = kernel(x[at : at + block])
        moved += 2 * x[at : at + block].size
    return result, 1, moved


def seconds(operators: int, values: float) -> tuple[float, float, float]:
    """A call's time: op by op, launches hidden behind longer kernels; replayed, launched once; fused, one pass."""
    one_pass = max(KERNEL, 2 * values * BYTES / BANDWIDTH)
    return operators * max(LAUNCH, one_pass), LAUNCH + operators * one_pass, LAUNCH + one_pass


CODE = program()
X = np.random.default_rng(1).standard_normal(1000)
by_op, one = interpret(CODE, X), compiled(CODE, X)
print(f"1000 values: {by_op[1]} dispatches move {by_op[2]:,} values, {one[1]} moves {one[2]:,}")
print(f"largest difference {abs(by_op[0] - one[0]).max():g}")
print("                     us a call              ns a value   calls that earn")
print("     values   op by op  replayed     fused      and op   60 s back")
for values in (1, 1e3, 1e5, 1e7, 1e8):
    slow, replayed, fused = seconds(len(CODE), values)
    each = slow / len(CODE) / values * 1e9
    times = " ".join(f"{1e6 * time:9.1f}" for time in (slow, replayed, fused))
    print(f"{values:11,.0f}  {times} {each:11.4g} {COMPILE / (slow - fused):11,.0f}")
# --8<-- [end:code]


def figure() -> str:
    """The time of a call against the values in the tensor, both on a logarithmic scale, for the three ways."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, picture

    sizes = np.logspace(2, 9, 71)
    power = {5: "10⁵", 3: "10³", 7: "10⁷", 9: "10⁹"}

    def x(values: float) -> float:
        return 72 + 50 * (float(np.log10(values)) - 2)

    def y(micros: float) -> float:
        return 262 - 44 * float(np.log10(micros))

    def curve(way: int, **paint: str | float) -> str:
        points = ((size, 1e6 * seconds(len(CODE), float(size))[way]) for size in sizes)
        path = "L".join(f"{x(size):.1f} {y(time):.1f}" for size, time in points)
        return element("path", d="M" + path, fill="none", stroke_width=2.5, **paint)

    parts = [
        label(8, 20, "100 个算子，一次调用（微秒）", "100 operators, one call (µs)", font_weight=600),
        *(line(72, y(10.0**at), 428, y(10.0**at), stroke=LINE) for at in (1, 3, 5)),
        *(label(66, y(10.0**at) + 5, f"{10**at:,}", text_anchor="end", fill=GREY) for at in (1, 3, 5)),
        *(label(x(10.0**at), 284, text, text_anchor="middle", fill=GREY) for at, text in power.items()),
        curve(0, stroke=RED),
        curve(1, stroke="currentColor", stroke_dasharray="6 4"),
        curve(2, stroke=TEAL),
        label(318, y(500) - 28, "逐个派发", "op by op", text_anchor="end", fill=RED),
        label(80, y(205) + 20, "录下重放", "replayed"),
        label(80, y(7) + 20, "融合成一个", "fused into one", fill=TEAL),
        label(428, 304, "张量里的数", "values in the tensor", text_anchor="end"),
    ]
    return picture(Figure(312, tuple(parts)))
