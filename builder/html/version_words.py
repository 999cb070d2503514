"""Tells in words and marks what changed between two versions of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from builder.dating.display import date_in_words
from builder.html.escape import escape
from builder.html.ids import number_in
from builder.html.rendering import html
from builder.html.wording import Piece, word_diff
from builder.model import RemovedDocument, Version
from builder.site_files import folder_of
from builder.versions import Change, What, changes

_LABELS: dict[What, str] = {
    "changed": "changed",
    "new": "new",
    "gone": "removed",
    "moved": "moved",
}
NOTHING_CHANGED = "no passage changed (the file’s header, markup, white space, or what is left out)"

# Of unchanged words so many characters are shown beside a change; "…" stands for the rest.
_SHOWN = 120


class Versioned(Protocol):
    """A document, standing or removed, as far as its versions go: newest first."""

    @property
    def slug(self) -> str:
        """The name of the document's folder."""

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions of its source."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as a page lists it: number, label, link from the page, and the text with marks."""

    number: str
    label: str
    address: str
    text: Markup


def version_folder(document: Versioned, digits: str) -> str:
    """Return the folder of the address that pins a version, from the site's root."""
    return f"{folder_of(document.slug)}versions/{digits}/"


def stands(document: Versioned, version: Version) -> bool:
    """Tell whether a version is the one that stands now; of a removed document none does."""
    is_newest = version.digits == document.versions[0].digits
    return is_newest and not isinstance(document, RemovedDocument)


def page_folder(document: Versioned, version: Version) -> str:
    """Return the folder of the page that shows a version: the document's for what stands now."""
    if stands(document, version):
        return folder_of(document.slug)
    return version_folder(document, version.digits)


def capital(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def life_in_words(version: Version, *, standing: bool = False) -> str:
    """Return when a version stood: "2 December 2026 to 3 March 2027", "until …", "since …"."""
    since = date_in_words(version.since) if version.since else ""
    until = date_in_words(version.until) if version.until else ""
    if standing:
        return f"since {since}" if since else "now"
    if since and until:
        return f"on {since}" if since == until else f"{since} to {until}"
    return f"until {until}" if until else f"from {since}" if since else "earlier"


def counted(found: Sequence[Change]) -> str:
    """Return "5 passages changed, 1 new, 1 removed", or that no passage did."""
    if not found:
        return NOTHING_CHANGED
    counts = Counter(change.what for change in found)
    parts = [f"{counts[what]:,} {label}" for what, label in _LABELS.items() if counts[what]]
    first, space, rest = parts[0].partition(" ")
    parts[0] = f"{first} {'passage' if first == '1' else 'passages'}{space}{rest}"
    return ", ".join(parts)


def shown_changes(document: Versioned, older: Version, newer: Version, root: str) -> list[Shown]:
    """Return what happened to each passage, linked to where it stands, a gone one to where it did.

    `root` is the way from the page to the site's root.
    """
    now, then = (root + page_folder(document, version) for version in (newer, older))
    return [
        Shown(
            number_in(change.anchor),
            _label(change),
            f"{then if change.what == 'gone' else now}#{change.anchor}",
            difference(change.old, change.new),
        )
        for change in changes(older, newer)
    ]


def _label(change: Change) -> str:
    moved = change.moved and change.what == "changed"
    return "changed and moved" if moved else _LABELS[change.what]


def difference(old: str, new: str) -> Markup:
    """Return two wordings as one text with `del` and `ins`, long unchanged stretches shortened.

    Words that only a screen reader says tell the marks, for not every one tells the elements.
    """
    pieces = word_diff(old, new)
    last = len(pieces) - 1
    shown = (
        _same(piece.text, first=number == 0, last=number == last)
        if piece.kind == "same"
        else _marked(piece)
        for number, piece in enumerate(pieces)
    )
    return html("".join(shown))


def _marked(piece: Piece) -> str:
    element, said = ("del", "removed") if piece.kind == "gone" else ("ins", "added")
    words = piece.text.lstrip() or piece.text
    space = piece.text.removesuffix(words)
    spoken = f'<span class="spoken">[{said}: </span>'
    marked = f'<{element}>{spoken}{escape(words)}<span class="spoken">]</span></{element}>'
    return escape(space) + marked


def _same(text: str, *, first: bool, last: bool) -> str:
    """Return words that did not change: those next to a change, all if they are few."""
    if len(text) <= 3 * _SHOWN:
        return escape(text)
    start, end = text[:_SHOWN], text[-_SHOWN:]
    head = "" if first and not last else start.rpartition(" ")[0] or start
    tail = "" if last else end.partition(" ")[2] or end
    return f"{escape(head)} … {escape(tail)}"
