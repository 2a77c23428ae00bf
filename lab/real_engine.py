"""Drives llama.cpp, which serves the same file, and puts it beside what the formulas say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lab import machine
from lab.bench import Bench
from lab.install import FOLDER, InstallError, path
from lab.load import Answered, Call, drive, poisson, summarize
from lab.record import Measurement, Pair

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
PACKAGES = FOLDER / "packages"
SLOTS, PROMPT, COUNT = 8, 64, 16
SLACK = {"ttft": 4, "tpot": 2}
"""The limits of the SLO, in times of what a single user gets, so that it means the same on any machine."""


def install(folder: Path = PACKAGES) -> Path:
    """The folder with the packages of lab/requirements.txt. Raises InstallError where they cannot be had."""
    stamp = folder / "requirements.txt"
    if stamp.is_file() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
        return folder
    print(f"lab: fetching llama.cpp as xllamacpp (a wheel of 34 MB, once) into {folder}", flush=True)
    asked = ["--require-hashes", "--no-deps", "--upgrade", "--disable-pip-version-check", "--target", str(folder)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", *asked, "--requirement", str(REQUIREMENTS)]
    run = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    if run.returncode:
        why = next((line for line in run.stderr.splitlines()[::-1] if "ERROR" in line), "pip gave no reason").strip()
        raise InstallError(
            f"llama.cpp could not be fetched ({why[:160]}); is there a network, or a mirror set for pip?"
        )
    stamp.write_bytes(REQUIREMENTS.read_bytes())
    return folder


def version() -> str:
    """What lab/requirements.txt pins."""
    pinned = next(line for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines() if "==" in line)
    return pinned.split()[0].replace("==", " ")


@contextmanager
def served(slots: int, threads: int) -> Iterator[str]:
    """The host and port of a server of the model, in a process of its own that ends with the block."""
    command = [sys.executable, str(HERE / "served.py"), str(path()), str(slots), str(threads)]
    environment = {**os.environ, "PYTHONPATH": str(install())}
    with (FOLDER / "llama.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, encoding="utf-8"
        )
    assert process.stdin and process.stdout
    try:
        told = next((line for line in process.stdout if line.startswith("address ")), "")
        if not told:
            raise InstallError(f"llama.cpp did not start; what it said is in {FOLDER / 'llama.log'}")
        yield urlsplit(told.split()[1]).netloc
    finally:
        process.stdin.close()
        process.wait(30)


def post(host: str, place: str, **body: object) -> dict[str, Any]:
    """What the server answers to a request in JSON."""
    connection = HTTPConnection(host, timeout=600)
    connection.request("POST", place, json.dumps(body), {"Content-Type": "application/json"})
    found: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return found


def _calls(bench: Bench, dues: list[float]) -> list[Call]:
    """Requests whose prompts differ; the text begins again where it ends."""
    text = bench.text()
    starts = [37 * at % (len(text) - PROMPT) for at in range(len(dues))]
    return [Call(due, text[start : start + PROMPT], COUNT) for due, start in zip(dues, starts, strict=True)]


def _alone(host: str, bench: Bench, count: int) -> list[Answered]:
    """Requests one after another: what the engine does for a single user."""
    return [drive(host, _calls(bench, [0.0]))[0] for _ in range(count)]


def real_engine(bench: Bench) -> Measurement:
    """Poisson arrivals at rising shares of what the engine can do: throughput, latency and goodput."""
    found, full = Measurement("real-engine"), bench.amount.repeats > 3
    with served(SLOTS, machine.threads()) as host:
        alone = summarize(_alone(host, bench, bench.amount.repeats + 1)[1:], {})
        slo = {name: slack * alone[name]["p50"] for name, slack in SLACK.items()}
        # All at once keeps every slot busy: the throughput of that is the most there is.
        most = summarize(drive(host, _calls(bench, [0.0] * (3 * SLOTS))), {})["tokens_per_s"] / COUNT
        for share in (0.5, 0.8, 1.0, 1.5) if full else (0.5, 1.5):
            told = summarize(drive(host, _calls(bench, poisson(share * most, 24 if full else 8, 7))), slo)
            found.add(
                load=share,
                requests_s=share * most,
                rate=told["tokens_per_s"],
                goodput=told["goodput"],
                attained=told["attainment"],
                **{f"{name}_{at}": told[name][at] for name in ("ttft", "tpot") for at in ("p50", "p99")},
                ttft_limit=slo["ttft"],
                tpot_limit=slo["tpot"],
            )
    return found


def single_user(bench: Bench) -> Measurement:
    """TPOT of one user against the bytes of the file that a step reads."""
    found = Measurement("file-bytes")
    with served(1, machine.threads()) as host:
        alone = summarize(_alone(host, bench, bench.amount.repeats + 1)[1:], {})
    sizes, size = bench.predict.sizes, path().stat().st_size
    found.add(
        engine="llama",
        file=size,
        tpot=Pair(
            bench.predict.step(1, PROMPT + COUNT // 2, bits=size * 8 / sizes.read, tokens_kept=0.5),
            alone["tpot"]["p50"],
        ),
        ttft=Pair(bench.predict.prefill(PROMPT), alone["ttft"]["p50"]),
    )
    return found
