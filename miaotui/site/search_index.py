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
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from pypinyin import lazy_pinyin

from miaotui.base.paths import THEME

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

_HAN = re.compile(r"[\u3400-\u9fff]+")
_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")
_found_by: dict[str, dict[str, str]] = {}
_titles: dict[str, str] = {}
"""What each page is called, as text, by its address."""


def key(name: str) -> str:
    """A name as one word that nobody types and the search worker does not take apart, as query.js writes it.

    Spaces, hyphens and dots go, so that kvcache and fine-tuning need no keywords beside KV Cache and fine tuning.
    """
    letters = "".join(_UNIT.findall(unicodedata.normalize("NFKC", name).lower()))
    return "§" + "".join(letter if letter.isascii() else f"{ord(letter):x}" for letter in letters)


def found_by(number: int, keywords: Iterable[str]) -> dict[str, str]:
    """What the index says of a question beside its text: its whole names, and their words."""
    words = list(keywords)
    # Chinese words typed without changing the keyboard: lianghua for 量化.
    sounds = ["".join(lazy_pinyin(word)) for word in words if _HAN.search(word)]
    names = [*words, *sounds, *(form.format(number) for form in NUMBERED)]
    return {"keys": " ".join(dict.fromkeys(map(key, names))), "words": " ".join([*words, *sounds])}


@cache
def _letters() -> dict[str, str]:
    """The 3,755 most common Chinese letters by their syllable, without its tone."""
    coded = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    by_sound: dict[str, str] = {}
    for letter in "".join(code.decode("gb2312", errors="ignore") for code in coded):
        (sound,) = lazy_pinyin(letter)
        by_sound[sound] = by_sound.get(sound, "") + letter
    return by_sound


def sounds(names: Iterable[str]) -> dict[str, str]:
    """Which letters sound like one of these names: a phone's keyboard offers 减枝 for 剪枝."""
    heard: dict[str, str] = {}
    for run in _HAN.findall(" ".join(names)):
        for letter, sound in zip(run, lazy_pinyin(run), strict=True):
            # A letter of a name is read as it is there, whatever it is elsewhere.
            heard[letter] = sound
    used = {
        sound: "".join(letter for letter in _letters().get(sound, "") if letter not in heard)
        for sound in heard.values()
    }
    for letter, sound in heard.items():
        used[sound] += letter
    return {sound: "".join(sorted(used[sound])) for sound in sorted(used)}


def on_page_content(html: str, page: Page, **_: Any) -> None:
    """Notes what a page is called, and by which words, beside its text, a question is found."""
    _titles[page.url] = str(page.title)
    if number := page.meta.get("number"):
        _found_by[page.url] = found_by(number, map(str, page.meta.get("keywords", [])))


def as_html(doc: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    """The page of the index with its title as HTML, as the bundle shows it: a title from metadata came as text."""
    plain = doc["title"].replace("\u200b", "") == titles.get(doc["location"])
    return {**doc, "title": escape(doc["title"], quote=False)} if plain else doc


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


def mended(theirs: str) -> str:
    """Material's worker without its faults; a PluginError where a place of one is not there exactly once."""
    for wrong, right in MENDS:
        if (count := theirs.count(wrong)) != 1:
            raise PluginError(f"Material's search worker: {wrong!r} was found {count} times; accepted: once")
        theirs = theirs.replace(wrong, right)
    return theirs


def worker(folder: Path) -> str:
    """The search's worker: ours before Material's, which stands in `folder`."""
    (theirs,) = folder.glob("search.*.min.js")
    ours = [(SOURCES / name).read_text(encoding="utf-8") for name in ("query.js", "worker.js")]
    return "\n;".join([*ours, mended(theirs.read_text(encoding="utf-8"))])


@event_priority(-200)  # after the i18n plugin, which writes the merged index at -100
def on_post_build(config: MkDocsConfig) -> None:
    """Writes search/<lang>.js for each language, the worker, and an empty index for the bundle."""
    site = Path(config.site_dir)
    file = site / "search/search_index.json"
    merged = json.loads(file.read_text(encoding="utf-8"))
    languages = config.plugins["i18n"].config.languages
    others = re.compile("|".join(f"{language.locale}/" for language in languages if not language.default))
    for language in languages:
        prefix = "" if language.default else f"{language.locale}/"
        mine = [
            as_html(d, _titles)
            for d in merged["docs"]
            if (d["location"].startswith(prefix) if prefix else not others.match(d["location"]))
        ]
        text = index(mine, merged["config"], _found_by)
        (site / f"search/{language.locale}.js").write_text(text, encoding="utf-8")
    (site / "search/worker.js").write_text(worker(site / "assets/javascripts/workers"), encoding="utf-8")
    empty = json.dumps({"config": merged["config"], "docs": []}, ensure_ascii=False)
    file.write_text(empty, encoding="utf-8")
    (site / "search/search_index.js").write_text(f"var __index = {empty}\n", encoding="utf-8")
