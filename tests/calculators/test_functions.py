"""The functions of expressions: each against a value worked by hand, in Python and in the page."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from miaotui.calculators.evaluate import Value, evaluate
from miaotui.calculators.expressions import FUNCTIONS, parse

SCRIPT = Path(__file__).parents[2] / "overrides/assets/js/calculate.js"
KNOWN: dict[str, Value] = {"x": [3.0, -1.0, 2.0, -1.0], "y": [1.0, 0.0, 0.0, 1.0], "none": [], "n": 3.0, "mode": "one"}
NAN, ENDLESS = math.nan, math.inf
VALUES: dict[str, Value] = {
    "2 + 3 * 4 - 6 / 4": 12.5,
    "-2 ** 2": -4,
    "2 ** 3 ** 2": 512,
    "x + 1": [4, 0, 3, 0],
    "10 - x * y": [7, 10, 10, 11],
    "x < 2": [0, 1, 0, 1],
    "x <= 2": [0, 1, 1, 1],
    "x > 2": [1, 0, 0, 0],
    "x >= 2": [1, 0, 1, 0],
    "x == -1": [0, 1, 0, 1],
    "x != -1": [1, 0, 1, 0],
    "mode == 'one'": 1,
    "mode != 'one'": 0,
    "not y": [0, 1, 1, 0],
    "0 and 5": 0,
    "2 and 5 and 7": 7,
    "0 or 0 or 5": 5,
    "2 or 5": 2,
    "4 if mode == 'two' else 9": 9,
    "4 if n > 2 else 1 / 0": 4,
    "abs(x)": [3, 1, 2, 1],
    "sqrt(9)": 3,
    "exp(0)": 1,
    "log(exp(2))": 2,
    "log2(1024)": 10,
    "log10(1000)": 3,
    "cos(0)": 1,
    "floor(-1.5)": -2,
    "ceil(-1.5)": -1,
    "round(list(2.5))": [2],
    "round(3.5)": 4,
    "round(-2.5)": -2,
    "round(-0.6)": -1,
    "min(x, 1)": [1, -1, 1, -1],
    "max(x, y)": [3, 0, 2, 1],
    "where(y, x, 7)": [3, 7, 7, -1],
    "sum(x)": 3,
    "mean(x)": 0.75,
    "least(x)": -1,
    "most(x)": 3,
    "count(x)": 4,
    "running(x)": [3, 2, 4, 3],
    "quantile(x, 0)": -1,
    "quantile(x, 0.5)": 0.5,
    "quantile(x, 0.9)": 2.7,
    "quantile(x, 1)": 3,
    "keep(x, y)": [3, -1],
    "item(x, 2)": 2,
    "ordered(x, x)": [-1, -1, 2, 3],
    # Equal keys keep the order of the list.
    "ordered(x, y)": [-1, 2, 3, -1],
    "place(x)": 0,
    "place(-x)": 1,
    "ordered(x, -y)": [3, -1, -1, 2],
    "ordered(range(4), x)": [1, 3, 2, 0],
    "range(n)": [0, 1, 2],
    "range(2.9)": [0, 1],
    "list(5)": [5],
    "list(x)": [3, -1, 2, -1],
    "group_most(x, 3)": [3, 3, 3, -1],
    "group_least(x, 2)": [-1, -1, -1, -1],
    "group_most(x, 0)": [3, 3, 3, 3],
    # The 2 x 2 matrix twice, each over the root of 2.
    "hadamard(x)": [1.5, 3.5, 0.5, 0.5],
    "hadamard(keep(x, x != 2))": [3, -1, -1],
    "sum(histogram(x, 0, 1))": 4,
    "keep(range(64), histogram(x, 0, 1))": [0, 2, 3],
    "item(histogram(x, 0, 1), 0)": 2,
    "item(histogram(100 * x, 0, 1), 63)": 2,
    # Marsaglia's shifts of 13, 17 and 5 from a state of 1: 270369, 67634689.
    "uniform(2, 0)": [(270369 + 0.5) / 2**32, (67634689 + 0.5) / 2**32],
}
WITHOUT_VALUE: dict[str, Value] = {
    "1 / 0": ENDLESS,
    "-1 / 0": -ENDLESS,
    "0 / 0": NAN,
    "0 ** -1": ENDLESS,
    "10 ** 400": ENDLESS,
    "(-8) ** (1 / 3)": NAN,
    "sqrt(-1)": NAN,
    "log(0)": -ENDLESS,
    "log2(-1)": NAN,
    "exp(1000)": ENDLESS,
    "mean(none)": NAN,
    "least(none)": NAN,
    "most(none)": NAN,
    "quantile(none, 0.5)": NAN,
    "place(none)": NAN,
    "item(x, 4)": NAN,
    "item(x, -1)": NAN,
    "sum(none)": 0,
    "count(none)": 0,
    "range(-1)": [],
    "floor(1 / 0)": ENDLESS,
    "round(1 / 0)": ENDLESS,
}
BOTH = {**VALUES, **WITHOUT_VALUE}


@pytest.fixture(scope="module")
def in_page(chrome: Browser) -> Iterator[dict[str, Any]]:
    """What the page gives for each expression."""
    page: Page = chrome.new_page()
    page.add_script_tag(path=SCRIPT)
    trees = json.dumps({text: parse(text) for text in BOTH})
    yield page.evaluate(
        """([trees, known]) => Object.fromEntries(Object.entries(JSON.parse(trees))
          .map(([text, tree]) => [text, window.miaotuiCalculate.evaluate(tree, JSON.parse(known))]))""",
        [trees, json.dumps(KNOWN)],
    )
    page.close()


@pytest.mark.parametrize("text", BOTH)
def test_an_expression_has_the_value_worked_by_hand(text: str) -> None:
    assert evaluate(parse(text), KNOWN) == pytest.approx(BOTH[text], rel=1e-12, nan_ok=True)


@pytest.mark.parametrize("text", BOTH)
def test_an_expression_has_that_value_in_the_page(text: str, in_page: dict[str, Any]) -> None:
    assert in_page[text] == pytest.approx(BOTH[text], rel=1e-12, nan_ok=True)


def test_every_function_has_a_value_worked_by_hand() -> None:
    assert not [name for name in FUNCTIONS if not any(f"{name}(" in text for text in VALUES)]
