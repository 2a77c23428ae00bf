"""published.py: the server's address of a page, whichever way the site was built."""

from __future__ import annotations

import pytest

from miaotui.site.canonical_urls import published

ADDRESSES = {
    "https://site.example/q/12.html": "https://site.example/q/12/",
    "https://site.example/en/index.html": "https://site.example/en/",
    "https://site.example/index.html": "https://site.example/",
    "index.html": "",
    "en/q/12.html": "en/q/12/",
    "https://site.example/q/12/": "https://site.example/q/12/",
    "https://site.example/": "https://site.example/",
    "q/myindex.html": "q/myindex/",
}


@pytest.mark.parametrize("given", ADDRESSES)
def test_published(given: str) -> None:
    assert published(given) == ADDRESSES[given]
