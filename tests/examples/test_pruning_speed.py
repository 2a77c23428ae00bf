"""examples/pruning_speed.py, against weights counted one by one and pairs tried one by one."""

from __future__ import annotations

import itertools
import math
from types import ModuleType

MUTANTS = [
    ("if skip else range(len(row))", "if True else range(len(row))", "the dense kernel skips zeros"),
    ("np.argsort(-blocks, axis=1)", "np.argsort(blocks, axis=1)", "the smallest weights stay"),
    ("* (FP16 + column)", "* FP16", "the columns of CSR take no room"),
    ("+ (len(weights) + 1) * pointer", "+ 0", "the row pointers of CSR take no room"),
    ("(2 * pair * bits + 2 * 2)", "(2 * pair * bits + 2)", "a group of four has one index, not two"),
    ("* FP16 + half.size // 8", "* FP16", "the bitmap takes no room"),
    ("norm(INPUTS, axis=1)", "norm(INPUTS, axis=0)[:SIZE]", "the norms are those of samples, not of features"),
    ("kept(score, keep, group) @ INPUTS", "kept(size, keep, group) @ INPUTS", "both columns prune by magnitude"),
]


def _table(example: ModuleType) -> dict[str, tuple[int, int, float]]:
    """Products, bytes and share of each way."""
    found = {}
    for line in example.output.splitlines()[1:9]:
        *_, products, stored, share = line.split()
        found[line[:25].strip()] = (int(products), int(stored), float(share.rstrip("%")))
    return found


def test_products_and_bytes_counted_one_by_one(example: ModuleType) -> None:
    table = _table(example)
    assert list(table) == list(example.WAYS)
    for name, (weights, _, _) in example.WAYS.items():
        rows = weights.tolist()
        cells, filled = sum(map(len, rows)), sum(value != 0 for row in rows for value in row)
        if "CSR" in name:
            expected = (filled, 4 * filled + 4 * len(rows) + 4)
        elif "bitmap" in name:
            expected = (filled, 2 * filled + -(-cells // 8))
        elif name == "2:4":
            expected = (filled, cells // 4 * 36 // 8)
        else:
            expected = (cells, 2 * cells)
        assert table[name][:2] == expected, name
        assert math.isclose(table[name][2], 100 * expected[1] / 12800, abs_tol=0.005)


def test_every_kernel_gives_the_product(example: ModuleType) -> None:
    x = example.INPUTS[:, 0].tolist()
    for weights, skip, _ in example.WAYS.values():
        out, _ = example.multiplied(weights, example.INPUTS[:, 0], skip)
        for row, value in zip(weights.tolist(), out, strict=True):
            assert math.isclose(value, math.fsum(a * b for a, b in zip(row, x, strict=True)), abs_tol=1e-9)


def test_two_of_four_keeps_the_best_pair_of_the_six(example: ModuleType) -> None:
    before, after = example.WEIGHTS.ravel().tolist(), example.pattern.ravel().tolist()
    for at in range(0, len(before), 4):
        group = before[at : at + 4]
        best = max(itertools.combinations(range(4), 2), key=lambda pair: sum(group[i] ** 2 for i in pair))
        assert after[at : at + 4] == [value if i in best else 0 for i, value in enumerate(group)]


def test_the_shares_are_bits_of_a_group_of_four(example: ModuleType) -> None:
    line = next(line for line in example.output.splitlines() if line.startswith(" "))
    kept = ((36, 4 * 16), (20, 4 * 8), (12, 4 * 4), (4 * 4 + 4, 8 * 4))
    assert line.split() == [f"{100 * part / whole:.2f}%" for part, whole in kept]


def test_wandas_score_is_the_error_that_a_weight_leaves(example: ModuleType) -> None:
    """Without weight j of a row, the squared error of the row's outputs is the square of its score."""
    for row, column in ((0, 0), (3, 17), (79, 79)):
        left = [example.WEIGHTS[row, column] * value for value in example.INPUTS[column].tolist()]
        assert math.isclose(math.hypot(*left), example.WANDA[row, column], rel_tol=1e-9)


def test_the_errors_are_those_of_the_outputs(example: ModuleType) -> None:
    """By magnitude, then by Wanda's score; the 2:4 pattern costs more, and Wanda less, than the other."""
    x, weights = example.INPUTS.tolist(), example.WEIGHTS.tolist()
    whole = math.sqrt(sum((example.WEIGHTS @ example.INPUTS).ravel() ** 2))
    norms = [math.hypot(*feature) for feature in x]
    printed = [[float(error) for error in line.split()[-2:]] for line in example.output.splitlines()[-2:]]
    for line, (keep, group) in zip(printed, ((40, 80), (2, 4)), strict=True):
        for told, weigh in zip(line, ([1.0] * 80, norms), strict=True):
            gone = []
            for row in weights:
                lost = [0.0] * 80
                for at in range(0, 80, group):
                    order = sorted(range(at, at + group), key=lambda i: abs(row[i]) * weigh[i])
                    for i in order[: group - keep]:
                        lost[i] = row[i]
                gone.append(lost)
            assert math.isclose(
                told, math.hypot(*(example.np.array(gone) @ example.INPUTS).ravel()) / whole, abs_tol=6e-4
            )
    assert printed[0][0] < printed[1][0]
    assert printed[0][1] < printed[0][0]
    assert printed[1][1] < printed[1][0]
