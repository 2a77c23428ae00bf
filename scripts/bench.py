#!/usr/bin/env python3
"""Prints what the bank costs, as ratios taken in one run, and what a reader waits for: first visit, search, paint."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from playwright.sync_api import Browser, Response

from miaotui.bank.load import load
from miaotui.base.console import speak_utf8
from miaotui.offline.browser import started
from miaotui.writers.files import carry_out, plan
from miaotui.writers.topic_pages import render
from scripts.bench_build import RUNS, Built, bench_builds, bench_unchanged, built
from scripts.bench_judge import bench_judge
from scripts.bench_lighthouse import bench_lighthouse, served
from scripts.bench_loop import bench_loop, copied
from scripts.bench_search import bench_search
from scripts.bench_search_phone import bench_search_phone

QUESTIONS = (750, 1500, 3000)
_HERE = "split-here"
"""By which the bench asks itself for a split, in a process of its own."""
VISITED = ("q/12/", "en/q/12/", "q/30/", "en/q/30/", "topics/quantization/", "")


def _article(questions: int, code: str) -> str:
    heading, asked, answer, text = {
        "zh": ("题目 {}：怎样让推理更快？", "**题目描述：**", "**答案解析：**", "解码受显存带宽限制。" * 20),
        "en": (
            "Question {}: How is it made faster?",
            "**Question:**",
            "**Answer:**",
            "Decoding waits for memory. " * 12,
        ),
    }[code]
    body = f"{asked} {text}\n\n{answer}\n\n- {text}\n- {text}\n\n```python\nx = 1\n```\n\n{text}\n"
    return "\n".join(f"## {heading.format(number)}\n\n{body}" for number in range(1, questions + 1))


def _bank(folder: Path, questions: int) -> None:
    home = folder / "articles" / "many"
    home.mkdir(parents=True)
    for code in ("zh", "en"):
        (home / f"{code}.md").write_text(_article(questions, code), encoding="utf-8")
    topics = [
        f"  - {{slug: t{start}, zh: 题, en: T, questions: {list(range(start, min(start + 50, questions + 1)))}}}\n"
        for start in range(1, questions + 1, 50)
    ]
    (folder / "articles" / "topics.yml").write_text("".join(["topics:\n", *topics]), encoding="utf-8")


def _split_once(questions: int) -> tuple[float, float]:
    """Seconds and MB (1e6 bytes) of one split, in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        _bank(Path(name), questions)
        command = [sys.executable, __file__, _HERE, name]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout.split()
    return float(told[0]), float(told[1])


def _split_here(folder: Path) -> None:
    start = time.perf_counter()
    pages = render(load(folder / "articles"))
    carry_out(plan(folder / "docs", {folder / "docs" / name: text for name, text in pages.items()}))
    seconds = time.perf_counter() - start
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)


def bench_split() -> None:
    found = {count: min(_split_once(count) for _ in range(RUNS)) for count in QUESTIONS}
    for (fewer, (short, _)), (more, (long, memory)) in zip(found.items(), list(found.items())[1:], strict=False):
        growth = (long / short) / (more / fewer)
        print(
            f"split: {more} questions × 2 languages in {long:.2f} s and {memory:.0f} MB; "
            f"per question {growth:.2f} × that of {fewer}"
        )


def first_visit(chrome: Browser, address: str) -> dict[str, int]:
    """Bytes over the wire (gzip) of each file that a page on a phone asks for before the reader does anything."""
    # Playwright waits by what the page's policy refuses.
    context = chrome.new_context(viewport={"width": 412, "height": 823}, bypass_csp=True)
    page = context.new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="load")
    # Ours asks for its scripts once it is painted, which on a busy machine may be after all else is quiet.
    page.wait_for_function("!document.querySelector('#miaotui-scripts') || document.querySelector('html.settled')")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    found = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in answers}
    context.close()
    return found


def bench_visits(ours: Path, plain: Path) -> None:
    """Prints what a first visit to a page costs, and how that compares with plain Material."""
    with started() as chrome, served(ours) as here, served(plain) as there:
        for page in VISITED:
            files, usual = first_visit(chrome, here + page), first_visit(chrome, there + page)
            size = sum(files.values())
            times = size / sum(usual.values())
            print(f"first visit: /{page} {size / 1000:.1f} kB gzip in {len(files)} files, {times:.2f} × plain")


def _parts(folder: Path) -> dict[str, Callable[[], None]]:
    """The parts of the bench by their names, in their order; those that look at a built site build it first."""

    @cache
    def sites() -> Built:
        return built(folder)

    @cache
    def copy() -> Path:
        return copied(folder / "copy")

    return {
        "split": bench_split,
        "builds": lambda: bench_builds(folder, sites()),
        "unchanged": lambda: bench_unchanged(copy(), sites().plain.wall),
        "loop": lambda: bench_loop(copy(), sites().plain.wall),
        "visits": lambda: bench_visits(sites().ours, sites().plain_site),
        "lighthouse": lambda: bench_lighthouse(sites().ours),
        "judge": lambda: bench_judge(sites().ours),
        "phone": lambda: bench_search_phone(sites().ours),
        # Last, since it leaves another index in the site.
        "search": lambda: bench_search(sites().ours),
    }


def main(argv: list[str]) -> int:
    if argv[:1] == [_HERE]:
        _split_here(Path(argv[1]))
        return 0
    with tempfile.TemporaryDirectory() as name:
        parts = _parts(Path(name))
        if unknown := [part for part in argv if part not in parts]:
            print(f"bench: no part is called {unknown[0]}; accepted: {', '.join(parts)}", file=sys.stderr)
            return 2
        for part in argv or parts:
            parts[part]()
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main(sys.argv[1:]))
