"""Writes a formula's tree as TeX, its names by their symbols."""

from __future__ import annotations

from collections.abc import Mapping

from miaotui.calculators.expressions import Tree

_RANK = {"if": 0, "<": 1, "<=": 1, ">": 1, ">=": 1, "==": 1, "!=": 1, "+": 2, "-": 2, "*": 3, "negative": 3, "^": 5}
_ATOM = 6
_RELATIONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_FUNCTIONS = {"min": r"\min", "max": r"\max", "sum": r"\textstyle\sum", "most": r"\max", "least": r"\min"}


def _number(value: float) -> str:
    """A number as a reader writes it: 1e-9 is 10^{-9}."""
    if value and (abs(value) >= 1e6 or abs(value) < 1e-3):
        digits, _, power = f"{value:e}".partition("e")
        digits = digits.rstrip("0").rstrip(".")
        return (f"{digits} \\cdot " if digits != "1" else "") + f"10^{{{int(power)}}}"
    return f"{value:g}"


def _rank(tree: Tree) -> int:
    return _RANK.get(str(tree[0]), _ATOM) if isinstance(tree, list) else _ATOM


def _within(tree: Tree, symbols: Mapping[str, str], rank: int) -> str:
    """The tree, in brackets where it binds less than `rank`."""
    written = tex(tree, symbols)
    return rf"\left({written}\right)" if _rank(tree) < rank else written


def _operation(name: str, parts: list[Tree], symbols: Mapping[str, str]) -> str:
    match name, parts:
        case "/", [left, right]:
            written = rf"\frac{{{tex(left, symbols)}}}{{{tex(right, symbols)}}}"
        case "*", [left, right]:
            written = f"{_within(left, symbols, 3)} \\cdot {_within(right, symbols, 4)}"
        case "+" | "-", [left, right]:
            written = f"{_within(left, symbols, 2)} {name} {_within(right, symbols, 3 if name == '-' else 2)}"
        case "^", [left, right]:
            written = f"{_within(left, symbols, _ATOM)}^{{{tex(right, symbols)}}}"
        case "negative", [value]:
            written = f"-{_within(value, symbols, 4)}"
        case "floor" | "ceil", [value]:
            written = rf"\left\l{name} {tex(value, symbols)} \right\r{name}"
        case _ if name in _RELATIONS:
            written = f"{tex(parts[0], symbols)} {_RELATIONS[name]} {tex(parts[1], symbols)}"
        case _:
            called = _FUNCTIONS.get(name, rf"\operatorname{{{name}}}")
            written = rf"{called}\left({', '.join(tex(part, symbols) for part in parts)}\right)"
    return written


def _cases(parts: list[Tree], symbols: Mapping[str, str]) -> str:
    """A choice as its two formulas, each with what it holds for."""
    test, yes, no = parts
    if isinstance(test, list) and test[0] == "==" and isinstance(test[2], list):
        held, other = (rf" & \text{{{symbols[f'{word} {test[2][1]}']}}}" for word in ("is", "is not"))
    else:
        held, other = f" & {tex(test, symbols)}", ""
    return rf"\begin{{cases}} {tex(yes, symbols)}{held} \\ {tex(no, symbols)}{other} \end{{cases}}"


def tex(tree: Tree, symbols: Mapping[str, str]) -> str:
    """The tree as TeX; `symbols` has each name's symbol, and a choice's words as `is <choice>`, `is not <choice>`."""
    if isinstance(tree, float):
        return _number(tree)
    if isinstance(tree, str):
        return symbols[tree]
    name, *parts = tree
    if name == "if":
        return _cases(parts, symbols)
    return _operation(str(name), parts, symbols)
