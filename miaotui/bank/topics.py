"""topics.yml: which question belongs to which topic, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from miaotui.base.problem import Problem
from miaotui.base.texts import short
from miaotui.base.yaml_nodes import composed

_SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_NUMBER = re.compile(r"^[1-9][0-9]{0,8}$")
_KEYS = ("slug", "zh", "en", "questions")
_FORM = "accepted: {slug: quantization, zh: 量化与低精度, en: Quantization & low precision, questions: [12, 23]}"


@dataclass(frozen=True)
class Topic:
    """A topic and the questions that have their page in it."""

    slug: str
    titles: dict[str, str]
    """The title by language code."""
    questions: tuple[int, ...]
    lines: dict[int, int]
    """The line of topics.yml that names a question, by number."""


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


class _Reader:
    """Reads one topics.yml and notes what is wrong with it."""

    def __init__(self, path: str, last: int) -> None:
        self.path = path
        self.last = last
        self.problems: list[Problem] = []

    def note(self, line: int, text: str) -> None:
        # YAML takes more characters for a line's end than editors do.
        self.problems.append(Problem(self.path, min(line, self.last), text))

    def fields(self, node: Node, keys: Iterable[str], form: str, beside: str = "") -> dict[str, Node]:
        """The values of a mapping by key; unknown, missing and doubled keys are noted. `beside` need not be there."""
        if not isinstance(node, MappingNode):
            self.note(_line(node), f"a mapping is expected here; {form}")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            if name not in (*keys, beside):
                self.note(_line(key), f"unknown key '{short(name)}'; accepted: {', '.join(keys)}")
            elif name in found:
                self.note(_line(key), f"the key '{name}' stands twice; accepted: once")
            else:
                found[name] = value
        for key in keys:
            if key not in found:
                self.note(_line(node), f"the key '{key}' is missing; {form}")
        return found

    def text(self, node: Node | None, key: str) -> str:
        if node is None:
            return ""
        text = node.value.strip() if isinstance(node, ScalarNode) and node.tag.endswith(":str") else ""
        if not text or "\n" in text:
            self.note(
                _line(node), f"'{key}' is no line of text; accepted: some words, in quotes if they look like a number"
            )
        return text

    def number(self, node: Node) -> int:
        if isinstance(node, ScalarNode) and node.tag.endswith(":int") and _NUMBER.match(node.value):
            return int(node.value)
        found = f"'{short(node.value)}'" if isinstance(node, ScalarNode) else "a list or mapping"
        self.note(_line(node), f"{found} is no question number; accepted: 1, 2, 3 …")
        return 0

    def numbers(self, node: Node | None) -> dict[int, int]:
        """The line of each question number."""
        if node is None:
            return {}
        if not isinstance(node, SequenceNode):
            self.note(_line(node), "'questions' is no list; accepted: [12, 23, 24], or [] for none yet")
            return {}
        lines: dict[int, int] = {}
        for item in node.value:
            number = self.number(item)
            if number in lines:
                self.note(_line(item), f"question {number} stands twice in this topic; accepted: once")
            elif number:
                lines[number] = _line(item)
        return lines

    def topic(self, node: Node) -> Topic | None:
        fields = self.fields(node, _KEYS, _FORM)
        if not fields:
            return None
        slug = self.text(fields.get("slug"), "slug")
        if slug and not _SLUG.match(slug):
            self.note(
                _line(fields["slug"]), f"'{short(slug)}' is no slug; accepted: small letters, digits and single hyphens"
            )
        titles = {code: self.text(fields.get(code), code) for code in ("zh", "en")}
        lines = self.numbers(fields.get("questions"))
        return Topic(slug, titles, tuple(lines), lines)

    def topics(self, root: Node | None) -> list[Topic]:
        if root is None:
            self.note(1, "the file is empty; accepted: topics: and a list")
            return []
        listed = self.fields(root, ("topics",), "accepted: topics: and a list", "paths").get("topics")
        if listed is None:
            return []
        if not isinstance(listed, SequenceNode):
            self.note(_line(listed), f"'topics' is no list; accepted: a list of topics, {_FORM}")
            return []
        topics: list[Topic] = []
        for node in listed.value:
            topic = self.topic(node)
            if topic and topic.slug and topic.slug in [other.slug for other in topics]:
                self.note(_line(node), f"the slug '{topic.slug}' stands twice; accepted: each once")
            elif topic:
                topics.append(topic)
        return topics


def parse(text: str, path: str) -> tuple[list[Topic], list[Problem]]:
    """The topics in reading order, and everything wrong with the file."""
    reader = _Reader(path, text.count("\n") + 1)
    root, problems = composed(text, path, "topics: and a list")
    if problems:
        return [], problems
    topics = reader.topics(root)
    return topics, reader.problems


def match(topics: list[Topic], places: dict[int, tuple[str, int]], path: str) -> list[Problem]:
    """Questions in no topic, in two, or in no article; `places` gives path and line by number."""
    problems = []
    homes: dict[int, tuple[str, int]] = {}
    for topic in topics:
        for number, line in topic.lines.items():
            if number not in places:
                found = f"topic '{topic.slug}' names question {number}, which no article has"
                text = f"{found}; accepted: a question of an article"
                problems.append(Problem(path, line, text))
            elif number in homes:
                slug, first = homes[number]
                found = f"question {number} is in two topics, '{topic.slug}' here and '{slug}' at line {first}"
                text = f"{found}; accepted: one"
                problems.append(Problem(path, line, text))
            homes.setdefault(number, (topic.slug, line))
    for number, (file, line) in places.items():
        if number not in homes:
            problems.append(
                Problem(file, line, f"question {number} is in no topic; accepted: one topic of {path} names it")
            )
    return problems
