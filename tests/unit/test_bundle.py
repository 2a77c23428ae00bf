"""bundle.py: our scripts in one file, each whole, the site without the parts."""

from __future__ import annotations

import re
from pathlib import Path

from miaotui.site import script_bundle as bundle


def test_a_part_never_takes_the_next_one_for_its_argument() -> None:
    assert bundle.joined(["a = {}\n", "(() => {})()\n"]) == "a = {};\n(() => {})();\n"


def test_readers_get_the_scripts_without_their_types() -> None:
    typed = """// Why.
/** @param {string} name */
const a = name => /** @type {string} */ (name) /* kept */
  /**
   * @param {number} one
   * @returns {Record<string, number>}
   */
  b(/** @type {{ x: 1 }} */ one, .../** @type {number[]} */ (rest)) { return "/** no type */" }
"""
    bare = """// Why.
const a = name => (name) /* kept */
  b(one, ...(rest)) { return "/** no type */" }
"""
    assert bundle.untyped(typed) == bare
    assert not re.search(r"/\*\*|@(param|type|returns)", bundle.bundle())


def test_the_site_has_the_parts_once(online: Path) -> None:
    folder = online / bundle.FOLDER
    assert not [part for part in bundle.PARTS if (folder / f"{part}.js").exists()]
    text = (folder / "miaotui.js").read_text(encoding="utf-8")
    for part in bundle.PARTS:
        whole = (bundle.SOURCE / f"{part}.js").read_text(encoding="utf-8").rstrip()
        assert text.count(bundle.untyped(whole)) == 1
