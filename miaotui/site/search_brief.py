"""What pages say of themselves, in one: first results come from it, where it is small enough to be fetched whole.

That is no index yet: brief.js looks for words in it, since an index of them, packed, is three times as large. Of a
short answer it has the words that the page does not say otherwise, by which it is shorter by half.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from miaotui.site.search_codes import coded
from miaotui.site.search_pages import SECTIONS, Found
from miaotui.site.search_pairs import LOOSE, Pairs, pairs
from miaotui.site.search_ranks import FIELDS, SATURATION, fields, usual
from miaotui.site.search_sounds import usually
from miaotui.site.search_words import RUN, SYNONYMS, plain, tokens

MOST = 48_700
"""Packed bytes: with the engine and the core no more than 60 kB. A site that says more is searched by pieces alone."""
CLOSE = (LOOSE, 0.5, 0.8, 1, 2)
"""How much of a word two characters of a short answer have to be, the less the more room there is; 2 is no word."""
_WHOLE = ("name", "keywords", "wordings", "phrases", "heads")
_HAN = re.compile(r"[\u3400-\u9fff]")


def _covered(run: str, words: set[str]) -> list[str]:
    """The parts of a Chinese run that are made of these words."""
    pairs_of = [run[at : at + 2] in words for at in range(len(run) - 1)]
    held = [before or after for before, after in zip([False, *pairs_of], [*pairs_of, False], strict=True)]
    return "".join(letter if its else " " for letter, its in zip(run, held, strict=True)).split()


def _parts(text: str, words: set[str]) -> Iterator[str]:
    """What a text has of these words, each once."""
    left = set(words)
    for run in RUN.findall(plain(text)):
        its = set(tokens(run)) & left
        yield from (_covered(run, its) if _HAN.match(run) else [run] if its else [])
        left -= its


def _short(page: Found, its: dict[str, list[str]], kept: Pairs, close: float) -> str:
    """What a question's short answer says beside what the page says of itself otherwise."""
    if not page.known.number:
        return ""
    said = {word for name in _WHOLE for word in its[name]}
    return " ".join(_parts(page.lead, {word for word in its["lead"] if word not in said and kept.close(word) >= close}))


def _rare(all_words: Sequence[set[str]]) -> dict[str, float]:
    """How rare each word is in what pages say of themselves, as brief.js counts it."""
    count = Counter(word for words in all_words for word in words)
    return {word: math.log(1 + (len(all_words) - times + 0.5) / (times + 0.5)) for word, times in count.items()}


def _row(page: Found, left_out: frozenset[str], rare: dict[str, float], short: str) -> list[Any]:
    its, parts = page.known, page.parts[:SECTIONS]
    anchors = {part.anchor: index + 1 for index, part in enumerate(parts) if part.anchor}
    wordings = [[text, anchors.get(anchor, 0)] for text, anchor in page.wordings]
    heads = " | ".join(part.title for part in parts if part.title not in left_out)
    sizes = coded(round(sum(rare[word] for word in set(tokens(text)))) for text, _ in page.ways())
    keywords = "|".join(its.keywords)
    return [
        page.place,
        its.number,
        its.level,
        page.title,
        its.name,
        keywords,
        page.phrases,
        wordings,
        heads,
        sizes,
        short,
    ]


def _rows(
    found: Sequence[Found],
    all_fields: Sequence[dict[str, list[str]]],
    left_out: frozenset[str],
    kept: Pairs,
    close: float,
) -> list[list[Any]]:
    shorts = [_short(page, its, kept, close) for page, its in zip(found, all_fields, strict=True)]
    words = [
        {*tokens(short), *(word for name in _WHOLE for word in its[name])}
        for its, short in zip(all_fields, shorts, strict=True)
    ]
    rare = _rare(words)
    return [_row(page, left_out, rare, short) for page, short in zip(found, shorts, strict=True)]


def packed(told: dict[str, Any]) -> int:
    """The bytes that it is fetched as."""
    return len(gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0))


def brief(found: Sequence[Found]) -> dict[str, Any] | None:
    """What the pages say of themselves, and how their words weigh; None where it is too much."""
    left_out = usual(found)
    all_fields = [fields(page, left_out) for page in found]
    kept = pairs(text for page in found for text in page.texts())
    same = {
        "weights": [FIELDS[name] for name in (*_WHOLE, "lead")],
        "saturation": SATURATION,
        "same": SYNONYMS,
        "sounds": usually(word for page in found for word in page.known.keywords),
    }
    made = ({**same, "pages": _rows(found, all_fields, left_out, kept, close)} for close in CLOSE)
    return next((told for told in made if packed(told) <= MOST), None)
