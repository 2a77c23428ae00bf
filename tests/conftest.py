"""The site, built once for all tests, as a server gives it and as file:// opens it; and a browser."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import browser as chromium
import pytest
import split
from build import ROOT, build
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def online(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("online") / "site"
    assert build(folder, for_file=False) == 0
    return folder


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline") / "site"
    assert build(folder, for_file=True) == 0
    return folder


def unwritten(page: str) -> str:
    """A question's page as it was before it had its depth."""
    received = page.partition("\n## ")[2].partition("\n## ")[0]
    metadata = page.partition("\n## ")[0].replace("written: true", "written: false")
    return f"{metadata}\n## {received.rstrip()}\n"


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bank with question 12 written out, as tests/site/written/ has it, and question 30 not yet written."""
    root, pages = tmp_path_factory.mktemp("specimen"), Path(__file__).parent / "site/written"
    for name in ("mkdocs.yml", "overrides", "scripts", "examples", "problems"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "docs", root / "docs")
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
    return root


@pytest.fixture(scope="session")
def written(specimen: Path) -> Path:
    assert build(specimen / "site", for_file=False, root=specimen) == 0
    return specimen / "site"


@pytest.fixture(scope="session")
def written_offline(specimen: Path) -> Path:
    assert build(specimen / "offline", for_file=True, root=specimen) == 0
    return specimen / "offline"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers an address that leads nowhere with the site's own page, as static hosts do."""
        page = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Says nothing: pytest shows what fails."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def address(online: Path) -> Iterator[str]:
    with _served(online) as address:
        yield address


@pytest.fixture(scope="session")
def written_address(written: Path) -> Iterator[str]:
    with _served(written) as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    path = chromium.find()
    assert path, chromium.HOW
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()
