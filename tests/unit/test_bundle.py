"""bundle.py: our scripts in one file, each whole, the site without the parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.site import script_bundle as bundle


def test_a_part_never_takes_the_next_one_for_its_argument() -> None:
    assert bundle.joined(["a = {}\n", "(() => {})()\n"]) == "a = {};\n(() => {})();\n"


def test_the_site_has_the_parts_once(online: Path) -> None:
    folder = online / bundle.FOLDER
    assert not [part for part in bundle.PARTS if (folder / f"{part}.js").exists()]
    text = (folder / "miaotui.js").read_text(encoding="utf-8")
    for part in bundle.PARTS:
        assert text.count(bundle.joined([(bundle.SOURCE / f"{part}.js").read_text(encoding="utf-8")])) == 1


def test_comments_and_indentation_are_for_writers() -> None:
    part = '// Why.\n(() => {\n  // How.\n  const address = "https://x.org" // here\n\n  go(address)\n})()\n'
    assert bundle.joined([part]) == '(() => {\nconst address = "https://x.org" // here\ngo(address)\n})();\n'


@pytest.mark.parametrize("part", bundle.PARTS)
def test_no_text_of_a_script_runs_over_two_lines(part: str) -> None:
    lines = (bundle.SOURCE / f"{part}.js").read_text(encoding="utf-8").split("\n")
    assert [line for line in lines if line.count("`") % 2] == []
