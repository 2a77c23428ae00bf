"""The content security policy: what a page may load and run, for servers to send and for pages to say themselves.

A static host such as GitHub Pages sends no policy, so each page has it in a `<meta>` too. There `frame-ancestors`
means nothing, by the standard, and is left out: https://www.w3.org/TR/CSP3/#meta-element
"""

from __future__ import annotations

import base64
import hashlib
import re

HASHES = "<hashes>"
"""Where the hashes of a page's inline scripts stand."""
POLICY = {
    "default-src": "'none'",
    # The judge runs an answer in a worker made from a blob, in Python compiled to WebAssembly.
    "script-src": f"'self' blob: 'wasm-unsafe-eval' {HASHES}",
    "style-src": "'self'",
    # Material and the formulas have styles of their own on elements.
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_SENT_ALONE = frozenset({"frame-ancestors"})
"""What only a server can say."""
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_SAID = re.compile(r'\n<meta http-equiv="content-security-policy"[^>]*>')
_CHARSET = re.compile(r"<meta charset=[^>]*>")


def header() -> str:
    """The policy as a server sends it; HASHES stands for those of the page."""
    return "; ".join(f"{name} {value}" for name, value in POLICY.items())


def hashes(page: str) -> list[str]:
    """The inline scripts of a page, as a policy names them, each once; data is no script."""
    texts = [
        found["text"]
        for found in _SCRIPT.finditer(page)
        if "src=" not in found["attributes"] and "json" not in found["attributes"]
    ]
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in dict.fromkeys(texts)
    ]


def said(page: str) -> str:
    """The page with its policy in a `<meta>`, before anything that the policy is about."""
    directives = "; ".join(f"{name} {value}" for name, value in POLICY.items() if name not in _SENT_ALONE)
    policy = directives.replace(HASHES, " ".join(hashes(page)))
    tag = f'<meta http-equiv="content-security-policy" content="{policy}">'
    return _CHARSET.sub(lambda found: f"{found[0]}\n{tag}", page, count=1)


def unsaid(page: str) -> str:
    """The page without it, for a server that adds a script of its own."""
    return _SAID.sub("", page, count=1)
