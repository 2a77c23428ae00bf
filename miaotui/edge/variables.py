"""What the environment may say of a build: read here and nowhere else, and checked.

SITE_URL, the address of the site, and ISSUES_URL, where errors are told, are for whoever publishes. All other names
begin with MIAOTUI_, so that nothing that a shell has for other programs changes a build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping

from miaotui.base.problem import Problem, RefusedError
from miaotui.site import downloads

SITE_DIR, DIRECTORY_URLS, BUILD = (f"MIAOTUI_{name}" for name in ("SITE_DIR", "DIRECTORY_URLS", "BUILD"))
DOWNLOADS = downloads.FROM
"""By which a command tells MkDocs, in a process of its own, what it builds."""
ADDRESSES = ("SITE_URL", "ISSUES_URL")
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[^\s?#\"'<>]*)?", re.ASCII)


def _problem(name: str, value: str) -> Problem:
    found = value if len(value) < 80 else f"{value[:80]}…"
    accepted = "an address as https://example.org/path/, without ? and #, or nothing"
    return Problem(name, 1, f"is {found!r}; accepted: {accepted}")


def addresses(environment: Mapping[str, str]) -> dict[str, str]:
    """The addresses that are set; one that is empty is not.

    Raises RefusedError with every one that is none.
    """
    given = {name: environment[name].strip() for name in ADDRESSES if environment.get(name, "").strip()}
    if wrong := [_problem(name, value) for name, value in given.items() if not _ADDRESS.fullmatch(value)]:
        raise RefusedError(wrong)
    return given


def unset(environment: Mapping[str, str]) -> list[str]:
    """What whoever publishes still has to say, a sentence for each address that is not set.

    Raises RefusedError as `addresses` does.
    """
    given = addresses(environment)
    for_readers = {
        "SITE_URL": "nothing leads to the site: no link of a product, no code on a picture; set it to its address",
        "ISSUES_URL": "no page says where to report an error; set it to a page that takes ?title= and &body=",
    }
    return [f"{name} is not set: {told}" for name, told in for_readers.items() if name not in given]


def settle(environment: MutableMapping[str, str]) -> None:
    """Leaves in the environment, which mkdocs.yml reads, the addresses that are set and no others.

    Raises RefusedError as `addresses` does.
    """
    given = addresses(environment)
    for name in ADDRESSES:
        environment.pop(name, None)
    environment.update(given)
