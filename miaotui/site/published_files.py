"""Whether a running server sends every file of the site as it was built, in each form in which it sends it.

What was built, the site says itself, in stays.json; of a folder that has it, each file can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from miaotui.site import compressed, stays
from miaotui.site.published_headers import of_age, of_more, of_type
from miaotui.site.reply import BROTLI, GZIP, WHOLE, Ask, Reply

AS_SAID = "accepted: br, gzip or as it is, each as Content-Encoding says"
_LEAST = 1024
"""Bytes from which a file has to be compressed."""
_AT_ONCE = 12
_PAGE = "index.html"
_NO_FILES = ("404.html", *compressed.SUFFIXES)
"""How the names of files end that a server sends in another way than as themselves."""

Digests = Mapping[str, str]
"""What each file was built as, by its place: SHA-256 in Base64 as stays.json has it."""


def _place(path: str) -> str:
    """The address of a file below the site: that of a page is its folder's."""
    return path.removesuffix(_PAGE) if path == _PAGE or path.endswith(f"/{_PAGE}") else path


def of_folder(folder: Path) -> dict[str, str]:
    """What a built site's files are."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(_NO_FILES))
    return {_place(path.relative_to(folder).as_posix()): stays.sha256_of(path.read_bytes()) for path in files}


def said(ask: Ask) -> tuple[dict[str, str], str, list[tuple[str, str]]]:
    """What the site says that its files are, of which build; and what is wrong with that, (place, fault).

    None is known where it does not offer to be kept in the browser.
    """
    reply = ask(stays.LIST, WHOLE)
    if reply.status == 404:
        return {}, "", []
    try:
        told = json.loads(reply.whole())
        files = {_place(path): str(entry[1]) for path, entry in told["files"].items()}
        version, build = str(told["version"]), str(told["build"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        return {}, "", [(stays.LIST, f"cannot be read ({fault}); accepted: the file as it was built")]
    if ask(stays.VERSION, WHOLE).read().strip() == version.encode():
        return files, build, []
    return files, build, [(stays.VERSION, f"is of another version than {stays.LIST}; accepted: those of one build")]


def answers(reply: Reply) -> str:
    """What a server did that sent no file."""
    return f"does not answer whole ({reply.fault})" if reply.fault else f"answers {reply.status}"


def _of_form(place: str, coding: str, digest: str, ask: Ask) -> Iterator[str]:
    """What is wrong with a file as it is sent to who takes a coding."""
    reply = ask(place, coding)
    if reply.status != 200 or reply.fault:
        yield f"{answers(reply)}; accepted: 200"
        return
    try:
        whole = reply.whole()
    except ValueError as fault:
        yield f"{fault}; {AS_SAID}"
        return
    if stays.sha256_of(whole) != digest:
        yield f"is not the file that was built, for who takes {coding}; accepted: each file of one build, unchanged"
    if coding == GZIP:
        yield from of_size(place, reply, whole)
    yield from (*of_type(place, reply), *of_age(reply), *of_more(reply))


def of_size(place: str, reply: Reply, whole: bytes) -> Iterator[str]:
    """Whether what gets smaller when it is compressed is so for who takes gzip; `whole` is the file itself."""
    is_text = not place or place.endswith(("/", *compressed.KINDS))
    if is_text and len(whole) >= _LEAST and reply.coding != GZIP:
        yield "is not compressed; accepted: gzip for whoever takes it"


def _of_file(ask: Ask, entry: tuple[str, str]) -> list[tuple[str, str]]:
    place, digest = entry
    found = [fault for coding in (BROTLI, GZIP) for fault in _of_form(place, coding, digest, ask)]
    return [(place, fault) for fault in dict.fromkeys(found)]


def of_files(known: Digests, ask: Ask) -> list[tuple[str, str]]:
    """What is wrong with which file; many are asked for at once."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [told for found in pool.map(partial(_of_file, ask), known.items()) for told in found]


def of_build(known: Digests, built: Digests) -> list[tuple[str, str]]:
    """Which files the site says are others than those of the folder that was to be published."""
    fault = "is of another build than the folder; accepted: the site of that folder"
    return [(place, fault) for place, digest in known.items() if built.get(place) != digest]
