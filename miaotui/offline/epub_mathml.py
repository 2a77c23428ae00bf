"""KaTeX's MathML as ziamath draws it: what it does not know is said in what it knows.

KaTeX reads a formula for the site; that its own MathML is drawn, and not the TeX a second time by another reader, keeps
the book's formulas those of the site.
"""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_SPACE = "{http://www.w3.org/1998/Math/MathML}"
_UNSEEN = re.compile("[\u2061-\u2064]")
_BARS = {"∣": "|", "∥": "‖"}
"""Bars that KaTeX writes as relations; around a value they have no space at their sides."""
_ACCENTS = {"^": "ˆ", "~": "˜"}
_DOT, _WIDE = "⋅", "2em"
_LIMITS = ("munder", "mover", "munderover")
_SIGNS, _CLOSING = frozenset("−+±"), frozenset(")]}|‖⌉⌋⟩∣∥′")


def tex(math: str) -> str:
    """The TeX that a formula was written in, on one line."""
    found = re.search(r"<annotation[^>]*>(.*?)</annotation>", math, re.DOTALL)
    return " ".join((ElementTree.fromstring(f"<a>{found[1]}</a>").text or "").split()) if found else ""


def _bare(math: str) -> Element:
    """The formula's MathML with plain names of elements."""
    root = ElementTree.fromstring(math)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SPACE)
    return root


def pieces(math: str) -> list[str]:
    """A formula on lines of its own in the pieces between wide spaces, which a narrow page sets below each other."""
    root = _bare(math)
    row, said = root.find("semantics/mrow"), tex(math)
    if root.get("display") != "block" or row is None:
        return [math]
    parts: list[list[Element]] = [[]]
    for child in row:
        if child.tag == "mspace" and child.get("width") == _WIDE:
            parts.append([])
        else:
            parts[-1].append(child)
    texts = [part.strip() for part in said.split(r"\qquad")]
    return [math] if len(texts) != len(parts) else [_piece(*one) for one in zip(parts, texts, strict=True)]


def _piece(part: list[Element], said: str) -> str:
    root = Element("math", display="block")
    semantics = ElementTree.SubElement(root, "semantics")
    ElementTree.SubElement(semantics, "mrow").extend(part)
    ElementTree.SubElement(semantics, "annotation").text = said
    return ElementTree.tostring(root, encoding="unicode")


def _signs(element: Element) -> None:
    """Puts a sign of a formula as ziamath knows it."""
    text = (element.text or "").strip()
    bare = element.get("mathvariant") == "normal" or element.get("stretchy") == "false"
    if text in _BARS and bare:
        element.tag, element.text = "mo", _BARS[text]
        element.attrib = {"stretchy": "false", "lspace": "0em", "rspace": "0em"}
    elif text == _DOT:
        element.attrib |= {"lspace": "mediummathspace", "rspace": "mediummathspace"}
    elif element.tag == "mo" and text in _ACCENTS:
        element.text = _ACCENTS[text]
    if len(element):
        # An operator over which something stands is one of KaTeX's own kind: an operator around a row.
        element.tag, element.text = "mrow", None


def _hyphens(element: Element) -> None:
    """Makes hyphens signs: of one in a text ziamath makes a bar."""
    if element.tag == "mtext":
        element.text = (element.text or "").replace("-", "\u2010")


def _seen(element: Element) -> list[Element]:
    """What of an element's children is drawn."""
    children: list[Element] = []
    for child in element:
        if child.tag == "semantics":
            children += child[:1]
        elif child.tag != "annotation" and not (child.tag == "mo" and _UNSEEN.fullmatch(child.text or "")):
            children.append(child)
    return children


def _unary(row: Element) -> None:
    """A sign behind an operator is the number's own: no space parts it from what follows."""
    for before, child in itertools.pairwise(row):
        text = (before.text or "").strip()
        if child.tag == "mo" and child.text in _SIGNS and before.tag == "mo" and text not in _CLOSING:
            child.attrib |= {"lspace": "0em", "rspace": "0em"}


def _spaced(row: Element) -> None:
    """Parts a name with something below it, as in `B max n`, from what it stands beside: ziamath forgets its spaces."""
    found: list[Element] = []
    for child in row:
        name = _UNSEEN.sub("", "".join(child[0].itertext())) if child.tag in _LIMITS and len(child) else ""
        if len(name) > 1 and name.isalpha():
            gap = Element("mspace", width="0.167em")
            found += [gap, child, gap] if found and found[-1].tag != "mo" else [child, gap]
        else:
            found.append(child)
    row[:] = found


def drawable(math: str) -> Element:
    """The formula's MathML as ziamath takes it, without the TeX beside it."""
    root = _bare(math)
    for element in list(root.iter()):
        element[:] = _seen(element)
        _hyphens(element)
        _unary(element)
        if element.tag == "mrow":
            _spaced(element)
        if element.tag in ("mi", "mo"):
            _signs(element)
    root.attrib.setdefault("display", "inline")
    return root


def signs(root: Element) -> int:
    """How many signs a formula has that leave ink."""
    return sum(len(re.sub(r"\s", "", element.text or "")) for element in root.iter())
