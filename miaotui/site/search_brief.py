"""What pages say of themselves, in one: first results come from it, where it is small enough to be fetched whole.

That is no index yet: brief.js makes one of it, since the words of an index, packed, take three times what they say.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any

from miaotui.site.search_pages import SECTIONS, Found
from miaotui.site.search_ranks import FIELDS, SATURATION, usual
from miaotui.site.search_words import SYNONYMS

MOST = 45_000
"""Packed bytes: with the engine and the core no more than 60 kB. A site that says more is searched by pieces alone."""
_WHOLE = ("name", "keywords", "wordings", "phrases", "heads")


def _row(page: Found, left_out: frozenset[str]) -> list[Any]:
    its, parts = page.known, page.parts[:SECTIONS]
    anchors = {part.anchor: index + 1 for index, part in enumerate(parts) if part.anchor}
    wordings = [[text, anchors.get(anchor, 0)] for text, anchor in page.wordings]
    heads = " | ".join(part.title for part in parts if part.title not in left_out)
    keywords = "|".join(its.keywords)
    return [page.place, its.number, its.level, page.title, its.name, keywords, page.phrases, wordings, heads]


def brief(found: Sequence[Found], most: int = MOST) -> dict[str, Any] | None:
    """What the pages say of themselves, and how their words weigh; None where it is too much."""
    left_out = usual(found)
    told = {
        "weights": [FIELDS[name] for name in _WHOLE],
        "saturation": SATURATION,
        "same": SYNONYMS,
        "pages": [_row(page, left_out) for page in found],
    }
    packed = gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    return told if len(packed) <= most else None
