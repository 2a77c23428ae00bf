"""Classes known by a vector of text each: one more takes no training; what a query and a prompt cost."""

# --8<-- [start:code]
import numpy as np

TEXT, IMAGE, SEEN, UNSEEN = 24, 64, 20, 5
EACH = 80  # images of a class, to learn from and to test on
CLASSES = SEEN + UNSEEN
draw = np.random.default_rng(1)
PROTOTYPES = draw.normal(size=(CLASSES, TEXT))  # what a text encoder makes of each name, once
PROTOTYPES /= np.linalg.norm(PROTOTYPES, axis=1, keepdims=True)
TO_IMAGE = draw.normal(0, TEXT**-0.5, (TEXT, IMAGE))  # how classes really look; the learner does not see it


def photos() -> np.ndarray:
    """Noisy image features, `EACH` of every class in turn."""
    return np.repeat(PROTOTYPES @ TO_IMAGE, EACH, axis=0) + draw.normal(0, 0.45, (CLASSES * EACH, IMAGE))


def learned(images: np.ndarray, texts: np.ndarray) -> np.ndarray:
    """Ridge regression from image features into the space of text."""
    return np.linalg.solve(images.T @ images + np.eye(IMAGE), images.T @ texts)


def scores(images: np.ndarray, into_text: np.ndarray, prototypes: np.ndarray) -> np.ndarray:
    """Cosines of each image with each prototype: the work of a query after its encoder."""
    projected = images @ into_text
    lengths = np.linalg.norm(projected, axis=1, keepdims=True) * np.linalg.norm(prototypes, axis=1)
    return projected @ prototypes.T / lengths


LABELS = np.repeat(np.arange(CLASSES), EACH)
TRAIN, TEST = photos(), photos()
OLD = LABELS < SEEN
WEIGHTS = learned(TRAIN[OLD], PROTOTYPES[LABELS[OLD]])  # no unseen class takes part
COSINES = scores(TEST, WEIGHTS, PROTOTYPES)
RETRAINED = scores(TEST, learned(TRAIN, PROTOTYPES[LABELS]), PROTOTYPES)


def row(name: str, right: np.ndarray) -> None:
    print(f"{name:38} {right[OLD].mean():6.3f} {right[~OLD].mean():7.3f}")


print("share right (chance: 0.040)              seen  unseen")
row(f"zero-shot, {CLASSES} candidates", COSINES.argmax(axis=1) == LABELS)
for less in (0.05, 0.1, 0.2):
    row(
        f"the same, seen scores lowered by {less:g}",
        (COSINES - less * (np.arange(CLASSES) < SEEN)).argmax(axis=1) == LABELS,
    )
row("trained with images of all classes", RETRAINED.argmax(axis=1) == LABELS)
among = COSINES[~OLD, SEEN:].argmax(axis=1) + SEEN == LABELS[~OLD]
print(f"zero-shot, {UNSEEN} unseen candidates only {among.mean():18.3f}  (chance: 0.200)")
project, compare = 2 * IMAGE * TEXT, 2 * TEXT
print(f"FLOPs a query: {project} to project + {compare} a class; a new class stores {TEXT} numbers")

# Parameters that every prompt token is multiplied by: those in the blocks of an 8B model.
PARAMETERS, INSTRUCTION, EXAMPLE, QUESTION = 6.98e9, 60, 80, 40
print("examples in the prompt  tokens  prefill TFLOP  with the prefix cached")
for examples in (0, 2, 8, 32):
    tokens = INSTRUCTION + examples * EXAMPLE + QUESTION
    work, cached = (2 * PARAMETERS * count / 1e12 for count in (tokens, QUESTION))
    print(f"{examples:22} {tokens:7} {work:14.2f} {cached:23.2f}")
# --8<-- [end:code]


def figure() -> str:
    """The accuracy on seen and unseen classes, as the scores of seen ones are lowered."""
    from miaotui.drawing.svg import GREY, LINE, TEAL, Figure, element, label, line, number, picture

    lowered = [step / 100 for step in range(31)]
    right = [(COSINES - np.where(np.arange(CLASSES) < SEEN, less, 0)).argmax(axis=1) == LABELS for less in lowered]

    def at(less: float, share: float) -> tuple[str, str]:
        return number(56 + 1000 * less), number(240 - 200 * share)

    drawn = [label(8, 20, "答对的比例", "Accuracy", font_weight=600)]
    for share in (0, 0.5, 1):
        drawn.append(line(56, 240 - 200 * share, 356, 240 - 200 * share, stroke=LINE))
        drawn.append(label(48, 245 - 200 * share, f"{share:g}", text_anchor="end", fill=GREY))
    for name, among, paint, dash in ((("见过的", "seen"), OLD, GREY, "7 4"), (("没见过的", "unseen"), ~OLD, TEAL, "")):
        shares = [float(each[among].mean()) for each in right]
        path = "L".join(" ".join(at(less, share)) for less, share in zip(lowered, shares, strict=True))
        drawn.append(element("path", d=f"M{path}", fill="none", stroke=paint, stroke_width=2.5, stroke_dasharray=dash))
        low = shares[0] < shares[-1]
        drawn.append(label(60, 240 - 200 * shares[0] + (24 if low else -8), f"{shares[0]:.3f}", fill=paint))
        drawn.append(label(362, 245 - 200 * shares[-1], *name, fill=paint))
    drawn += [label(56 + 1000 * less, 262, f"{less:g}", text_anchor="middle", fill=GREY) for less in (0, 0.1, 0.2, 0.3)]
    below = ("给见过的类的分数减去", "subtracted from the scores of seen classes")
    drawn.append(label(206, 286, *below, text_anchor="middle"))
    return picture(Figure(296, tuple(drawn)))
