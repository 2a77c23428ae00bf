"""The harness: what counts as equal, and what a reader is told of each kind of failure.

tests/site/test_judge.py runs it in the page.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator
from typing import Any

import harness
import pytest

NAN = float("nan")
INFINITE = float("inf")


class Sly(float):
    """Calls itself equal to anything."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


def failure(check: Callable[..., None], *arguments: Any, **named: Any) -> Any:
    with pytest.raises(harness.Mismatch) as caught:
        check("f(x)", *arguments, **named)
    return caught.value


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1),
        (1, 1.0),
        ([1, (2.0, "a")], [1, (2.0, "a")]),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}),
        ([], []),
        ({1: "a", 2: "b"}, {2: "b", 1: "a"}),
        ({1, 2}, {2, 1}),
        (None, None),
        (True, True),
        (10**400, 10**400),
    ],
)
def test_what_is_equal(got: object, expected: object) -> None:
    harness.equal("f(x)", got, expected)


@pytest.mark.parametrize(
    ("got", "expected", "place"),
    [
        (1.0000000000000002, 1.0, "1.0000000000000002 ≠ 1.0"),
        (NAN, NAN, "nan ≠ nan"),
        (None, 0, ""),
        (1.0, 1, ""),
        ((1,), [1], ""),
        ([1], (1,), ""),
        ([[1], [(2,)]], [[1], [[2]]], "[1][0]: (2,) ≠ [2]"),
        ({"a": 1, "b": 2}, {"a": 1}, ""),
        ({"a": [1, 2]}, {"a": [1, 3]}, "['a'][1]: 2 ≠ 3"),
        (Sly(), 1, ""),
        (Sly(), [1], ""),
        ([Sly()], [1.0], "[0]: 0.0 ≠ 1.0"),
        (True, 1, ""),
        (0, False, ""),
        ("1", 1, ""),
        ([1], 1, ""),
        (1, [1], ""),
        ([1, 2], [1], ""),
        ([[1, 2], [3]], [[1, 2], [3, 4]], "[1]: [3] ≠ [3, 4]"),
        ([[1, 2], [3, 5]], [[1, 2], [3, 4]], "[1][1]: 5 ≠ 4"),
    ],
)
def test_what_is_not_equal(got: object, expected: object, place: str) -> None:
    assert failure(harness.equal, got, expected).place == place


@pytest.mark.parametrize(
    ("got", "expected", "absolute", "relative"),
    [
        (1.1, 1.0, 0.125, 0.0),
        (101.0, 100.0, 0.0, 0.01),
        (101.5, 100.0, 0.5, 0.01),
        (INFINITE, INFINITE, 0.0, 0.0),
        (-INFINITE, -INFINITE, 1.0, 1.0),
        ([(1.0, None), []], [(1, None), []], 0.0, 0.0),
        (1, 1.0, 0.0, 0.0),
    ],
)
def test_what_is_close(got: object, expected: object, absolute: float, relative: float) -> None:
    harness.close("f(x)", got, expected, absolute=absolute, relative=relative)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1.2, 1.0),
        (NAN, 1.0),
        (NAN, NAN),
        (None, 1.0),
        (1.0, None),
        (True, 1.0),
        ("1", 1.0),
        (INFINITE, 1.0),
        (1.0, INFINITE),
        (INFINITE, -INFINITE),
        (10**400, 1.0),
        ([1.0], 1.0),
        (1.0, [1.0]),
        ([1.0, 1.0], [1.0]),
        ([[1.0]], [[1.2]]),
    ],
)
def test_what_is_not_close(got: object, expected: object) -> None:
    failure(harness.close, got, expected, absolute=0.1, relative=0.01)


def test_the_first_difference_is_told_with_all_its_digits() -> None:
    told = failure(harness.close, [1.0, 1 / 3], [1.0, 0.3333333333], absolute=1e-12)
    assert (told.expected, told.got) == ("[1.0, 0.333333333]", "[1.0, 0.333333333]")
    assert told.place == "[1]: 0.3333333333333333 ≠ 0.3333333333"


def refuse(kind: type[Exception]) -> Callable[[], None]:
    def call() -> None:
        raise kind("no")

    return call


def test_an_error_is_asked_for() -> None:
    harness.raises("f()", ValueError, refuse(ValueError))
    harness.raises("f()", ValueError, refuse(UnicodeError))
    with pytest.raises(harness.Mismatch) as caught:
        harness.raises("f()", ValueError, refuse(KeyError))
    assert (caught.value.expected, caught.value.got) == ("ValueError", "KeyError: 'no'")
    with pytest.raises(harness.Mismatch) as caught:
        harness.raises("f(2)", ValueError, abs, -2)
    assert (caught.value.expected, caught.value.got) == ("ValueError", "2")
    with pytest.raises(NotImplementedError):
        harness.raises("f()", ValueError, refuse(NotImplementedError))


def test_a_condition_says_what_it_asks_for() -> None:
    harness.holds("f(x)", True, "a sum of 1", "0.5")
    told = failure(harness.holds, False, ("和为 1", "a sum of 1"), "0.5")
    assert (told.expected, told.got) == (("和为 1", "a sum of 1"), "0.5")


class Rude:
    def __repr__(self) -> str:
        raise ValueError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1.0, 1 / 3, (2,), None], "[1.0, 0.333333333, (2,), None]"),
        ({"b": 1, "a": 2.5}, "{'a': 2.5, 'b': 1}"),
        ({3, 1}, "{1, 3}"),
        (set(), "set()"),
        (INFINITE, "inf"),
        (list(range(9)) * 9, "[" + ", ".join(map(str, list(range(9)) * 5))[: 40 * 3 - 2] + ", …]"),
        ("x" * 200, "'" + "x" * 158 + "…"),
        (Rude(), "<Rude>"),
    ],
)
def test_values_as_they_are_shown(value: object, text: str) -> None:
    assert harness.shown(value) == text


def test_what_has_no_end_is_shown_in_part_and_soon() -> None:
    wide: object = [0] * 40
    for _ in range(6):
        wide = [wide] * 40
    assert harness.shown(wide).endswith("…")
    deep: object = 0
    for _ in range(100_000):
        deep = [deep]
    assert harness.shown(deep) == "<list>"
    assert harness.shown("x" * 10**7) == "'" + "x" * 158 + "…"
    assert harness.shown({key: 0 for key in range(1000)}).endswith("…")


def test_a_message_is_cut() -> None:
    answer, _ = harness.read("def f(x):\n    raise type('E' * 10**6, (Exception,), {})('x' * 10**6)\n")
    result = harness.run(answer, CASES)[0]
    assert (len(result["message"]), len(result["error"])) == (2000, 160)
    class_of_no_text = "class A:\n    def __str__(self):\n        1 / 0\ndef f(x):\n    raise SyntaxError(A())\n"
    answer, _ = harness.read(class_of_no_text)
    assert harness.run(answer, CASES)[0]["kind"] == "syntax"


def xorshift32(state: int) -> Iterator[int]:
    """Marsaglia's generator with the shifts 13, 17, 5, bit by bit."""
    bits = [state >> at & 1 for at in range(32)]
    while True:
        for shift in (13, -17, 5):
            bits = [bit ^ (bits[at - shift] if 0 <= at - shift < 32 else 0) for at, bit in enumerate(bits)]
        yield sum(bit << at for at, bit in enumerate(bits))


@pytest.mark.parametrize("seed", [0, 1, 7, 2**31, 2**40 + 3])
def test_random_numbers_are_those_of_xorshift32(seed: int) -> None:
    drawn = xorshift32((seed * 2654435761 + 0x9E3779B9) % 2**32)
    expected = [next(drawn) for _ in range(8)][4:]
    rng = harness.Random(seed)
    assert [rng.random() for _ in expected] == [number / 2**32 for number in expected]
    assert harness.Random(seed).below(1000) == expected[0] % 1000


def test_random_numbers_are_spread() -> None:
    rng = harness.Random(3)
    drawn = [rng.random() for _ in range(20_000)]
    assert all(0.0 <= number < 1.0 for number in drawn)
    # Four standard errors of a mean of 20,000: 0.0082, 0.0283 and 0.04.
    assert abs(sum(drawn) / len(drawn) - 0.5) < 0.0082
    normal = [rng.normal() for _ in range(20_000)]
    assert abs(sum(normal) / len(normal)) < 0.0283
    assert abs(sum(number * number for number in normal) / len(normal) - 1.0) < 0.04
    assert {rng.below(6) for _ in range(200)} == set(range(6))
    assert len({harness.Random(seed).random() for seed in range(500)}) == 500


def first(answer: Any) -> None:
    harness.close("f(1)", answer.f(1), [1.0, 2.0], 1e-9)


def second(answer: Any) -> None:
    harness.equal("f(2)[0]", answer.f(2)[0], 1.0)


CASES = [(first, "一", "one"), (second, "二", "two")]


def test_results_come_one_by_one_and_in_both_languages() -> None:
    answer, wrong = harness.read("def f(x):\n    return [1.0, 2.0]\n")
    told: list[dict[str, object]] = []
    assert wrong is None
    assert harness.run(answer, CASES, told.append) == told
    assert told == [
        {"case": "first", "zh": "一", "en": "one", "ok": True},
        {"case": "second", "zh": "二", "en": "two", "ok": True},
    ]


@pytest.mark.parametrize(
    ("text", "kind", "message", "line"),
    [
        ("def f(x):\n    return [1.0, 2.5]\n", "mismatch", "", None),
        ("def f(x):\n    pass\n", "none", "", None),
        ("def f(x):\n    raise NotImplementedError\n", "unwritten", "", 2),
        ("def g(x):\n    pass\n", "missing", "f", None),
        ("f = 3\n", "missing", "f", None),
        ("def f(x):\n    return f(x)\n", "recursion", "maximum recursion depth exceeded", 2),
        ("def f(x):\n    return g(x)\ndef g(x):\n    return [][x]\n", "error", "list index out of range", 4),
        ("def f(x):\n    import numpy_of_nobody\n", "import", "No module named 'numpy_of_nobody'", 2),
        ("def f(x):\n    raise SystemExit\n", "exit", "", 2),
        ("def f(x):\n    raise MemoryError\n", "memory", "", 2),
        ("def f():\n    pass\n", "unusable", "f() takes 0 positional arguments but 1 was given", None),
    ],
)
def test_each_kind_of_failure(text: str, kind: str, message: str, line: int | None) -> None:
    answer, wrong = harness.read(text)
    assert wrong is None
    result = harness.run(answer, CASES)[0]
    assert (result["ok"], result["kind"], result["message"], result["line"]) == (False, kind, message, line)


def test_what_the_tests_cannot_use() -> None:
    answer, _ = harness.read("def f(x):\n    return 1\n")
    result = harness.run(answer, CASES)[1]
    assert (result["kind"], result["error"], result["line"]) == ("unusable", "TypeError", None)
    answer, _ = harness.read("def f(x):\n    pass\n")
    assert harness.run(answer, CASES)[1]["kind"] == "none"


@pytest.mark.parametrize(
    ("text", "kind", "error", "line"),
    [
        ("x = 1\ndef f(x:\n    pass\n", "syntax", "SyntaxError", 2),
        ("def f(x):\n    y = 1\n  return y\n", "syntax", "IndentationError", 3),
        ("return 1\n", "syntax", "SyntaxError", 1),
        ("x = 1\n\nx / 0\n", "error", "ZeroDivisionError", 3),
        ("import numpy_of_nobody\n", "import", "ModuleNotFoundError", 1),
        ("x = '\0'\n", "syntax", "SyntaxError", None),
    ],
)
def test_text_that_does_not_run(text: str, kind: str, error: str, line: int | None) -> None:
    answer, wrong = harness.read(text)
    assert answer is None
    assert (wrong["kind"], wrong["error"], wrong["line"]) == (kind, error, line)


def test_a_dict_lacks_a_key() -> None:
    def whole(answer: Any) -> None:
        harness.equal("f()", answer.f(), {"a": 1.0, "b": 2.0})

    def one(answer: Any) -> None:
        harness.close("f()['b']", harness.entry("f()", answer.f(), "b"), 2.0)

    for text, kind, message in (
        ("{'a': 1.0}", "key", "'b'"),
        ("{}", "key", "'a'"),
        ("None", "none", ""),
        ("[1.0, 2.0]", "mismatch", ""),
        ("{'a': 1.0, 'b': 2.0, 'c': 3.0}", "mismatch", ""),
    ):
        answer, _ = harness.read(f"def f():\n    return {text}\n")
        result = harness.run(answer, [(whole, "", "")])[0]
        assert (result["kind"], result["message"]) == (kind, message), text
    answer, _ = harness.read("def f():\n    return {}\n")
    assert harness.run(answer, [(one, "", "")])[0]["kind"] == "key"


def test_numbers_that_note_their_use() -> None:
    used: list[str] = []

    def note(name: str, *_: object) -> None:
        used.append(name)

    x, n = harness.noted(2.5, note), harness.noted(3, note)
    assert (x * 2, 2 * x, x + n, -x, math.exp(x), [0] * n) == (5.0, 5.0, 5.5, -2.5, math.exp(2.5), [0, 0, 0])
    assert used == ["__mul__", "__rmul__", "__add__", "__neg__", "__rmul__"]
    assert max(harness.noted(1.0, note), x) == 2.5
    assert used[-1] == "__gt__"
    assert type(x * 2) is type(float(x)) is float
    assert ({x: 1}[2.5], isinstance(x, float), isinstance(n, int), list(range(n))) == (1, True, True, [0, 1, 2])


def test_copies_of_numbers_that_note_their_use_note_it_too() -> None:
    used: list[str] = []
    rows = [[harness.noted(2.5, lambda name, *_: used.append(name))]]
    for copied in (copy.copy(rows), copy.deepcopy(rows)):
        assert copied[0][0] * 2 == 5.0
    assert used == ["__mul__", "__mul__"]


def test_an_answer_s_function_is_watched() -> None:
    answer, _ = harness.read("def f(x):\n    return x\ndef g():\n    return f(1) + f(x=2)\n")
    assert harness.watched(answer, "f", answer.g) == (3, [(1,), ()])
    assert harness.watched(answer, "f", lambda: answer.f(3)) == (3, [(3,)])


def test_what_a_watched_function_gives_may_be_changed() -> None:
    answer, _ = harness.read("def f(x):\n    return x\ndef g():\n    return f(1) + f(2)\n")
    assert harness.watched(answer, "f", answer.g, lambda result: result + 10) == (23, [(1,), (2,)])
    assert answer.g() == 3


def test_recursion_has_the_room_that_it_is_given() -> None:
    def deep(calls: int) -> int:
        return calls and deep(calls - 1) + 1

    assert deep(300) == 300
    assert harness.shallow(100, deep, 80) == 80
    with pytest.raises(RecursionError):
        harness.shallow(100, deep, 120)
    assert deep(300) == 300


def test_an_answer_may_have_a_dataclass_and_annotations_of_the_future() -> None:
    text = "from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\nclass A:\n    x: float\n"
    answer, wrong = harness.read(text + "def f(x):\n    return [A(1.0).x, 2.0]\n")
    assert wrong is None
    assert harness.run(answer, CASES)[0]["ok"]


def test_a_mismatch_tells_what_was_given() -> None:
    answer, _ = harness.read("def f(x):\n    return [1.0, 2.5]\n")
    result = harness.run(answer, CASES)[0]
    assert {key: result[key] for key in ("given", "expected", "got", "place")} == {
        "given": "f(1)",
        "expected": "[1.0, 2.0]",
        "got": "[1.0, 2.5]",
        "place": "[1]: 2.5 ≠ 2.0",
    }


def test_the_reader_s_line_of_an_unexpected_error() -> None:
    def case(answer: Any) -> None:
        harness.raises("f(1)", ValueError, answer.f, 1)

    answer, _ = harness.read("def f(x):\n    return [][x]\n")
    (result,) = harness.run(answer, [(case, "", "")])
    assert (result["kind"], result["got"], result["line"]) == ("mismatch", "IndexError: list index out of range", 2)
    assert math.isfinite(result["line"])
