"""Writes somebody's text so that every Markdown parser shows it as text, character for character.

It holds within a line that begins with something of ours: what acts at the beginning of a line
(headings, lists, rules, indents) has no place there.
"""

from __future__ import annotations

import re

from builder.html.escape import signs_shown
from builder.web_address import is_web_address

# What acts within a line: "&" before what would be a reference, "~" beside another, "#" at the end
# of a heading. Older parsers take a backslash before some signs only, so the others are character
# references, which all read alike. All else stands as it is: who searches the file finds it.
_MAY_ACT = re.compile(r"[\\*_\[\]{}<`&~#]")  # told many times sooner
_ACTING = re.compile(r"[\\*_\[\]{}<`]|&(?=#?[0-9A-Za-z]+;)|~(?=~)|(?<=~)~|#(?=#*\s*\Z)")
_REFERENCES = {"<": "&lt;", "&": "&amp;"} | {sign: f"&#{ord(sign)};" for sign in "~`"}

# An address that may stand between "<" and ">": "https://example.org/a_b?c=d"
_PLAIN_ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]+")


def text_as_markdown(text: str) -> str:
    """Return a text without line breaks as Markdown that reads the same."""
    shown = signs_shown(text)
    if not _MAY_ACT.search(shown):
        return shown
    return _ACTING.sub(lambda found: _REFERENCES.get(found[0], f"\\{found[0]}"), shown)


def cell_as_markdown(text: str) -> str:
    """Return a text as a cell of a table, which a bar would end."""
    return text_as_markdown(text).replace("|", "&#124;")


def link_as_markdown(name: str, address: str) -> str:
    """Return a link to one of our own addresses, which are made of slugs."""
    return f"[{text_as_markdown(name)}]({address})"


def address_as_markdown(address: str) -> str:
    """Return somebody else's address as a link where it can be one, else as text."""
    if is_web_address(address) and _PLAIN_ADDRESS.fullmatch(address):
        return f"<{signs_shown(address)}>"
    return text_as_markdown(address)
