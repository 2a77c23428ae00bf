"""The site has what it uses, and the notices of what it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from miaotui.site.left_out import is_left_out, unmapped

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_published_that_nobody_asks_for(online: Path) -> None:
    names = [path.relative_to(online).as_posix() for path in online.rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith(".map") or "/lunr/" in name] == []
    scripts = [online / name for name in names if name.endswith((".js", ".css"))]
    assert len(scripts) > 10
    assert [path for path in scripts if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []


def test_what_others_made_goes_with_its_licence(online: Path) -> None:
    vendored = [ROOT / "overrides/assets/vendor", ROOT / "vendor/pyodide"]
    licences = [path.read_bytes() for folder in vendored for path in folder.rglob("LICENSE")]
    sent = {path.read_bytes() for path in online.rglob("LICENSE*")}
    assert len(licences) == 3
    assert set(licences) <= sent
    notice = (online / "judge/python.js").read_text(encoding="utf-8").splitlines()[0]
    assert (online / "judge" / re.findall(r"in (\S+) beside", notice)[0]).is_file()


@pytest.mark.parametrize("end", ["//# sourceMappingURL=a.js.map", "//# sourceMappingURL=a.js.map\n"])
def test_the_line_goes_that_names_a_map(end: str) -> None:
    assert unmapped(f"f();\n{end}") == "f();\n"
    assert unmapped(f'g("{end}")') == f'g("{end}")'
    assert is_left_out("assets/javascripts/bundle.0123.min.js.map")
    assert not is_left_out("assets/javascripts/bundle.0123.min.js")
