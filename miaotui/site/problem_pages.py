"""Puts the judge into a coding problem's page, where it says `<!-- judge -->`, and the list of problems into theirs.

The page itself has the starter, as code: a page without scripts is whole. What a run needs, Python and the problem's
tests, is written as scripts into judge/, and loaded with the first run by assets/js/judge.js.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import escape

from miaotui.bank.topics import parse
from miaotui.base.paths import ARTICLES, PROBLEMS, THEME, VENDOR
from miaotui.base.problem import Problem, RefusedError
from miaotui.judging.folder import slugs
from miaotui.markup.escape import escape_text, escape_title
from miaotui.markup.front_matter import front_matter

FOLDER = "judge/"
"""In the site; not in assets/, whose scripts are searched for the names of styles."""
ENGINE = VENDOR / "micropython"
WORKER = "assets/js/judge-worker.js"
NOTICE = "LICENSE.txt"
_NOTICED = f"// MicroPython, under the licence in {NOTICE} beside this file.\n"
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
    """A problem's Markdown with what counts as equal above the judge's mark, and its starter below.

    Raises RefusedError where there is no such problem.
    """
    if slug not in slugs():
        told = f"there is no problem '{slug}'; accepted: {', '.join(slugs())}"
        raise RefusedError([Problem(f"docs/{source}", 1, told)])
    starter = f'```python\n--8<-- "problems/{slug}/starter.py"\n```'
    return markdown.replace(MARK, f"{words['types']}\n\n{MARK}\n\n{starter}\n")


def data_of(slug: str, code: str, files: str, words: Mapping[str, Any]) -> str:
    """What assets/js/judge.js reads: the problem, the address of judge/, and its words."""
    told = {"slug": slug, "files": files, "language": code, "words": dict(words)}
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


def _script(name: str, told: object) -> str:
    return f"window.{name} = {json.dumps(told, ensure_ascii=False)}\n"


def _notice() -> str:
    """MicroPython's licence, which goes where it goes."""
    return (ENGINE / "LICENSE").read_text(encoding="utf-8")


def _python() -> str:
    """Python with its worker and the harness."""
    return _NOTICED + _script(
        "miaotuiPython",
        {
            "engine": (ENGINE / "micropython.mjs").read_text(encoding="utf-8"),
            "wasm": base64.b64encode((ENGINE / "micropython.wasm").read_bytes()).decode(),
            "worker": (THEME / WORKER).read_text(encoding="utf-8"),
            "harness": (PROBLEMS / "harness.py").read_text(encoding="utf-8"),
        },
    )


def _tests(slug: str) -> str:
    return _script("miaotuiProblem", {slug: (PROBLEMS / slug / "tests.py").read_text(encoding="utf-8")})


def files() -> dict[str, Callable[[], str]]:
    """The places in judge/, each with what writes it: Python, and each problem's tests."""
    ours = {f"{FOLDER}python.js": _python, f"{FOLDER}{NOTICE}": _notice}
    return ours | {f"{FOLDER}{slug}.js": partial(_tests, slug) for slug in slugs()}
