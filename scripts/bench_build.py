"""What a build costs, as ratios to plain Material on the same pages, taken in turn in one run."""

from __future__ import annotations

import itertools
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from miaotui.base.paths import ROOT, THEME

RUNS = 3
PLAIN = """site_name: plain
docs_dir: {docs}
exclude_docs: intro/
site_dir: {site}
theme: {{name: material, font: false, language: zh, custom_dir: {theme}}}
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages: [{{locale: zh, name: 中文, default: true}}, {{locale: en, name: English}}]
{extensions}"""


@dataclass(frozen=True)
class Cost:
    """What was waited for, and what processors did meanwhile, in all processes; in seconds."""

    wall: float
    processor: float

    def told(self, other: Cost) -> str:
        """Both as ratios to another one's, and by themselves."""
        return (
            f"{self.wall / other.wall:.2f} × ({self.wall:.1f} s), "
            f"{self.processor / other.processor:.2f} × in processor seconds ({self.processor:.1f} s)"
        )


@dataclass(frozen=True)
class Built:
    """Our site and a plain one, each built once, and what the plain one cost."""

    ours: Path
    plain_site: Path
    configuration: Path
    """Of the plain one."""
    plain: Cost


def plain_configuration(folder: Path) -> Path:
    """A configuration of MkDocs with the same pages and extensions and nothing of ours."""
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    extensions = ours[ours.index("markdown_extensions:") : ours.index("validation:")].replace(
        "[docs]", f"[{ROOT}/docs]"
    )
    # Pages name templates of ours.
    theme = folder / "theme"
    theme.mkdir()
    for template in THEME.glob("*.html"):
        if template.name != "main.html":
            (theme / template.name).write_text('{% extends "main.html" %}\n', encoding="utf-8")
    path = folder / "mkdocs.yml"
    path.write_text(
        PLAIN.format(docs=ROOT / "docs", site=folder / "plain", theme=theme, extensions=extensions), encoding="utf-8"
    )
    return path


def cost(configuration: Path, site: Path, kept: Path) -> Cost:
    """What a build costs that keeps what it keeps in the folder `kept`.

    Raises CalledProcessError where it fails.
    """
    told = {"NO_MKDOCS_2_WARNING": "1", "MIAOTUI_SITE_DIR": str(site), "MIAOTUI_CACHE_FOLDER": str(kept)}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(configuration)]
    before, start = _processor(), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, check=True)
    return Cost(time.perf_counter() - start, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def alternating(runs: int, *what: Callable[[], Cost]) -> list[Cost]:
    """The least of each cost, taken in turn so that a busy moment meets all alike."""
    taken = [[measure() for measure in what] for _ in range(runs)]
    columns = [*zip(*taken, strict=True)]
    return [Cost(min(one.wall for one in each), min(one.processor for one in each)) for each in columns]


def built(folder: Path) -> Built:
    """Both sites, for what looks at them."""
    ours, plain, configuration = folder / "ours", folder / "plain", plain_configuration(folder)
    cost(ROOT / "mkdocs.yml", ours, folder / "kept")
    return Built(ours, plain, configuration, cost(configuration, plain, folder / "kept"))


def bench_builds(folder: Path, sites: Built) -> None:
    """Prints what a build costs that finds nothing kept, and one that finds all pages kept."""
    cold = itertools.count()
    mine, warm, theirs = alternating(
        RUNS,
        lambda: cost(ROOT / "mkdocs.yml", sites.ours, folder / f"cold{next(cold)}"),
        lambda: cost(ROOT / "mkdocs.yml", sites.ours, folder / "kept"),
        lambda: cost(sites.configuration, sites.plain_site, folder / "kept"),
    )
    print(f"build, nothing kept: {mine.told(theirs)} of plain Material + static-i18n + search", flush=True)
    print(f"build, all pages kept: {warm.told(theirs)}", flush=True)


def bench_unchanged(root: Path, plain: float) -> None:
    """Prints what `make site` costs in a copy of the repository, where nothing, and where one page, has changed."""
    page = root / "docs/en/q/12.md"
    _make_site(root)
    unchanged = _make_site(root)
    page.write_bytes(page.read_bytes() + b"\nOne more line.\n")
    changed = _make_site(root)
    print(f"make site: nothing changed {unchanged / plain:.2f} × plain ({unchanged:.1f} s)")
    print(f"make site: one page changed {changed / plain:.2f} × plain ({changed:.1f} s)")


def _make_site(root: Path) -> float:
    start = time.perf_counter()
    subprocess.run(["make", "--silent", "site"], cwd=root, capture_output=True, check=True)
    return time.perf_counter() - start
