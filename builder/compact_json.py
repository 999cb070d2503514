"""Writes JSON without spaces, as scripts read it: every character as itself."""

from __future__ import annotations

import json
from typing import Any


def compact(value: Any) -> str:
    """Return a value as JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encoded(text: str) -> bytes:
    """Return a file's text as UTF-8; half a pair of surrogates stands as JSON has it, `\\ud800`."""
    return text.encode("utf-8", "backslashreplace")
