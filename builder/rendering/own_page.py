"""Reads a generated page as our own writer made it, front matter and Markdown, without YAML.

What `html.rendering.Page` writes is a small part of YAML: plain keys, strings in double quotes in
which nothing is escaped for YAML, `true` and `false`, and lists of those. Whatever is anything else
is not read here but left to the renderer, which knows all of YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MARK = "---\n"
# "title: "&#91;Fact sheet&#93;"", "search:", "  exclude: true"
_PAIR = re.compile(r"(?P<indent>  )?(?P<key>[a-z_]+):(?: (?P<value>.+))?")
# "  - "toc"", "  - ["DC.title", "Fact sheet"]"
_ITEM = re.compile(r"  - (?P<value>.+)")
_STRING = re.compile(r'"(?P<text>[^"\\]*)"')
# Two spaces would be one, and some characters are no YAML at all, or a line end.
_NOT_PLAIN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.DOTALL)

Meta = dict[str, Any]
Asked = dict[str, str]
"""What links asked about other files, by path: whether there is one ("file"), or its "ids" too."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A generated page: what its front matter says, and its Markdown."""

    meta: Meta
    markdown: str


def read_own_page(data: bytes) -> OwnPage | None:
    """Return a page as our own writer made it, None where somebody else may have written it."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if not text.startswith(_MARK):
        return None
    end = text.find(f"\n{_MARK}", len(_MARK) - 1)
    if end < 0:
        return None
    head = text[len(_MARK) : end]
    meta = None if _NOT_PLAIN.search(head) else _read(head.split("\n"))
    if meta is None:
        return None
    return OwnPage(meta, text[end + 1 + len(_MARK) :].lstrip("\n"))


def _read(lines: list[str]) -> Meta | None:
    meta: Meta = {}
    inside: Any = None  # the list or mapping that is being filled
    key = ""
    for line in lines:
        item = _ITEM.fullmatch(line)
        pair = None if item else _PAIR.fullmatch(line)
        if item:
            value = _value(item["value"])
            if not key or value is None or isinstance(inside, dict):
                return None
            inside = meta[key] = inside if isinstance(inside, list) else []
            inside.append(value)
        elif pair is None:
            return None
        elif pair["indent"]:
            value = _scalar(pair["value"] or "")
            if not key or value is None or isinstance(inside, list):
                return None
            inside = meta[key] = inside if isinstance(inside, dict) else {}
            inside[pair["key"]] = value
        elif pair["key"] in meta:
            return None
        elif pair["value"] is None:
            key, inside = pair["key"], None
            meta[key] = None
        else:
            value = _scalar(pair["value"])
            if value is None:
                return None
            meta[pair["key"]], key = value, ""
    return meta


def _value(text: str) -> Any:
    if not text.startswith("["):
        return _scalar(text)
    # Without quotation marks within strings, every part between ", " is one of them.
    parts = [_scalar(part) for part in _STRINGS.findall(text)] if _LIST.fullmatch(text) else []
    return parts or None


_STRINGS = re.compile(r'"[^"\\]*"')
_LIST = re.compile(r'\["[^"\\]*"(?:, "[^"\\]*")*\]')


def _scalar(text: str) -> Any:
    found = _STRING.fullmatch(text)
    if found:
        return found["text"]
    return {"true": True, "false": False}.get(text)


def front_matter_of(file: Path) -> str:
    """Return the front matter of a page, with its marks."""
    found = _FRONT_MATTER.match(file.read_text("utf-8"))
    return found[0] if found else ""
