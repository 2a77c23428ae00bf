#!/usr/bin/env python3
"""Prints what the bank costs, as ratios taken in one run, and what a reader waits for: first visit, search, paint."""

from __future__ import annotations

import gzip
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Response

from miaotui.bank.load import load
from miaotui.base.console import speak_utf8
from miaotui.base.paths import ROOT
from miaotui.offline.browser import started
from miaotui.writers.files import carry_out, plan
from miaotui.writers.topic_pages import render
from scripts.bench_judge import bench_judge
from scripts.bench_lighthouse import bench_lighthouse, served
from scripts.bench_loop import bench_loop, copied
from scripts.bench_search import bench_search
from scripts.bench_search_phone import bench_search_phone

RUNS = 3
QUESTIONS = (750, 1500, 3000)
VISITED = ("q/12/", "en/q/12/", "q/30/", "en/q/30/", "topics/quantization/", "")
PLAIN = """site_name: plain
docs_dir: {docs}
exclude_docs: intro/
site_dir: {site}
theme: {{name: material, font: false, language: zh, custom_dir: {theme}}}
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages: [{{locale: zh, name: 中文, default: true}}, {{locale: en, name: English}}]
{extensions}"""


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
        command = [sys.executable, __file__, "split", name]
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


def _plain(folder: Path) -> Path:
    """A configuration of MkDocs with the same pages and extensions and nothing of ours."""
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    extensions = ours[ours.index("markdown_extensions:") : ours.index("validation:")].replace(
        "[docs]", f"[{ROOT}/docs]"
    )
    # The home page names a template of ours.
    theme = folder / "theme"
    theme.mkdir()
    (theme / "home.html").write_text('{% extends "main.html" %}\n', encoding="utf-8")
    path = folder / "mkdocs.yml"
    path.write_text(
        PLAIN.format(docs=ROOT / "docs", site=folder / "plain", theme=theme, extensions=extensions), encoding="utf-8"
    )
    return path


def _seconds(configuration: Path, site: Path, kept: Path) -> float:
    """How long a build takes that keeps what it keeps in the folder `kept`."""
    told = {"NO_MKDOCS_2_WARNING": "1", "MIAOTUI_SITE_DIR": str(site), "MIAOTUI_CACHE_FOLDER": str(kept)}
    environment = {**os.environ, **told}
    start = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(configuration)]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return time.perf_counter() - start


def _alternating(runs: int, *what: Callable[[], float]) -> list[float]:
    """The least of each measurement, taken in turn so that a busy moment meets all alike."""
    taken = [[measure() for measure in what] for _ in range(runs)]
    return [min(column) for column in zip(*taken, strict=True)]


def first_visit(chrome: Browser, address: str) -> dict[str, int]:
    """Bytes over the wire (gzip) of each file that a page on a phone asks for before the reader does anything."""
    context = chrome.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
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


def bench_site(folder: Path) -> Path:
    """Prints what the build, the edit loop and a first visit cost; the site built."""
    configuration, ours, plain = _plain(folder), folder / "ours", folder / "plain"
    kept, cold = folder / "kept", itertools.count()
    _seconds(ROOT / "mkdocs.yml", ours, kept)
    mine, warm, theirs = _alternating(
        RUNS,
        lambda: _seconds(ROOT / "mkdocs.yml", ours, folder / f"cold{next(cold)}"),
        lambda: _seconds(ROOT / "mkdocs.yml", ours, kept),
        lambda: _seconds(configuration, plain, kept),
    )
    took = f"({mine:.1f} s, {theirs:.1f} s)"
    print(f"build, nothing kept: {mine / theirs:.2f} × plain Material + static-i18n + search {took}")
    print(f"build, all pages kept: {warm / theirs:.2f} × plain ({warm:.1f} s)")
    copy = copied(folder / "copy")
    bench_unchanged(copy, theirs)
    bench_loop(copy, theirs)
    bench_visits(ours, plain)
    return ours


def bench_unchanged(root: Path, plain: float) -> None:
    """Prints what `make site` costs in a copy of the repository, where nothing, and where one page, has changed."""
    page = root / "docs/en/q/12.md"
    _make_site(root)
    unchanged = _make_site(root)
    page.write_bytes(page.read_bytes() + b"\nOne more line.\n")
    changed = _make_site(root)
    print(f"make site: nothing changed {unchanged / plain:.2f} × plain ({unchanged:.1f} s)")
    print(f"make site: one page changed {changed / plain:.2f} × plain ({changed:.1f} s)")


def _make_site(root: Path) -> float:
    start = time.perf_counter()
    subprocess.run(["make", "--silent", "site"], cwd=root, capture_output=True, check=True)
    return time.perf_counter() - start


def main(argv: list[str]) -> int:
    if argv[:1] == ["split"]:
        _split_here(Path(argv[1]))
        return 0
    bench_split()
    with tempfile.TemporaryDirectory() as name:
        site = bench_site(Path(name))
        bench_lighthouse(site)
        bench_judge(site)
        bench_search_phone(site)
        # Last, since it leaves another index in the site.
        bench_search(site)
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main(sys.argv[1:]))
