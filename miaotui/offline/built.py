"""A page of the site as built for file://: its HTML, and where its links lead on the published site."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from miaotui.offline.unfit import Unfit


def read(path: Path) -> str:
    """The page's HTML. Raises Unfit, without the page's name, where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unfit(f"cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})") from None


def online(href: str, page: str) -> str:
    """Where a link of the page leads on the published site.

    `page` is its address there with the name of its file, to which the links of a site built for file:// are relative.
    """
    parts = urlsplit(urljoin(page, href))
    if parts.netloc != urlsplit(page).netloc:
        return urlunsplit(parts)
    path = re.sub(r"\.html$", "/", re.sub(r"(^|/)index\.html$", r"\1", parts.path))
    return urlunsplit(parts._replace(path=path))
