"""The ends of source lines in Chinese text, as a browser would show them."""

from __future__ import annotations

import pytest

from miaotui.extensions.chinese_lines import join

LINES = {
    "between two characters": ("<p>显存\n带宽</p>", "<p>显存带宽</p>"),
    "after a full stop, before Latin": ("<p>质量。\nLoRA 合并</p>", "<p>质量。LoRA 合并</p>"),
    "before a full-width mark": ("<p>TFLOP/s\n，稠密</p>", "<p>TFLOP/s，稠密</p>"),
    "after a list item's tag": ("<li>\n<p>质量。\n</p></li>", "<li>\n<p>质量。</p></li>"),
    "a list item's further line": ("<li>质量。\n  LoRA 合并\n  之后\n  很快</li>", "<li>质量。LoRA 合并之后很快</li>"),
    "between Chinese and Latin": ("<p>显存\nHBM</p>", "<p>显存\nHBM</p>"),
    "in English": ("<p>one.\nTwo</p>", "<p>one.\nTwo</p>"),
    "in code": ("<pre><code>质量。\nx</code></pre>", "<pre><code>质量。\nx</code></pre>"),
}


@pytest.mark.parametrize("case", LINES)
def test_joined(case: str) -> None:
    received, shown = LINES[case]
    assert join(received) == shown
