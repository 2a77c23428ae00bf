"""Builds the site with MkDocs, and checks every link of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from miaotui.base.paths import ROOT
from miaotui.base.problem import RefusedError
from miaotui.base.store import prune
from miaotui.edge import variables, whole
from miaotui.edge.commit import commit, fault
from miaotui.site.links import check_site

_PROGRESS = "INFO "
"""How lines begin that are no warning: MkDocs' own progress."""


def commit_time() -> int:
    """Seconds of the commit that is built, so that one commit gives one set of bytes; 0 where it is not known."""
    return commit().seconds


def commit_day() -> str:
    """The commit's day in UTC: 2026-11-24."""
    return datetime.fromtimestamp(commit_time(), UTC).date().isoformat()


def site_url() -> str:
    """The published site's address, as mkdocs.yml has it, with a slash at its end; empty where it is not known.

    Raises RefusedError where the environment says one that is none.
    """
    # Here, for a build that finds nothing to do has no need of MkDocs.
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    variables.settle(os.environ)
    config = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return f"{config['site_url'].rstrip('/')}/" if config["site_url"] else ""


def version() -> str:
    """The nearest tag, or the commit's short name; `dev` where it is not known."""
    return commit().version


def _environment(folder: Path, downloads: Path | None, *, for_file: bool) -> dict[str, str]:
    """What MkDocs is told beside mkdocs.yml.

    Raises RefusedError where an address is none.
    """
    variables.settle(os.environ)
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        # What it says is read here, in whichever letters the reader's terminal has.
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": str(commit_time()),
        variables.BUILD: version(),
        variables.DOWNLOADS: str(downloads.absolute()) if downloads else "",
        variables.SITE_DIR: str(folder.absolute()),
        variables.DIRECTORY_URLS: "false" if for_file else "true",
    }


def _faults(root: Path, environment: dict[str, str]) -> list[str]:
    """What MkDocs, run on `root`, says that is no progress; nothing where the site is built."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(root / "mkdocs.yml")]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    # Not --quiet: MkDocs would then count no warning, and --strict let all of them pass.
    told = [line for line in done.stderr.splitlines() if not line.startswith(_PROGRESS)]
    # Of a traceback its last line: a full disk says which file.
    crashed = any(line.startswith("Traceback") for line in told)
    return told[-1:] if crashed else told or ["MkDocs failed"] * (done.returncode != 0)


def build(folder: Path, *, for_file: bool, root: Path = ROOT, downloads: Path | None = None) -> int:
    """Builds the site of `root` into `folder`; 0 where MkDocs did, and every link in it resolves.

    With `downloads`, the folder of an edition, the site offers its files. A folder that holds that very site already
    stays as it is.
    """
    try:
        environment = _environment(folder, downloads, for_file=for_file)
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 1
    if unknown := fault(commit()):
        print(f"build: {unknown}", file=sys.stderr)
    made_of = whole.key(root, environment)
    said = whole.built(folder, made_of)
    if said is None:
        faults = _faults(root, environment)
        if faults:
            print(*faults, sep="\n", file=sys.stderr)
            return 1
        found = check_site(folder, for_file=for_file, site_url=environment.get("SITE_URL", ""))
        if found.problems:
            print(*found.problems, f"{len(found.problems)} problems", sep="\n", file=sys.stderr)
            return 1
        said = f"{found.pages} pages, {found.links} links, all resolve"
        whole.note(folder, made_of, said)
        prune(time.time())
    print(f"{folder}: {said}")
    return 0
