"""Names pages by their published address in the offline copy too: a link copied there leads to the site."""

from __future__ import annotations

import re


def published(url: str) -> str:
    """The address of a page on the server, from that of its file."""
    return re.sub(r"\.html$", "/", re.sub(r"(^|/)index\.html$", r"\1", url))
