"""outputs.py: code and the output right below it become one figure, and nothing else does."""

from __future__ import annotations

import pytest

from miaotui.extensions import code_outputs as outputs

CODE = '<div class="language-python highlight"><pre><code>print(1)\n</code></pre></div>'
OUTPUT = '<div class="language-text output highlight"><pre><code>1\n</code></pre></div>'
LABEL = '<p class="run__label">A &amp; B</p>'


@pytest.mark.parametrize("output", [OUTPUT, OUTPUT.replace("language-text ", "")])
def test_code_and_its_output_are_one_figure(output: str) -> None:
    figure = f'<figure class="run">\n{CODE}\n{LABEL}\n{output}\n</figure>'
    assert outputs.paired(f"<p>x</p>\n{CODE}\n{output}\n<p>y</p>", "A & B") == f"<p>x</p>\n{figure}\n<p>y</p>"


def test_each_pair_is_a_figure() -> None:
    html = f"{CODE}\n{OUTPUT}\n{CODE}\n{CODE}\n{OUTPUT}"
    made = outputs.paired(html, "A & B")
    assert made.count("<figure") == 2
    assert made.replace('<figure class="run">\n', "").replace("\n</figure>", "").replace(f"{LABEL}\n", "") == html


@pytest.mark.parametrize(
    "html",
    [CODE, OUTPUT, f"{OUTPUT}\n{CODE}", f"{CODE}\n<p>and</p>\n{OUTPUT}", f"{CODE}\n{CODE.replace('python', 'output')}"],
)
def test_what_is_no_pair_stays(html: str) -> None:
    assert outputs.paired(html, "A & B") == html


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<pre><span></span><code>1</code></pre>", '<pre><span></span><code tabindex="0">1</code></pre>'),
        ('<pre id="a"><code class="b">1</code></pre>', '<pre id="a"><code tabindex="0" class="b">1</code></pre>'),
        ('<pre><code class="b" tabindex="0">1</code></pre>', '<pre><code class="b" tabindex="0">1</code></pre>'),
        ("<p><code>1</code></p>", "<p><code>1</code></p>"),
    ],
)
def test_the_keyboard_reaches_code_and_nothing_else(html: str, made: str) -> None:
    assert outputs.focusable(html) == made
