"""What `make test` takes of many of a kind: some, which change with the commit. `make test-all` takes all."""

from __future__ import annotations

import random
from collections.abc import Sequence

from miaotui.edge.commit import commit


def drawn(names: Sequence[str], most: int) -> tuple[list[str], list[str]]:
    """That many of the names, drawn by the commit, so that each process draws the same; and the others."""
    taken = random.Random(f"{commit().version} {len(names)}").sample(list(names), min(most, len(names)))
    return [name for name in names if name in taken], [name for name in names if name not in taken]
