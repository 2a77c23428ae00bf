"""The site, built once for all tests, as a server gives it and as file:// opens it; and a browser."""

from __future__ import annotations

import fcntl
import functools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect

from miaotui.base.beside import PROCESSES
from miaotui.base.paths import ROOT
from miaotui.edge.command import build
from miaotui.offline.browser import started
from scripts import split
from scripts.examples import ONE_THREAD
from tests import editions, hostile
from tests.listening import Window, listened, window
from tests.opening import wait_for_scripts
from tests.samples import left
from tests.serving import served

# The processes that share the tests have one core each.
os.environ.update(ONE_THREAD)
# As have the builds that they wait for: three of them in six processes would take longer than in three.
os.environ.setdefault(PROCESSES, "1")
# What is built without an address says so and leads nowhere: tests/site/test_alone.py. All else has one.
for name, value in editions.ADDRESSES.items():
    os.environ[name] = os.environ.get(name) or value
# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# What a page is waited for is not how fast it is: two processes and a build may share the machine.
expect.set_options(timeout=15_000)
wait_for_scripts()


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, made by whichever of the processes that share the tests comes first; the others wait.

    Nothing that a test does changes it: a test that plants a defect has a copy of its own.
    """
    shared = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            done.touch()
    return folder


def _built(folder: Path, *, for_file: bool, root: Path = ROOT) -> None:
    assert build(folder, for_file=for_file, root=root) == 0


@pytest.fixture(scope="session")
def online(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "online", functools.partial(_built, for_file=False))


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "offline", functools.partial(_built, for_file=True))


@pytest.fixture(scope="session")
def edition(offline: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """What `make offline` puts into dist/; of the books those whose tests are run."""
    books = editions.DRAWN if "not full" in request.config.option.markexpr else editions.LANGUAGES
    return once(tmp_path_factory, "edition", functools.partial(editions.make, offline=offline, books=books))


def unwritten(page: str) -> str:
    """A question's page as it was before it had its depth."""
    metadata, *parts = page.split("\n## ")
    (received,) = (part for part in parts if "{ #as-received }" in part.partition("\n")[0])
    metadata = metadata.replace("written: true", "written: false")
    return f"{metadata}\n## {received.rstrip()}\n"


def _specimen(root: Path) -> None:
    pages = Path(__file__).parent / "site/written"
    root.mkdir()
    for name in ("mkdocs.yml", "overrides", "miaotui", "scripts", "examples", "lab", "problems", "listings"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "docs", root / "docs")
    # What is asked links parts of questions 12 and 30 that these here lack.
    for page in root.glob("docs/*/asked.md"):
        page.write_text(page.read_text(encoding="utf-8").replace("<!-- asked -->", ""), encoding="utf-8")
    # Nor do other pages link parts that these do not have.
    for page in root.glob("docs/*/*/*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"(\]\((?:\.\./q/)?(?:12|30)\.md)#[\w-]+\)", r"\1)", text), encoding="utf-8")
    for code in ("zh", "en"):
        shutil.copy(pages / f"{code}.md", root / f"docs/{code}/q/12.md")
        page = root / f"docs/{code}/q/30.md"
        page.write_text(unwritten(page.read_text(encoding="utf-8")), encoding="utf-8")
    # mkdocs.yml keeps intro/ out of the site: what stands there is only quoted.
    (root / "docs/intro").mkdir()
    for name in ("granularity.py", "granularity.txt"):
        shutil.copy(pages / name, root / "docs/intro" / name)
    # The references page names who cites a work: with these questions 12 and 30, others do.
    assert split.main(["--articles", str(ROOT / "articles"), "--docs", str(root / "docs")]) == 0


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bank with question 12 written out, as tests/site/written/ has it, and question 30 not yet written."""
    return once(tmp_path_factory, "specimen", _specimen)


@pytest.fixture(scope="session")
def written(specimen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "written", functools.partial(_built, for_file=False, root=specimen))


def _attacked(folder: Path) -> None:
    hostile.make(folder / "bank")
    _built(folder / "site", for_file=True, root=folder / "bank")


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile bank, built to be opened from file://."""
    return once(tmp_path_factory, "attacked", _attacked) / "site"


@pytest.fixture(scope="session")
def address(online: Path) -> Iterator[str]:
    with served(online) as address:
        yield address


@pytest.fixture(scope="session")
def written_address(written: Path) -> Iterator[str]:
    with served(written) as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture(scope="module", params=[("", 360), ("en/", 1440)], ids=["zh-360", "en-1440"])
def reader(request: pytest.FixtureRequest) -> tuple[str, int]:
    """Who reads: the folder of a language, and the width of a window in pixels.

    What a page does, it does in each language and at each width; only how it looks depends on both at once.
    """
    folder, width = request.param
    return folder, width


@pytest.fixture(scope="module")
def folder(reader: tuple[str, int]) -> str:
    return reader[0]


@pytest.fixture(scope="module")
def width(reader: tuple[str, int]) -> int:
    return reader[1]


@pytest.fixture(scope="module")
def kept(chrome: Browser, width: int) -> Iterator[Window]:
    """The window that a module's tests share; a module that wants another has its own."""
    with window(chrome, width) as made:
        yield made


@pytest.fixture
def page(kept: Window) -> Iterator[Page]:
    with listened(kept) as opened:
        yield opened


@pytest.fixture(scope="module")
def wide(chrome: Browser) -> Iterator[Window]:
    """The same as on a desktop."""
    with window(chrome) as made:
        yield made


@pytest.fixture
def desk(wide: Window) -> Iterator[Page]:
    with listened(wide) as opened:
        yield opened


SLOW = ("test_cache.py", "test_serve.py")
"""Files of tests that build a site again and again, or wait for edits to show: `make test-all` runs them."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rest = left(item.nodeid for item in items if {"chrome", "edition"} & {*getattr(item, "fixturenames", ())})
    for item in items:
        if item.path.name in SLOW or item.nodeid in rest:
            item.add_marker(pytest.mark.full)
