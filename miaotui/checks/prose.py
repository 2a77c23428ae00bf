"""How prose is set and worded, in each language: one sentence a line, spaces and punctuation, no filler.

The rules look at a line of prose with everything else taken out of it: code and formulas stay as an X, since a space
belongs around them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import is_generated, read, shown
from miaotui.markup.page import CODE_SPAN, FORMULA, HAN, blank, parsed

_GONE = "\0"
_LETTERS = re.compile(
    rf"{CODE_SPAN}|{FORMULA}" r"|<?https?://[^\s<>，。；）]+|(?<!!)\[\d+\.[ ][^\]\n]*\](?=\()", re.DOTALL
)
"""What is read as a letter: code, formulas, addresses, and the titles of questions, which are the article's words."""
_NOTHING = re.compile(
    r"<!--.*?-->|!\[(?:[^\]\\]|\\.)*\]\([^)]*\)|(?<=\])\([^)]*\)|(?<=X)\([^)\n]*\.md[^)\n]*\)"
    r"|\{[:#.]?[^{}\n]*\}|</?[A-Za-z][^>]*>|\*{1,3}|(?<!\w)_|_(?!\w)|[\[\]]|\\(?=\W)",
    re.DOTALL,
)
_LEAD = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+|#{1,6} |(?:!!!|\?\?\?\+?) [\w -]+)*")
_BOLD = re.compile(r"\*\*[^*]+\*\*")


@dataclass(frozen=True)
class Line:
    """A line of prose."""

    number: int
    text: str
    """What is read of it."""
    columns: tuple[int, ...]
    """Where each letter of that stands in the line."""
    indent: int
    """Where the prose begins, after a list's mark."""
    run_in: int
    """Where a bold title at its beginning ends."""
    row: bool
    """Whether it is a row of a table, whose cells are no sentences."""


def lines(text: str) -> Iterator[Line]:
    """The lines of prose of a page: not its metadata, code, quotations and what it quotes from files."""
    bare = parsed(text).unfenced
    marks = _NOTHING.sub(blank(_GONE), _LETTERS.sub(blank("X"), bare)).split("\n")
    for number, (line, source) in enumerate(zip(marks, bare.split("\n"), strict=True), 1):
        if source.lstrip().startswith(("--8<--", ">", "$$")):
            continue
        lead = _LEAD.match(source)
        begin = lead.end() if lead else 0
        columns = [at for at, letter in enumerate(line) if at >= begin and letter != _GONE]
        while columns and line[columns[-1]].isspace():
            columns.pop()
        bold = _BOLD.match(source, begin)
        if columns:
            said = "".join(line[at] for at in columns)
            end = bold.end() if bold else 0
            yield Line(number, said, tuple(columns), begin, end, source.lstrip().startswith("|"))


_ENDS = {
    "zh": re.compile(r"[。！？](?![」』）”’）])\s*(?=\S)"),
    "en": re.compile(r"(?P<word>\S*)[.!?][\"')”’]*\s+(?=[A-Z0-9\"'(“‘])"),
}
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:e\.g|i\.e|etc|vs|cf|al|approx|resp|Figs?|Eq|Sec|Ch|Nos?|Vol|pp?|Dr|Mr|Ms|St|U\.S|[A-Z])$"
)
_OPEN, _CLOSE = "（「『《(“", "）」』》)”"


def _depth(text: str) -> int:
    """How many brackets and quotations are open at the end of the text."""
    return sum(text.count(mark) for mark in _OPEN) - sum(text.count(mark) for mark in _CLOSE) + text.count('"') % 2


def ends(line: Line, code: str) -> Iterator[int]:
    """Where in a line's text a sentence begins that is not the first."""
    for found in () if line.row else _ENDS[code].finditer(line.text):
        before = line.text[: found.end()].rstrip()
        word = found.groupdict().get("word") or ""
        titled = line.columns[len(before) - 1] < line.run_in
        short = before.endswith(".") and (_ABBREVIATION.search(word) or before.endswith("..."))
        if not titled and not short and not _depth(before):
            yield found.end()


def one_sentence(line: Line, code: str) -> Iterator[str]:
    """A sentence that another follows on its line."""
    for at in ends(line, code):
        yield f"'{line.text[:at].rstrip()[-12:]}' ends a sentence inside the line; accepted: one sentence a line"
        return


_MISSING = re.compile(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9%°]{HAN}")
_NEEDLESS = re.compile(
    r"[，。；：？！、（）《》「」『』【】] +(?=[^ |])|(?<=[^ |]) +[，。；：？！、（）《》「」『』【】]"
)
_HALF = re.compile(rf"{HAN}[,.;:?!()]|\){HAN}")
_WIDE = str.maketrans(",.;:?!()", "，。；：？！（）")


def chinese_spaces(line: Line, _code: str) -> Iterator[str]:
    """Chinese and Latin without a space between, and spaces where a full-width mark has its own."""
    for found in _MISSING.finditer(line.text):
        yield f"'{found[0]}' has no space between Chinese and Latin; accepted: '{found[0][0]} {found[0][1]}'"
    for found in _NEEDLESS.finditer(line.text):
        if line.columns[found.start()] >= line.run_in:
            yield f"a space beside '{found[0].strip()}'; accepted: none at a full-width mark"


def chinese_marks(line: Line, _code: str) -> Iterator[str]:
    """Half-width marks at Chinese characters, and another language's quotation marks."""
    for found in _HALF.finditer(line.text):
        yield f"'{found[0]}' has a half-width mark; accepted: '{found[0].translate(_WIDE)}'"
    if "“" in line.text or "”" in line.text:
        yield "“ ” in Chinese; accepted: 「 」"


# 降低精度 and 提高精度 hold no compound.
_PRECISIONS = re.compile(r"(?:数值|混合|浮点|[单双半全多]|(?<!降)低|(?<!提)高)精度|精度损失")


_QUOTED = re.compile(r"「[^」]*」")


def accuracy(line: Line, _code: str) -> Iterator[str]:
    """精度 alone, which means two things; in quotation marks it is somebody's word."""
    if "精度" in _PRECISIONS.sub("", _QUOTED.sub("", line.text)):
        yield "'精度' alone means two things; accepted: 准确率, 数值精度, or a compound as 混合精度, 低精度"


def double_spaces(line: Line, _code: str) -> Iterator[str]:
    """Two spaces where one is meant."""
    if "  " in line.text and not line.row:
        yield f"two spaces after '{line.text.partition('  ')[0][-12:]}'; accepted: one"


@cache
def _filler() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    found = yaml.safe_load(Path(__file__).with_name("filler.yml").read_text(encoding="utf-8"))
    bound = {"zh": "({})", "en": r"\b({})\b"}
    return {
        code: [
            (re.compile(bound[code].format(form.replace(" ", r"\s+")), re.IGNORECASE), instead)
            for form, instead in phrases.items()
        ]
        for code, phrases in found.items()
    }


def filler(line: Line, code: str) -> Iterator[str]:
    """Phrases that say nothing."""
    for form, instead in _filler()[code]:
        if found := form.search(line.text):
            yield f"'{found[0]}' says nothing; accepted: {instead}"


RULES: dict[str, tuple[Callable[[Line, str], Iterator[str]], ...]] = {
    "zh": (one_sentence, chinese_spaces, chinese_marks, accuracy, double_spaces, filler),
    "en": (one_sentence, double_spaces, filler),
}
_CURLY = re.compile(r"[“”‘’]")
_STRAIGHT = re.compile(r"[\"']")


def _quotes(said: list[Line]) -> Iterator[tuple[int, str]]:
    """Curly quotation marks in an English text that has straight ones."""
    if any(_STRAIGHT.search(line.text) for line in said):
        for line in said:
            if found := _CURLY.search(line.text):
                yield line.number, f"{found[0]} in a text with straight quotation marks; accepted: \" and '"


def faults(text: str, code: str) -> Iterator[tuple[int, str]]:
    """Line and sentence for everything wrong with the prose of a text."""
    said = list(lines(text))
    for line in said:
        for rule in RULES[code]:
            yield from ((line.number, told) for told in rule(line, code))
    if code == "en":
        yield from _quotes(said)


def split(text: str, code: str) -> str:
    """The text with each sentence of its prose on a line of its own."""
    source = text.split("\n")
    for line in lines(text):
        written, begin = source[line.number - 1], 0
        pieces = []
        for at in ends(line, code):
            # Marks of emphasis and of links that open here belong to the sentence they open.
            end = line.columns[len(line.text[:at].rstrip()) - 1] + 1
            end += len(written[end:]) - len(written[end:].lstrip("*_)]"))
            pieces.append(written[begin:end])
            begin = end + len(written[end:]) - len(written[end:].lstrip())
        source[line.number - 1] = ("\n" + " " * line.indent).join([*pieces, written[begin:]])
    return "\n".join(source)


Misused = Callable[[str, str], Iterable[tuple[int, str, str]]]
"""Line, word and what to write instead, for the words of a text that the glossary refuses in its language."""


def pages(articles: Path, docs: Path) -> Iterator[tuple[Path, str]]:
    """Every file that may hold our own prose, and its language."""
    for language in LANGUAGES:
        yield from ((path, language.code) for path in sorted((docs / language.code).rglob("*.md")))
        yield from ((path, language.code) for path in sorted(articles.glob(f"*/corrections.{language.code}.md")))


def problems(articles: Path, docs: Path, misused: Misused | None = None) -> Iterator[Problem]:
    """Everything wrong with our prose, the words that `misused` finds included."""
    for path, code in pages(articles, docs):
        text, _ = read(path, "a page")
        if text is None or is_generated(text):
            continue
        yield from (Problem(shown(path), line, told) for line, told in faults(text, code))
        for line, word, wanted in misused(text, code) if misused else ():
            yield Problem(shown(path), line, f"'{word}' is not our word for it; accepted: {wanted}")
