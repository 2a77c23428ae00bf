"""lab/load.py: arrivals that wait for nobody, and the measures of question 4."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

import pytest

from lab.load import Answered, Call, drive, poisson, summarize, tokens_of

together = threading.Barrier(3)


class _Engine(BaseHTTPRequestHandler):
    """Streams as many tokens as are asked for, once three requests are there; refuses a prompt of 13."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body["prompt"] == [13]:
            self.send_error(500)
            return
        together.wait(10)
        self.send_response(200)
        self.end_headers()
        for token in range(body["n_predict"]):
            self.wfile.write(f"data: {json.dumps({'content': 'x', 'tokens': [token], 'stop': False})}\n\n".encode())
        self.wfile.write(b'data: {"content": "", "tokens": [], "stop": true}\n\ndata: [DONE]\n\n')

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Engine)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_requests_are_sent_while_others_are_answered(host: str) -> None:
    """The server answers none before three are there: a closed loop would wait for ever."""
    answered = drive(host, [Call(0.0, [1], 4), Call(0.01, [2], 2), Call(0.02, [3], 1)])
    assert [len(each.token_times) for each in answered] == [4, 2, 1]
    assert all(each.ok and each.arrival <= each.token_times[0] for each in answered)
    assert [round(each.arrival - answered[0].arrival, 6) for each in answered] == [0, 0.01, 0.02]


def test_a_request_that_fails_is_no_good_one(host: str) -> None:
    assert [each.ok for each in drive(host, [Call(0.0, [13], 1)])] == [False]
    assert [each.ok for each in drive("127.0.0.1:1", [Call(0.0, [1], 1)])] == [False]


def test_only_tokens_count_in_a_stream() -> None:
    stream = [
        b'data: {"content": "a", "tokens": [5], "stop": false}',
        b"",
        b": ping",
        b'data: {"content": "", "stop": true}',
    ]
    assert len(list(tokens_of(iter([*stream, b"data: [DONE]"])))) == 1


def test_arrivals_are_poisson() -> None:
    """The mean gap of 4,000 is 1/rate within three standard errors, and their deviation is as large as their mean."""
    dues = poisson(5.0, 4001, 1)
    gaps = [after - before for before, after in pairwise(dues)]
    mean = sum(gaps) / 4000
    deviation = (sum((gap - mean) ** 2 for gap in gaps) / 4000) ** 0.5
    assert dues[0] == 0 and mean == pytest.approx(0.2, rel=3 / 4000**0.5)
    assert deviation == pytest.approx(mean, rel=0.1)
    assert poisson(5.0, 10, 1) == dues[:10] and poisson(5.0, 10, 2) != dues[:10]


def test_the_summary_is_that_of_the_coding_problem() -> None:
    """Of two requests one keeps to 1 s of TTFT; the window is 4 s."""
    told = summarize([Answered(0.0, [0.5, 1.0, 1.5], True), Answered(1.0, [3.0, 4.0], True)], {"ttft": 1.0})
    assert (told["ttft"]["p50"], told["tpot"]["p50"], told["attainment"]) == (1.25, 0.75, 0.5)
    assert (told["tokens_per_s"], told["goodput"]) == (1.25, 0.25)
