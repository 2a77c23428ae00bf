"""How long a key takes in the search, in banks of 84, 300 and 3,000 questions: in a browser, on the built site.

A bank grows from ours: each question with six sections of sentences drawn from all of them, and names of its own.
Nothing is timed in a test: a busy machine would fail it.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from miaotui.offline.browser import started
from miaotui.site import search_pieces
from miaotui.site.search_pages import Entry, Known
from miaotui.site.search_pieces import Spoken
from scripts.bench_lighthouse import served

QUESTIONS = (84, 300, 3000)
SECTIONS = ("received", "short", "in-depth", "numbers", "pitfalls", "follow-ups")
QUERIES = {
    "": ("量化", "KV缓存", "推理速度", "显存不足怎么办", "注意力", "量", "数据并行", "第十二题", "quantizaton"),
    "en/": ("quantization", "kv cache", "inference speed", "how to quantize a model", "attention", "qu", "distilation"),
}
FIRST = {"": "模型", "en/": "model"}
SYLLABLES = ("ka", "to", "mi", "ren", "vol", "sta", "gri", "pho", "lex", "dun", "qua", "zor")
RUNS = 5

# Milliseconds from a key, which is what Material listens to, to the new list of results.
KEY = """words => new Promise(told => {
  const field = document.querySelector("input[name=query]")
  const start = performance.now()
  const watch = new MutationObserver(() => {
    watch.disconnect()
    told(performance.now() - start)
  })
  watch.observe(document.querySelector(".md-search-result__list"), { childList: true })
  field.value = words
  field.dispatchEvent(new KeyboardEvent("keyup", { key: "Shift", bubbles: true }))
})"""
NOTHING = "zqxj"
"""Finds nothing: each list is timed from an empty one."""


def held(site: Path, name: str) -> Any:
    """What a piece of the index hands over."""
    return json.loads((site / f"search/{name}.js").read_text(encoding="utf-8").partition(",")[2].strip()[:-1])


def pages_of(site: Path, code: str) -> list[list[Any]]:
    """The pages of the site's index, as search_pieces.entry writes them."""
    found: list[list[Any]] = []
    while (site / f"search/{code}/p{len(found)}.js").exists():
        found.append(held(site, f"{code}/p{len(found)}"))
    return found


def entries_of(site: Path, code: str) -> list[Entry]:
    """The entries that the site's index was made of: what it kept of them."""
    folder, found = held(site, code)["folder"], []
    for at, (place, *_, title, _, _, _, parts, cuts) in enumerate(pages_of(site, code)):
        texts = [text for piece in range(len(cuts) + 1) if parts for text in held(site, f"{code}/t{at}_{piece}")]
        for (anchor, head), text in zip(parts, texts, strict=True):
            location = f"{folder}{place}{'#' if anchor else ''}{anchor}"
            found.append(Entry(location, head or title, text))
    return found


def grown(docs: list[Entry], folder: str, count: int) -> Iterator[tuple[Entry, Known | None]]:
    """The entries of a bank of `count` questions, each with what its question is known by."""
    chance = random.Random(count)
    ours = [doc for doc in docs if doc.location.startswith(f"{folder}q/")]
    sentences = [found for doc in ours for found in re.findall(r"[^。.]{9,}[。.]", doc.text)]
    titles = [doc for doc in ours if "#" not in doc.location]
    yield from ((doc, None) for doc in docs if not doc.location.startswith(f"{folder}q/"))
    for number in range(1, count + 1):
        names = ["".join(chance.sample(SYLLABLES, 4)) for _ in range(3)]
        title = re.sub(r"^\d+", str(number), titles[(number - 1) % len(titles)].title)
        place = f"{folder}q/{number}/"
        yield Entry(place, title, ""), Known(number, 1, names[0], tuple(names))
        for section in SECTIONS:
            text = " ".join([*chance.sample(sentences, 6), chance.choice(names)])
            yield Entry(f"{place}#{section}", section, text), None


def write(site: Path, code: str, docs: list[Entry], count: int) -> int:
    """Puts the index of a bank of `count` questions into the site; the bytes of the small index."""
    folder = "" if code == "zh" else f"{code}/"
    entries = list(grown(docs, folder, count))
    known = {doc.location: its for doc, its in entries if its}
    made = dict(search_pieces.files(Spoken(code, folder), [doc for doc, _ in entries], known))
    for place, text in made.items():
        (site / place).write_text(text, encoding="utf-8")
    return len(gzip.compress(made[f"search/{code}.js"].encode()))


def timed(page: Page, address: str, folder: str) -> dict[str, float]:
    """Milliseconds of a key by query, the index being loaded by one before."""
    page.goto(address + folder)
    page.keyboard.press("/")
    page.evaluate(KEY, FIRST[folder])
    found: dict[str, list[float]] = {words: [] for words in QUERIES[folder]}
    for _ in range(RUNS):
        for words in QUERIES[folder]:
            page.evaluate(KEY, NOTHING)
            found[words].append(page.evaluate(KEY, words))
    return {words: median(times) for words, times in found.items()}


def bench_search(site: Path) -> None:
    """Prints the median and the slowest query of each bank, and how they compare with 30 questions."""
    with started() as chrome, served(site) as address:
        for folder in QUERIES:
            code = folder.strip("/") or "zh"
            docs, base = entries_of(site, code), 0.0
            for count in QUESTIONS:
                size = write(site, code, docs, count)
                page = chrome.new_page()
                times = timed(page, address, folder)
                page.close()
                middle, slowest = median(times.values()), max(times, key=lambda words: times[words])
                base = base or middle
                print(
                    f"search: /{folder} {count} questions ({size / 1e3:.0f} kB first): a key takes {middle:.0f} ms, "
                    f"{middle / base:.1f} × that of {QUESTIONS[0]}; the slowest, {slowest}, {times[slowest]:.0f} ms"
                )
