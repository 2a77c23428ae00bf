"""Puts the judge into a coding problem's page, where it says `<!-- judge -->`, and the list of problems into theirs.

The page itself has the starter, as code: a page without scripts is whole. What a run needs, Python and the problem's
tests, is written as scripts into judge/, and loaded with the first run by assets/js/judge/page.js.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape

from miaotui.bank.topics import parse
from miaotui.base.paths import ARTICLES, PROBLEMS
from miaotui.base.problem import Problem, RefusedError
from miaotui.judging.folder import slugs
from miaotui.judging.inside import IMPORTS
from miaotui.markup.escape import escape_text, escape_title
from miaotui.markup.front_matter import front_matter
from miaotui.site import page_python

FOLDER = "judge/"
"""In the site; not in assets/, whose scripts are searched for the names of styles."""
MARK = "<!-- judge -->"
LIST = "<!-- problems -->"
_STARTER = re.compile(rf'{MARK}\s*(<div class="[^"]*\bhighlight">.*?</div>)', re.DOTALL)


def listing(metas: Iterable[tuple[str, Mapping[str, Any]]], extra: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """The problems, each by its slug and its page's metadata, as a list: with level, minutes and topic."""
    lines = []
    for slug, meta in metas:
        level, minutes = int(meta["level"]), extra["minutes"].format(meta["minutes"])
        dots = "●" * level + "○" * (3 - level)
        facts = f"{dots} {extra['level'][level - 1]} · {minutes} · {escape_text([titles[meta['topic']]])[0]}"
        lines.append(f"- [{escape_title(meta['title'])}]({slug}.md){{ .to-problem data-problem={slug} }} {facts}")
    return "\n".join(lines)


def metas(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Slug and metadata of each problem's page in a language's folder."""
    for slug in names:
        yield slug, front_matter((folder / f"{slug}.md").read_text(encoding="utf-8"))


def topics(code: str, folder: Path = ARTICLES) -> dict[str, str]:
    """The title of each topic in a language."""
    listed, _ = parse((folder / "topics.yml").read_text(encoding="utf-8"), "articles/topics.yml")
    return {topic.slug: topic.titles[code] for topic in listed}


def with_starter(markdown: str, slug: str, source: str, words: Mapping[str, Any]) -> str:
    """A problem's Markdown with what counts as equal and what runs it above the judge's mark, and its starter below.

    Raises RefusedError where there is no such problem.
    """
    if slug not in slugs():
        told = f"there is no problem '{slug}'; accepted: {', '.join(slugs())}"
        raise RefusedError([Problem(f"docs/{source}", 1, told)])
    starter = f'```python\n--8<-- "problems/{slug}/starter.py"\n```'
    return markdown.replace(MARK, f"{words['types']}\n\n{_python(words)}\n\n{MARK}\n\n{starter}\n")


def _python(words: Mapping[str, Any]) -> str:
    """Which Python runs an answer, and below it what it may import: a fold, which the search leaves out."""
    said = words["python"].format(
        python=page_python.PYTHON, pyodide=page_python.VERSION, megabytes=page_python.megabytes()
    )
    names = " ".join(f"<code>{name}</code>" for name in IMPORTS if not name.startswith("_"))
    begin = '<details class="judge-python" data-search-exclude>'
    return f"{begin}<summary>{escape(said)}</summary><p>{escape(words['imports'])} {names}</p></details>"


def data_of(slug: str, code: str, files: str, words: Mapping[str, Any]) -> str:
    """What assets/js/judge/page.js reads: the problem, the address of judge/, and its words."""
    told = {
        "slug": slug,
        "files": files,
        "megabytes": page_python.megabytes(),
        "language": code,
        "words": dict(words),
    }
    # A script ends at the first "</", or goes on after it where it has "<!--".
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def with_judge(html: str, label: str, data: str) -> str:
    """A problem's HTML with the starter in the judge's section."""
    section = (
        f'<section class="judge" aria-label="{escape(label)}">\n'
        r'<div class="judge__starter">\1</div>'
        '\n<script type="application/json" class="judge__data">'
    )
    return _STARTER.sub(lambda found: found.expand(section) + data + "</script>\n</section>", html)


def _tests(slug: str) -> str:
    told = {slug: (PROBLEMS / slug / "tests.py").read_text(encoding="utf-8")}
    return f"window.miaotuiProblem = {json.dumps(told, ensure_ascii=False)}\n"


def files() -> dict[str, Callable[[], str]]:
    """The places in judge/, each with what writes it: Python, and each problem's tests."""
    python = {f"{FOLDER}{name}": write for name, write in page_python.files().items()}
    return python | {f"{FOLDER}{slug}.js": partial(_tests, slug) for slug in slugs()}
