#!/usr/bin/env python3
"""The lab: installs the model, asks it a question, measures, and prints predicted beside measured.

`make lab`; `make lab QUICK=1` in under two minutes; `JSON=file` writes the figures too; `ONLY=slug` measures one thing;
`ENGINE=llama.cpp` drives a real engine that serves the same file. Exit 0: measured. 1: it cannot be, which is told.
2: usage.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lab import install, latency, logprobs, machine, profile, publish, quality, real_engine, serving, tables
from lab.bench import FULL, QUICK, Amount, Bench, load
from lab.engine.cache import KVCache, step
from lab.engine.model import logits
from lab.record import Measurement, to_json
from miaotui.base.console import speak_utf8
from miaotui.base.texts import shown

QUESTION = "What is the capital of France?"
MEASURED: dict[str, Callable[[Bench], Measurement]] = {
    "where-time-goes": profile.where_time_goes,
    "kv-cache": latency.kv_cache,
    "batching": latency.batching,
    "paged-kv": latency.paged,
    "continuous-batching": serving.continuous_batching,
    "chunked-prefill": serving.chunked_prefill,
    "prefix-caching": serving.prefix_caching,
    "prompt-lookup": serving.prompt_lookup,
    "weight-quantization": quality.weight_quantization,
    "kv-quantization": quality.kv_quantization,
    "attention-sinks": quality.attention_sinks,
    "pruning": quality.pruning,
    "batch-invariance": latency.batch_invariance,
}

DRIVEN: list[Callable[[Bench], Measurement]] = [real_engine.single_user, real_engine.real_engine]
"""What ENGINE=llama.cpp measures."""


def answer(bench: Bench, question: str, most: int = 48) -> str:
    """Prints the answer as it comes, and gives it."""
    tokenizer, cache = bench.tokenizer, KVCache(bench.model.config, 1024)
    print(f"\n> {question}\n", flush=True)
    new, made = tokenizer.chat(question), list[int]()
    while len(made) < most:
        token = int(logits(bench.model, step(bench.model, cache, new)[-1:])[0].argmax())
        if token == tokenizer.end:
            break
        new, made = [token], [*made, token]
        print(tokenizer.decode(new), end="", flush=True)
    print(flush=True)
    return tokenizer.decode(made)


def measured(bench: Bench, all_: list[Callable[[Bench], Measurement]]) -> list[tuple[Measurement, machine.Rates]]:
    """What each gives, printed as it ends, with the rates at which the machine was timed right before it."""
    found = []
    for measure in all_:
        rates = machine.rates(bench.amount.repeats + 4)
        one = measure(replace(bench, rates=rates))
        found.append((one, rates))
        print(tables.text(one), f"  {rates}", sep="\n", flush=True)
    return found


def record(bench: Bench, found: list[tuple[Measurement, machine.Rates]], said: str, note: str) -> dict[str, Any]:
    """What JSON= writes."""
    return {
        "machine": machine.described() | ({"note": note} if note else {}),
        "model": {"name": install.NAME, "sha256": install.SHA256},
        "quick": bench.amount is QUICK,
        "answer": {"question": QUESTION, "answer": said},
        "rates": {each.slug: vars(rates) for each, rates in found},
        "measured": {each.slug: to_json(each) for each, _ in found},
    }


def updated(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The old record with what was measured anew. Raises ValueError where it is of another machine or amount."""
    for name in ("processor", "threads", "clock"):
        if old["machine"][name] != new["machine"][name]:
            raise ValueError(
                f"the record's {name} is {old['machine'][name]!r}; accepted: {new['machine'][name]!r}, as now"
            )
    if old["quick"] != new["quick"]:
        raise ValueError("the record is of QUICK=1 or this is; accepted: both or neither")
    return {**new, **{name: old[name] | new[name] for name in ("rates", "measured")}}


def run(amount: Amount, asked: argparse.Namespace) -> None:
    """Installs, asks, measures, and writes the record where one is wanted. Raises InstallError."""
    json_file: Path | None = asked.json
    model, tokenizer = load(install.install())
    bench = Bench(model, tokenizer, machine.rates(amount.repeats + 4), amount)
    said = answer(bench, QUESTION)
    ours = [measure for slug, measure in MEASURED.items() if not asked.only or slug in asked.only]
    found = measured(bench, DRIVEN if asked.engine else ours)
    if json_file:
        made = record(bench, found, said, asked.note)
        if asked.only and json_file.is_file():
            made = updated(json.loads(json_file.read_text(encoding="utf-8")), made)
        text = json.dumps(made, ensure_ascii=False, indent=1)
        json_file.write_text(text + "\n", encoding="utf-8")
        print(f"\nwritten: {json_file}")


def publish_records(check: bool) -> int:
    """Writes the tables and plots of the records, or tells which differ."""
    files = publish.made()
    told = [f"{shown(path)}: is not what lab/records/ gives" for path in publish.differing(files)]
    told += [f"{shown(path)}: is in no record" for path in publish.stale(files)]
    if check:
        print(
            *(f"{line}; run .venv/bin/python scripts/run_lab.py --publish" for line in told),
            sep="\n",
            file=sys.stderr,
            end="",
        )
        return 1 if told else 0
    publish.write(files)
    print(f"{len(told)} files written or removed, {len(files)} in all")
    return 0


def record_logprobs() -> int:
    """Writes lab/records/logprobs.json."""
    model, _ = load(install.install())
    versions = {"model": install.NAME, "engine": real_engine.version(), "date": str(machine.described()["date"])}
    text = json.dumps(logprobs.record(model, versions, machine.threads()), ensure_ascii=False, indent=1)
    logprobs.FILE.write_text(text + "\n", encoding="utf-8")
    return 0


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run_lab.py", description="Measures inference on this machine.")
    parser.add_argument("--quick", action="store_true", help="less of everything, in under two minutes")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    parser.add_argument("--only", nargs="*", default=[], choices=list(MEASURED), help="measure these alone")
    parser.add_argument("--engine", choices=["llama.cpp"], help="drive this engine instead of ours")
    parser.add_argument("--publish", action="store_true", help="write what the pages quote of lab/records/, and stop")
    parser.add_argument(
        "--check", action="store_true", help="with --publish: write nothing; exit 1 where a file differs"
    )
    parser.add_argument("--logprobs", action="store_true", help="record llama.cpp's log-probabilities, and stop")
    parser.add_argument("--note", default="", help="a sentence for the record: what else ran on the machine")
    asked = parser.parse_args(argv)
    if asked.publish:
        return publish_records(asked.check)
    try:
        if asked.logprobs:
            return record_logprobs()
        run(QUICK if asked.quick else FULL, asked)
    except (install.InstallError, ValueError) as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
