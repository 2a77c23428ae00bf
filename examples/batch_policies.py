"""Static, dynamic and continuous batching: what each does with slots and latency."""

# --8<-- [start:code]
import numpy as np

SEATS, REQUESTS, PATIENCE = 16, 2000, 50  # a step is the unit of time; the dynamic batch waits 50 at most
draw = np.random.default_rng(0)
OUTPUTS = np.ceil(draw.lognormal(np.log(100) - 0.5, 1, REQUESTS)).astype(int)  # long-tailed, mean about 100
GAPS = draw.exponential(1, REQUESTS)


def admitted(policy: str, waiting: int, running: int, seats: int, *, due: bool) -> int:
    """How many of the waiting requests join now, under a policy."""
    if policy == "continuous":
        return min(waiting, seats - running)
    # A batch starts when it is full or due; no request joins until all have left.
    return min(waiting, seats) if not running and (waiting >= seats or due) else 0


def run(policy: str, arrive: np.ndarray, outputs: np.ndarray, seats: int) -> tuple[np.ndarray, np.ndarray, int]:
    """The step in which each request begins and ends, and how many steps ran; each running request yields a token."""
    count, now, first, steps = len(outputs), 0, 0, 0  # `first` is the first request not yet admitted
    began, ended = np.zeros(count, int), np.zeros(count, int)
    running: list[int] = []
    while first < count or running:
        ready = int(np.searchsorted(arrive, now, side="right"))
        late = policy == "dynamic" and first < ready and now - arrive[first] >= PATIENCE
        joining = admitted(policy, ready - first, len(running), seats, due=late or ready == count)
        for request in range(first, first + joining):
            began[request], ended[request] = now, now + outputs[request]
            running.append(request)
        first += joining
        # Nothing changes until a request leaves or arrives, or a batch has waited long enough.
        events = [float(ended[running].min())] if running else []
        if len(running) < seats and ready < count:
            events.append(float(arrive[ready]))
        if not running and first < ready:
            events.append(float(arrive[first]) + PATIENCE)
        step = max(1, int(np.ceil(min(events, default=now) - now)))
        steps, now = steps + step * bool(running), now + step
        running = [request for request in running if ended[request] > now]
    return began, ended, steps


def arrivals(load: float) -> np.ndarray:
    """Poisson arrivals whose tokens would keep this share of the slots busy."""
    return np.cumsum(GAPS) * OUTPUTS.mean() / (SEATS * load)


print(f"{REQUESTS} requests, mean output {OUTPUTS.mean():.1f}, longest {OUTPUTS.max()}, {SEATS} seats")
print("all there at once      static  continuous")
all_at_once = {name: run(name, np.zeros(REQUESTS), OUTPUTS, SEATS)[2] for name in ("static", "continuous")}
print("slots that give tokens " + "  ".join(f"{OUTPUTS.sum() / (SEATS * n):7.1%}" for n in all_at_once.values()))
print(f"steps                  {all_at_once['static']:7}  {all_at_once['continuous']:7}")
print("\nlatency in steps    load 0.2         load 0.8")
print("                  mean     p99     mean     p99")
for name in ("static", "dynamic", "continuous"):
    row = ""
    for load in (0.2, 0.8):
        came = arrivals(load)
        took = run(name, came, OUTPUTS, SEATS)[1] - came
        row += f"{took.mean():9.0f}{np.percentile(took, 99):8.0f}"
    print(f"{name:12}{row}")
# --8<-- [end:code]


def figure() -> str:
    """Four slots, eight requests: who has which slot when, and which slots yield no token."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, label, line, picture, rect

    outputs = np.array([3, 12, 5, 6, 4, 2, 7, 3])
    parts: list[str] = []
    for top, name, zh, en in (
        (0, "static", "静态：等最长的一条", "static: waits for the longest"),
        (170, "continuous", "连续：空出就补上", "continuous: free slots are refilled"),
    ):
        began, ended, steps = run(name, np.zeros(len(outputs)), outputs, 4)
        free = [0] * 4
        share = outputs.sum() / (4 * steps)
        parts += [
            label(8, top + 20, f"{zh}，{steps} 步，槽位用上 {share:.0%}", f"{en}: {steps} steps, {share:.0%} of slots"),
            *(line(20, top + 34 + 26 * at, 20 + 20 * steps, top + 34 + 26 * at, stroke=LINE) for at in range(5)),
        ]
        for request, (a, b) in enumerate(zip(began, ended, strict=True)):
            seat = next(at for at, until in enumerate(free) if until <= a)
            free[seat] = int(b)
            parts += [
                rect(21 + 20 * float(a), top + 36 + 26 * seat, 20 * float(b - a) - 2, 22, stroke=TEAL),
                label(21 + 10 * float(a + b) - 1, top + 52 + 26 * seat, f"{request + 1}", text_anchor="middle"),
            ]
        parts.append(label(20 + 20 * steps, top + 158, "步 →", "steps →", text_anchor="end", fill=GREY))
    return picture(Figure(336, tuple(parts)))
