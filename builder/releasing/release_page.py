"""Puts the links of a release into the finished page of the data, and takes them out again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from builder.counting import size_in_words

PAGE = "data/index.html"

# "<div data-release hidden>…</div>": nothing in it is a div.
_PLACE = re.compile(rb"(?P<start><div\b[^>]*\sdata-release\b[^>]*>).*?(?P<end></div>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release: what it is for (as HTML), its size in bytes and its SHA-256."""

    name: str
    words: str
    size: int
    sha256: str

    @property
    def size_in_words(self) -> str:
        """The size as people read it: "12.3 MB"."""
        return size_in_words(self.size)


def with_release(page: bytes, files: Iterable[ReleaseFile], sums: str) -> bytes | None:
    """Return the page with the files' links, None where it has no place for them.

    `sums` is the name of the file of checksums, beside the page as all of them.
    """
    items = "".join(map(_item, files))
    html = (
        f"<p>All of it in one file:</p><ul>{items}</ul>"
        f'<p>Checksums: <a href="{escape(sums)}" download>{escape(sums)}</a>, '
        f"for <code>sha256sum -c {escape(sums)}</code>.</p>"
    )
    filled, times = _PLACE.subn(lambda place: place["start"] + html.encode() + place["end"], page)
    return filled if times else None


def without_release(page: bytes) -> bytes:
    """Return the page as the build made it."""
    return _PLACE.sub(lambda place: place["start"] + place["end"], page)


def _item(file: ReleaseFile) -> str:
    name = escape(file.name)
    return (
        f'<li><a href="{name}" download>{name}</a> ({file.size_in_words}): {file.words}. '
        f"SHA-256 <code>{file.sha256}</code></li>"
    )
