"""nav.yml, which mkdocs.yml inherits: the site's pages in reading order, of topics.yml and the folders of docs/.

Titles stand in Chinese, the first language; words/ and topics.yml have the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from miaotui.bank.load import Bank
from miaotui.base.languages import LANGUAGES
from miaotui.base.words import Words
from miaotui.markup.front_matter import front_matter

MARK = (
    "# Generated: by scripts/split.py from articles/topics.yml and the pages in docs/; edit those and run make split\n"
)
FIRST = ("practice", "interview", "asked")
"""Pages that stand before the topics, where they exist."""
LAST = ("glossary", "corrections", "references", "assumptions", "articles", "about")
"""Pages and folders that stand last, in this order; a page that is in no list stands before them."""
_LINK = re.compile(r"\]\((?P<slug>[a-z0-9][a-z0-9-]*)\.md[)?#]")

Item = dict[str, Any] | str


def _meta(page: Path) -> dict[str, Any]:
    return front_matter(page.read_text(encoding="utf-8"))


def _slugs(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.md") if path.stem != "index")


def linked_order(folder: Path) -> list[str]:
    """The pages of a folder in the order in which its index links them first; the others after them, by name."""
    index = folder / "index.md"
    links = _LINK.findall(index.read_text(encoding="utf-8")) if index.exists() else []
    slugs = _slugs(folder)
    return [slug for slug in dict.fromkeys([*links, *slugs]) if slug in slugs]


def problem_order(folder: Path, topics: Sequence[str]) -> list[str]:
    """The coding problems by topic in reading order, then by level and minutes."""

    def place(slug: str) -> tuple[int, int, int, str]:
        meta = _meta(folder / f"{slug}.md")
        topic = meta.get("topic")
        at = topics.index(topic) if topic in topics else len(topics)
        level, minutes = (value if isinstance(value := meta.get(key), int) else 0 for key in ("level", "minutes"))
        return at, level, minutes, slug

    return sorted(_slugs(folder), key=place)


def _section(title: str, folder: Path, slugs: Sequence[str]) -> Iterator[Item]:
    """A folder's index and its pages, where it has an index."""
    if (folder / "index.md").exists():
        yield {title: [f"{folder.name}/index.md", *(f"{folder.name}/{slug}.md" for slug in slugs)]}


def _topics(bank: Bank, code: str) -> Iterator[Item]:
    for topic in bank.topics:
        if topic.questions:
            pages = [f"topics/{topic.slug}.md", *(f"q/{number}.md" for number in topic.questions)]
            yield {topic.titles[code]: pages}


def _pages(docs: Path, names: Sequence[str]) -> Iterator[Item]:
    for name in names:
        if (docs / f"{name}.md").exists():
            yield f"{name}.md"
        elif (docs / name).is_dir():
            yield from (f"{name}/{path.name}" for path in sorted((docs / name).glob("*.md")))


def items(bank: Bank, docs: Path, articles: Sequence[str], words: Words) -> list[Item]:
    """The navigation of the first language; `articles` are the pages of the source articles, made or to be made."""
    code = LANGUAGES[0].code
    root, titles = docs / code, words.navigation
    listed = {*FIRST, *LAST, "index"}
    others = [path.stem for path in sorted(root.glob("*.md")) if path.stem not in listed]
    slugs = [topic.slug for topic in bank.topics]
    last = [*others, *(name for name in LAST if name != "articles")]
    found = list(_pages(root, last))
    about = ["about.md"] if "about.md" in found else []
    return [
        {titles.home: "index.md"},
        *_pages(root, FIRST),
        *_topics(bank, code),
        *_section(titles.calculators, root / "calc", linked_order(root / "calc")),
        *_section(titles.problems, root / "problems", problem_order(root / "problems", slugs)),
        *_section(titles.listings, root / "listings", linked_order(root / "listings")),
        *_section(titles.lab, root / "lab", linked_order(root / "lab")),
        *(page for page in found if page not in about),
        *articles,
        *about,
    ]


def navigation(listed: Sequence[Item]) -> str:
    """The file's text."""
    body = yaml.safe_dump({"nav": list(listed)}, allow_unicode=True, sort_keys=False, width=10**6)
    return MARK + body
