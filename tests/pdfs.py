"""What a PDF has, read out of it."""

from __future__ import annotations

import re

import pikepdf


def copied(font: pikepdf.Object) -> set[str]:
    """The characters that a font's letters are copied as."""
    found: set[str] = set()
    for line in font["/ToUnicode"].read_bytes().decode().splitlines():
        codes = re.findall(r"<([0-9A-Fa-f]+)>", line)
        if len(codes) in (2, 3) and not line.endswith("begincodespacerange"):
            text = bytes.fromhex(codes[-1].zfill(4)).decode("utf-16-be", errors="ignore")
            count = int(codes[1], 16) - int(codes[0], 16) if len(codes) == 3 else 0
            found.update(text[:-1] + chr(ord(text[-1]) + step) for step in range(count + 1) if text)
    return found
