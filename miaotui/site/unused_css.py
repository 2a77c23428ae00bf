"""Sends what is needed: one stylesheet with the rules that some page can use, and HTML without blank lines.

Material's style has rules for features that we do not have. A rule goes where it needs a class, or a colour scheme,
that stands in no page and in no script; a variable, where nothing reads it. Both are found again for each build, so
that a page may use what it likes of Material.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

STYLE = "assets/css/miaotui.css"
"""The one stylesheet."""
FOLDER = "assets/css/site"
OURS = tuple(
    f"{FOLDER}/{part}.css"
    for part in (
        *("palette", "type", "frame", "question", "answer", "blocks"),
        *("home", "controls", "folds", "figures", "terms", "paper"),
    )
)
"""Our own style, in the order in which it has its words, the last one last."""
KATEX = "assets/vendor/katex/katex.min.css"
"""That of formulas: its rules go into ours, the fonts that it names are asked for once the page is painted."""
_KEPT = re.compile(r"(<(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'(?P<name>dir|data-md-color-[\w-]+)=["\']?(?P<value>[^"\']*)["\']?')
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_NESTING = ("media", "supports")
_OFF = re.compile(
    r"(--)?(md-(annotation|code__|code-select|mermaid|source|status|tag|tooltip|version)|tabbed|footnote|mermaid|keys)"
)
"""Classes and variables of Material's features that no page of ours asks for, though its bundle names them."""
Nodes = Iterable[Any]


@dataclass(frozen=True)
class Used:
    """What the pages and scripts have of what a style can name."""

    classes: frozenset[str]
    beginnings: tuple[str, ...]
    """Of classes that a script puts together."""
    attributes: frozenset[str]
    """Of the kind that _ATTRIBUTE knows: dir="ltr"."""
    variables: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether an element may have the class."""
        return name in self.classes or name.startswith(self.beginnings)


def used(pages: Iterable[str], scripts: Iterable[str]) -> Used:
    """What the HTML of the pages and the scripts' text have."""
    pages, script = list(pages), "\n".join(scripts)
    # A minified script has variables of one letter, as the colours of code have classes.
    words = {word for word in re.findall(r"[\w-]+", script) if len(word) > 2 and not _OFF.match(word)} | {"js"}
    classes = {name for page in pages for found in re.findall(r'class="([^"]*)"', page) for name in found.split()}
    return Used(
        frozenset(classes | words),
        tuple(sorted(word for word in words if re.fullmatch(r"[a-z][\w-]{3,}-", word))),
        frozenset(f'{found["name"]}="{found["value"]}"' for page in pages for found in _ATTRIBUTE.finditer(page)),
        frozenset(name for text in (*pages, script) for name in re.findall(r"--[\w-]+", text) if not _OFF.match(name)),
    )


def _lives(selector: list[Any], has: Used) -> bool:
    """Whether an element may be what the selector names; what is in brackets of :not() and :is() is left alone."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "ident" and before is not None and before == "." and not has.has(token.value):
            return False
        found = token.type == "[] block" and _ATTRIBUTE.fullmatch(tinycss2.serialize(token.content))
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
            raise PluginError(f"{STYLE}: {one.message} where a declaration is accepted")
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


@cache
def lean(css: str, has: Used) -> str:
    """The style without the rules that no element can match, and without the variables that nothing reads."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    read, text = None, ""
    while True:
        text = "".join(_rules(rules, has, read))
        now = has.variables | set(re.findall(r"var\(\s*(--[\w-]+)", text))
        # A variable may have been read by one that has gone now.
        if now == read:
            return text + "\n"
        read = frozenset(now)


def squeezed(html: str) -> str:
    """The HTML without indents and blank lines, but where they show or run."""
    pieces = _KEPT.split(html)
    # The pattern has two groups: what is kept, and its tag.
    return "".join(
        pieces[at] if at % 3 == 1 else re.sub(r"\s*\n\s*", "\n", pieces[at]) for at in range(len(pieces)) if at % 3 != 2
    )


def on_files(files: Files, **_: Any) -> None:
    """Keeps the parts of our style out of the site."""
    for part in OURS:
        if file := files.get_file_from_path(part):
            files.remove(file)


def on_env(env: Environment, **_: Any) -> None:
    """Lets the templates write data as it is read: a Chinese letter in three bytes, not in six."""
    env.policies["json.dumps_function"] = lambda data, **options: json.dumps(data, ensure_ascii=False, **options)


def on_post_page(output: str, **_: Any) -> str:
    """Squeezes a page."""
    return squeezed(output)


def faces(style: str) -> tuple[str, str]:
    """The fonts that a style names, each to take the place of the system's when it comes, and the style without."""
    found = _FACE.findall(style)
    return "\n".join(face.replace("font-display:block", "font-display:swap") for face in found), _FACE.sub("", style)


def _found(config: MkDocsConfig, pattern: str) -> Path:
    """The file of the theme, ours before Material's."""
    return next(path for folder in config.theme.dirs for path in sorted(Path(folder).glob(pattern)))


@event_priority(-300)  # after every page is written; the i18n plugin runs this once a language
def on_post_build(config: MkDocsConfig) -> None:
    """Writes the one stylesheet, and removes from the site those that it has taken in."""
    site = Path(config.site_dir)
    theirs = [_found(config, f"assets/stylesheets/{name}.*.min.css") for name in ("main", "palette")]
    scripts = [path for path in sorted((site / "assets").rglob("*.js")) if "lunr" not in path.parts]
    has = used(
        (path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))),
        (path.read_text(encoding="utf-8") for path in scripts),
    )
    fonts, formulas = faces(_found(config, KATEX).read_text(encoding="utf-8"))
    # Ours is the last: it has the last word.
    parts = [*(path.read_text(encoding="utf-8") for path in theirs), formulas]
    parts += [_found(config, part).read_text(encoding="utf-8") for part in OURS]
    (site / STYLE).write_text(lean("\n".join(parts), has), encoding="utf-8")
    (site / KATEX).write_text(f"{fonts}\n", encoding="utf-8")
    for path in theirs:
        for name in (path.name, f"{path.name}.map"):
            (site / "assets/stylesheets" / name).unlink(missing_ok=True)
