"""Puts the judge into a coding problem's page, where it says `<!-- judge -->`, and the list of problems into theirs.

The page itself has the starter, as code: a page without scripts is whole. What a run needs, Python and the problem's
tests, is written as scripts into judge/, and loaded with the first run by assets/js/judge.js.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from miaotui.base.paths import PROBLEMS, ROOT
from miaotui.base.words import words
from miaotui.judging.folder import slugs
from miaotui.markup.escape import escape_text, escape_title
from miaotui.markup.front_matter import front_matter
from miaotui.site import settings

FOLDER = "judge/"
"""In the site; not in assets/, whose scripts are searched for the names of styles."""
ENGINE = ROOT / "vendor/micropython"
WORKER = "assets/js/judge-worker.js"
MARK = "<!-- judge -->"
LIST = "<!-- problems -->"
_STARTER = re.compile(rf'{MARK}\s*(<div class="[^"]*\bhighlight">.*?</div>)', re.DOTALL)
_order: list[str] = []
"""The problems in the navigation's order."""


def on_config(_config: MkDocsConfig, **_: Any) -> None:
    """Reads titles and words anew for each build: while the site is served, they may have changed."""
    topics.cache_clear()


def on_files(files: Files, **_: Any) -> None:
    """Keeps the worker's text out of the site: judge/python.js has it."""
    if file := files.get_file_from_path(WORKER):
        files.remove(file)


def on_nav(nav: Navigation, **_: Any) -> None:
    """Notes the order of the problems."""
    found = (page.file for page in nav.pages)
    _order[:] = [file.name for file in found if "/problems/" in file.src_uri and file.name != "index"]


def listing(docs: Path, code: str, extra: Mapping[str, Any], titles: dict[str, str]) -> str:
    """The problems as a list: each with its level, its minutes and its topic."""
    lines = []
    for slug in _order:
        meta = front_matter((docs / code / "problems" / f"{slug}.md").read_text(encoding="utf-8"))
        level, minutes = int(meta["level"]), extra["minutes"].format(meta["minutes"])
        dots = "●" * level + "○" * (3 - level)
        facts = f"{dots} {extra['level'][level - 1]} · {minutes} · {escape_text([titles[meta['topic']]])[0]}"
        lines.append(f"- [{escape_title(meta['title'])}]({slug}.md){{ .to-problem data-problem={slug} }} {facts}")
    return "\n".join(lines)


@cache
def topics(code: str) -> dict[str, str]:
    """The title of each topic."""
    return {topic.slug: topic.titles[code] for topic in settings.listed()[0]}


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str | None:
    """Writes the list, and the starter below the judge's mark."""
    code = page.file.src_uri.partition("/")[0]
    if LIST in markdown:
        return markdown.replace(LIST, listing(Path(config.docs_dir), code, config.extra, topics(code)))
    if slug := page.meta.get("problem"):
        if slug not in slugs():
            raise PluginError(f"{page.file.src_uri}: there is no problem '{slug}'; accepted: {', '.join(slugs())}")
        starter = f'{MARK}\n\n```python\n--8<-- "problems/{slug}/starter.py"\n```\n'
        return markdown.replace(MARK, starter)
    return None


def data_of(slug: str, code: str, url: str) -> str:
    """What assets/js/judge.js reads: the problem, where judge/ is, and its words."""
    files = get_relative_url(FOLDER, url)
    told = {"slug": slug, "files": files, "language": code, "words": dict(words(code).judge)}
    # A script ends at the first "</", or goes on after it where it has "<!--".
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def on_page_content(html: str, page: Page, **_: Any) -> str | None:
    """Makes the starter the judge's section."""
    if not (slug := page.meta.get("problem")):
        return None
    code = page.file.src_uri.partition("/")[0]
    label, data = escape(words(code).judge["editor"]), data_of(slug, code, page.url)
    section = (
        f'<section class="judge" aria-label="{label}">\n'
        r'<div class="judge__starter">\1</div>'
        '\n<script type="application/json" class="judge__data">'
    )
    return _STARTER.sub(lambda found: found.expand(section) + data + "</script>\n</section>", html)


def on_page_context(context: dict[str, Any], page: Page, nav: Navigation, **_: Any) -> None:
    """Hands a problem's topic to the templates: its title, and its page where it has one."""
    if page.meta.get("problem"):
        code, slug = page.file.src_uri.partition("/")[0], page.meta["topic"]
        found = [other for other in nav.pages if other.file.src_uri == f"{code}/topics/{slug}.md"]
        context["topic"] = {"title": topics(code)[slug], "page": found[0] if found else None}


def _script(name: str, told: object) -> str:
    return f"window.{name} = {json.dumps(told, ensure_ascii=False)}\n"


def on_post_build(config: MkDocsConfig) -> None:
    """Writes judge/: Python with its worker and the harness, and each problem's tests."""
    folder = Path(config.site_dir, FOLDER)
    folder.mkdir(exist_ok=True)
    python = {
        "engine": (ENGINE / "micropython.mjs").read_text(encoding="utf-8"),
        "wasm": base64.b64encode((ENGINE / "micropython.wasm").read_bytes()).decode(),
        "worker": (ROOT / "overrides" / WORKER).read_text(encoding="utf-8"),
        "harness": (PROBLEMS / "harness.py").read_text(encoding="utf-8"),
    }
    (folder / "python.js").write_text(_script("miaotuiPython", python), encoding="utf-8")
    for slug in slugs():
        tests = (PROBLEMS / slug / "tests.py").read_text(encoding="utf-8")
        (folder / f"{slug}.js").write_text(_script("miaotuiProblem", {slug: tests}), encoding="utf-8")
