"""The whole bank of a language as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tinycss2
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment
from markupsafe import Markup

from miaotui.base.words import words
from miaotui.offline.chapters import Chapter, chapters, page
from miaotui.offline.moved import Places, moved
from miaotui.offline.unfit import Unfit
from miaotui.site.script_bundle import SOURCE, joined

HERE = Path(__file__).resolve().parent
STYLES = tuple(f"assets/css/{name}.css" for name in ("miaotui", "list", "sheet", "topic"))
LETTERS = "assets/vendor/katex/katex.min.css"
_FONT = re.compile(r"url\(([^)]+\.woff2)\)")
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FAMILY = re.compile(r"font-family:\s*[\"']?(\w+)")
_SET = re.compile(r"(?:(?<=\.as-received > summary )|(?<=\.short )|(?=h\d#))h(?P<level>\d)(?:#(?P<anchor>[\w-]+))?")
"""The headings that the site's style names by their anchor, or as those of a block."""
_DARK = re.compile(r"""\[data-md-color-scheme=["']?slate["']?\]""")


@dataclass(frozen=True)
class Edition:
    """What is made, for its readers to see."""

    version: str
    date: str
    """Of the commit: 2026-11-24."""
    site: str
    """The published site's address, which ends in a slash; empty where it is not known."""

    def at(self, folder: str) -> str:
        """The address of a language's folder; empty where the site's is not known."""
        return self.site and self.site + folder


@dataclass
class Made:
    """A chapter as it stands in the file: its folded head, what is below it, and, where it opens a part, the others."""

    id: str
    title: str
    head: str
    html: str
    level: str
    """●●○ Core, in the contents; empty where it has none."""
    chapters: list[Made] = field(default_factory=list)


def _inlined(css: str, folder: Path, used: str) -> str:
    """The letters of formulas, those that the style uses, with the fonts in it."""

    def data(found: re.Match[str]) -> str:
        font = base64.b64encode((folder / found[1].strip("\"'")).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    faces = (face for face in _FACE.findall(css) if _FAMILY.findall(face)[0] in used)
    return "\n".join(_FONT.sub(data, face) for face in faces)


def dark(css: str) -> str:
    """The rules of the dark scheme, for readers whose system is dark: no script chooses a scheme here."""
    found: list[str] = []

    def gather(nodes: Any) -> None:
        for node in nodes:
            if node.type == "at-rule" and node.lower_at_keyword == "media" and node.content:
                gather(tinycss2.parse_rule_list(node.content))
            elif node.type == "qualified-rule":
                selector = tinycss2.serialize(node.prelude)
                if _DARK.search(selector):
                    rule = _DARK.sub("[data-md-color-scheme]", selector)
                    found.append(f"{rule.strip()}{{{tinycss2.serialize(node.content)}}}")

    gather(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    return "@media screen and (prefers-color-scheme:dark){" + "\n".join(found) + "}"


def fitted(css: str) -> str:
    """The site's style for the chapters: their anchors have the chapter's name before, their headings are a level
    deeper."""

    def deeper(found: re.Match[str]) -> str:
        headings = f":is(h{found['level']},h{int(found['level']) + 1})"
        # An anchor outweighs classes, and what takes its place has to.
        return headings + (f'[id$="-{found["anchor"]}"]:not(#_)' if found["anchor"] else "")

    return _SET.sub(deeper, css)


def style(site: Path) -> str:
    """All that the one file needs to look as the site does."""
    css = "\n".join((site / place).read_text(encoding="utf-8") for place in STYLES)
    letters = _inlined((site / LETTERS).read_text(encoding="utf-8"), (site / LETTERS).parent, css)
    return "\n".join((fitted(css), letters, dark(css), (HERE / "one-file.css").read_text(encoding="utf-8")))


def _level(article: Tag) -> str:
    """The level of a question or a problem as its head says it, without the word for it."""
    sign = article.select_one(".question__facts .question__level")
    if not sign or not sign.parent:
        return ""
    said = [text for text in sign.parent.strings if not text.find_parent(class_="visually-hidden")]
    return " ".join("".join(said).split())


def _made(article: Tag, chapter: Chapter) -> Made:
    """Takes the head of a chapter's page from its text."""
    heading = article.find(re.compile("^h[12]$"))
    if not heading:
        raise Unfit(f"{chapter.path} has no heading; a chapter of the one file needs its title")
    title = " ".join(heading.get_text().split())
    # On its page the number stands above the title, for the eye.
    for number in [*heading.select(".visually-hidden"), *article.select(".question__number")]:
        number.unwrap() if number.parent is heading else number.decompose()
    if chapter.opens:
        return Made(chapter.id, title, "", article.decode_contents(), "")
    heading.extract()
    return Made(chapter.id, title, str(heading), article.decode_contents(), _level(article))


def parts(folder: Path, address: str) -> list[Made]:
    """The chapters of a language's folder of the site, below the parts that they belong to."""
    listed = chapters(folder)
    places = Places({one.path: one.id for one in listed}, address)
    found: list[Made] = []
    for chapter in listed:
        made = _made(moved(page(folder / chapter.path), chapter, places), chapter)
        (found if chapter.opens else found[-1].chapters).append(made)
    return found


def rights(folder: Path) -> str:
    """What the foot of each page says of the licence."""
    html = (folder / "about.html").read_text(encoding="utf-8")
    found = BeautifulSoup(html, "html.parser").select_one(".md-copyright__highlight")
    return found.decode_contents().strip() if found else ""


def one_file(site: Path, folder: str, edition: Edition) -> str:
    """The HTML of a language's folder, `""` or `"en/"`, of the site as built for file://.

    Raises Unfit, which names the page.
    """
    lang = folder.strip("/") or "zh"
    address = edition.at(folder)
    said = words(lang).offline
    template = Environment(autoescape=True).from_string((HERE / "one-file.html").read_text(encoding="utf-8"))
    return template.render(
        lang="zh-CN" if lang == "zh" else lang,
        words=said,
        version=edition.version,
        date=edition.date,
        address=address,
        style=Markup(style(site)),
        script=Markup(
            joined(
                part.read_text(encoding="utf-8")
                for part in (HERE / "one-file-find.js", HERE / "one-file.js", SOURCE / "copied.js", SOURCE / "sheet.js")
            )
        ),
        parts=parts(site / folder, address),
        rights=Markup(rights(site / folder)),
    )
