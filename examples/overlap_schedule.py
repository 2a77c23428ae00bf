"""Decode steps on one CPU thread and one GPU: serial, overlapped, and with a grammar mask in two places."""

# --8<-- [start:code]
import numpy as np

STEPS = 2000
MODES = ("in turn", "overlapped", "grammar, before launch", "grammar, before sampling")
draw = np.random.default_rng(0)


def jitter(mean: float) -> np.ndarray:
    """Times in ms of each step, a quarter up or down, as they vary on a busy host."""
    return mean * draw.uniform(0.75, 1.25, STEPS)


PLAN, POST, MASK = jitter(1.0), jitter(0.8), jitter(1.5)  # schedule and inputs; detokenize, stop; a grammar's mask
MODELS = {"8B": (4.8, 0.2), "0.6B": (0.4, 0.2)}  # forward and sampling of an H100 at the floor of its bandwidth


def run(mode: str, forward: float, sample: float) -> tuple[list[tuple[str, float, float]], float]:
    """What the CPU and the GPU do when (name, begin, end), and when the last step's token is out of the CPU."""
    spans: list[tuple[str, float, float]] = []
    cpu = 0.0  # when the CPU is free
    given = 0.0  # when the GPU has sampled the token of the step before

    def on_cpu(name: str, begin: float, took: float) -> float:
        spans.append((name, begin, begin + took))
        return begin + took

    for step in range(STEPS):
        if mode == "grammar, before launch":
            cpu = on_cpu("mask", max(cpu, given), MASK[step])  # the mask needs the token before
        cpu = on_cpu("plan", cpu, PLAN[step])
        begin = max(cpu, given)
        ready = begin + forward
        if step and mode != "in turn":
            cpu = max(cpu, given)
            if mode == "grammar, before sampling":
                cpu = on_cpu("mask", cpu, MASK[step])  # while the forward pass of this step runs
                ready = max(ready, cpu)
            cpu = on_cpu("post", cpu, POST[step - 1])  # what the step before gave
        given = ready + sample
        spans += [("forward", begin, begin + forward), ("sample", ready, given)]
        if mode == "in turn":
            cpu = on_cpu("post", given, POST[step])
    return spans, cpu if mode == "in turn" else on_cpu("post", max(cpu, given), POST[-1])


print("model  mode                      ms a step  GPU busy  tokens/s of 64 requests")
for model, (forward, sample) in MODELS.items():
    for mode in MODES:
        each = run(mode, forward, sample)[1] / STEPS
        print(f"{model:6} {mode:25}{each:9.2f}{(forward + sample) / each:10.0%}{64_000 / each:15,.0f}")
# --8<-- [end:code]


def figure() -> str:
    """The first steps of an 8B, in turn and overlapped: one lane for the CPU, one for the GPU."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, label, line, picture, rect

    parts: list[str] = []
    for top, mode, zh, en in (
        (0, "in turn", "轮流：GPU 等 CPU", "serial: the GPU waits for the CPU"),
        (118, "overlapped", "重叠：GPU 一步接一步", "overlapped: steps back to back"),
    ):
        spans = [span for span in run(mode, *MODELS["8B"])[0] if span[2] < 21]
        parts.append(label(8, top + 20, zh, en, font_weight=600))
        for row, name in enumerate(("CPU", "GPU")):
            parts += [
                label(8, top + 50 + 30 * row, name, fill=GREY),
                line(52, top + 58 + 30 * row, 432, top + 58 + 30 * row, stroke=LINE),
            ]
        for name, begin, end in spans:
            gpu = name in ("forward", "sample")
            colour = TEAL if gpu else "currentColor"
            y = top + (66 if gpu else 36)
            parts.append(rect(52 + 18 * begin, y, 18 * (end - begin), 20, stroke=colour, fill=colour, fill_opacity=0.2))
    parts += [label(52, 240, "0"), label(432, 240, "21 ms", text_anchor="end")]
    return picture(Figure(250, tuple(parts)))
