"""Writes XML as other programs read it: every text whole, and nothing that XML cannot carry."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from builder.html.escape import as_seen, one_line

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""The name of the attribute `xml:lang`."""


def add(parent: Element, name: str, text: str = "", given: Mapping[str, str] | None = None) -> None:
    """Add an element with a text on one line, or with none, and attributes."""
    made = SubElement(parent, name, {key: plain(value) for key, value in (given or {}).items()})
    made.text = plain(text) or None


def plain(text: str) -> str:
    """Return a text on one line, without characters that cannot be seen or that XML refuses."""
    return one_line(as_seen(text))


def as_xml(root: Element) -> bytes:
    """Return a file's bytes, with a line for each element."""
    indent(root)
    body = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
