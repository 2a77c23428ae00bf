"""The data of a calculator's page: Python's types, the scripts' types and the data itself say the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from miaotui.calculators import contract, presets, words
from miaotui.calculators.page import Sheet
from tests.calculators.inputs import FORMULAS, SLUGS

DECLARED = Path(__file__).parents[1] / "scripts/globals.d.ts"
NAMES = {"str": "string", "float": "number", "int": "number", "bool": "boolean", "None": "null"}
FORMS = {"list": "{}[]", "dict": "Record<{}, {}>", "tuple": "[{}, {}]"}
Keys = dict[str, str]


def in_script(node: ast.expr) -> str:
    """A type as Python's text says it, as the scripts' types have it."""
    match node:
        case ast.Name(id=name):
            return NAMES.get(name, name)
        case ast.Constant(value=str() | None as value):
            return NAMES.get(str(value), f'"{value}"')
        case ast.BinOp(left=left, right=right):
            return f"{in_script(left)} | {in_script(right)}"
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=parts)):
            told = [in_script(part) for part in parts]
            return " | ".join(told) if name == "Literal" else FORMS[name].format(*told)
        case ast.Subscript(value=ast.Name(id=name), slice=part):
            return FORMS[name].format(in_script(part))
    raise AssertionError(ast.unparse(node))


def in_python(form: type) -> Keys:
    """The keys of a form, their types as they are written."""
    return {
        key: in_script(ast.parse(said.__forward_arg__, mode="eval").body) for key, said in form.__annotations__.items()
    }


def reached(form: Any) -> Iterator[type]:
    """The form, and every form that it is made of."""
    if is_typeddict(form):
        yield form
    for part in get_type_hints(form).values() if is_typeddict(form) else get_args(form):
        yield from reached(part)


def declared() -> dict[str, Keys]:
    """The interfaces of the scripts' `Contract`, by name."""
    text = DECLARED.read_text(encoding="utf-8").partition("declare namespace Contract {\n")[2].partition("\n}\n")[0]
    return {
        name: dict(re.findall(r"^    (\w+\??): (.+)$", body, re.MULTILINE))
        for name, body in re.findall(r"interface (\w+) \{\n(.*?)\n  \}", text, re.DOTALL)
    }


def test_both_sides_have_the_same_keys_of_the_same_types() -> None:
    forms = {form.__name__: in_python(form) for form in reached(contract.Calculator)}
    assert len(forms) == 12
    assert declared() == forms


def test_a_pair_is_the_same_on_both_sides() -> None:
    text, module = DECLARED.read_text(encoding="utf-8"), Path(contract.__file__).read_text(encoding="utf-8")
    for name, said in re.findall(r"^(Named|Shown) = (.+)$", module, re.MULTILINE):
        assert f"  type {name} = {in_script(ast.parse(said, mode='eval').body)}\n" in text


def test_what_all_pages_say_is_what_the_contract_has() -> None:
    assert list(words.Page.model_fields) == list(in_python(contract.Words))


def strays(form: Any, data: Any, place: str) -> Iterator[str]:
    """Where the data has other keys, or other kinds of values, than its form."""
    if is_typeddict(form):
        if form.__annotations__.keys() != (data.keys() if isinstance(data, dict) else None):
            yield f"{place}: {data!r:.80}"
        else:
            for key, said in get_type_hints(form).items():
                yield from strays(said, data[key], f"{place}.{key}")
    elif get_origin(form) in (list, dict):
        if not isinstance(data, get_origin(form)):
            yield f"{place}: {data!r:.80}"
        for part in data.values() if isinstance(data, dict) else data:
            yield from strays(get_args(form)[-1], part, place)
    elif data is not None:
        for part in filter(is_typeddict, get_args(form)):
            yield from strays(part, data, place)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_calculator_gives_what_the_contract_has(code: str) -> None:
    said, chosen = words.load(FORMULAS)[code], presets.load()
    for slug in SLUGS:
        data = Sheet(slug, FORMULAS, said, chosen, code).data()
        assert list(strays(contract.Calculator, data, slug)) == []


def test_a_stray_key_is_found() -> None:
    data: Any = {"slug": {"start": [], "again": 1.0, "steps": [], "following": [], "record": [], "most": 2}}
    assert list(strays(dict[str, contract.Repeat], data, "x")) == []
    del data["slug"]["most"]
    assert len(list(strays(dict[str, contract.Repeat], data, "x"))) == 1
    assert len(list(strays(dict[str, list[contract.Line]], {"lines": [{"name": "a"}]}, "x"))) == 1
