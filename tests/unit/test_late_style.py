"""The style in two parts: what the first paint needs, and what comes with Material's bundle."""

from __future__ import annotations

import pytest

from miaotui.site.late_style import parted

PARTED = {
    "what is laid over the page": (".md-dialog{top:0}", ".md-dialog{top:0}", ""),
    "a rule of a page": (".a{top:0}", ".a{top:0}", ""),
    "a rule of the results": (".md-search-result__icon:after{top:0}", "", ".md-search-result__icon:after{top:0}"),
    "one for both": (".a,.md-search-result:hover{top:0}", ".a{top:0}", ".md-search-result:hover{top:0}"),
    "a list in brackets": (":is(.a,.search-start) b,c{top:0}", "c{top:0}", ":is(.a,.search-start) b{top:0}"),
    "in a query": (
        "@media print{.search-start{top:0}.a{top:0}}",
        "@media print{.a{top:0}}",
        "@media print{.search-start{top:0}}",
    ),
    "a query without": ("@media print{.a{top:0}}", "@media print{.a{top:0}}", ""),
    "a font": ('@font-face{font-family:"x"}', '@font-face{font-family:"x"}', ""),
}


@pytest.mark.parametrize("case", PARTED)
def test_parted(case: str) -> None:
    css, now, late = PARTED[case]
    assert parted(css) == (f"{now}\n", f"{late}\n")
