"""What a running server sends of what there is to take away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from miaotui.site.published_files import answers
from miaotui.site.published_headers import of_type
from miaotui.site.reply import WHOLE, Ask, Reply


def _digest(reply: Reply) -> str:
    """That of the file itself; of nothing where what was sent is not what was said."""
    try:
        return hashlib.sha256(reply.whole()).hexdigest()
    except ValueError:
        return ""


def _products(reply: Reply, build: str) -> tuple[list[dict[str, str]], str]:
    """The files of an edition by its manifest; and what is wrong with that."""
    if reply.status != 200:
        return [], f"{answers(reply)}; accepted: the edition of `make offline`, in dist/site"
    try:
        made = json.loads(reply.whole())
        files, version = made["files"], made["version"]
    except (ValueError, KeyError, TypeError) as fault:
        return [], f"cannot be read ({fault}); accepted: the manifest of the edition"
    if build and version != build:
        return files, f"is of version {version}, and the site of {build}; accepted: those of one `make offline`"
    return files, ""


def of_products(ask: Ask, build: str = "") -> Iterator[tuple[str, str]]:
    """What is wrong with what there is to take away; (place, fault). `build` is what the site says of itself."""
    manifest = "downloads/manifest.json"
    files, fault = _products(ask(manifest, WHOLE), build)
    if fault:
        yield manifest, fault
    for file in files:
        place = f"downloads/{file['name']}"
        got = ask(place, WHOLE)
        if got.status != 200 or got.fault or _digest(got) != file["sha256"]:
            yield place, "is not the file of the manifest; accepted: that very file"
        else:
            yield from ((place, fault) for fault in of_type(place, got))
