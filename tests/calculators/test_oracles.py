"""Every calculator has its oracle: test_oracles_*.py compute it anew, without its file or its formulas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.calculators.inputs import SLUGS

ORACLES = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_oracles_*.py"))]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_calculator_is_checked_on_settings_drawn_from_its_definition(slug: str) -> None:
    called = rf'settings_of\(\s*"{slug}"'
    assert any(re.search(called, text) for text in ORACLES), f'a test_oracles_*.py is to draw settings_of("{slug}")'


def test_oracles_read_no_formula() -> None:
    for text in ORACLES:
        assert not re.search(r"\b(parse|evaluate|yaml|definitions|FORMULAS)\b", text)
