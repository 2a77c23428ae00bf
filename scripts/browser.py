#!/usr/bin/env python3
"""Finds a Chromium for the browser tests; with --install gets one where there is none.

Exit 0: there is one. 1: there is none.
"""

from __future__ import annotations

import sys

from miaotui.base.console import speak_utf8
from miaotui.offline.browser import HOW, find, install


def main() -> int:
    if not find() and "--install" in sys.argv[1:]:
        install()
    path = find()
    print(f"browser: {path}" if path else f"browser: {HOW}", file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
