"""The metadata of a page, between two lines of ---."""

from __future__ import annotations

from typing import Any

import yaml


def front_matter(text: str) -> dict[str, Any]:
    """The metadata of a page, empty where it has none that can be read."""
    parts = text.split("---\n", 2)
    try:
        meta = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0] else {}
    except yaml.YAMLError:
        return {}
    return meta if isinstance(meta, dict) else {}
