"""What the server adds to a page: the script that reloads it after an edit, and what is wrong with the sources."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from miaotui.site import policy

EVENTS = "/.live"
"""The address at which a page hears of edits; no page of the site begins with a dot."""
_SCRIPT = """<script>
(() => {
  const heard = new EventSource("%s")
  heard.onmessage = ({ data }) => { if (data !== "%d") location.reload() }
})()
</script>"""
_FAULTS = (
    '<div role="alert" id="live-faults" style="position:fixed;inset:auto 0 0;z-index:99;max-height:50vh;overflow:auto;'
    'padding:1rem;background:#8a1f11;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap">%s</div>'
)
_EMPTY = '<!doctype html><meta charset="utf-8"><title>%s</title><body><p>%s</p></body>'


def live(html: str, version: int, faults: Sequence[str]) -> str:
    """The page with the script, which reloads it once the sources have another version, and with the faults."""
    added = (_FAULTS % escape("\n".join(faults)) if faults else "") + _SCRIPT % (EVENTS, version)
    # The page's policy names its own scripts alone.
    html = policy.unsaid(html)
    head, body, tail = html.rpartition("</body>")
    return f"{head}{added}{body}{tail}" if body else f"{html}{added}"


def stand_in(said: str) -> str:
    """A page for an address of which there never was a good one."""
    return _EMPTY % (escape(said), escape(said))
