"""The bill of materials: what the site is made of that others wrote, with versions and checksums; and its licences.

It is CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/), which programs read that look for known faults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import yaml

from miaotui.base.paths import ROOT, THEME, VENDOR

BILL, LICENCES = "bill-of-materials.json", "licences.txt"
LISTS = (VENDOR / "vendored.yml", THEME / "assets/vendor/vendored.yml")
"""What stands in the repository, or is made of what stands there."""
THEIRS = "mkdocs-material"
"""The package whose scripts and styles the site has."""
_SOURCE = re.compile(r"(?P<kind>npm package|GitHub) (?P<name>@?[\w./-]*[\w-])")
_LICENCE = re.compile(r"(?P<name>[^(]+?) \((?P<file>[^)]+)\)")
_OURS = (("LICENSE", "Miaotui: code"), ("LICENSE-CONTENT", "Miaotui: content"))


@dataclass(frozen=True)
class Material:
    """A file, or a package, that others wrote."""

    name: str
    version: str
    what: str
    licence: str
    text: Path
    """The licence's file."""
    purl: str
    sha256: str = ""
    """Empty for a package, which the requirements hold to theirs."""

    def told(self) -> dict[str, Any]:
        """As a component of the bill."""
        component: dict[str, Any] = {
            "type": "file" if self.sha256 else "library",
            "bom-ref": f"{self.purl}#{self.name}" if self.sha256 else self.purl,
            "name": self.name,
            "version": self.version,
            "description": self.what,
            "licenses": [{"license": {"name": self.licence}}],
            "purl": self.purl,
        }
        return component | ({"hashes": [{"alg": "SHA-256", "content": self.sha256}]} if self.sha256 else {})


def _listed(path: Path) -> Iterator[Material]:
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        source, licence = _SOURCE.match(entry["source"]), _LICENCE.match(entry["licence"])
        if not source or not licence:
            raise ValueError(f"{path}: {entry['file']} says no package, or no licence with its file in brackets")
        # A purl of GitHub is written in small letters.
        package = f"npm/{source['name']}" if source["kind"] != "GitHub" else f"github/{source['name'].lower()}"
        yield Material(
            entry["file"],
            str(entry["version"]),
            entry["what"],
            licence["name"],
            path.parent / licence["file"],
            f"pkg:{package.replace('@', '%40')}@{entry['version']}",
            entry["sha256"],
        )


def _theme() -> Material:
    found = distribution(THEIRS)
    # Not among all that the package has: to read that list takes half a second.
    folder = Path(str(found.locate_file(f"{THEIRS.replace('-', '_')}-{found.version}.dist-info")))
    text = min(folder.rglob("LICENSE"))
    what = "Material for MkDocs, of whose scripts and styles the site has what it uses"
    licence = str(found.metadata["License-Expression"] or found.metadata["License"] or "MIT")
    purl = f"pkg:pypi/{THEIRS}@{found.version}"
    return Material(THEIRS, found.version, what, licence, text, purl)


@cache
def materials() -> tuple[Material, ...]:
    """All of them, in the order of the lists."""
    return (_theme(), *(material for path in LISTS for material in _listed(path)))


def bill(found: Sequence[Material], version: str) -> str:
    """The bill of materials of an edition."""
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "miaotui", "name": "miaotui", "version": version}},
        "components": [material.told() for material in found],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def licences(found: Sequence[Material]) -> str:
    """Every licence once, each below the names of what is under it; ours first."""
    texts: dict[str, list[str]] = {(ROOT / file).read_text(encoding="utf-8").strip(): [name] for file, name in _OURS}
    for material in found:
        of_it = texts.setdefault(material.text.read_text(encoding="utf-8").strip(), [])
        of_it.append(f"{material.name} {material.version} ({material.licence})")
    rule = "=" * 72
    return "\n".join(f"{rule}\n" + "\n".join(names) + f"\n{rule}\n\n{text}\n" for text, names in texts.items())


def files(version: str) -> Iterator[tuple[str, str]]:
    """Both, as files of the site."""
    yield BILL, bill(materials(), version)
    yield LICENCES, licences(materials())
