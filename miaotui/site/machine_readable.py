"""What programs read: each page's Markdown beside it, llms.txt, and an Atom feed, in each language."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from miaotui.base.store import Store, digest, digest_of_files
from miaotui.site.feed import Entry, claims, feed
from miaotui.site.quotations import included

FEEDS = Store("feeds")
_MARK = re.compile(r"^<!-- --8<-- \[(?:start|end):[\w-]+\] -->\n?", re.MULTILINE)
# Code and formulas come first of the alternatives: nothing in them is rewritten.
_BLOCK = re.compile(
    r"^(?P<marks>`{3,}|~{3,})[^\n]*\n.*?^(?P=marks)[`~]*[ ]*$"
    r'|^(?:!!!|\?\?\?\+?) [\w -]+(?:"(?P<title>[^"\n]*)")?\n(?P<body>(?:(?: {4}[^\n]*)?\n)+)',
    re.MULTILINE | re.DOTALL,
)
_CORRECTION = re.compile(r'^!!! correction "[^"\n]*"\n(?P<body>(?:(?: {4}[^\n]*)?\n)+)', re.MULTILINE)
_REST = re.compile(
    r"^[ >]*(?P<marks>`{3,}|~{3,})[^\n]*\n.*?^[ >]*(?P=marks)[`~]*[ ]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|\$\$.+?\$\$|(?<!\\)\$(?!\s)(?:\\.|(?!\n\n)[^\\$])+?(?<!\s)\$"
    r"|(?P<attributes> ?(?<!\\)\{:? ?[#.][^}\n]*\})"
    r"|(?P<open>\]\(|^\[[^\]\n]+\]: +)(?P<target>[^\s)]+)"
    r"|(?P<gap>\n{3,})",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Doc:
    """A page as programs get it."""

    file: str
    """Its Markdown's place in the site."""
    url: str
    title: str
    note: str
    number: int
    """0 where it is no question."""
    reviewed: str
    topic: str
    text: str
    correction: str
    """Its correction's Markdown, every link in full; empty where nothing is corrected."""
    correction_title: str


@dataclass(frozen=True)
class Described:
    """What is told of a page beside its text."""

    source: str
    title: str
    note: str
    number: int
    """0 where it is no question."""
    reviewed: str
    topic: str
    correction_title: str


@dataclass(frozen=True)
class Language:
    """The site in one language."""

    code: str
    folder: str
    """Where it stands in the site: nothing, or en/."""
    name: str
    summary: str


def _unboxed(text: str) -> str:
    """The text with its boxes, and the boxes in them, as quotations under a bold title."""

    def quoted(found: re.Match[str]) -> str:
        if found["marks"]:
            return found[0]
        body = _unboxed(re.sub(r"^ {4}", "", found["body"], flags=re.MULTILINE)).strip("\n")
        lines = "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
        return f"**{found['title']}**\n\n{lines}\n\n" if found["title"] else f"{lines}\n\n"

    return _BLOCK.sub(quoted, text)


def address(target: str, source: str, site: str) -> str:
    """Where a link of the page `source` leads, in full; of a site without an address, to the file beside the page's."""
    if urlsplit(target).scheme:
        return target
    path = urljoin(f"/{source}", target).removeprefix("/").removeprefix("zh/")
    if not site:
        return posixpath.relpath(path, posixpath.dirname(source.removeprefix("zh/")) or ".")
    return site + re.sub(r"(^|/)(?:index)?/(?=[#?]|$)", r"\1", re.sub(r"\.md(?=[#?]|$)", "/", path))


def correction(text: str, docs: Path) -> str:
    """The Markdown of the correction that a question's page quotes; empty where it has none."""
    return _correction(included(text, docs))


def _correction(expanded: str) -> str:
    found = _CORRECTION.search(f"{expanded}\n")
    return re.sub(r"^ {4}", "", found["body"], flags=re.MULTILINE).strip() if found else ""


def plain(text: str, source: str, docs: Path, site: str) -> str:
    """A page's Markdown that any reader of Markdown understands, by itself."""
    return _plain(included(text, docs), source, site)


def _plain(expanded: str, source: str, site: str) -> str:
    def rewritten(found: re.Match[str]) -> str:
        if found["target"]:
            return found["open"] + address(found["target"], source, site)
        return "\n\n" if found["gap"] else "" if found["attributes"] else found[0]

    whole = _MARK.sub("", expanded).strip("\n") + "\n"
    # A recorded output's fence names its class; other readers of Markdown want a language.
    whole = re.sub(r"^(`{3,}|~{3,}) ?\{ \.text \.output \}$", r"\1text", whole, flags=re.MULTILINE)
    return _REST.sub(rewritten, _unboxed(whole)).strip() + "\n"


def doc(page: Described, expanded: str, site: str) -> Doc:
    """A page as programs get it, from its Markdown with what it quotes in place."""
    text, corrected = _plain(expanded, page.source, site), _correction(expanded)
    if not text.startswith("# "):
        text = f"# {page.title}\n\n{text}"
    return Doc(
        file=page.source.removeprefix("zh/"),
        url=address(page.source.rpartition("/")[2], page.source, site),
        title=page.title,
        note=page.note,
        number=page.number,
        reviewed=page.reviewed,
        topic=page.topic,
        text=text,
        correction=_plain(corrected, page.source, site) if page.number and corrected else "",
        correction_title=page.correction_title,
    )


def in_order(listed: Iterable[str], others: Iterable[str]) -> list[str]:
    """The sources of a language's pages: those of the navigation in its order, then any others."""
    return list(dict.fromkeys((*listed, *others)))


def llms(language: Language, site: str, docs: Iterable[Doc]) -> str:
    """The list of pages for language models, as llmstxt.org has it: a section for each topic."""
    name, summary = language.name, language.summary

    def place(doc: Doc) -> str:
        return doc.file if site else doc.file.removeprefix(language.folder)

    sections: dict[str, list[str]] = {}
    for doc in docs:
        note = f": {doc.note}" if doc.note else ""
        sections.setdefault(doc.topic or name, []).append(f"- [{doc.title}]({site}{place(doc)}){note}")
    body = "\n".join("\n".join([f"## {topic}", "", *links, ""]) for topic, links in sections.items())
    return f"# {name}\n\n> {summary}\n\n{body}"


def entries(docs: Iterable[Doc]) -> Iterable[Entry]:
    """What the feed tells: each question, and below it its correction."""
    for doc in docs:
        yield Entry(doc.url, doc.title, doc.reviewed, doc.topic)
        if doc.correction:
            url = f"{doc.url}#correction"
            yield Entry(url, doc.correction_title, doc.reviewed, claims(doc.correction), doc.correction)


def files(language: Language, site: str, docs: Iterable[Doc]) -> Iterator[tuple[str, bytes]]:
    """Place and bytes of each page's Markdown, of the list, and of the feed of one language; `docs` in their order.

    A feed's entries are known by their addresses: without an address there is none.
    """
    mine = list(docs)
    for each in mine:
        yield each.file, each.text.encode()
    yield f"{language.folder}llms.txt", llms(language, site, mine).encode()
    if not site:
        return
    questions = sorted((each for each in mine if each.number), key=lambda each: each.number)
    yield f"{language.folder}feed.xml", _feed(language, site + language.folder, questions).encode()


@cache
def _code() -> str:
    """The version of what writes a feed."""
    ours = digest_of_files(Path(__file__).parents[1], "extensions/*.py", "markup/*.py", "site/feed.py", "site/machine*")
    return digest(ours, version("markdown"), version("pymdown-extensions"))


def _feed(language: Language, home: str, questions: list[Doc]) -> str:
    """The feed from the store, or written: it has the corrections as HTML."""
    said = ((doc.url, doc.title, doc.reviewed, doc.topic, doc.correction, doc.correction_title) for doc in questions)
    key = digest(_code(), repr(language), home, *(part for each in said for part in each))
    told = (language.name, language.code, f"{home}feed.xml", home)
    return FEEDS.made(key, lambda: feed(*told, entries(questions)).decode())
