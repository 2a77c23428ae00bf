"""What a server answers: status, headers, and the file as it was sent, compressed where it was."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import brotli

WHOLE, BROTLI, GZIP = "identity", "br", "gzip"
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    WHOLE: bytes,
    BROTLI: brotli.decompress,
    GZIP: gzip.decompress,
}


@dataclass(frozen=True)
class Reply:
    """What a server answered, no redirect followed."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """By names in small letters."""
    body: bytes = b""
    """As it was sent: compressed, where it was."""
    fault: str = ""
    """Why it is not all that was to be sent; empty where it is."""

    @property
    def coding(self) -> str:
        return self.headers.get("content-encoding", "").lower()

    def whole(self) -> bytes:
        """The file itself. Raises ValueError where what was sent is not what was said."""
        try:
            return UNPACK[self.coding](self.body)
        except (KeyError, OSError, EOFError, brotli.error) as error:
            raise ValueError(f"was sent as '{self.coding}', which is not what it is") from error

    def read(self) -> bytes:
        """The file itself; nothing where what was sent is not what was said."""
        try:
            return self.whole()
        except ValueError:
            return b""


Ask = Callable[[str, str], Reply]
"""(place under the site, accepted codings) to an answer."""
