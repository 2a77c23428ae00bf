"""The bill of materials has everything that others wrote, and the licences stand whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from miaotui.site import bill

ROOT = Path(__file__).resolve().parents[2]
TOLD = json.loads(bill.bill(bill.materials(), "v1"))


@pytest.mark.parametrize("path", bill.LISTS, ids=lambda path: path.parent.name)
def test_every_vendored_file_is_on_the_bill(path: Path) -> None:
    sums = {part["name"]: part["hashes"][0]["content"] for part in TOLD["components"] if "hashes" in part}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        assert sums[entry["file"]] == entry["sha256"]


def test_it_is_cyclonedx() -> None:
    assert (TOLD["bomFormat"], TOLD["specVersion"], TOLD["version"]) == ("CycloneDX", "1.6", 1)
    refs = [part["bom-ref"] for part in TOLD["components"]]
    assert len(refs) == len(set(refs))
    assert {part["type"] for part in TOLD["components"]} == {"file", "library"}
    assert TOLD["components"][0]["purl"].startswith("pkg:pypi/mkdocs-material@")
    purls = {part["purl"] for part in TOLD["components"]}
    assert {"pkg:npm/%40fontsource/noto-sans-sc@5.3.0", "pkg:github/byvoid/opencc@1.4.1"} <= purls


def test_every_licence_stands_once_and_whole() -> None:
    text = bill.licences(bill.materials())
    for file in (*(ROOT / "vendor").rglob("LICENSE"), ROOT / "LICENSE", ROOT / "LICENSE-CONTENT"):
        assert text.count(file.read_text(encoding="utf-8").strip()) == 1, file
    for part in TOLD["components"]:
        assert f"{part['name']} {part['version']} (" in text


@pytest.mark.parametrize("fault", [("source", "a friend"), ("licence", "MIT")])
def test_an_entry_without_package_or_licence_is_refused(fault: tuple[str, str], tmp_path: Path) -> None:
    entry = {"file": "a.js", "what": "A", "version": "1", "source": "npm package a", "licence": "MIT (a/LICENSE)"}
    (tmp_path / "vendored.yml").write_text(yaml.safe_dump([entry | dict([fault])]), encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.js says no package, or no licence"):
        list(bill._listed(tmp_path / "vendored.yml"))
