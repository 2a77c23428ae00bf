"""The formulas' expressions as trees that Python and the page's script evaluate alike.

An expression is written as in Python: `2 * layers * tokens`, `capacity if fits else 0`, `max(a, b)`.
Nothing is ever run: the text is parsed, and every node that is not listed here is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

Tree = float | str | list["Tree"]
"""A number, a name, or a list of an operation and its trees; a text is ["text", its words]."""

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "^",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.USub: "negative",
}
FUNCTIONS = {
    # Element by element; a number meets every element of a list.
    "abs": 1,
    "sqrt": 1,
    "exp": 1,
    "log": 1,
    "log2": 1,
    "log10": 1,
    "cos": 1,
    "floor": 1,
    "ceil": 1,
    "round": 1,
    "min": 2,
    "max": 2,
    "where": 3,
    # Of a whole list.
    "sum": 1,
    "mean": 1,
    "least": 1,
    "most": 1,
    "count": 1,
    "running": 1,
    "quantile": 2,
    "keep": 2,
    "item": 2,
    "place": 1,
    "ordered": 2,
    # Lists made.
    "range": 1,
    "list": 1,
    "uniform": 2,
    "group_most": 2,
    "group_least": 2,
    "hadamard": 1,
    "histogram": 3,
}
"""Every function and the number of its arguments; evaluate.py and calculate.js say what each does."""


class ExpressionError(ValueError):
    """An expression that is none of ours: what was found, and what is accepted."""


def _call(node: ast.Call) -> Tree:
    name = node.func.id if isinstance(node.func, ast.Name) else "?"
    if name not in FUNCTIONS or node.keywords:
        raise ExpressionError(f"'{ast.unparse(node)}' calls no function of ours; accepted: {', '.join(FUNCTIONS)}")
    if len(node.args) != FUNCTIONS[name]:
        raise ExpressionError(f"'{ast.unparse(node)}' has {len(node.args)} arguments; accepted: {FUNCTIONS[name]}")
    return [name, *map(_tree, node.args)]


def _parts(node: ast.AST) -> tuple[ast.AST, list[ast.expr]] | None:
    """The operator of a node and what it is of, None where the node is no operation of ours."""
    found: tuple[ast.AST, list[ast.expr]] | None = None
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            found = op, [left, right]
        case ast.UnaryOp(op=op, operand=operand):
            found = op, [operand]
        case ast.BoolOp(op=op, values=values):
            found = op, values
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            found = op, [left, right]
    return found if found and type(found[0]) in _OPERATORS else None


def _leaf(node: ast.AST) -> Tree | None:
    """A number, a name or a text, None where the node is none."""
    found: Tree | None = None
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            found = float(value)
        case ast.Constant(value=str() as value):
            found = ["text", value]
        case ast.Name(id=name):
            found = name
    return found


def _tree(node: ast.AST) -> Tree:
    if (leaf := _leaf(node)) is not None:
        return leaf
    if parts := _parts(node):
        operator, values = parts
        return [_OPERATORS[type(operator)], *map(_tree, values)]
    if isinstance(node, ast.IfExp):
        return ["if", _tree(node.test), _tree(node.body), _tree(node.orelse)]
    if isinstance(node, ast.Call):
        return _call(node)
    raise ExpressionError(f"'{ast.unparse(node)}' is not understood; accepted: + - * / ** < <= == and or not if, calls")


def parse(text: str) -> Tree:
    """The expression as a tree.

    Raises ExpressionError.
    """
    try:
        return _tree(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError as error:
        raise ExpressionError(f"'{text.strip()}' is no expression ({error.msg}); accepted: 2 * layers") from error


def names(tree: Tree, *, tests: bool = True) -> Iterator[str]:
    """The names that the tree asks for; without those that only decide between two formulas, if asked."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list) and tree[0] != "text":
        for part in tree[1 if tests or tree[0] != "if" else 2 :]:
            yield from names(part, tests=tests)
