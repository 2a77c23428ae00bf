"""Article text made harmless: it reads the same, and runs nothing.

An article is untrusted. Six things in its Markdown could act on our pages, and are
turned into text: HTML tags, attribute lists ({ onclick=… }), snippet includes
(--8<-- "/etc/passwd"), the options of a code fence, boxes (!!! correction) that would pass
for ours, and [TOC]. Everything else stays Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from miaotui.markup import tex
from miaotui.markup.fences import Spot

_CODE_SPAN = re.compile(r"(?<![`\\])(?P<marks>`+)(?!`).+?(?<!`)(?P=marks)(?!`)")
_AUTOLINK = r"<https?://[^\s<>\"'`]+>"
_PLAIN_TAG = r"<br ?/?>|<(?P<small>su[bp])>[^<>{}$\\`\[\]\n]*</(?P=small)>"
"""What an author may take of HTML: a line end, and what is set higher or lower."""
_TAG = re.compile(rf"(?P<keep>{_AUTOLINK}|{_PLAIN_TAG})|<(?=[A-Za-z/!?])")
_BRACE = re.compile(r"(?P<before>\\*)(?P<mark>[{}])")
# As pymdownx.snippets finds them: an include is a whole line, and of section marks the first of a line counts.
_INCLUDE = re.compile(r"^(?P<before>[ \t]*)(?P<mark>;*-+8<-+(?:[ \t]+[\"'].+[\"'])?)$")
_SECTION = re.compile(
    r"(?P<mark>(?:(?<!;);+|(?<![;-]))-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:[ \t]*[a-z][-\w]*[ \t]*\])", re.IGNORECASE
)
_BOX = re.compile(r"^(?P<before>[\s>*+\-\d.)]*)(?P<mark>[!?])(?=(?P=mark){2})")
_CONTENTS = re.compile(r"(?<!\\)\[(?=TOC\](?![(\[:]))")
_BRACKET = re.compile(r"(?P<before>\\*)(?P<mark>[\[\]])")
# As pymdownx.arithmatex finds a formula in a line.
_DOLLARS = re.compile(r"(?<!\\)\$(?!\s)(?:\\.|[^\\$])+?(?<!\s)\$|\$\$")
_LANGUAGE = re.compile(r"^[\w+#.-]*")


def _plain_ticks(line: str) -> bool:
    """Whether every backtick of the line belongs to a code span that opens and closes on it."""
    return "`" not in line or "`" not in _CODE_SPAN.sub("", line)


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines in runs between blank lines; blank lines are runs of their own."""
    run: list[str] = []
    for line in lines:
        if line.strip():
            run.append(line)
            continue
        if run:
            yield run
        yield [line]
        run = []
    if run:
        yield run


def _apart(line: str, code_stays: bool) -> Iterator[tuple[str, bool]]:
    """The pieces of a line, each with whether it is a code span."""
    end = 0
    for span in _CODE_SPAN.finditer(line) if code_stays and "`" in line else ():
        yield line[end : span.start()], False
        yield span[0], True
        end = span.end()
    yield line[end:], False


def _pieces(lines: Iterable[str]) -> Iterator[list[tuple[str, bool]]]:
    """Each line in pieces.

    Markdown pairs backticks over a whole paragraph. A code span is taken for one only where
    each line of the paragraph pairs its own, so that no other reading exists; elsewhere all is text.
    """
    for run in _paragraphs(lines):
        code_stays = all(_plain_ticks(line) for line in run)
        for line in run:
            yield list(_apart(line, code_stays))


def unfenced(places: Iterable[Spot]) -> Iterator[str]:
    """The lines, with a word for each line of a code fence: a fence does not end a paragraph's pairing of backticks."""
    for spot in places:
        yield spot.text if spot.role == "text" else "fence"


def without_code(places: Iterable[Spot]) -> Iterator[str]:
    """The lines with code spans blanked and fences left out, for looking at what Markdown acts on."""
    for pieces in _pieces(unfenced(places)):
        yield "".join(" " * len(piece) if code else piece for piece, code in pieces)


def tags(places: Iterable[Spot]) -> int:
    """How many HTML tags and comments are shown as text."""
    return sum(1 for line in without_code(places) for found in _TAG.finditer(line) if not found["keep"])


def _escaped(found: re.Match[str]) -> str:
    # An odd number of backslashes has escaped the mark already.
    return found["before"] + "\\" * (1 - len(found["before"]) % 2) + found["mark"]


def _words(piece: str) -> str:
    if "<" in piece:
        piece = _TAG.sub(lambda found: found["keep"] or "&lt;", piece)
    # A lone "}" would end an attribute list of ours that begins before it.
    if "{" in piece or "}" in piece:
        piece = _BRACE.sub(_escaped, piece)
    return _CONTENTS.sub("&#91;", piece).replace("8<-", "8&lt;-")


def _text(piece: str, *, plain: bool = False) -> str:
    """A piece of a line outside code, harmless; its formulas stay as they are.

    Where its paragraph is `plain`, no dollar of it could be taken for a formula's.
    """
    if "\\" not in piece and (plain or "$" not in piece):
        return _words(piece)
    return "".join(_words(said) if kind == "text" else said for kind, said in tex.pieces(piece))


def _plain(lines: Iterable[str]) -> Iterator[bool]:
    """Whether no two dollars of a line's paragraph could be taken for a formula's."""
    for run in _paragraphs(lines):
        text = "\n".join(run)
        yield from [("$" not in text or not _DOLLARS.search(text)) and "\\" not in text] * len(run)


def _formula_lines(lines: list[str]) -> set[int]:
    """The lines of the formulas that stand by themselves, as blocks.normal writes them."""
    found: set[int] = set()
    at = 0
    while at < len(lines):
        opens = lines[at].lstrip("> ")
        before = at == 0 or not lines[at - 1].strip("> ")
        if before and opens.startswith("$$"):
            end = at if opens != "$$" and opens.endswith("$$") else at + 1
            while end < len(lines) and lines[end].strip("> ") and not lines[end].endswith("$$"):
                end += 1
            after = end + 1 >= len(lines) or not lines[end + 1].strip("> ")
            if end < len(lines) and lines[end].endswith("$$") and after:
                found.update(range(at, end + 1))
                at = end
        at += 1
    return found


def _unmarked(line: str) -> str:
    """The line, its snippet marks escaped: the semicolon goes when the page is built."""
    if "8<" not in line:
        return line
    return _SECTION.sub(r";\g<mark>", _INCLUDE.sub(r"\g<before>;\g<mark>", line), count=1)


def _unboxed(line: str) -> str:
    return _BOX.sub(lambda found: f"{found['before']}&#{ord(found['mark'])};", line)


def escape_text(lines: Iterable[str]) -> list[str]:
    """Lines of Markdown outside code fences, harmless."""
    given = list(lines)
    formulas = _formula_lines(given)
    joined = [
        "".join(piece if code else _text(piece, plain=plain) for piece, code in pieces)
        for pieces, plain in zip(_pieces(given), _plain(given), strict=True)
    ]
    return [given[at] if at in formulas else _unboxed(_unmarked(line)) for at, line in enumerate(joined)]


def escape_title(title: str) -> str:
    """A title as the text of a link: harmless, its brackets and a backslash at its end taken as text."""
    pieces = next(iter(_pieces([title])), [])
    text = _unmarked("".join(piece if code else _BRACKET.sub(_escaped, _text(piece)) for piece, code in pieces))
    return text + "\\" * ((len(text) - len(text.rstrip("\\"))) % 2)


def _code(spot: Spot) -> str:
    """A line of a code fence, harmless; its fence is set so that every Markdown reader takes it for one."""
    assert spot.fence is not None
    indent, marks = spot.fence.indent, spot.fence.marks
    if spot.role == "open":
        language = _LANGUAGE.match(spot.fence.info)
        return f"{indent}{marks}{language[0] if language else ''}"
    if spot.role == "close":
        return indent + marks
    if ">" in indent:
        return indent + _unmarked(spot.fence.inside(spot.text))
    text = spot.text if spot.text.startswith(indent) or not spot.text.strip() else indent + spot.text.lstrip()
    return _unmarked(text)


def escape(places: Iterable[Spot]) -> list[str]:
    """The lines of an article, harmless, as many as came in."""
    spots = list(places)
    lines = escape_text(unfenced(spots))
    return [line if spot.role == "text" else _code(spot) for spot, line in zip(spots, lines, strict=True)]
