"""Splits the search index: one for each language, with the words a reader finds a question by.

mkdocs-static-i18n merges all languages into one index, and Material's bundle fetches it with
the page. So the bundle is given an empty index, and assets/js/search.js loads search/<lang>.js
once the search is opened: a script, since a page opened from file:// may not fetch.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from pypinyin import lazy_pinyin

BOOSTS = {"keys": 10_000, "words": 1_000}
"""A question's whole names count ten times its title (Material's boost for that is 1,000), their words as much."""

NUMBERED = ("{}", "Q{}", "question {}", "no. {}", "题目{}", "题{}", "问题{}", "{}题", "第{}题")
"""What readers call a question whose number they know."""

_HAN = re.compile(r"[\u3400-\u9fff]+")
_UNIT = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")
_found_by: dict[str, dict[str, str]] = {}


def key(name: str) -> str:
    """A name as one word that nobody types and the search worker does not take apart, as search.js writes it.

    Spaces, hyphens and dots go, so that kvcache and fine-tuning need no keywords beside KV Cache and fine tuning.
    """
    letters = "".join(_UNIT.findall(unicodedata.normalize("NFKC", name).lower()))
    return "§" + "".join(letter if letter.isascii() else f"{ord(letter):x}" for letter in letters)


def on_page_content(html: str, page: Page, **_: Any) -> None:
    """Notes by which words, beside its text, a question is found."""
    if number := page.meta.get("number"):
        words = list(map(str, page.meta.get("keywords", [])))
        # Chinese words typed without changing the keyboard: lianghua for 量化.
        sounds = ["".join(lazy_pinyin(word)) for word in words if _HAN.search(word)]
        names = [*words, *sounds, *(form.format(number) for form in NUMBERED)]
        _found_by[page.url] = {"keys": " ".join(dict.fromkeys(map(key, names))), "words": " ".join([*words, *sounds])}


def _index(docs: list[dict[str, Any]], config: dict[str, Any]) -> str:
    for doc in docs:
        doc.update(_found_by.get(doc["location"], {}))
    fields = {**config["fields"], **{name: {"boost": boost} for name, boost in BOOSTS.items()}}
    return json.dumps({"config": {**config, "fields": fields}, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


@event_priority(-200)  # after the i18n plugin, which writes the merged index at -100
def on_post_build(config: MkDocsConfig) -> None:
    """Writes search/<lang>.js for each language, and an empty index for the bundle."""
    folder = Path(config.site_dir, "search")
    file = folder / "search_index.json"
    merged = json.loads(file.read_text(encoding="utf-8"))
    languages = config.plugins["i18n"].config.languages
    others = re.compile("|".join(f"{language.locale}/" for language in languages if not language.default))
    for language in languages:
        prefix = "" if language.default else f"{language.locale}/"
        mine = [
            d
            for d in merged["docs"]
            if (d["location"].startswith(prefix) if prefix else not others.match(d["location"]))
        ]
        text = f"var miaotuiIndex = {_index(mine, merged['config'])}\n"
        (folder / f"{language.locale}.js").write_text(text, encoding="utf-8")
    empty = json.dumps({"config": merged["config"], "docs": []}, ensure_ascii=False)
    file.write_text(empty, encoding="utf-8")
    (folder / "search_index.js").write_text(f"var __index = {empty}\n", encoding="utf-8")
