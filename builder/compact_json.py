"""Writes JSON without spaces, as scripts read it: every character as itself."""

from __future__ import annotations

import json
from typing import Any

# Set up once: to do so takes longer than to write a row.
_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def compact(value: Any) -> str:
    """Return a value as JSON without spaces."""
    return _encoder.encode(value)


def encoded(text: str) -> bytes:
    """Return a file's text as UTF-8; half a pair of surrogates stands as JSON has it, `\\ud800`."""
    return text.encode("utf-8", "backslashreplace")
