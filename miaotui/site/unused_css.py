"""Sends what is needed: one stylesheet with the rules that some page can use, and HTML without blank lines.

Material's style has rules for features that we do not have. A rule goes where it needs a class, or a colour scheme,
that stands in no page and in no script; a variable, where nothing reads it. Both are found again for each build, so
that a page may use what it likes of Material.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import tinycss2

from miaotui.base.problem import Problem, RefusedError
from miaotui.base.store import Store, digest
from miaotui.site import late_style, used_names
from miaotui.site.script_bundle import sent
from miaotui.site.used_names import ATTRIBUTE, Used, used

STYLE = "assets/css/miaotui.css"
"""The one stylesheet."""
FOLDER = "assets/css/site"
OURS = tuple(
    f"{FOLDER}/{part}.css"
    for part in (
        *("palette", "type", "frame", "drawer", "question", "answer", "blocks"),
        *("controls", "folds", "figures", "terms", "paper"),
    )
)
"""Our own style, in the order in which it has its words, the last one last."""
KATEX = "assets/vendor/katex/katex.min.css"
"""That of formulas: its rules go into ours, the fonts that it names are asked for once the page is painted."""
_KEPT = re.compile(r"(<(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)>)", re.DOTALL)
_PLAIN = re.compile(r'<span(?: class="[nw]")?>([^<]*)</span>')
"""Names and room in code, which are of its own colour."""
_EVERY_SCHEME = re.compile(
    r'\[data-md-color-scheme="default"\],\s*\[data-md-color-scheme="slate"\] \{([^}]*)\}', re.DOTALL
)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
STYLES = Store("styles")
_NESTING = ("media", "supports")
_NEVER = re.compile(
    r"columnheader|#(gh-dark|gh-light|only)-|(?<!not\()\[(align|data-preview)|[ou]l\[type"
    r"|(\.admonition|details)\.(note|success|question|failure)|\.(note|success|question|failure)>"
)
"""Of Material's selectors, those of features that we do not have, whose names are everyday words of scripts."""
_FRAMES = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}\n?")
Nodes = Iterable[Any]


def _lives(selector: list[Any], has: Used) -> bool:
    """Whether an element may be what the selector names; what is in brackets of :not() and :is() is left alone."""
    if _NEVER.search(_text(selector)):
        return False
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "ident" and before == "." and not has.has(token.value):
            return False
        if token.type == "ident" and before not in (".", ":") and token.value in has.absent:
            return False
        found = token.type == "[] block" and ATTRIBUTE.fullmatch(tinycss2.serialize(token.content))
        if found and f'{found["name"]}="{found["value"]}"' not in has.attributes:
            return False
    return True


def _selectors(prelude: Nodes) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _text(tokens: Nodes) -> str:
    """The tokens as short as they can be written without a change of meaning."""
    return "".join(
        " " if token.type == "whitespace" else token.serialize() for token in tokens if token.type != "comment"
    ).strip()


def _declarations(content: Nodes, read: frozenset[str] | None) -> str:
    """The body of a rule, without variables that are not in `read`."""
    kept = []
    for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if one.type == "error":
            told = f"{one.message}; accepted: a declaration"
            raise RefusedError([Problem(STYLE, one.source_line, told)])
        if one.type != "declaration":
            kept.append(one.serialize())
        elif read is None or not one.name.startswith("--") or one.name in read:
            kept.append(f"{one.name}:{_text(one.value)}{'!important' if one.important else ''}")
    return ";".join(kept)


def _rules(rules: Nodes, has: Used, read: frozenset[str] | None) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [_text(selector) for selector in _selectors(rule.prelude) if _lives(selector, has)]
            if selectors and (body := _declarations(rule.content, read)):
                yield f"{','.join(selectors)}{{{body}}}"
        elif rule.type == "at-rule":
            head = f"@{rule.at_keyword} {_text(rule.prelude)}"
            nested = rule.at_keyword in _NESTING
            inner = tinycss2.parse_rule_list(rule.content or [], skip_comments=True, skip_whitespace=True)
            body = "".join(_rules(inner, has, read)) if nested else _text(rule.content or [])
            if body:
                yield f"{head}{{{body}}}"
            elif rule.content is None:
                yield f"{head};"


def _moving(css: str) -> str:
    """The style without the frames of movements that no rule asks for."""
    asked = set(re.findall(r"[\w-]+", " ".join(re.findall(r"animation(?:-name)?:([^;}]*)", css))))
    return _FRAMES.sub(lambda found: found[0] if found[1] in asked else "", css)


def lean(css: str, has: Used) -> str:
    """The style without the rules that no element can match, and without the variables that nothing reads."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    read, text = None, ""
    while True:
        text = "".join(_rules(rules, has, read))
        now = has.variables | set(re.findall(r"var\(\s*(--[\w-]+)", text))
        # A variable may have been read by one that has gone now.
        if now == read:
            return _moving(text) + "\n"
        read = frozenset(now)


def _kept_text(text: str, tag: str) -> str:
    """What keeps its lines: a script without what is for those who write, code without marks that have no colour."""
    if tag == "script":
        return sent(text)
    return _PLAIN.sub(r"\1", text) if tag == "pre" else text


def squeezed(html: str) -> str:
    """The HTML without indents and blank lines, but where they show or run."""
    pieces = _KEPT.split(html)
    # The pattern has two groups: what is kept, and its tag.
    kept = map(_kept_text, pieces[1::3], pieces[2::3])
    loose = (re.sub(r"\s*\n\s*", "\n", piece) for piece in pieces[::3])
    return "".join(piece for pair in zip_longest(loose, kept, fillvalue="") for piece in pair)


def faces(style: str) -> tuple[str, str]:
    """The fonts that a style names, each to take the place of the system's when it comes, and the style without."""
    found = _FACE.findall(style)
    return "\n".join(face.replace("font-display:block", "font-display:swap") for face in found), _FACE.sub("", style)


def found(folders: Iterable[str], pattern: str) -> Path:
    """The file of the theme, ours before Material's."""
    return next(path for folder in folders for path in sorted(Path(folder).glob(pattern)))


def theirs(folders: Sequence[str]) -> list[Path]:
    """Material's own style sheets, which ours take in."""
    return [found(folders, f"assets/stylesheets/{name}.*.min.css") for name in ("main", "palette")]


def _outdone(theirs: str, palette: str) -> str:
    """Material's style without the colours that our palette sets whatever the scheme: nothing reads them."""
    names = {name for block in _EVERY_SCHEME.findall(palette) for name in re.findall(r"--md-[\w-]+(?=:)", block)}
    return re.sub(r"(?<=[{;])(--md-[\w-]+):[^;{}]*;?", lambda found: "" if found[1] in names else found[0], theirs)


def whole(folders: Sequence[str]) -> tuple[str, str]:
    """Every rule of Material's, of formulas and of ours, and the fonts of formulas."""
    fonts, formulas = faces(found(folders, KATEX).read_text(encoding="utf-8"))
    ours = [found(folders, part).read_text(encoding="utf-8") for part in OURS]
    material = [_outdone(path.read_text(encoding="utf-8"), ours[0]) for path in theirs(folders)]
    # Ours is the last: it has the last word.
    return "\n".join([*material, formulas, *ours]), f"{fonts}\n"


def files(folders: Sequence[str], pages: Iterable[str], scripts: Iterable[str]) -> dict[str, str]:
    """The one style sheet with what the pages and the scripts can use, and that of the fonts, by their places."""
    rules, fonts = whole(folders)
    now, late = _kept(rules, used(pages, scripts))
    return {STYLE: now, late_style.STYLE: late, KATEX: fonts}


def _kept(css: str, has: Used) -> tuple[str, str]:
    """The lean style in its two parts from the store, made where it is not there."""
    names = (has.classes, has.beginnings, has.attributes, has.variables, has.absent)
    code = digest(*(Path(made).read_bytes() for made in (__file__, late_style.__file__, used_names.__file__)))
    key = digest(code, css, *(" ".join(sorted(each)) for each in names))
    kept = STYLES.made(key, lambda: list(late_style.parted(lean(css, has))))
    return kept[0], kept[1]
