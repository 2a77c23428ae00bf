"""bundle.py: our scripts in one file, each whole, the site without the parts."""

from __future__ import annotations

from pathlib import Path

from miaotui.site import script_bundle as bundle


def test_a_part_never_takes_the_next_one_for_its_argument() -> None:
    assert bundle.joined(["a = {}\n", "(() => {})()\n"]) == "a = {};\n(() => {})();\n"


def test_the_site_has_the_parts_once(online: Path) -> None:
    folder = online / bundle.FOLDER
    assert not [part for part in bundle.PARTS if (folder / f"{part}.js").exists()]
    text = (folder / "miaotui.js").read_text(encoding="utf-8")
    for part in bundle.PARTS:
        assert text.count((bundle.SOURCE / f"{part}.js").read_text(encoding="utf-8").rstrip()) == 1
