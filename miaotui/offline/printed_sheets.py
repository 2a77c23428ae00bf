"""The scoring sheets of all questions as a PDF, a page for each: the one file with every question ticked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from miaotui.base.words import words
from miaotui.offline.printed import printed
from miaotui.offline.single import Edition
from miaotui.offline.unfit import Unfit

_SCRIPT = Path(__file__).with_name("sheets.js")
_BOX = re.compile(r'<input [^>]*type="checkbox" value="(\d+)"')
_FILLED = "count => document.querySelectorAll('.sheet--filled').length === count"
_STYLE = """
  #interview :is(.sheet, .sheets__topic) { break-before: page }
  #interview .sheets__topic + .sheet { break-before: avoid }
  .md-typeset.whole .sheets__topic { margin: 0 0 3mm; font-size: 12pt }
  .md-typeset.whole .sheet { min-height: 245mm; font-size: 10pt; line-height: 1.4 }
  .md-typeset.whole .sheet .sheet__name { font-size: 13pt }
  .md-typeset.whole .sheet .sheet__question { font-size: 11pt }
  .md-typeset.whole .sheet .sheet__head:not(#_) { margin-top: 6px; font-size: 10pt }
"""
"""A page has more room than the half of one that a printed choice of them gets."""


def printed_sheets(html: str, lang: str, edition: Edition) -> bytes:
    """The PDF of the one file's sheets, in the order of its list. Raises Unfit as the one file's PDF does."""
    numbers = _BOX.findall(html)
    if not numbers:
        raise Unfit("the one file has no question to tick, so there are no scoring sheets")
    said = words(lang).offline
    told: dict[str, Any] = {
        "title": said["sheets_title"],
        "made": said["made"].format(version=edition.version, date=edition.date),
    }

    def prepared(page: Page) -> None:
        page.wait_for_function(_FILLED, arg=len(numbers))
        page.evaluate(_SCRIPT.read_text(encoding="utf-8"), told)
        page.add_style_tag(content=f"@media print{{{_STYLE}}}")

    return printed(html, edition.date, f"?pick={','.join(numbers)}", prepared)
