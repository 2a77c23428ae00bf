"""Builds that are not of everything: of one language alone, and `--dirty`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from miaotui.edge import variables
from tests.site.test_cache import files, small


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("partly") / "bank"
    return small(folder)


def build(root: Path, site: Path, *more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, variables.SITE_DIR: str(site), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", *more]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_one_language_alone(root: Path, tmp_path: Path) -> None:
    settings = root / "mkdocs.yml"
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(whole.replace("  - i18n:\n", "  - i18n:\n      build_only_locale: en\n"), encoding="utf-8")
    done = build(root, tmp_path)
    settings.write_text(whole, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    made = files(tmp_path)
    # The i18n plugin makes the only language the whole site's.
    assert {"q/12/index.html", "en/q/12.md", "llms.txt", "feed.xml", "search/en.js", "404.html"} <= made
    assert not {"en/q/12/index.html", "q/12.md", "search/zh.js"} & made


@pytest.mark.full
def test_a_dirty_build_leaves_nothing_stale(root: Path, tmp_path: Path) -> None:
    assert build(root, tmp_path).returncode == 0
    quoted = root / "examples/mixed_precision_demo.txt"
    quoted.write_text(quoted.read_text(encoding="utf-8") + "zqzq\n", encoding="utf-8")
    done = build(root, tmp_path, "--dirty")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "zqzq" in (tmp_path / "en/q/24/index.html").read_text(encoding="utf-8")
    assert "zqzq" in (tmp_path / "q/24/index.html").read_text(encoding="utf-8")
