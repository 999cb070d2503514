"""Reads web addresses as others wrote them, without tripping over those that are none."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

# White space and control characters, which `urlsplit` removes silently: "https://a.example/\nb"
_UNFIT = re.compile(r"[\s\x00-\x20\x7f]")


def read_address(text: str | None) -> SplitResult | None:
    """Return the parts of an absolute http or https address, None for anything else."""
    if not text or _UNFIT.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port  # read when it is asked for: "https://a.example:x/"
    except ValueError:  # "http://[bad", "https://a℀b.example/"
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def is_web_address(text: str | None) -> bool:
    """Tell whether `text` is an absolute http or https address, the only kind we link out to."""
    return read_address(text) is not None


def host_of(text: str | None) -> str:
    """Return the host of a web address in lower case, "" where there is none."""
    parts = read_address(text)
    return (parts.hostname or "").lower() if parts else ""


def join_address(base: str, target: str) -> str | None:
    """Return where a relative address leads from `base`, None where it cannot be read."""
    try:
        return urljoin(base, target)
    except ValueError:  # "//[bad"
        return None
