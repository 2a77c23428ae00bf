"""Errors planted in a solution, one each: an operator, a comparison, a number or a condition is another one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

_OPERATORS: dict[type[ast.AST], tuple[Any, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
_CALLS = {"max": "min", "min": "max", "floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """A solution with one error in it."""

    line: int
    inside: str
    """The function it is in; `module` outside of all."""
    old: str
    new: str
    was: str
    """The whole line, as ast.unparse() writes it."""
    becomes: str
    """The line with the error."""
    text: str


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the node's place by mistake."""
    changed: Any = deepcopy(node)
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)):
        for kind in _OPERATORS.get(type(node.op), ()):
            changed = deepcopy(node)
            changed.op = kind()
            yield changed
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for kind in _OPERATORS.get(type(node.ops[0]), ()):
            changed = deepcopy(node)
            changed.ops = [kind()]
            yield changed
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        changed.func.id = _CALLS[node.func.id]
        yield changed
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS:
        changed.func.attr = _CALLS[node.func.attr]
        yield changed
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    if isinstance(node, (ast.AugAssign, ast.Raise)):
        yield ast.Pass()


class _Put(ast.NodeTransformer):
    """Puts another node in the place of the one that comes as the wanted one in order."""

    def __init__(self, at: int, other: ast.AST) -> None:
        self._left = at
        self._other = other

    def visit(self, node: ast.AST) -> ast.AST:
        self._left -= 1
        if self._left < 0:
            self._left = 1 << 60
            return ast.copy_location(self._other, node)
        return super().generic_visit(node)


def _ordered(node: ast.AST, inside: str = "module") -> Iterator[tuple[ast.AST, str]]:
    """The node and all below it, each with the function it is in."""
    yield node, inside
    for child in ast.iter_child_nodes(node):
        yield from _ordered(child, node.name if isinstance(node, ast.FunctionDef) else inside)


def _changed(whole: str, changed: str) -> tuple[str, str]:
    """The one line that differs, before and after."""
    both = zip(whole.splitlines(), changed.splitlines(), strict=True)
    return next((was.strip(), becomes.strip()) for was, becomes in both if was != becomes)


def mutants(text: str) -> Iterator[Mutant]:
    """Every solution that the text becomes by one error, in the order of its lines."""
    tree = ast.parse(text)
    whole = ast.unparse(tree)
    for at, (node, inside) in enumerate(_ordered(tree)):
        for other in _others(node):
            changed = ast.unparse(ast.fix_missing_locations(_Put(at, other).visit(deepcopy(tree))))
            if changed != whole:
                line, old, new = getattr(node, "lineno", 1), ast.unparse(node), ast.unparse(other)
                yield Mutant(line, inside, old, new, *_changed(whole, changed), changed + "\n")
