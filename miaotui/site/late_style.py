"""The part of the style that comes with Material's bundle: of what only the bundle shows, the results of a search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import tinycss2

STYLE = "assets/css/late.css"
_LATE = re.compile(r"\.(md-search-result|search-start)")
"""Not what is laid over the page, as the dialog is: it would be seen to fade when its style comes."""


def _split(rules: Iterable[Any]) -> tuple[str, str]:
    now, late = "", ""
    for rule in rules:
        if rule.type == "at-rule" and rule.at_keyword in ("media", "supports"):
            head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}"
            first, second = _split(tinycss2.parse_rule_list(rule.content, skip_whitespace=True))
            now += f"{head}{{{first}}}" if first else ""
            late += f"{head}{{{second}}}" if second else ""
        elif rule.type == "qualified-rule":
            selectors = re.split(r",(?![^(]*\))", tinycss2.serialize(rule.prelude))
            body = tinycss2.serialize(rule.content)
            waiting = [one for one in selectors if _LATE.search(one)]
            if waiting:
                late += f"{','.join(waiting)}{{{body}}}"
            if rest := [one for one in selectors if one not in waiting]:
                now += f"{','.join(rest)}{{{body}}}"
        else:
            now += rule.serialize()
    return now, late


def parted(style: str) -> tuple[str, str]:
    """What the first paint needs of a style, and what can wait."""
    now, late = _split(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True))
    return f"{now}\n", f"{late}\n"
