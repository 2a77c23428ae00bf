"""What is kept from one build to the next is never stale: every kind of source is changed, and compared."""

from __future__ import annotations

import filecmp
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from miaotui.base.beside import PROCESSES
from scripts.bench_loop import copied

PAGES = {
    *("index.md", "about.md", "glossary.md", "references.md", "calc/kv-cache.md"),
    *(f"q/{number}.md" for number in (12, 13, 14, 23, 24)),
    *("topics/quantization.md", "topics/pruning.md", "problems/index.md", "problems/rope.md"),
}
"""The pages of the small bank that is built: one of each kind, and what they quote."""
NAV = """
nav:
  - index.md
  - A: [topics/quantization.md, q/12.md, q/23.md, q/24.md]
  - B: [topics/pruning.md, q/13.md, q/14.md]
  - C: [calc/kv-cache.md]
  - D: [problems/index.md, problems/rope.md]
  - glossary.md
  - references.md
  - about.md
"""
Edit = tuple[str, str, str]
"""A file, what is replaced in it (its end where that is empty), and what stands there then."""
# Each in a page of its own: an edit of a page makes it anew, and would hide that another one of it was not seen.
PAGE: list[Edit] = [
    ("docs/en/q/12.md", "", "\n{}\n"),
    ("docs/en/calc/kv-cache.md", "\ntitle: KV", "\ntitle: {} KV"),
    # Quoted by the topic's page and by question 13.
    ("docs/en/topics/pruning.md", '\n!!! received "', '\n!!! received "{} '),
    ("docs/en/intro/quantization.md", "", "\n{}\n"),
    ("docs/figures/fake-quantization.svg", "</svg>", "<text>{}</text></svg>"),
    ("examples/mixed_precision_demo.txt", "", "{}\n"),
    ("examples/pruning_speed.py", "# --8<-- [end:", "# {}\n# --8<-- [end:"),
    ("problems/rope/starter.py", "", "# {}\n"),
    ("problems/rope/tests.py", "", "# {}\n"),
    ("problems/harness.py", "", "# {}\n"),
]
TOLD: dict[str, list[Edit]] = {
    "a name that other pages show": [("docs/en/q/24.md", 'name: "Mixed', 'name: "{} mixed')],
    "an answer that the topic's page shows": [("docs/en/q/24.md", "{ #short }\n\n", "{ #short }\n\n{}.\n")],
    "what all pages have around them": [
        ("overrides/partials/footer.html", "", "<!-- {} -->\n"),
        ("overrides/assets/js/share.js", "", "/* {} */\n"),
        ("overrides/assets/css/site/type.css", "", ".md-typeset{{--mt-{}:1px;width:var(--mt-{})}}\n"),
    ],
}
"""What other pages are told of a page. One by one: what makes every page anew would hide what makes one so."""
SHARED: dict[str, list[Edit]] = {
    "the glossary": [("glossary.yml", "definition: Running a trained model", "definition: Running a {} model")],
    "formulas": [("formulas/models.yml", "name: Llama-2-7B", "name: {}")],
    "a calculator's words": [("formulas/words/en.yml", "results: Results", "results: {}")],
    "words": [("words/en.yml", "Report an error in this question", "Report {}")],
    "the judge's words": [("words/en.yml", "judge:\n", "judge:\n  {}: a\n")],
    "a calculator's template": [("overrides/partials/calculator.html", "</section>", "<!-- {} --></section>")],
    "the builder": [("miaotui/extensions/table_boxes.py", "__scrollwrap", "__scrollwrap {}")],
    "the titles of topics": [("articles/topics.yml", "en: Quantization", "en: {} quantization")],
    "the settings": [("mkdocs.yml", 'permalink: "#"', 'permalink: "{}"')],
}


def small(folder: Path) -> Path:
    """A repository of a few pages: none of them warns of the pages that it lacks."""
    root = copied(folder)
    for page in (root / "docs").glob("*/**/*.md"):
        language, _, place = page.relative_to(root / "docs").as_posix().partition("/")
        if language in ("zh", "en") and place not in PAGES and not place.startswith("intro/"):
            page.unlink()
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = settings.replace("INHERIT: nav.yml\n", "").replace("strict: true\n", "strict: false\n")
    settings = re.sub(r"^validation:\n(?:  .*\n)+", "", settings, flags=re.MULTILINE)
    quiet = "\nvalidation: {links: {not_found: ignore, anchors: ignore}}\n"
    (root / "mkdocs.yml").write_text(settings + NAV + quiet, encoding="utf-8")
    return root


def build(root: Path, *, cached: bool) -> Path:
    """The site, built in a process of its own; what is kept, it makes in two at the same time."""
    site = root.parent / ("cached" if cached else "afresh")
    told = {"MIAOTUI_SITE_DIR": str(site), "SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"}
    how = {"MIAOTUI_CACHE": "on" if cached else "off", PROCESSES: "2" if cached else "1"}
    environment = {"MIAOTUI_BUILD": "b", **os.environ, **told, **how}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return site


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def carry_out(root: Path, edits: list[Edit], words: Iterator[str]) -> list[str]:
    """Edits the files, each with a word of its own; the words."""
    used = []
    for name, old, new in edits:
        file, word = root / name, next(words)
        text = file.read_text(encoding="utf-8")
        assert old in text, (name, old)
        made = new.replace("{}", word).replace("{{", "{").replace("}}", "}")
        file.write_text(text.replace(old, made, 1) if old else text + made, encoding="utf-8")
        used.append(word)
    return used


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small repository, built once so that everything is kept."""
    made = small(_folder(tmp_path_factory))
    build(made, cached=True)
    return made


def _folder(factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("cache") / "bank"
    folder.mkdir()
    return folder


def test_no_page_is_made_twice_by_two_processes(root: Path) -> None:
    """What the second process makes of a page is found under the very digest that the build looks for."""
    pages = [page for page in files(root.parent / "cached") if page.endswith(".html")]
    for store in ("pages", "finished"):
        kept = [path.stem for path in (root / ".cache" / store).iterdir()]
        # 404.html alone is no page of ours.
        assert len(kept) == len(pages) - 1


def test_a_build_finds_what_the_last_one_has_left(root: Path) -> None:
    """No key has anything in it that differs from one process to the next."""
    kept = {path for path in (root / ".cache").rglob("*") if path.is_file()}
    build(root, cached=True)
    assert {path for path in (root / ".cache").rglob("*") if path.is_file()} == kept


@pytest.fixture(scope="module")
def words() -> Iterator[str]:
    return (f"zq{at}qz" for at in range(1000))


def _compare(root: Path, used: list[str]) -> None:
    cached, afresh = build(root, cached=True), build(root, cached=False)
    assert files(cached) == files(afresh)
    _, different, failed = filecmp.cmpfiles(cached, afresh, sorted(files(afresh)), shallow=False)
    assert (different, failed) == ([], [])
    # Each edit shows somewhere: one that does not compares nothing.
    everything = "\n".join((afresh / name).read_bytes().decode("utf-8", "replace") for name in files(afresh))
    assert [word for word in used if word not in everything] == []


def test_what_pages_are_made_of(root: Path, words: Iterator[str]) -> None:
    _compare(root, carry_out(root, PAGE, words))


@pytest.mark.parametrize("kind", TOLD)
def test_what_pages_tell_of_each_other(kind: str, root: Path, words: Iterator[str]) -> None:
    _compare(root, carry_out(root, TOLD[kind], words))


@pytest.mark.parametrize("name", ["MIAOTUI_BUILD", "SITE_URL"])
def test_what_a_build_is_told(name: str, root: Path, words: Iterator[str], monkeypatch: pytest.MonkeyPatch) -> None:
    word = next(words)
    monkeypatch.setenv(name, f"https://{word}.example/" if name == "SITE_URL" else f"1.0+{word}")
    _compare(root, [word])


@pytest.mark.full
@pytest.mark.parametrize("kind", SHARED)
def test_what_pages_share(kind: str, root: Path, words: Iterator[str]) -> None:
    _compare(root, carry_out(root, SHARED[kind], words))


@pytest.mark.full
def test_a_page_that_comes_or_goes(root: Path) -> None:
    for code in ("zh", "en"):
        (root / f"docs/{code}/q/77.md").write_text("---\ntitle: zq\n---\n[a](12.md)\n", encoding="utf-8")
    _compare(root, [])
    for code in ("zh", "en"):
        (root / f"docs/{code}/q/77.md").unlink()
    _compare(root, [])
