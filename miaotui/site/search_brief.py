"""What pages say of themselves, in one: first results come from it, where it is small enough to be fetched whole.

That is no index yet: brief.js looks for words in it, since an index of them, packed, is three times as large.
"""

from __future__ import annotations

import gzip
import json
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from miaotui.site.search_codes import coded
from miaotui.site.search_pages import SECTIONS, Found
from miaotui.site.search_ranks import FIELDS, SATURATION, fields, usual
from miaotui.site.search_words import SYNONYMS, tokens

MOST = 45_000
"""Packed bytes: with the engine and the core no more than 60 kB. A site that says more is searched by pieces alone."""
_WHOLE = ("name", "keywords", "wordings", "phrases", "heads")


def _rare(found: Sequence[Found], left_out: frozenset[str]) -> dict[str, float]:
    """How rare each word is in what pages say of themselves, as brief.js counts it."""
    count = Counter[str]()
    for page in found:
        its = fields(page, left_out)
        count.update({word for name in _WHOLE for word in its[name]})
    return {word: math.log(1 + (len(found) - times + 0.5) / (times + 0.5)) for word, times in count.items()}


def _row(page: Found, left_out: frozenset[str], rare: dict[str, float]) -> list[Any]:
    its, parts = page.known, page.parts[:SECTIONS]
    anchors = {part.anchor: index + 1 for index, part in enumerate(parts) if part.anchor}
    wordings = [[text, anchors.get(anchor, 0)] for text, anchor in page.wordings]
    heads = " | ".join(part.title for part in parts if part.title not in left_out)
    sizes = coded(round(sum(rare[word] for word in set(tokens(text)))) for text, _ in page.ways())
    keywords = "|".join(its.keywords)
    return [page.place, its.number, its.level, page.title, its.name, keywords, page.phrases, wordings, heads, sizes]


def brief(found: Sequence[Found]) -> dict[str, Any] | None:
    """What the pages say of themselves, and how their words weigh; None where it is too much."""
    left_out = usual(found)
    rare = _rare(found, left_out)
    told = {
        "weights": [FIELDS[name] for name in _WHOLE],
        "saturation": SATURATION,
        "same": SYNONYMS,
        "pages": [_row(page, left_out, rare) for page in found],
    }
    packed = gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    return told if len(packed) <= MOST else None
