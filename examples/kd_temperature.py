"""What temperature does to the gradient, what soft labels are worth, and what each direction of the KL does."""

# --8<-- [start:code]
import numpy as np

SEEDS, FEATURES, CLASSES, STEPS, RATE = 20, 20, 5, 150, 0.5
TEACHER, STUDENT = np.array([6.0, 3.0, 1.0, -2.0, -4.0]), np.array([2.0, 3.0, -1.0, 0.5, 0.0])
AXIS = np.linspace(-8, 8, 321)


def softmax(z: np.ndarray, t: float = 1.0) -> np.ndarray:
    e = np.exp((z - z.max(axis=-1, keepdims=True)) / t)
    return e / e.sum(axis=-1, keepdims=True)


def gradient(t: float) -> float:
    """The length of the gradient of KL(teacher || student) at temperature t, by the student's logits."""
    return float(np.linalg.norm(softmax(STUDENT, t) - softmax(TEACHER, t)) / t)


def train(x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """A linear student for each seed, by gradient descent on the cross-entropy with labels hard or soft."""
    w = np.zeros((len(x), FEATURES, CLASSES))
    for _ in range(STEPS):
        w -= RATE * x.swapaxes(1, 2) @ (softmax(x @ w) - labels) / x.shape[1]
    return w


def agreement(samples: int, wrong: float) -> list[np.ndarray]:
    """How often each chooses as the truth does: students of hard, soft and a wrong teacher's labels, that teacher."""
    draw = np.random.default_rng(samples)
    truth = draw.normal(0, 0.5, (SEEDS, FEATURES, CLASSES))
    teacher = truth + draw.normal(0, 0.5 * wrong, truth.shape)
    x, test = (draw.standard_normal((SEEDS, n, FEATURES)) for n in (samples, 1000))
    soft = softmax(x @ truth)
    drawn = (draw.random((SEEDS, samples, 1)) > soft.cumsum(axis=-1)).sum(axis=-1)
    hard = np.eye(CLASSES)[drawn.clip(0, CLASSES - 1)]
    best = (test @ truth).argmax(axis=-1)
    students = [train(x, labels) for labels in (hard, soft, softmax(x @ teacher))]
    return [((test @ w).argmax(axis=-1) == best).mean(axis=-1) for w in (*students, teacher)]


def mode(centre: float, width: float) -> np.ndarray:
    p = np.exp(-(((AXIS - centre) / width) ** 2) / 2)
    return p / p.sum()


def kl(p: np.ndarray, q: np.ndarray) -> float:
    return float((p * np.log(p / q)).sum())


TWO = 0.6 * mode(-2, 0.7) + 0.4 * mode(2, 0.7)  # a teacher with two modes: two kinds of answer
CHOICES = [(m / 20, s / 20) for m in range(-60, 61) for s in range(10, 61)]  # what a student with one mode can be
FORWARD = min(CHOICES, key=lambda at: kl(TWO, mode(*at)))
REVERSE = min(CHOICES, key=lambda at: kl(mode(*at), TWO))

print(" T   gradient   T² × gradient")
for t in (1, 2, 4, 8, 16, 32):
    print(f"{t:2} {gradient(t):10.5f} {t * t * gradient(t):12.3f}")
print("\nsamples   hard labels   soft labels   of a wrong teacher   that teacher   better than hard")
for samples in (50, 100, 400):
    hard, soft, wrong, teacher = agreement(samples, 0.5)
    print(f"{samples:7} {hard.mean():12.3f} {soft.mean():13.3f} {wrong.mean():16.3f} {teacher.mean():18.3f}", end="")
    print(f"    soft {(soft > hard).sum():2}, wrong {(wrong > hard).sum():2} of {SEEDS}")
print("\n              centre   width   left   gap, |x| < 1   right")
for name, at in (("teacher", None), ("forward KL", FORWARD), ("reverse KL", REVERSE)):
    p, fitted = (mode(*at), f"{at[0]:8.2f}{at[1]:8.2f}") if at else (TWO, "")
    left, gap, right = (p[where].sum() for where in (AXIS <= -1, abs(AXIS) < 1, AXIS >= 1))
    print(f"{name:12}{fitted:16} {left:8.2f} {gap:10.2f} {right:10.2f}")
# --8<-- [end:code]


def figure() -> str:
    """A teacher with two kinds of answer, and the single mode that each direction of the KL divergence chooses."""
    from miaotui.drawing.svg import GREY, LINE, RED, TEAL, Figure, element, label, line, number, picture

    def curve(p: np.ndarray, base: float, **look: str | float) -> str:
        shown = (abs(AXIS) <= 4.5) & (np.arange(len(AXIS)) % 2 == 0)
        points = zip(220 + 46 * AXIS[shown], base - 4000 * p[shown], strict=True)
        path = "L".join(f"{number(float(x))} {number(float(y))}" for x, y in points)
        return element("path", d=f"M{path}", **{"fill": "none", "stroke_width": 2.5, **look})

    def panel(base: float, at: tuple[float, float], paint: str) -> list[str]:
        teacher = curve(TWO, base, stroke=GREY, stroke_dasharray="5 4")
        return [line(13, base, 427, base, stroke=LINE), teacher, curve(mode(*at), base, stroke=paint)]

    gap, middle = f"{mode(*FORWARD)[abs(AXIS) < 1].sum():.2f}", {"text_anchor": "middle"}
    legend = "虚线：教师；实线：学生，只能有一个峰", "Dashed: the teacher; solid: a student with one mode"
    parts = [
        label(8, 20, "正向 KL：覆盖所有峰", "Forward KL: mode-covering", font_weight=600),
        *panel(160, FORWARD, RED),
        label(220, 62, f"教师很少去的地方，给了 {gap}", f"{gap} where the teacher seldom goes", fill=RED, **middle),
        label(8, 202, "反向 KL：只认一个峰", "Reverse KL: mode-seeking", font_weight=600),
        *panel(352, REVERSE, TEAL),
        label(312, 262, "这个峰被放弃", "this one is given up", fill=TEAL, **middle),
        label(8, 380, *legend, fill=GREY),
    ]
    return picture(Figure(392, tuple(parts)))
