"""The command that asks a running server, over real HTTP."""

from __future__ import annotations

import http.server
from functools import partial
from pathlib import Path

import pytest

from scripts import publish_check
from scripts.hosted import hosted


class Server(http.server.SimpleHTTPRequestHandler):
    """Sends two policies, and half of one script."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "img-src 'none'")
        self.send_header("Content-Security-Policy", "frame-ancestors 'none'")
        super().end_headers()

    def do_GET(self) -> None:
        if not self.path.endswith("half.js"):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"half")

    def log_message(self, *_said: object) -> None:
        pass


def site(folder: Path) -> None:
    (folder / "q/1").mkdir(parents=True)
    for place in ("index.html", "q/1/index.html"):
        (folder / place).write_text(
            '<meta http-equiv="content-security-policy"><script src="/half.js"></script>', "utf-8"
        )


def test_what_a_server_sends_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site(tmp_path)
    with hosted(partial(Server, directory=str(tmp_path))) as address:
        listed = f"<loc>{address}</loc><loc>{address}q/1/</loc>"
        (tmp_path / "sitemap.xml").write_text(listed, encoding="utf-8")
        assert publish_check.main([address, str(tmp_path)]) == 1
    said = capsys.readouterr()
    # The second policy does not hide the first, and what ends early is a fault of that file alone.
    assert f"{address}: is sent with a policy that refuses what it needs: img-src" in said.err
    assert f"{address}half.js: does not answer whole (IncompleteRead" in said.err
    assert f"{address}: may be framed" not in said.out


def test_a_server_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with hosted(partial(Server, directory=str(tmp_path))) as address:
        pass
    assert publish_check.main([address]) == 1
    assert capsys.readouterr().err.startswith(f"{address}: does not answer (")


@pytest.mark.parametrize(
    "wrong", [["ftp://bank.test/"], ["bank.test"], ["https://bank.test/?a"], ["https://b.test/", "/no"]]
)
def test_what_is_no_site_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        publish_check.main(wrong)
    assert left.value.code == 2
    assert "accepted: " in capsys.readouterr().err
