"""Tells what a rendering is configured by: files, variables, and folders of templates.

It is asked at the start of every build, so nothing of a renderer is imported here.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from builder.settings import Settings

FRAME = "frame"
"""The folder of the cache that holds what MkDocs rendered."""
FRAME_FILE = "frame.json"

# "!ENV [SITE_URL, OTHER, default]", "!ENV SITE_URL"
_ENVIRONMENT = re.compile(r"!ENV\s+(?P<names>\[[^\]]*\]|\S+)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_INHERIT = re.compile(r"^INHERIT:\s*['\"]?(?P<file>[^'\"\n]+?)['\"]?\s*$", re.MULTILINE)


def theme_of(cache: Path) -> list[str] | None:
    """Return the folders of templates that the last rendering knew of, None without a frame."""
    try:
        folders = json.loads((cache / FRAME / FRAME_FILE).read_bytes())["folders"]
        return sorted(map(str, folders))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def configuration_of(settings: Settings) -> list[Any]:
    """Return the files of a configuration, and the variables of the environment that they name."""
    texts: list[str] = []
    waiting = [settings.config_file]
    while waiting and len(texts) < 20:
        file = waiting.pop()
        if file is None or not file.is_file():
            continue
        text = file.read_text("utf-8", "replace")
        texts.append(text)
        found = _INHERIT.search(text)
        if found:
            waiting.append(file.parent / found["file"])
    named = {
        name
        for text in texts
        for found in _ENVIRONMENT.finditer(text)
        for name in _NAME.findall(found["names"])
    }
    values = {name: os.environ.get(name) for name in sorted({*named, "SITE_URL"})}
    return [texts, values]
