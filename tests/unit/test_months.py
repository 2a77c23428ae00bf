"""Months of a page's text: kept whole, and nothing else touched."""

from __future__ import annotations

import pytest

from miaotui.extensions.unbroken_dates import whole

MONTHS = {
    "in brackets": ("<p>（2026-11，估算）</p>", '<p>（<span class="together">2026-11</span>，估算）</p>'),
    "with a day": ("<p>on 2024-03-31.</p>", '<p>on <span class="together">2024-03-31</span>.</p>'),
    "twice": ("2025-01 2025-12", '<span class="together">2025-01</span> <span class="together">2025-12</span>'),
}
LEFT_ALONE = [
    '<time datetime="2026-11">Nov</time>',
    '<a href="/2026-11/">x</a>',
    "<code>2026-11</code>",
    "<pre><span>2026-11</span></pre>",
    "<svg><text>2026-11</text></svg>",
    "2026-13, 12026-11, 2026-1101, v2026-11, 2026-11-x, 1.2026-11",
]


@pytest.mark.parametrize("case", MONTHS)
def test_a_month_is_kept_whole(case: str) -> None:
    received, shown = MONTHS[case]
    assert whole(received) == shown


@pytest.mark.parametrize("html", LEFT_ALONE)
def test_what_is_no_month_of_the_text_stays(html: str) -> None:
    assert whole(html) == html
