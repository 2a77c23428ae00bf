"""What Material brings and nothing of ours asks for: two megabytes of every copy of the site."""

from __future__ import annotations

import re

_MAPPED = re.compile(r"\s*^//# sourceMappingURL=\S+\s*\Z", re.MULTILINE)


def is_left_out(place: str) -> bool:
    """Whether a file of the theme stays out: lunr's stemmers, which `lang: [en]` loads none of, and source maps."""
    return place.startswith("assets/javascripts/lunr/") or place.endswith((".js.map", ".css.map"))


def unmapped(script: str) -> str:
    """The script without the line that names its source map, which a browser's tools would ask for."""
    return _MAPPED.sub("\n", script)
