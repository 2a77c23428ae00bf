"""How long a key takes in the search, in banks of 30, 300 and 3,000 questions: in a browser, on the built site.

A bank grows from ours: each question with six sections of sentences drawn from all of them, and names of its own.
Nothing is timed in a test: a busy machine would fail it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from miaotui.offline.browser import started
from miaotui.site import search_index
from scripts.bench_lighthouse import served

QUESTIONS = (30, 300, 3000)
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


def index_of(site: Path, folder: str) -> dict[str, Any]:
    """The index that the site has."""
    text = (site / f"search/{folder.strip('/') or 'zh'}.js").read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text.partition("=")[2])
    return told


def grown(docs: list[dict[str, Any]], folder: str, count: int) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """The entries of a bank of `count` questions, each with what its question is found by."""
    chance = random.Random(count)
    ours = [doc for doc in docs if doc["location"].startswith(f"{folder}q/")]
    sentences = [found for doc in ours for found in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", doc["text"])]
    titles = [doc for doc in ours if "keys" in doc]
    yield from ((doc, {}) for doc in docs if not doc["location"].startswith(f"{folder}q/"))
    for number in range(1, count + 1):
        like = titles[(number - 1) % len(titles)]
        own = ["".join(chance.sample(SYLLABLES, 4)) for _ in range(3)]
        names = like["words"].split() if number <= len(titles) else own
        title = re.sub(r"^\d+", str(number), like["title"])
        place = f"{folder}q/{number}/"
        yield {"location": place, "title": title, "text": ""}, search_index.found_by(number, names)
        for section in SECTIONS:
            text = " ".join(f"<p>{sentence}</p>" for sentence in [*chance.sample(sentences, 6), chance.choice(own)])
            yield {"location": f"{place}#{section}", "title": section, "text": text}, {}


def write(site: Path, folder: str, index: dict[str, Any], count: int) -> int:
    """Puts the index of a bank of `count` questions into the site; its bytes."""
    entries = list(grown(index["docs"], folder, count))
    found = {doc["location"]: names for doc, names in entries if names}
    docs = [{key: doc[key] for key in ("location", "title", "text")} for doc, _ in entries]
    text = search_index.index(docs, index["config"], found)
    (site / f"search/{folder.strip('/') or 'zh'}.js").write_text(text, encoding="utf-8")
    return len(text.encode())


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
            index, base = index_of(site, folder), 0.0
            for count in QUESTIONS:
                size = write(site, folder, index, count)
                page = chrome.new_page()
                times = timed(page, address, folder)
                page.close()
                middle, slowest = median(times.values()), max(times, key=lambda words: times[words])
                base = base or middle
                print(
                    f"search: /{folder} {count} questions ({size / 1e6:.1f} MB): a key takes {middle:.0f} ms, "
                    f"{middle / base:.1f} × that of {QUESTIONS[0]}; the slowest, {slowest}, {times[slowest]:.0f} ms"
                )
