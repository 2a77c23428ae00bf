"""Runs scripts of the page without a browser: those that touch no element."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import quickjs

from miaotui.base.paths import THEME


class Scripts:
    """Scripts of overrides/assets/, in an engine of their own."""

    def __init__(self, places: Iterable[str]) -> None:
        self._context = quickjs.Context()
        self._context.eval("globalThis.window = globalThis")
        for place in places:
            self._context.eval((THEME / "assets" / place).read_text(encoding="utf-8"))

    def call(self, function: str, *given: Any) -> Any:
        """What a function gives; what it is given and what it gives is JSON."""
        made = self._context.eval(f"(...given) => JSON.stringify(({function})(...given.map(JSON.parse))) ?? 'null'")
        return json.loads(made(*(json.dumps(one) for one in given)))
