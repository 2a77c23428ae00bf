"""Article text made harmless: it reads the same, and runs nothing.

An article is untrusted. Four things in its Markdown could act on our pages, and are
turned into text: HTML tags, attribute lists ({ onclick=… }), snippet includes
(--8<-- "/etc/passwd") and the options of a code fence. Everything else stays Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bank.fences import Spot

_CODE_SPAN = re.compile(r"(?<![`\\])(?P<marks>`+)(?!`).+?(?<!`)(?P=marks)(?!`)")
_AUTOLINK = r"<https?://[^\s<>\"'`]+>"
_TAG = re.compile(rf"(?P<keep>{_AUTOLINK})|<(?=[A-Za-z/!?])")
_BRACE = re.compile(r"(?P<before>\\*)\{")
_SNIPPET_START = re.compile(r"^(?P<before>[ \t]*;*)(?P<mark>-+8<-)")
_SECTION = re.compile(r"(?P<mark>-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:)", re.IGNORECASE)
_LANGUAGE = re.compile(r"^[\w+#.-]*")


def _plain_ticks(line: str) -> bool:
    """Whether every backtick of the line belongs to a code span that opens and closes on it."""
    return "`" not in _CODE_SPAN.sub("", line)


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
    for span in _CODE_SPAN.finditer(line) if code_stays else ():
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


def without_code(lines: Iterable[str]) -> Iterator[str]:
    """The lines with their code spans blanked, for looking at what Markdown acts on."""
    for pieces in _pieces(lines):
        yield "".join(" " * len(piece) if code else piece for piece, code in pieces)


def _text(piece: str) -> str:
    piece = _TAG.sub(lambda found: found["keep"] or "&lt;", piece)
    # An odd number of backslashes has escaped the brace already.
    piece = _BRACE.sub(lambda found: found["before"] + "\\" * (1 - len(found["before"]) % 2) + "{", piece)
    return piece.replace("8<-", "8&lt;-")


def escape_text(lines: Iterable[str]) -> list[str]:
    """Lines of Markdown outside code fences, harmless."""
    return ["".join(piece if code else _text(piece) for piece, code in pieces) for pieces in _pieces(lines)]


def _code(spot: Spot) -> str:
    """A line of a code fence, harmless; its fence is set so that every Markdown reader takes it for one."""
    assert spot.fence is not None
    indent, marks = spot.fence.indent, spot.fence.marks
    if spot.role == "open":
        language = _LANGUAGE.match(spot.fence.info)
        return f"{indent}{marks}{language[0] if language else ''}"
    if spot.role == "close":
        return indent + marks
    text = spot.text if spot.text.startswith(indent) or not spot.text.strip() else indent + spot.text.lstrip()
    text = _SNIPPET_START.sub(r"\g<before>;\g<mark>", text)
    return _SECTION.sub(r";\g<mark>", text) if not _SNIPPET_START.match(spot.text) else text


def escape(places: Iterable[Spot]) -> list[str]:
    """The lines of an article, harmless, as many as came in."""
    result: list[str] = []
    text: list[str] = []
    for spot in places:
        if spot.role == "text":
            text.append(spot.text)
            continue
        result += escape_text(text)
        text = []
        result.append(_code(spot))
    return result + escape_text(text)
