"""The metadata of a page, between two lines of ---, and what is wrong with it where it has a level and a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from miaotui.base.problem import Problem

_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


def front_matter(text: str) -> dict[str, Any]:
    """The metadata of a page, empty where it has none that can be read."""
    parts = text.split("---\n", 2)
    try:
        # libyaml, where it is there, is ten times as fast.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        meta = yaml.load(parts[1], Loader=loader) if len(parts) == 3 and not parts[0] else {}
    except yaml.YAMLError:
        return {}
    return meta if isinstance(meta, dict) else {}


def problems(path: str, meta: Mapping[str, Any], types: Mapping[str, type]) -> Iterator[Problem]:
    """Where the metadata is not of these types, its level none, or its date no month."""
    for key, kind in types.items():
        if type(meta.get(key)) is not kind:
            yield Problem(path, 1, f"'{key}' is {meta.get(key)!r}; accepted: a {kind.__name__}")
    if meta.get("level") not in (1, 2, 3):
        yield Problem(path, 1, f"'level' is {meta.get('level')!r}; accepted: 1, 2, 3")
    if not _MONTH.match(str(meta.get("reviewed"))):
        yield Problem(path, 1, f"'reviewed' is {meta.get('reviewed')!r}; accepted: a month, 2026-11")


def differences(metas: Mapping[str, Mapping[str, Any]], shared: Iterable[str]) -> Iterator[Problem]:
    """Where the pages of two languages, by their path, do not say the same; nothing where one is missing."""
    if len(metas) == 2:
        (first, mine), (second, theirs) = metas.items()
        for key in shared:
            if mine.get(key) != theirs.get(key):
                yield Problem(second, 1, f"'{key}' is not that of {first}; accepted: the same in both")
