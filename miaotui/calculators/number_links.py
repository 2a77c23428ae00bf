"""Numbers in pages that are links to the calculator that yields them, each computed again.

`[41.9 GB](../calc/kv-cache.md?layers=80&tokens=128000)`: the text is the number and its unit, the query the inputs in
their units, and `out=` names the output where it is not the calculator's main one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from miaotui.base.problem import Problem
from miaotui.calculators.compute import Result, SettingError, compute, settings
from miaotui.calculators.definitions import Formulas
from miaotui.calculators.show import with_unit
from miaotui.calculators.units import Quantity, Unit, digits, grouped, quantity, written_in
from miaotui.markup.page import parsed

_LINK = re.compile(
    r"\[(?P<text>[^\[\]\n]*)\]\((?P<target>(?:[^()\s?#]*/)?(?P<slug>[^()\s?#/]+)\.md)\?(?P<query>[^()\s#]*)(?:#[^()\s]*)?\)"
)


@dataclass(frozen=True)
class NumberLink:
    """A link to a calculator with its inputs."""

    line: int
    text: str
    slug: str
    query: str

    @property
    def given(self) -> list[tuple[str, str]]:
        """The inputs as they are written, `out` among them."""
        return parse_qsl(self.query.replace("&amp;", "&"), keep_blank_values=True)


def number_links(text: str, *, among_calculators: bool = False) -> Iterator[NumberLink]:
    """The number links of a page; of one that stands among the calculators, links without a folder too."""
    for line, content in enumerate(parsed(text).bare, 1):
        for found in _LINK.finditer(content):
            if "calc" in found["target"].split("/")[:-1] or (among_calculators and "/" not in found["target"]):
                # A dollar is escaped where it would open a formula.
                text = found["text"].strip("*").replace("\\$", "$")
                yield NumberLink(line, text, found["slug"], found["query"])


def _unit(said: Quantity, result: str, formulas: Formulas, slug: str, code: str) -> Unit | str:
    """The unit that the text is in, or what is accepted instead."""
    of = formulas.units[formulas.calculators[slug].outputs[result].units[0]].of
    listed = [unit for unit in formulas.units.values() if unit.of == of]
    accepted = ", ".join(form or "a bare number" for unit in listed for form in unit.forms[code])
    return written_in(listed, said.unit, of, code) or f"the text says '{said.unit}'; accepted: {accepted}"


def _result(link: NumberLink, formulas: Formulas) -> tuple[str, Result] | list[str]:
    """The output that the link means and what the calculator gives, or everything wrong with the link."""
    if link.slug not in formulas.calculators:
        return [f"there is no calculator '{link.slug}'; accepted: {', '.join(formulas.calculators)}"]
    definition = formulas.calculators[link.slug]
    given = dict(link.given)
    told = [f"'{name}' stands twice; accepted: once" for name in given if [n for n, _ in link.given].count(name) > 1]
    output = given.pop("out", definition.main)
    if output not in definition.outputs:
        told.append(f"{link.slug} has no output '{output}'; accepted: {', '.join(definition.outputs)}")
    try:
        chosen = settings(definition, given)
    except SettingError as error:
        return told + [f"{link.slug}: {sentence}" for sentence in error.told]
    if told:
        return told
    result = compute(definition, formulas, chosen)
    if output not in result.outputs:
        return [f"{link.slug} gives no result for these inputs ({', '.join(result.notes)}); accepted: inputs that do"]
    return output, result


def faults(link: NumberLink, formulas: Formulas, code: str) -> list[str]:
    """Everything wrong with a number link; empty where its text is what the calculator gives, to the digits printed."""
    found = _result(link, formulas)
    if isinstance(found, list):
        return found
    output, result = found
    said = quantity(link.text)
    if not said:
        # Words may open a calculator too; only a number has to agree.
        return [f"'{link.text}' is no number with a unit; accepted: 41.9 GB"] if re.search(r"\d", link.text) else []
    unit = _unit(said, output, formulas, link.slug, code)
    if isinstance(unit, str):
        return [unit]
    value = digits(result.outputs[output] / unit.size, said.decimals)
    if value == said.digits:
        return []
    return [f"the text says {link.text}; the calculator gives {with_unit(grouped(value), said.unit)}"]


def check(path: str, text: str, formulas: Formulas, code: str, *, among_calculators: bool = False) -> Iterator[Problem]:
    """Everything wrong with a page's number links."""
    for link in number_links(text, among_calculators=among_calculators):
        for told in faults(link, formulas, code):
            yield Problem(path, link.line, told)
