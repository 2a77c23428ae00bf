"""What programs read: each page's Markdown beside it, llms.txt, and an Atom feed, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from miaotui.site.feed import Entry, claims, feed

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


_docs: dict[str, Doc] = {}
_sites: dict[str, tuple[str, str]] = {}
"""Name and description of the site by language: the i18n plugin leaves only the last one's in the configuration."""
_order: dict[str, list[str]] = {}
"""The sources of each language's pages, in the navigation's order."""


def included(text: str, docs: Path) -> str:
    """The text with what it quotes from other pages in place, as the built page has it."""
    places = [str(docs), str(docs.parent / "examples"), str(docs.parent)]
    options = {"base_path": places, "check_paths": True, "restrict_base_path": True}
    reader = Markdown(extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": options})
    return "\n".join(reader.preprocessors["snippet"].run(text.split("\n")))


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
    """Where a link of the page `source` leads, in full."""
    if urlsplit(target).scheme:
        return target
    path = urljoin(f"/{source}", target).removeprefix("/").removeprefix("zh/")
    return site + re.sub(r"(^|/)(?:index)?/(?=[#?]|$)", r"\1", re.sub(r"\.md(?=[#?]|$)", "/", path))


def correction(text: str, docs: Path) -> str:
    """The Markdown of the correction that a question's page quotes; empty where it has none."""
    found = _CORRECTION.search(included(text, docs) + "\n")
    return re.sub(r"^ {4}", "", found["body"], flags=re.MULTILINE).strip() if found else ""


def plain(text: str, source: str, docs: Path, site: str) -> str:
    """A page's Markdown that any reader of Markdown understands, by itself."""

    def rewritten(found: re.Match[str]) -> str:
        if found["target"]:
            return found["open"] + address(found["target"], source, site)
        return "\n\n" if found["gap"] else "" if found["attributes"] else found[0]

    whole = _MARK.sub("", included(text, docs)).strip("\n") + "\n"
    # A recorded output's fence names its class; other readers of Markdown want a language.
    whole = re.sub(r"^(`{3,}|~{3,}) ?\{ \.text \.output \}$", r"\1text", whole, flags=re.MULTILINE)
    return _REST.sub(rewritten, _unboxed(whole)).strip() + "\n"


def on_nav(nav: Navigation, files: Files, **_: Any) -> None:
    """Notes the pages of the language that is built: those of the navigation in its order, then any others."""
    for code in {page.file.src_uri.partition("/")[0] for page in nav.pages}:
        sources = [file.src_uri for file in (*(page.file for page in nav.pages), *files.documentation_pages())]
        _order[code] = [source for source in dict.fromkeys(sources) if source.startswith(f"{code}/")]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Notes a page for on_post_build."""
    source = page.file.src_uri
    if source.count("/") == 1 and source.endswith("index.md"):
        return  # the home page is made of the others
    site = (config.site_url or "").rstrip("/") + "/"
    docs = Path(config.docs_dir)
    text, corrected = plain(markdown, source, docs, site), correction(markdown, docs)
    number = int(page.meta.get("number", 0))
    title = str(page.meta.get("title") or page.title)
    if not text.startswith("# "):
        text = f"# {title}\n\n{text}"
    place = source.removeprefix("zh/")
    _sites[source.partition("/")[0]] = (config.site_name, config.site_description or "")
    _docs[source] = Doc(
        file=place,
        url=address(Path(source).name, source, site),
        title=title,
        note=str(page.meta.get("description", "")),
        number=number,
        reviewed=str(page.meta.get("reviewed", "")),
        topic=str(page.parent.title) if page.parent else "",
        text=text,
        correction=plain(corrected, source, docs, site) if number and corrected else "",
        correction_title=config.extra.get("correction_of", "{}").format(title),
    )


def llms(name: str, summary: str, site: str, docs: Iterable[Doc]) -> str:
    """The list of pages for language models, as llmstxt.org has it: a section for each topic."""
    sections: dict[str, list[str]] = {}
    for doc in docs:
        note = f": {doc.note}" if doc.note else ""
        sections.setdefault(doc.topic or name, []).append(f"- [{doc.title}]({site}{doc.file}){note}")
    body = "\n".join("\n".join([f"## {topic}", "", *links, ""]) for topic, links in sections.items())
    return f"# {name}\n\n> {summary}\n\n{body}"


def entries(docs: Iterable[Doc]) -> Iterable[Entry]:
    """What the feed tells: each question, and below it its correction."""
    for doc in docs:
        yield Entry(doc.url, doc.title, doc.reviewed, doc.topic)
        if doc.correction:
            url = f"{doc.url}#correction"
            yield Entry(url, doc.correction_title, doc.reviewed, claims(doc.correction), doc.correction)


@event_priority(-200)  # after the i18n plugin, which builds the other language at -100
def on_post_build(config: MkDocsConfig) -> None:
    """Writes the Markdown, the lists and the feeds."""
    root, site = Path(config.site_dir), (config.site_url or "").rstrip("/") + "/"
    for language in config.plugins["i18n"].config.languages:
        code, folder = language.locale, "" if language.default else f"{language.locale}/"
        # By the last build's pages: while the site is served, _docs keeps pages that are gone.
        mine = [_docs[source] for source in _order[code] if source in _docs]
        for doc in mine:
            (root / doc.file).parent.mkdir(parents=True, exist_ok=True)
            (root / doc.file).write_text(doc.text, encoding="utf-8")
        name, summary = _sites[code]
        (root / folder / "llms.txt").write_text(llms(name, summary, site, mine), encoding="utf-8")
        questions = sorted((doc for doc in mine if doc.number), key=lambda doc: doc.number)
        told = feed(name, code, f"{site}{folder}feed.xml", site + folder, entries(questions))
        (root / folder / "feed.xml").write_bytes(told)
