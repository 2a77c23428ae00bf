"""topics.yml: what is taken, and each refusal by its whole message."""

# ruff: noqa: E501 - whole messages stand on one line

from __future__ import annotations

import pytest

from miaotui.bank.topics import match, parse

FORM = "accepted: {slug: quantization, zh: 量化与低精度, en: Quantization & low precision, questions: [12, 23]}"
ONE = "{slug: a, zh: 一, en: A, questions: [1]}"


def listed(*topics: str) -> str:
    return "topics:\n" + "".join(f"  - {topic}\n" for topic in topics)


def told(text: str) -> list[str]:
    return [str(problem) for problem in parse(text, "t.yml")[1]]


def test_topics_in_form() -> None:
    topics, problems = parse(listed(ONE, "{slug: b-2, zh: '2', en: B, questions: []}"), "t.yml")
    assert not problems
    assert [(topic.slug, topic.titles, topic.questions) for topic in topics] == [
        ("a", {"zh": "一", "en": "A"}, (1,)),
        ("b-2", {"zh": "2", "en": "B"}, ()),
    ]


REFUSED = {
    "empty": ("", ["t.yml:1: the file is empty; accepted: topics: and a list"]),
    "a list": ("- a\n", ["t.yml:1: a mapping is expected here; accepted: topics: and a list"]),
    "another key": ("topic: []\n", ["t.yml:1: unknown key 'topic'; accepted: topics", "t.yml:1: the key 'topics' is missing; accepted: topics: and a list"]),
    "no list": ("topics: a\n", [f"t.yml:1: 'topics' is no list; accepted: a list of topics, {FORM}"]),
    "a topic that is a word": (listed("a"), [f"t.yml:2: a mapping is expected here; {FORM}"]),
    "unknown key": (listed(ONE.replace("{", "{colour: red, ")), ["t.yml:2: unknown key 'colour'; accepted: slug, zh, en, questions"]),
    "list for a key": (listed(ONE.replace("{", "{[x]: red, ")), ["t.yml:2: unknown key '?'; accepted: slug, zh, en, questions"]),
    "doubled key": (listed(ONE.replace("{", "{zh: 二, ")), ["t.yml:2: the key 'zh' stands twice; accepted: once"]),
    "missing key": (listed("{slug: a, zh: 一, questions: [1]}"), [f"t.yml:2: the key 'en' is missing; {FORM}"]),
    "number for words": (listed(ONE.replace("en: A", "en: 1")), ["t.yml:2: 'en' is no line of text; accepted: some words, in quotes if they look like a number"]),
    "no words": (listed(ONE.replace("zh: 一", "zh: ''")), ["t.yml:2: 'zh' is no line of text; accepted: some words, in quotes if they look like a number"]),
    "two lines": (listed(ONE.replace("en: A", 'en: "A\\nB"')), ["t.yml:2: 'en' is no line of text; accepted: some words, in quotes if they look like a number"]),
    "slug": (listed(ONE.replace("slug: a", "slug: A b")), ["t.yml:2: 'A b' is no slug; accepted: small letters, digits and single hyphens"]),
    "slug twice": (listed(ONE, ONE.replace("[1]", "[2]")), ["t.yml:3: the slug 'a' stands twice; accepted: each once"]),
    "no slugs": (listed("{zh: 一, en: A, questions: []}", "{zh: 一, en: A, questions: []}"), [f"t.yml:2: the key 'slug' is missing; {FORM}", f"t.yml:3: the key 'slug' is missing; {FORM}"]),
    "questions no list": (listed(ONE.replace("[1]", "1")), ["t.yml:2: 'questions' is no list; accepted: [12, 23, 24], or [] for none yet"]),
    "question twice": (listed(ONE.replace("[1]", "[1, 1]")), ["t.yml:2: question 1 stands twice in this topic; accepted: once"]),
    "a word": (listed(ONE.replace("[1]", "[one]")), ["t.yml:2: 'one' is no question number; accepted: 1, 2, 3 …"]),
    "zero": (listed(ONE.replace("[1]", "[0]")), ["t.yml:2: '0' is no question number; accepted: 1, 2, 3 …"]),
    "a list in the list": (listed(ONE.replace("[1]", "[[1]]")), ["t.yml:2: a list or mapping is no question number; accepted: 1, 2, 3 …"]),
    "a vast number": (listed(ONE.replace("[1]", f"[{'9' * 5000}]")), [f"t.yml:2: '{'9' * 59}…' is no question number; accepted: 1, 2, 3 …"]),
    "bad YAML": ("topics:\n  - [\n", ["t.yml:3: no YAML: expected the node content, but found '<stream end>'; accepted: topics: and a list"]),
    "a tab": ("topics:\n\t- a\n", ["t.yml:2: no YAML: found character '\\t' that cannot start any token; accepted: topics: and a list"]),
    "nested without end": ("[" * 5000, ["t.yml:1: lists and mappings more than 20 deep in each other; accepted: fewer"]),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    text, messages = REFUSED[case]
    assert told(text) == messages


def test_questions_and_topics_that_do_not_match() -> None:
    topics, _ = parse(listed(ONE, "{slug: b, zh: 二, en: B, questions: [1, 9]}"), "t.yml")
    problems = match(topics, {1: ("zh.md", 3), 2: ("zh.md", 9)}, "t.yml")
    assert [str(problem) for problem in problems] == [
        "t.yml:3: question 1 is in two topics, 'b' here and 'a' at line 2; accepted: one",
        "t.yml:3: topic 'b' names question 9, which no article has; accepted: a question of an article",
        "zh.md:9: question 2 is in no topic; accepted: one topic of t.yml names it",
    ]
