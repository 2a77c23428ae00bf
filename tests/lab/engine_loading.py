"""Loads the engine from its text, as it stands or with an error planted in one step."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

ENGINE = Path(__file__).resolve().parents[2] / "lab/engine"
STEPS = [
    "shapes",
    "gguf",
    "tokenizer",
    "model",
    "sampling",
    "cache",
    "batch",
    "paged",
    "scheduler",
    "prefix",
    "speculative",
    "quantize",
    "kv_quant",
]
"""In an order in which each imports only those before it."""


def text_of(step: str) -> str:
    return (ENGINE / f"{step}.py").read_text(encoding="utf-8")


def loaded(step: str = "", text: str = "") -> SimpleNamespace:
    """All steps as fresh modules; the named step is of `text`. What is imported elsewhere stays as it was."""
    kept = {name: module for name, module in sys.modules.items() if name.startswith("lab.engine.")}
    found = {}
    try:
        for name in STEPS:
            module = ModuleType(f"lab.engine.{name}")
            sys.modules[module.__name__] = module
            code = compile(text if name == step else text_of(name), str(ENGINE / f"{name}.py"), "exec")
            exec(code, module.__dict__)
            found[name] = module
    finally:
        for name in STEPS:
            sys.modules.pop(f"lab.engine.{name}", None)
        sys.modules.update(kept)
    return SimpleNamespace(**found)
