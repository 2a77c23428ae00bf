"""What the pages quote: a table in either language for each recorded measurement, and a plot of most.

lab/records/*.json ── tables ──▶ lab/records/<lang>/<slug>.md
                   └─ plots ───▶ docs/figures/lab-<slug>.svg
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lab import plots, tables
from lab.record import Measurement, from_json
from miaotui.base.languages import LANGUAGES
from miaotui.base.paths import FIGURES, PALETTE, ROOT
from miaotui.drawing.palette import style
from miaotui.drawing.svg import Figure, coloured, picture

RECORDS = ROOT / "lab/records"
FILES = ("measured.json", "llama.json")
MARK = "<!-- Measured: drawn by scripts/run_lab.py from lab/records/; measure again, do not edit -->"
PLOTS: dict[str, Callable[[Measurement], Figure]] = {
    "kv-cache": lambda found: plots.bars(found, ("cache",), "tpot"),
    "batching": lambda found: plots.lines(found, "batch", ["rate"]),
    "paged-kv": lambda found: plots.bars(found, ("layout",), "used"),
    "continuous-batching": lambda found: plots.bars(found, ("mode",), "rate"),
    "chunked-prefill": lambda found: plots.bars(found, ("budget",), "itl"),
    "prefix-caching": lambda found: plots.bars(found, ("request",), "ttft"),
    "prompt-lookup": lambda found: plots.bars(found, ("text",), "speedup"),
    "weight-quantization": lambda found: plots.bars(found, ("bits", "group"), "perplexity"),
    "kv-quantization": lambda found: plots.bars(found, ("bits",), "perplexity"),
    "attention-sinks": lambda found: plots.bars(found, ("window", "sinks"), "perplexity"),
    "pruning": lambda found: plots.bars(found, ("share",), "perplexity"),
    "real-engine": lambda found: plots.lines(found, "requests_s", ["ttft_p50", "ttft_p99"]),
}


def records() -> list[dict[str, Any]]:
    """Every record that there is."""
    return [json.loads((RECORDS / name).read_text(encoding="utf-8")) for name in FILES if (RECORDS / name).is_file()]


def told(record: dict[str, Any], slug: str, code: str) -> str:
    """Machine, versions and date in one sentence for the end of a table."""
    machine, rates = record["machine"], record["rates"][slug]
    read, product = tables.rounded(rates["bandwidth"] / 1e9), tables.rounded(rates["peak"] / 1e9)
    versions = f"Python {machine['python']}, numpy {machine['numpy']}, {machine['blas']}"
    if code == "zh":
        shared = "；测量时同一台机器上还有别的程序在跑" if "note" in machine else ""
        shared += "，所以计的是本进程占用处理器的时间" if machine["clock"] == "cpu" else ""
        return (
            f"{machine['processor']}，{machine['cores']} 核，用 {machine['threads']} 个线程；{versions}；"
            f"{machine['date']}。测得读内存 {read} GB/s，矩阵乘 {product} GFLOP/s{shared}。"
        )
    shared = "; other programs ran on the machine at the same time" if "note" in machine else ""
    shared += ", so what is timed is this process's own time on a processor" if machine["clock"] == "cpu" else ""
    threads = "one thread" if machine["threads"] == 1 else f"{machine['threads']} threads"
    return (
        f"{machine['processor']}, {machine['cores']} cores, {threads} used; {versions}; "
        f"{machine['date']}. Timed at {read} GB/s of reading and {product} GFLOP/s of matrix product{shared}."
    )


def made() -> dict[Path, str]:
    """The text of each file that the records give."""
    palette, found = style(PALETTE.read_text(encoding="utf-8")), dict[Path, str]()
    for record in records():
        for slug, rows in record["measured"].items():
            measurement = from_json(slug, rows)
            for code in (language.code for language in LANGUAGES):
                table = f"{tables.markdown(measurement, code)}\n*{told(record, slug, code)}*{{ .machine }}\n"
                found[RECORDS / code / f"lab-{slug}.md"] = table
            if slug in PLOTS:
                drawn = coloured(picture(PLOTS[slug](measurement)), palette)
                found[FIGURES / f"lab-{slug}.svg"] = f"{MARK}\n{drawn}"
    return found


def stale(files: dict[Path, str]) -> list[Path]:
    """Files that were made from a record before and are no longer."""
    there = [*RECORDS.glob("*/lab-*.md"), *FIGURES.glob("lab-*.svg")]
    return sorted(path for path in there if path not in files)


def differing(files: dict[Path, str]) -> list[Path]:
    """Files that are not what the records give."""
    return [path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


def write(files: dict[Path, str]) -> None:
    """Writes what differs, and removes what is stale."""
    for path in differing(files):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")
    for path in stale(files):
        path.unlink()
