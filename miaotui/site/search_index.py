"""Splits the search index: one for each language, with the words a reader finds a question by.

mkdocs-static-i18n merges all languages into one index, and Material's bundle fetches it with
the page. So the bundle is given an empty index, and assets/js/search/page.js loads search/<lang>.js
once the search is opened: a script, since a page opened from file:// may not fetch. The worker it
starts is Material's, with ours before it: search/worker.js.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from miaotui.base.paths import THEME
from miaotui.base.problem import Problem, RefusedError
from miaotui.base.store import Store, digest
from miaotui.site.left_out import unmapped

SOURCES = THEME / "assets/js/search"
BOOSTS = {"keys": 10_000, "words": 1_000}
"""A question's whole names count ten times its title (Material's boost for that is 1,000), their words as much."""
OTHERS = 0.3
"""What a page that is no question counts: an introduction names many questions' words."""

NUMBERED = ("{}", "Q{}", "question {}", "no. {}", "题目{}", "题{}", "问题{}", "{}题", "{}道题", "第{}题", "第{}道题")
"""What readers call a question whose number they know."""

MENDS = (
    # Material's segment() cuts a Chinese run into the words of the index and stops one character short of its end:
    # 解码 was looked for as 解.
    ("o=s+1;o<t.length;o++", "o=s+1;o<=t.length;o++"),
    # Nor does it go on to a last word of one character.
    ("n[a]&&a<t.length-1&&", "n[a]&&a<t.length&&"),
    # Every word gets its wildcard later; with two it counts as missing though it was found.
    ('this.index.invertedIndex)].join("* ")', 'this.index.invertedIndex)].join(" ")'),
)
"""What is wrong in Material's worker, and what is right."""

SOUNDS = Store("sounds")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")


def key(name: str) -> str:
    """A name as one word that nobody types and the search worker does not take apart, as query.js writes it.

    Spaces, hyphens and dots go, so that kvcache and fine-tuning need no keywords beside KV Cache and fine tuning.
    """
    letters = "".join(_UNIT.findall(unicodedata.normalize("NFKC", name).lower()))
    return "§" + "".join(letter if letter.isascii() else f"{ord(letter):x}" for letter in letters)


def pinyin(text: str) -> list[str]:
    """The syllable of each character, without its tone."""
    # Here, for its dictionary takes a third of a second: a build whose questions are as they were reads none.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return list(lazy_pinyin(text))


def found_by(number: int, keywords: Iterable[str]) -> dict[str, str]:
    """What the index says of a question beside its text: its whole names, and their words."""
    words = list(keywords)
    key = digest(version("pypinyin"), Path(__file__).read_bytes(), str(number), *words)
    kept: dict[str, str] | None = SOUNDS.get(key)
    if kept is None:
        kept = _found_by(number, words)
        SOUNDS.put(key, kept)
    return kept


def _found_by(number: int, words: list[str]) -> dict[str, str]:
    # Chinese words typed without changing the keyboard: lianghua for 量化.
    sounds = ["".join(pinyin(word)) for word in words if _HAN.search(word)]
    names = [*words, *sounds, *(form.format(number) for form in NUMBERED)]
    return {"keys": " ".join(dict.fromkeys(map(key, names))), "words": " ".join([*words, *sounds])}


@cache
def _letters() -> dict[str, str]:
    """The 3,755 most common Chinese letters by their syllable, without its tone."""
    coded = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    by_sound: dict[str, str] = {}
    for letter in "".join(code.decode("gb2312", errors="ignore") for code in coded):
        (sound,) = pinyin(letter)
        by_sound[sound] = by_sound.get(sound, "") + letter
    return by_sound


def sounds(names: Iterable[str]) -> dict[str, str]:
    """Which letters sound like one of these names: a phone's keyboard offers 减枝 for 剪枝."""
    known = list(names)
    key = digest(version("pypinyin"), Path(__file__).read_bytes(), *known)
    kept: dict[str, str] | None = SOUNDS.get(key)
    if kept is None:
        kept = _sounds(known)
        SOUNDS.put(key, kept)
    return kept


def _sounds(names: Iterable[str]) -> dict[str, str]:
    heard: dict[str, str] = {}
    for run in _HAN.findall(" ".join(names)):
        for letter, sound in zip(run, pinyin(run), strict=True):
            # A letter of a name is read as it is there, whatever it is elsewhere.
            heard[letter] = sound
    used = {
        sound: "".join(letter for letter in _letters().get(sound, "") if letter not in heard)
        for sound in heard.values()
    }
    for letter, sound in heard.items():
        used[sound] += letter
    return {sound: "".join(sorted(used[sound])) for sound in sorted(used)}


def index(docs: Iterable[dict[str, Any]], config: dict[str, Any], found: dict[str, dict[str, str]]) -> str:
    """The script that holds one language's index."""
    told = []
    for doc in docs:
        question = doc["location"].partition("#")[0] in found
        told.append({**doc, **found.get(doc["location"], {}), **({} if question else {"boost": OTHERS})})
    fields = {**config["fields"], **{name: {"boost": boost} for name, boost in BOOSTS.items()}}
    names = [doc["words"] for doc in told if "words" in doc]
    whole = {"config": {**config, "fields": fields, "sounds": sounds(names)}, "docs": told}
    return f"var miaotuiIndex = {json.dumps(whole, ensure_ascii=False, separators=(',', ':'))}\n"


def of_language(docs: Iterable[dict[str, Any]], folder: str, others: Sequence[str]) -> list[dict[str, Any]]:
    """The entries of the pages in a language's folder of the site; that of the default language is the whole site's."""
    if folder:
        return [doc for doc in docs if doc["location"].startswith(folder)]
    return [doc for doc in docs if not doc["location"].startswith(tuple(others))]


def as_html(doc: dict[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """The page of the index with its title as HTML, as the bundle shows it: a title from metadata came as text."""
    plain = doc["title"].replace("\u200b", "") == titles.get(doc["location"])
    return {**doc, "title": escape(doc["title"], quote=False)} if plain else doc


def mended(theirs: str) -> str:
    """Material's worker without its faults.

    Raises RefusedError where a place of one is not there exactly once.
    """
    for wrong, right in MENDS:
        if (count := theirs.count(wrong)) != 1:
            told = f"{wrong!r} was found {count} times; accepted: once"
            raise RefusedError([Problem("Material's search worker", 1, told)])
        theirs = theirs.replace(wrong, right)
    return theirs


def worker(folder: Path) -> str:
    """The script of the search's worker: ours before Material's, which stands in `folder`."""
    (theirs,) = folder.glob("search.*.min.js")
    ours = [(SOURCES / name).read_text(encoding="utf-8") for name in ("query.js", "worker.js")]
    return "\n;".join([*ours, unmapped(mended(theirs.read_text(encoding="utf-8")))])


def empty(config: dict[str, Any]) -> dict[str, str]:
    """An index without a page, as the bundle fetches it, and as it loads it from file://."""
    nothing = json.dumps({"config": config, "docs": []}, ensure_ascii=False)
    return {"search/search_index.json": nothing, "search/search_index.js": f"var __index = {nothing}\n"}
