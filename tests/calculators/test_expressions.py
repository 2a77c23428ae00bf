"""Expressions: what becomes a tree, and what is refused before anything of it could run."""

from __future__ import annotations

import ast
import builtins
from pathlib import Path

import pytest

from miaotui.calculators import expressions
from miaotui.calculators.expressions import FUNCTIONS, ExpressionError, Tree, names, parse

TREES: dict[str, Tree] = {
    "2": 2.0,
    ".5e3": 500.0,
    "layers": "layers",
    "'latent'": ["text", "latent"],
    "-a": ["negative", "a"],
    "not a": ["not", "a"],
    "a + b - c": ["-", ["+", "a", "b"], "c"],
    "a - (b + c)": ["-", "a", ["+", "b", "c"]],
    "2 * a / b": ["/", ["*", 2.0, "a"], "b"],
    "-a ** 2 ** b": ["negative", ["^", "a", ["^", 2.0, "b"]]],
    "a < b": ["<", "a", "b"],
    "a <= b": ["<=", "a", "b"],
    "a > b": [">", "a", "b"],
    "a >= b": [">=", "a", "b"],
    "a == 'latent'": ["==", "a", ["text", "latent"]],
    "a != b": ["!=", "a", "b"],
    "a and b and c or d": ["or", ["and", "a", "b", "c"], "d"],
    "a if b else c": ["if", "b", "a", "c"],
    " max(\n  a, b)": ["max", "a", "b"],
}


@pytest.mark.parametrize("text", TREES)
def test_an_expression_becomes_a_tree(text: str) -> None:
    assert parse(text) == TREES[text]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_takes_as_many_arguments_as_are_listed(name: str) -> None:
    arguments = ["a", "b", "c"][: FUNCTIONS[name]]
    assert parse(f"{name}({', '.join(arguments)})") == [name, *arguments]


# Each would leave a file where the test runs if any of it ran.
LEAVES = "open('ran', 'w')"
NOT_UNDERSTOOD = [
    *("layers.real", "().__class__.__bases__", "layers.__class__.__mro__", f"{LEAVES}.real"),
    *("layers[0]", "layers[0:2]", "layers[-1]"),
    *("lambda: 1", f"lambda: {LEAVES}", f"[{LEAVES} for layer in layers]", f"{{{LEAVES} for a in b}}"),
    *(f"{{a: {LEAVES} for a in b}}", f"({LEAVES} for a in b)", f"(a := {LEAVES})"),
    *("1 < layers < 3", "a == b == c", "a is b", "a is not b", "a in b", "a not in b"),
    *("[1, 2]", "(1, 2)", "{1, 2}", "{'a': 1}", "[]", "()", f"[{LEAVES}]", f"[*{LEAVES}]"),
    *("True", "False", "None", "...", "1j", "~a", "+a", "a // b", "a % b", "a @ b", "a ^ b"),
    *("a << 1", "a >> 1", "a & b", "a | b", f"await {LEAVES}"),
]


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_no_formula_is_not_understood(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text}' is not understood; accepted: + - * / ** < <= == and or not if, calls"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1 + f'{layers}'", "f'{layers}'"),
        # Of quotation marks in such a text each version of Python writes its own.
        ("1 + f'{open(layers)}'", "f'{open(layers)}'"),
        ("2 * (a.b + 1)", "a.b"),
        ("max(a, b[0])", "b[0]"),
        ("max(a, *b)", "*b"),
        ("a if b else (c := 1)", "(c := 1)"),
        (f"a and (b or {LEAVES}.real)", f"{LEAVES}.real"),
        ("sum(a for a in b)", "(a for a in b)"),
    ],
)
def test_what_is_no_formula_is_found_wherever_it_stands(text: str, part: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert str(refused.value) == f"'{part}' is not understood; accepted: + - * / ** < <= == and or not if, calls"


FOREIGN = [
    *("print(1)", LEAVES, "eval('1')", "exec('1')", "compile('1', '', 'eval')", "globals()", "getattr(a, 'b')"),
    *("__import__('os')", "__import__('os').system('touch ran')", "__import__('pathlib').Path('ran').touch()"),
    *("a.sum()", "sum(a)(b)", "(lambda: a)()", "a()", f"a[{LEAVES}]()", "Sum(a)"),
    *("sum(values=a)", "max(a, b, key=c)", "sum(**a)"),
]


@pytest.mark.parametrize("text", FOREIGN)
def test_only_our_functions_are_called_and_only_by_place(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text}' calls no function of ours; accepted: {', '.join(FUNCTIONS)}"


@pytest.mark.parametrize(
    ("text", "count", "accepted"),
    [
        *[("sum()", 0, 1), ("sum(a, b)", 2, 1), ("max(1)", 1, 2), ("max(1, 2, 3)", 3, 2), ("min(*a)", 1, 2)],
        *[("where(a, b)", 2, 3), ("histogram(a)", 1, 3), ("uniform(a, b, c)", 3, 2), ("range(1, 2)", 2, 1)],
    ],
)
def test_another_number_of_arguments_is_refused(text: str, count: int, accepted: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text}' has {count} arguments; accepted: {accepted}"


BROKEN = {
    "": "invalid syntax",
    "  ": "invalid syntax",
    "2 *": "invalid syntax",
    "a b": "invalid syntax",
    "a = 1": "invalid syntax",
    "a; b": "invalid syntax",
    "import os": "invalid syntax",
    "a\nb": "invalid syntax",
    "(2": "'(' was never closed",
    "2)": "unmatched ')'",
    "a if b": "expected 'else' after 'if' expression",
}


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_expression_is_told_with_its_fault(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert str(refused.value) == f"'{text.strip()}' is no expression ({BROKEN[text]}); accepted: 2 * layers"


def accepted(text: str) -> bool:
    try:
        parse(text)
    except ExpressionError:
        return False
    return True


def test_nothing_is_run_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patched:
        for builtin in ("eval", "exec", "open", "print"):
            patched.setattr(builtins, builtin, lambda *_, called=builtin, **__: ran.append(called))
        read = [text for text in [*NOT_UNDERSTOOD, *FOREIGN] if accepted(text)]
    assert (read, ran, list(tmp_path.iterdir())) == ([], [], [])


def test_no_module_of_the_calculators_evaluates_text() -> None:
    paths = sorted(Path(expressions.__file__).parent.glob("*.py"))
    for path in paths:
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & {"eval", "exec", "compile", "__import__"}, path
    assert len(paths) >= 10


def test_the_names_of_a_tree_are_those_it_asks_for() -> None:
    tree = parse("a + max(b, 2) if mode == 'latent' else c")
    assert list(names(tree)) == ["mode", "a", "b", "c"]
    assert list(names(tree, tests=False)) == ["a", "b", "c"]
