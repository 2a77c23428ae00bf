"""references.yml: the works that pages cite, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode

from miaotui.base.problem import Problem
from miaotui.base.texts import short
from miaotui.base.yaml_nodes import composed

_KEY = re.compile(r"^[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*$")
_KEY_FORM = "accepted: letters, digits, single '.' and '-', a letter first, as GPTQ or LLM.int8"
_FORMS = {
    "title": (r"\S.*", "the work's title, on one line"),
    "authors": (r"\S[^,]*(?:, \S[^,]*)?", "the first author as 'Frantar, Elias', or a body's name"),
    "more": (r"true|false", "true where there are other authors"),
    "publisher": (r"\S.*", "who publishes the page"),
    "year": (r"(?:19|20)\d\d", "2022"),
    "arxiv": (r"\d{4}\.\d{4,5}", '"2210.17323"'),
    "url": (r"https://[^\s()<>]+", "https://…"),
    "venue": (r"\S.*", "where it was published, as OSDI 2022"),
    "as_of": (r"\d{4}-(?:0[1-9]|1[0-2])", 'a month, "2026-11"'),
    "checked": (r"seen|partly|read", "seen, partly, read"),
}
_FORM = "accepted: {title: …, authors: 'Frantar, Elias', more: true, year: 2022, arxiv: \"2210.17323\", checked: seen}"


@dataclass(frozen=True)
class Work:
    """A work, as references.yml has it; what it does not say is empty."""

    key: str
    """Its name in the text of a page: GPTQ."""
    line: int
    """The line of references.yml that names it."""
    title: str
    authors: str
    """The first author, `family, given`, or a body's name."""
    more: bool
    """Whether there are other authors."""
    publisher: str
    year: str
    arxiv: str
    url: str
    venue: str
    as_of: str

    @property
    def slug(self) -> str:
        """Its name in anchors and quotations: gptq."""
        return slug(self.key)

    @property
    def address(self) -> str:
        """Where it can be read; empty where it has none."""
        return self.url or (f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else "")


def slug(key: str) -> str:
    return key.lower().replace(".", "-")


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _entries(node: MappingNode) -> Iterator[tuple[str, int, Node]]:
    """Every key with its line and value, doubled ones too."""
    for key, value in node.value:
        yield (str(key.value) if isinstance(key, ScalarNode) else "?"), _line(key), value


def _fields(name: str, node: MappingNode, path: str) -> tuple[dict[str, str], list[Problem]]:
    fields: dict[str, str] = {}
    problems = []
    for key, line, value in _entries(node):
        form, accepted = _FORMS.get(key, ("", ""))
        text = str(value.value).strip() if isinstance(value, ScalarNode) else ""
        if not form:
            problems.append(Problem(path, line, f"unknown key '{short(key)}' of {name}; accepted: {', '.join(_FORMS)}"))
        elif key in fields:
            problems.append(Problem(path, line, f"'{key}' of {name} stands twice; accepted: once"))
        elif not re.fullmatch(form, text):
            problems.append(Problem(path, line, f"'{key}' of {name} is '{short(text)}'; accepted: {accepted}"))
        fields.setdefault(key, text)
    return fields, problems


def _missing(name: str, fields: dict[str, str]) -> Iterator[str]:
    """What a work lacks to be found by a reader."""
    for key in ("title", "checked"):
        if key not in fields:
            yield f"{name} has no '{key}'; {_FORM}"
    if not fields.keys() & {"authors", "publisher"}:
        yield f"{name} has neither authors nor publisher; accepted: one of them"
    if not fields.keys() & {"arxiv", "url", "venue"}:
        yield f"{name} has no place; accepted: arxiv, url or venue"
    if not fields.keys() & {"year", "as_of"}:
        yield f"{name} has no date; accepted: year, or as_of for a page that may change"
    if "publisher" in fields and "as_of" not in fields:
        yield f'{name} is a publisher\'s page and does not say when it was read; accepted: as_of: "2026-11"'
    if "more" in fields and "authors" not in fields:
        yield f"{name} has 'more' without authors; accepted: authors, then more: true"


def _work(name: str, line: int, node: Node, path: str) -> tuple[Work | None, list[Problem]]:
    if not isinstance(node, MappingNode):
        return None, [Problem(path, line, f"{name} is no mapping; {_FORM}")]
    fields, problems = _fields(name, node, path)
    problems += [Problem(path, line, fault) for fault in _missing(name, fields)]
    if not _KEY.match(name):
        problems.append(Problem(path, line, f"the key '{short(name)}'; {_KEY_FORM}"))
    rest = {key: fields.get(key, "") for key in _FORMS if key not in ("more", "checked")}
    return Work(key=name, line=line, more=fields.get("more") == "true", **rest), problems


def parse(text: str, path: str) -> tuple[dict[str, Work], list[Problem]]:
    """The works by their slug, in the order of their keys, and everything wrong with the file."""
    root, faults = composed(text.removeprefix("\ufeff"), path, "KEY: and what it is")
    if faults:
        return {}, faults
    if root is None:
        return {}, []
    if not isinstance(root, MappingNode):
        return {}, [Problem(path, 1, f"is no mapping; accepted: KEY: and what it is, {_FORM}")]
    works: dict[str, Work] = {}
    problems = []
    for name, line, node in _entries(root):
        work, faults = _work(name, line, node, path)
        problems += faults
        if (first := works.get(slug(name))) is not None:
            found = f"the key '{short(name)}' stands at line {first.line} already, as '{first.key}'"
            problems.append(Problem(path, line, f"{found}; accepted: each once, capital letters as small"))
        elif work:
            works[work.slug] = work
    return dict(sorted(works.items(), key=lambda item: (item[1].key.lower(), item[0]))), problems
