"""The figures, docs/figures/*.svg, and the pages that show them: what is wrong with either.

A figure exists once and both languages show it, so it must be legible by itself and inside a page, light and dark:
its colours are the palette's, its words are in both languages, and it fetches and runs nothing.
miaotui/site/figures.py puts it into the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from miaotui.base.languages import LANGUAGES
from miaotui.base.problem import Problem
from miaotui.base.texts import is_generated, read, shown
from miaotui.drawing.palette import COLOURS, LANGUAGE, SVG, style
from miaotui.markup.page import Image, parsed

WIDEST = 480
PHONE = 328
"""The width of the text on a phone of 360 pixels; a figure is scaled down to it."""
SMALLEST = 11
"""Pixels: the smallest type there."""

ELEMENTS = "circle, defs, ellipse, g, line, marker, path, polygon, polyline, rect, style, svg, switch, text, tspan"
_ATTRIBUTE = re.compile(
    r"""viewBox|width|height|d?[xy]|[xy][12]|c[xy]|r[xy]?|d|points|transform|id|systemLanguage
    |(?:fill|stroke)(?:-opacity)?|stroke-(?:width|dasharray|linecap|linejoin)|font-(?:size|weight)|text-anchor
    |dominant-baseline|marker-(?:start|end)|marker(?:Width|Height|Units)|ref[XY]|orient""",
    re.VERBOSE,
)
_PAINTS = ("none", "currentColor", *(f"var(--mt-{name})" for name in COLOURS))
_HAN = re.compile(r"[\u3400-\u9fff]")
# Numbers, units and names such as H100 or TTFT are the same in both languages; words are not.
_WORDS = re.compile(r"[\u3400-\u9fff]|[a-z]{3}")
_URL = re.compile(r"url\((?P<target>[^)]*)\)")


@dataclass
class Node:
    """An element of a figure."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    text: str = ""
    """Its text, that of its children included."""

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()


def parse(text: str) -> Node:
    """The figure as a tree. Raises ExpatError where it is no well-formed XML, or would bring entities of its own."""
    parser = expat.ParserCreate(namespace_separator=" ")
    open_ = [Node("", {}, 1)]

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag.removeprefix(f"{SVG} "), attributes, parser.CurrentLineNumber)
        open_[-1].children.append(node)
        open_.append(node)

    def end(_tag: str) -> None:
        node = open_.pop()
        open_[-1].text += node.text

    def said(data: str) -> None:
        open_[-1].text += data

    def doctype(*_: object) -> None:
        error = expat.ExpatError("a DOCTYPE")
        error.lineno = parser.CurrentLineNumber
        raise error

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = said, doctype
    parser.Parse(text, True)
    return open_[0].children[0]


def _size_faults(root: Node) -> Iterator[str]:
    width, height = root.attributes.get("width", ""), root.attributes.get("height", "")
    box = root.attributes.get("viewBox")
    sized = re.fullmatch(r"[1-9]\d*", width) and re.fullmatch(r"[1-9]\d*", height)
    if root.tag != "svg" or box != f"0 0 {width} {height}" or not sized or int(width) > WIDEST:
        found = f"the root <{root.tag}> has viewBox {box!r}, width {width!r} and height {height!r}"
        yield f'{found}; accepted: <svg viewBox="0 0 W H" width="W" height="H">, W at most {WIDEST}'
    elif "font-size" not in root.attributes:
        yield f"the root has no font-size; accepted: {-(-SMALLEST * int(width) // PHONE)} or more"


def _attribute_faults(node: Node, smallest: float, ids: set[str]) -> Iterator[str]:
    for key, value in node.attributes.items():
        if not _ATTRIBUTE.fullmatch(key):
            yield f"the attribute '{key}' of <{node.tag}>; accepted: those that place, paint or name a shape"
        elif key in ("fill", "stroke") and value not in _PAINTS:
            yield f"the colour '{value}'; accepted: {', '.join(_PAINTS)}"
        elif key == "font-size" and not (re.fullmatch(r"[\d.]+", value) and float(value) >= smallest):
            found = f"type of size '{value}' has less than {SMALLEST} pixels on a phone"
            yield f"{found}; accepted: {smallest:g} or more in a figure of this width"
        for used in _URL.finditer(value):
            if used["target"].removeprefix("#") not in ids or not used["target"].startswith("#"):
                yield f"the reference '{used[0]}'; accepted: url(#…) of an id in the file"


def _label_faults(node: Node, inside: bool) -> Iterator[tuple[int, str]]:
    """Labels that one language lacks; `inside` a <switch> each language has its own."""
    words = " ".join(node.text.split())
    if node.tag == "switch":
        spoken = [child.attributes.get("systemLanguage") for child in node.children]
        if spoken != [LANGUAGE, None]:
            found = f"the <switch> '{words}' has children of systemLanguage {spoken}"
            yield node.line, f'{found}; accepted: two, the first with systemLanguage="{LANGUAGE}", the second English'
        elif not all(child.text.strip() for child in node.children):
            yield node.line, f"the label '{words}' is in one language only; accepted: one in each"
        elif _HAN.search(node.children[1].text):
            yield node.line, f"the English label '{node.children[1].text.strip()}' has Chinese; accepted: English"
        inside = True
    elif node.tag == "text" and not inside and _WORDS.search(words):
        found = f"the label '{words}' is in one language only"
        yield node.line, f"{found}; accepted: <switch> with one in each, or numbers, units and names in capitals"
    for child in node.children:
        if "systemLanguage" in child.attributes and node.tag != "switch":
            yield child.line, f"systemLanguage on a <{child.tag}> outside <switch>; accepted: on a child of <switch>"
        yield from _label_faults(child, inside)


def figure_problems(path: str, text: str, palette: str) -> Iterator[Problem]:
    """What is wrong with one figure."""
    try:
        root = parse(text)
    except expat.ExpatError as error:
        yield Problem(path, error.lineno, f"is no well-formed XML ({error}); accepted: an SVG")
        return
    yield from (Problem(path, root.line, fault) for fault in _size_faults(root))
    nodes = list(root.walk())
    named = [node.attributes["id"] for node in nodes if "id" in node.attributes]
    width = root.attributes.get("width", "")
    smallest = -(-SMALLEST * int(width) // PHONE) if width.isdecimal() else 0
    if sum(node.tag == "style" for node in nodes) != 1:
        yield Problem(path, root.line, f"has not one <style>; accepted: <style>{palette}</style>")
    for node in nodes:
        if node.tag not in ELEMENTS.split(", "):
            yield Problem(path, node.line, f"the element <{node.tag}>; accepted: {ELEMENTS}")
            continue
        if node.tag == "style" and node.text != palette:
            yield Problem(path, node.line, f"the <style> is not the site's palette; accepted: <style>{palette}</style>")
        if named.count(node.attributes.get("id", "")) > 1:
            yield Problem(path, node.line, f"the id '{node.attributes['id']}' twice; accepted: each once")
        yield from (Problem(path, node.line, fault) for fault in _attribute_faults(node, smallest, set(named)))
    yield from (Problem(path, line, fault) for line, fault in _label_faults(root, False))


def _image_faults(image: Image, code: str, files: list[str]) -> Iterator[str]:
    name = image.file or "an image"
    if not image.alt:
        yield f"{name} has no text alternative; accepted: ![what it shows, its numbers included](…)"
    elif image.file and bool(_HAN.search(image.alt)) != (code == "zh"):
        yield f"the text alternative of {name} is not in the page's language; accepted: '{code}'"
    if image.file and image.file not in files:
        yield f"{name} is not in docs/figures; accepted: {', '.join(files)}"
    if image.file and not image.alone:
        yield f"{name} shares its line; accepted: a figure on a line of its own"


def page_problems(docs: Path, files: list[str]) -> Iterator[Problem]:
    """Images without a text alternative, figures that are not there, and figures that one language lacks."""
    listed: dict[str, dict[str, list[str]]] = {}
    for language in LANGUAGES:
        for path in sorted((docs / language.code).rglob("*.md")):
            text, faults = read(path, "a page")
            yield from faults
            if text is None or is_generated(text):
                continue
            found = parsed(text).images
            name = path.relative_to(docs / language.code).as_posix()
            listed.setdefault(name, {})[language.code] = [image.file for image in found if image.file]
            for image in found:
                for fault in _image_faults(image, language.code, files):
                    yield Problem(shown(path), image.line, fault)
    for name, shows in listed.items():
        (first, mine), *others = shows.items()
        for code, theirs in others:
            if theirs != mine:
                fault = f"shows the figures {theirs}; accepted: {mine}, as {shown(docs / first / name)} does"
                yield Problem(shown(docs / code / name), 1, fault)


def problems(docs: Path, css: Path) -> Iterator[Problem]:
    """What is wrong with the figures, and with the pages that show them."""
    files = sorted((docs / "figures").glob("*"))
    palette = style(css.read_text(encoding="utf-8")) if files else ""
    for path in files:
        if path.suffix != ".svg":
            yield Problem(shown(path), 1, "is no SVG; accepted: NAME.svg")
            continue
        text, faults = read(path, "a figure")
        yield from faults
        if text is not None:
            yield from figure_problems(shown(path), text, palette)
    yield from page_problems(docs, [path.name for path in files])
