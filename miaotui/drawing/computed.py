"""The figures that show computed values, docs/figures/*.svg: each is drawn by the module of its own in this room."""

from __future__ import annotations

from miaotui.base.paths import PALETTE
from miaotui.drawing import (
    acceptance,
    batching_steps,
    burst,
    chunks,
    fusion_gain,
    gaps,
    kv_heads,
    kv_steps,
    memory,
    neighbours,
    outlier,
    paging_steps,
    phone,
    request,
    rollout_tail,
    roofline,
    service,
    sm_split,
    sparsity,
    staircase,
)
from miaotui.drawing.palette import style
from miaotui.drawing.svg import document

DRAWN = {
    "acceptance": acceptance,
    "batching-steps": batching_steps,
    "burst": burst,
    "chunks": chunks,
    "dispatch-gaps": gaps,
    "fake-quantization": staircase,
    "fusion-gain": fusion_gain,
    "kv-heads": kv_heads,
    "kv-steps": kv_steps,
    "memory-budget": memory,
    "neighbours": neighbours,
    "outlier-scale": outlier,
    "paging-steps": paging_steps,
    "phone-roofline": phone,
    "request-timeline": request,
    "rollout-tail": rollout_tail,
    "roofline": roofline,
    "service-path": service,
    "sm-split": sm_split,
    "sparse-storage": sparsity,
}
"""The module of each figure by the name of its file."""


def drawn() -> dict[str, str]:
    """The text of each figure by its file's name."""
    palette = style(PALETTE.read_text(encoding="utf-8"))
    return {
        f"{name}.svg": document(module.draw(), f"{module.__name__.replace('.', '/')}.py", palette)
        for name, module in DRAWN.items()
    }
