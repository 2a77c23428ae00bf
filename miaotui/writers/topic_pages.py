"""The generated pages of the bank, as text.

A topic page holds the words of its questions as received, each followed by our correction;
a question's own page quotes both from there, by the section `q<number>`. An article page
holds its preface and summary, and the corrections page lists every correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from miaotui.bank.article import Article, Block, Question
from miaotui.bank.corrections import SUMMARY, Correction
from miaotui.bank.load import Bank, Source
from miaotui.bank.topics import Topic
from miaotui.base.languages import LANGUAGES, Language
from miaotui.markup.blocks import normal
from miaotui.markup.escape import escape, escape_text, escape_title
from miaotui.markup.fences import spots
from miaotui.markup.headings import heading_text

MARK = "Generated: by scripts/split.py from "
"""How the first line of a generated page begins: MultiMarkdown metadata, which MkDocs does not show."""

_ITEM = re.compile(r"^ {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_TABLE_RULE = re.compile(r"^[ \t|:-]*-[ \t|:-]*$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?!#)")
_INDENT = re.compile(r"^[ \t>]*")
_UP = re.compile(r"\]\(\.\./")


def head(sources: Iterable[str], title: str, anchor: str, description: str = "", *, search: bool = True) -> list[str]:
    """What every generated page begins with: where it comes from, its title, and what describes it."""
    mark = f"{MARK}{', '.join(sources)}; edit those and run make split"
    described = [f"Description: {description}"] if description else []
    found = "" if search else " data-search-exclude"
    return [mark, f"Title: {title}", *described, "", f"# {escape_text([title])[0]} {{ #{anchor}{found} }}", ""]


def _shift(line: str, by: int) -> str:
    """A heading inside the article's words, moved to fit below ours: level 3 to 6."""
    found = _HEADING.match(line)
    if not found:
        return line
    level = min(6, max(3, len(found[1]) + by))
    return "#" * level + " " + line[found.end() :].lstrip()


def _starts_block(line: str, below: str) -> bool:
    """Whether a list or a table starts here, which Python-Markdown only sees after a blank line."""
    return bool(_ITEM.match(line)) or ("|" in line and "|" in below and bool(_TABLE_RULE.match(below)))


def _indent(line: str) -> int:
    found = _INDENT.match(line)
    return len(found[0].expandtabs(4)) if found else 0


def _spaced(spaces: Iterable[tuple[str, str]]) -> list[str]:
    """Lines, each given with its role, with a blank one where a list or table follows a paragraph at once.

    A fence right after lines that may be indented code gets one too: pymdownx.superfences
    takes every fence of a block that begins with such code back into Markdown.
    """
    pairs = list(spaces)
    result: list[str] = []
    plain = False
    deep = 0
    for (line, role), (below, _) in zip(pairs, [*pairs[1:], ("", "")], strict=True):
        starts = role == "text" and _starts_block(line, below)
        if (starts and plain) or (role == "open" and deep > 3):
            result.append("")
            deep = 0
        if role in ("text", "open"):
            deep = max(deep, _indent(line)) if line.strip() else 0
        result.append(line)
        if not line.strip() or role in ("open", "code") or starts:
            plain = False
        elif role == "close":
            plain = True
        elif len(result) == 1 or not result[-2].strip():
            plain = not line.startswith((" ", "\t"))
    return result


def harmless(block: Block, by: int) -> list[str]:
    """A block of the article, harmless and as Python-Markdown reads it, its headings moved by `by` levels."""
    places = list(spots(text for _, text in normal(block.lines)[0]))
    lines = [
        _shift(line, by) if spot.role == "text" else line for spot, line in zip(places, escape(places), strict=True)
    ]
    return _spaced(zip(lines, (spot.role for spot in places), strict=True))


def _box(kind: str, title: str, lines: Iterable[str]) -> list[str]:
    """Lines in a labelled block, with blank lines around it."""
    body = "\n".join(lines).strip("\n").split("\n")
    return [f'!!! {kind} "{title}"', *(f"    {line}" if line.strip() else "" for line in body), ""]


def _received(blocks: Iterable[Block], by: int, language: Language) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += ["", *"\n".join(harmless(block, by)).strip("\n").split("\n")]
    return _box("received", language.as_received, lines)


def _correction_lines(corrections: Iterable[Correction]) -> list[str]:
    lines = []
    for correction in corrections:
        lines += [f"> {escape_text([correction.claim])[0]}", "", *correction.lines, ""]
    return lines


def _corrected(corrections: tuple[Correction, ...], language: Language) -> list[str]:
    return _box("correction", language.correction, _correction_lines(corrections)) if corrections else []


def _plain(block: Block, by: int) -> list[str]:
    return [*"\n".join(harmless(block, by)).strip("\n").split("\n"), ""]


def _parts(question: Question, source: Source, language: Language) -> list[str]:
    """What a question's page quotes: the article's words with our corrections, or our answer alone."""
    number, by = question.number, 2 - question.level
    start, end = (f"<!-- --8<-- [{word}:q{number}] -->" for word in ("start", "end"))
    if source.ours:
        *before, (label, *answer) = [_plain(block, by) for block in question.parts.values()]
        found = language.labels["answer"].match(label) or language.synonyms["answer"].match(label)
        # The label is for whoever reads the article; the question's page has a heading.
        outside, inside = ([label], answer) if found and not found["rest"].strip() else ([], [label, *answer])
        inside = "\n".join(inside).strip("\n").split("\n")
        return [*(line for lines in before for line in lines), *outside, "", start, "", *inside, "", end, ""]
    corrections = source.corrections[language.code].get(str(number), ())
    boxes = [*_received(question.parts.values(), by, language), *_corrected(corrections, language)]
    return [start, "", *boxes, end, ""]


def _question(question: Question, source: Source, language: Language) -> list[str]:
    number = question.number
    heading = heading_text(question.heading.lines[0])
    link = language.to_question.format(number=number)
    return [
        f"## {escape_text([heading])[0]} {{ #q{number} data-search-exclude }}",
        "",
        f"[{link}](../q/{number}.md){{ .to-question }}",
        "",
        *_parts(question, source, language),
    ]


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _files(source: Source, code: str) -> str:
    """The files of an article in a language, as a generated page names them."""
    names = f"{{{code}.md,corrections.{code}.md}}" if source.corrections[code] else f"{code}.md"
    return f"articles/{source.name}/{names}"


def _topic(topic: Topic, homes: dict[int, Source], language: Language, leads: Mapping[str, str]) -> str:
    code = language.code
    files = [_files(homes[number], code) for number in topic.questions]
    lead = leads.get(path := f"{code}/intro/{topic.slug}.md", "")
    lines = head(["articles/topics.yml", *dict.fromkeys(files)], topic.titles[code], "topic", lead)
    lines += [f'--8<-- "{path}"', ""] if lead else []
    for number in topic.questions:
        source = homes[number]
        question = source.articles[code].question(number)
        lines += _question(question, source, language)
    return _page(lines)


def _title(question: Question) -> str:
    """The title for a list, its marks taken as text."""
    return escape_title(question.title)


def _article(source: Source, language: Language) -> str:
    code = language.code
    text: Article = source.articles[code]
    by = -1
    title = source.about.title(code) or language.article_title.format(name=source.name)
    rights = language.our_rights.format(licence=source.about.licence) if source.ours else language.rights
    lines = [*head([_files(source, code)], title, "article"), rights, ""]

    def shown(block: Block) -> list[str]:
        return _plain(block, by) if source.ours else _received([block], by, language)

    if not text.preface.blank:
        lines += [f"## {language.preface} {{ #preface }}", "", *shown(text.preface)]
    lines += [f"## {language.questions} {{ #questions data-search-exclude }}", ""]
    lines += [f"- [{question.number} · {_title(question)}](../q/{question.number}.md)" for question in text.questions]
    lines.append("")
    if not text.summary.blank:
        lines += [f"## {language.summary} {{ #summary }}", "", *shown(text.summary)]
        lines += _corrected(source.corrections[code].get(SUMMARY, ()), language)
    return _page(lines)


def _listed(corrections: tuple[Correction, ...]) -> list[str]:
    """Corrections for the list, one folder higher than the topic pages: their links lose one step up."""
    return [_UP.sub("](", line) for line in _correction_lines(corrections)]


def _corrections(bank: Bank, homes: dict[int, str], language: Language) -> str:
    code = language.code
    body: list[str] = []
    claims = 0
    for source in bank.sources:
        found = source.corrections[code]
        for question in source.articles[code].questions:
            number = question.number
            if mine := found.get(str(number)):
                claims += len(mine)
                body += [f"## {number} · {escape_text([question.title])[0]} {{ #q{number} data-search-exclude }}", ""]
                body += [
                    f"[{language.to_question.format(number=number)}](q/{number}.md){{ .to-question }}",
                    "",
                    *_listed(mine),
                ]
        if mine := found.get(SUMMARY):
            claims += len(mine)
            title = f"{source.name} · {language.summary}"
            body += [f"## {title} {{ #{source.name}-summary data-search-exclude }}", ""]
            body += [f"[{language.to_topic}](articles/{source.name}.md#summary){{ .to-question }}", "", *_listed(mine)]
    files = [f"articles/{source.name}/corrections.{code}.md" for source in bank.sources if source.corrections[code]]
    intro = language.corrections_intro.format(claims=claims)
    return _page([*head(files or ["articles/"], language.corrections_title, "corrections"), intro, "", *body])


def render(bank: Bank, leads: Mapping[str, str] | None = None) -> dict[str, str]:
    """The text of every generated page by its path under docs/.

    `leads` has the first line of each topic's introduction, by the introduction's path under docs/.
    """
    homes = bank.source_of()
    topic_of = {number: topic.slug for topic in bank.topics for number in topic.questions}
    pages = {}
    for language in LANGUAGES:
        code = language.code
        for topic in bank.topics:
            if topic.questions:
                pages[f"{code}/topics/{topic.slug}.md"] = _topic(topic, homes, language, leads or {})
        for source in bank.sources:
            pages[f"{code}/articles/{source.name}.md"] = _article(source, language)
        pages[f"{code}/corrections.md"] = _corrections(bank, topic_of, language)
    return pages
