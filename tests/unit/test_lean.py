"""The style and the HTML that are sent: what goes, and what must stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from miaotui.base.problem import RefusedError
from miaotui.site import unused_css as lean
from miaotui.site.used_names import used

PAGE = '<body dir="ltr" data-md-color-scheme="slate"><p class="a b" style="color:var(--own)"></p></body>'
SCRIPT = 'x.className = "made"; y.className = `kind-of--${z}`; s.setProperty("--set", 1); z.append("kbd")'
USED = used([PAGE], [SCRIPT])

KEPT = {
    "a class of a page": ".a{color:red}",
    "a class of a script": ".made .b{color:red}",
    "a class that a script puts together": ".kind-of--x{color:red}",
    "an element": "p{color:red}",
    "an element of a script": "kbd{color:red}",
    "a pseudo-class by an element's name": ".a:img{color:red}",
    "another class in brackets": "p:not(.gone){color:red}",
    "what is not so aligned": "p:not([align]){color:red}",
    "an attribute of any other kind": "[data-x=y]{color:red}",
    "a scheme of a page": "[data-md-color-scheme=slate]{color:red}",
    "a query": "@media print{.a{color:red}}",
    "a query in a query": "@supports (a:b){@media print{.a{color:red}}}",
    "frames": ".a{animation:x 1s}@keyframes x{from{top:0}to{top:1px}}",
    "a text with braces": '.a:before{content:"} .gone{"}',
    "an address": ".a{background:url(\"data:image/svg+xml;charset=utf-8,<svg a='b'/>\")}",
    "what beats all": ".a{color:red!important}",
    "a variable that a rule reads": ".a{--x:1px;top:var(--x)}",
    "a variable that a page reads": ".a{--own:red}",
    "a variable that a script sets": ".a{--set:0}",
    "a sum": ".a{top:calc(1px + 2px)}",
    "a rule in a rule": ".a{top:0;&:hover{top:1px}}",
}


@pytest.mark.parametrize("case", KEPT)
def test_what_stays(case: str) -> None:
    css = KEPT[case]
    assert lean.lean(css, USED).replace(" {", "{") == f"{css}\n"


GONE = {
    "a class of none": (".gone{color:red}", ""),
    "a class of none beside one": (".gone,.a,.a .gone{color:red}", ".a{color:red}"),
    "a class of none in a query": ("@media print{.gone{color:red}}", ""),
    "a scheme of none": ("[data-md-color-scheme=other]{color:red}", ""),
    "another way of writing": ("[dir=rtl] .a{color:red}", ""),
    "an element of none": ("img,p img,p{color:red}", "p{color:red}"),
    "a kind of box of none": (".a.b,.admonition.note,.note>.a{color:red}", ".a.b{color:red}"),
    "frames of no movement": ("@keyframes x{from{top:0}to{top:1px}}.a{top:0}", ".a{top:0}"),
    "a variable that nothing reads": (".a{--x:1px;top:0}", ".a{top:0}"),
    "a variable that only such a one reads": (".a{--x:1px;--y:var(--x);top:0}", ".a{top:0}"),
    "comments and room": ("/* x */\n.a > .b ,\n .b {\n  top: 0;\n  /* y */\n}\n", ".a > .b,.b{top:0}"),
}


@pytest.mark.parametrize("case", GONE)
def test_what_goes(case: str) -> None:
    css, expected = GONE[case]
    assert lean.lean(css, USED) == f"{expected}\n"


def test_a_fault_in_a_rule_is_told() -> None:
    with pytest.raises(RefusedError, match=r"assets/css/miaotui\.css:1: .*; accepted: a declaration"):
        lean.lean(".a{color}", USED)


SQUEEZED = {
    "blank lines": ("<p>\n\n   a\n  b</p>", "<p>\na\nb</p>"),
    "spaces in a line": ("<b>a</b>  <b>b</b>", "<b>a</b>  <b>b</b>"),
    "code": ("<pre>\n\n  a\n</pre>\n\n", "<pre>\n\n  a\n</pre>\n"),
    "a field": ("<textarea>\n\n  a</textarea>", "<textarea>\n\n  a</textarea>"),
    "a script": ("\n\n<script>\n  // why\n  a = `\n  b`\n</script>", "\n<script>\na = `\n  b`\n</script>"),
    "colours of code": (
        '<pre><span></span><code><span class="n">a</span><span class="w"> </span><span class="o">=</span></code></pre>',
        '<pre><code>a <span class="o">=</span></code></pre>',
    ),
    "a mark in text": ('<p><span class="n">a</span></p>', '<p><span class="n">a</span></p>'),
}


@pytest.mark.parametrize("case", SQUEEZED)
def test_squeezed(case: str) -> None:
    html, expected = SQUEEZED[case]
    assert lean.squeezed(html) == expected


def test_every_part_of_our_style_is_in_it_once() -> None:
    folder = Path(__file__).resolve().parents[2] / "overrides"
    parts = sorted(path.relative_to(folder).as_posix() for path in (folder / lean.FOLDER).glob("*"))
    assert sorted(lean.OURS) == parts


def test_a_colour_that_ours_sets_for_every_scheme_is_not_theirs_too() -> None:
    palette = (
        '[data-md-color-scheme="default"],\n[data-md-color-scheme="slate"] {\n  --md-a: red;\n}\n'
        '[data-md-color-scheme="default"] {\n  --md-b: red;\n}\n'
    )
    theirs = ":root{--md-a:blue;--md-b:blue}.x{--md-aa:0;--md-a:0}"
    assert lean._outdone(theirs, palette) == ":root{--md-b:blue}.x{--md-aa:0;}"
