"""What a browser may keep of the site for a reader who asks for it: a list with the hash of each file, and a worker.

The worker, assets/js/stays/, takes a version whole, each file of it checked, or not at all. The list is made of the
site as built, so a page says sizes that nobody typed; the page that offers it has `<!-- stays -->`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import THEME
from miaotui.base.store import Store, digest
from miaotui.base.words import Words
from miaotui.site import downloads
from miaotui.site.page_python import megabytes
from miaotui.site.script_bundle import FOLDER, joined

PACKED = Store("packed")
MARK = "<!-- stays -->"
LIST, VERSION, WORKER = "stays.json", "stays.txt", "stays-worker.js"
WORKER_PARTS = tuple(f"{FOLDER}/stays/{part}.js" for part in ("kept", "taking", "answering"))
"""In the order they run."""
PARTS = (f"{FOLDER}/stays.js", "assets/css/stays.css", *WORKER_PARTS)
"""Of the theme: what a site that is opened from file:// has no use for."""
SHARED, REST = "shared", "rest"
"""The groups beside those of the languages: what every page needs, and what is never kept, but checked all the same."""
_FIRST, *_OTHERS = (language.code for language in LANGUAGES)
_KEPT = (".html", ".js", ".css", ".woff2", "search/search_index.json")
_FRAME = ("", "about/")
"""The pages that come with everything: the home page, and the one that says what is kept."""
_QUESTION = re.compile(r"(?:\w+/)?q/\d+/index\.html")
_ITS_WORDS = ("away", "away_why", "home", "evicted", "again")
_UNFILLED = 'data-sizes=""'


@dataclass(frozen=True)
class File:
    """A file of the site as it stands in the list."""

    place: str
    bytes: int
    sha256: str
    """As base64 of the kind that is taken in addresses."""
    group: str


def _language(place: str) -> str:
    """The language of a page, or of a piece of the search or of practice."""
    for folder in ("search/", "assets/practice/"):
        if place.startswith(folder):
            place = place.removeprefix(folder).replace(".", "/").replace("-", "/")
    return next((code for code in _OTHERS if place.startswith(f"{code}/")), _FIRST)


@cache
def group(place: str) -> str | None:
    """With what a file is kept; None for one that no page asks for.

    The page for addresses that lead nowhere is none of them: many servers send it for those alone.
    """
    if place in (LIST, VERSION, WORKER, "404.html") or place.startswith(f"{downloads.FOLDER}/"):
        return None
    if place.startswith("judge/") or place.endswith(".md"):
        return REST if place.endswith((".js", ".md")) else None
    if not place.endswith(_KEPT):
        return None
    folders = ("", *(f"{code}/" for code in _OTHERS))
    frame = [f"{folder}{page}index.html" for folder in folders for page in _FRAME]
    indexes = [
        f"search/{name}"
        for name in ("engine.js", "search_index.json", f"{_FIRST}.js", *(f"{code}.js" for code in _OTHERS))
    ]
    assets = place.startswith("assets/") and not place.startswith("assets/practice/")
    return SHARED if assets or place in (*frame, *indexes) else _language(place)


def sha256_of(data: bytes) -> str:
    """The SHA-256 of a file as the list has it, in Base64 for addresses."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def listed(files: Mapping[str, bytes]) -> list[File]:
    """What the list says of files, by their places."""

    def entry(place: str, kind: str) -> File:
        return File(place, len(files[place]), sha256_of(files[place]), kind)

    return [entry(place, kind) for place in sorted(files) if (kind := group(place))]


def products(files: Iterable[File], build: str) -> dict[str, str]:
    """The list of what there is to keep and, small, its version: the same files and build give the same ones."""
    entries = {file.place: [file.bytes, file.sha256, file.group] for file in files}
    told = json.dumps({"build": build, "files": entries}, ensure_ascii=False, separators=(",", ":"))
    version = hashlib.sha256(told.encode()).hexdigest()[:32]
    return {LIST: f'{{"version":"{version}",{told.removeprefix("{")}\n', VERSION: f"{version}\n"}


def _packed(files: Iterable[bytes]) -> dict[str, int]:
    """About how many bytes each file is when it is sent, by its digest: all at once, as in the last build."""
    key = digest(zlib.ZLIB_RUNTIME_VERSION)
    known: dict[str, int] = PACKED.get(key) or {}
    found = {(name := digest(data)): known.get(name) or len(zlib.compress(data, 1)) for data in files}
    if found != known:
        PACKED.put(key, found)
    return found


def sizes(files: Mapping[str, bytes]) -> dict[str, list[int]]:
    """About how many bytes of each group, and of a question's page on the average, are loaded, and how many kept."""
    known: dict[str, list[tuple[int, int]]] = {}
    taken = {place: data for place, data in files.items() if group(place) not in (None, REST)}
    # The quickest way to compress tells a little too much rather than too little.
    packed = _packed(data for place, data in taken.items() if not place.endswith(".woff2"))
    for place, data in taken.items():
        size = (len(data) if place.endswith(".woff2") else packed[digest(data)], len(data))
        kind = str(group(place))
        for name in (kind, "page") if _QUESTION.fullmatch(place) else (kind,):
            known.setdefault(name, []).append(size)
    sums = {name: [sum(column) for column in zip(*all_of, strict=True)] for name, all_of in known.items()}
    return {**sums, "page": [count // max(1, len(known.get("page", ()))) for count in sums.get("page", (0, 0))]}


def section(words: Mapping[str, str], code: str, root: str) -> Markup:
    """The place of the offer on a page, which its script fills; `root` leads to the site's own from there."""
    filled = {**words, "rest": words["rest"].format(judge=megabytes())}
    said = json.dumps(filled, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(
        '<section class="stays" id="stays" hidden data-language="{}" data-root="{}" ' + _UNFILLED + ">"
        '<h3>{}</h3><script type="application/json" id="stays-words">{}</script></section>'
    ).format(code, root, words["title"], Markup(said))


def offers(files: Mapping[str, bytes]) -> list[str]:
    """The pages that have the offer."""
    return [place for place, data in files.items() if place.endswith(".html") and _UNFILLED.encode() in data]


def with_sizes(page: str, said: Mapping[str, list[int]]) -> str:
    """The page with the sizes of what it offers, known once all else is made."""
    told = Markup('data-sizes="{}"').format(json.dumps(said, separators=(",", ":")))
    return page.replace(_UNFILLED, told)


def worker(said: Mapping[str, Words]) -> str:
    """The worker: its words, then its parts."""
    words = {code: {key: one.stays[key] for key in _ITS_WORDS} for code, one in said.items()}
    parts = ((THEME / part).read_text(encoding="utf-8") for part in WORKER_PARTS)
    return f"const miaotuiStays = {json.dumps(words, ensure_ascii=False)}\n{joined(parts)}"
