"""A PDF of Chromium's as it is given away: bookmarks word for word, packed, the same bytes for the same text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import OutlineItem

from miaotui.offline.paged import fronted
from miaotui.offline.unfit import Unfit

OPEN = 1
"""Levels of bookmarks whose own are shown at once: parts show their chapters, chapters are closed."""


def _letters_of(text: str) -> str:
    return re.sub(r"\s+", "", text)


def named(outline: Iterable[OutlineItem], titles: Iterator[str], level: int = 1) -> None:
    """Gives each bookmark the title of its heading, word for word, and closes it below the second level.

    Chromium names them in order, but leaves out the space where a heading's line wraps, and says the lines twice that
    it first tried to set on the page before: all of a heading, or its first. Raises Unfit where a bookmark is no
    heading's.
    """
    for item in outline:
        title = next(titles, "")
        said, whole = _letters_of(item.title), _letters_of(title)
        if not (said.endswith(whole) and whole.startswith(said.removesuffix(whole)) and bool(said) == bool(whole)):
            raise Unfit(f"the PDF's bookmark {item.title!r} stands where the heading {title!r} is")
        item.title = title
        item.is_closed = level > OPEN
        named(item.children, titles, level + 1)


_NODE = re.compile(rb"\(node(\d{8})\)")
"""The name of a table's cell in Chromium's PDF, by the number that its node has in the browser."""


def ranked(pdf: bytes) -> bytes:
    """The PDF with its nodes counted from 0 in their order: the browser's own numbers change from run to run."""
    ranks = {number: rank for rank, number in enumerate(sorted(set(_NODE.findall(pdf))))}
    return _NODE.sub(lambda found: b"(node%08d)" % ranks[found[1]], pdf)


def bound(pdf: bytes, front: bytes | None, titles: Iterable[str], date: str) -> bytes:
    """The PDF as it is given away: packed to a third, dated by its edition and not by the hour of its printing.

    `front` has its first pages once more, with the page numbers of the contents.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(ranked(pdf))) as file:
        if front:
            fronted(file, front)
        with file.open_outline() as outline:
            named(outline.root, iter(titles))
        for name in ("/CreationDate", "/ModDate"):
            file.docinfo[name] = f"D:{date.replace('-', '')}000000Z"
        packed = pikepdf.ObjectStreamMode.generate
        file.save(out, object_stream_mode=packed, recompress_flate=True, deterministic_id=True)
    return out.getvalue()
