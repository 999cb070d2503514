"""Shows addresses that no passage bears any more: tombstones, and ids that another took over.

Both need no script. A tombstone is an element at the old place, which the style sheet shows only
where the page's address names it or one of its further ids. A further id is an empty element in the
passage that took it over; what it has to say is an attribute, which the style sheet prints, so that
it is no part of the text: nobody copies it, and no search finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.dating.display import date_in_words
from builder.html.escape import escape, escape_attribute, one_line, own_address
from builder.html.ids import id_in_words, is_figure, number_in
from builder.model import BlockKind, Document, Forward, Tombstone

# What a tombstone says of a passage that was not plain text.
_KINDS: Mapping[BlockKind, str] = {"heading": ", a heading,", "table": ", a table,"}


@dataclass(frozen=True, slots=True)
class Lost:
    """The lost addresses of one page: tombstones by the address that they stand after, forwards."""

    after: Mapping[str | None, Sequence[Tombstone]] = field(default_factory=dict)
    forwards: Mapping[str, Forward] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()

    def tombstones_after(self, anchor: str | None, element: str = "div") -> list[str]:
        """Return the tombstones after a passage; None: those before all. In a list they are `li`.

        A passage without an address has none.
        """
        return [self._tombstone(one, element) for one in self.after.get(anchor, ())]

    def further_ids(self, aliases: Iterable[str], bearer: str = "") -> str:
        """Return the empty elements that bear further ids.

        `bearer` is the passage or figure in which they stand, "" for a passage that is gone.
        """
        return "".join(
            f'<span{self._note(alias, bearer)} id="{own_address(alias)}"></span>'
            for alias in aliases
        )

    def _note(self, alias: str, bearer: str) -> str:
        """Return the attributes that make a further id say how it came here, "" for a heading's."""
        words = _words_of(alias, bearer, self.forwards.get(alias))
        return f' class="further-id" data-note="{escape_attribute(words)}"' if words else ""

    def _tombstone(self, tombstone: Tombstone, element: str) -> str:
        return "\n".join(
            [
                f'<{element} class="tombstone" id="{own_address(tombstone.anchor)}"'
                f" data-search-exclude>{self.further_ids(tombstone.aliases)}",
                f'<div class="tombstone-words" role="note"><p>{_removed(tombstone)}</p>',
                last_words(tombstone),
                f"{self._place(tombstone)}</div></{element}>",
            ]
        )

    def _place(self, tombstone: Tombstone) -> str:
        """Return where a lost passage stood, with links to its neighbors."""
        after, before = (
            self._link(name) if name else "" for name in (tombstone.after, tombstone.before)
        )
        if after and before:
            return f"<p>It stood between {after} and {before}.</p>"
        if after or before:
            return f"<p>It stood {'after' if after else 'before'} {after or before}.</p>"
        return ""

    def _link(self, name: str) -> str:
        words = escape(id_in_words(name))
        return f'<a href="#{own_address(name)}">{words}</a>' if name in self.linked else words


NOTHING_LOST = Lost()


def lost_of(document: Document) -> Lost:
    """Return what a document's page shows of its lost addresses."""
    standing = {block.anchor for block in document.passages if block.anchor}
    after: dict[str | None, list[Tombstone]] = {}
    for tombstone in document.tombstones:
        place = tombstone.after if tombstone.after in standing else None
        after.setdefault(place, []).append(tombstone)
    graves = (tombstone.anchor for tombstone in document.tombstones)
    forwards = {forward.anchor: forward for forward in document.forwards}
    return Lost(after, forwards, frozenset((*standing, *graves)))


def last_words(tombstone: Tombstone) -> str:
    """Return the text that a lost passage last had, whole, as an element of its own."""
    if not tombstone.text.strip():
        return '<p class="last-words">It held no text.</p>'
    return f'<p class="last-words" dir="auto">“{escape(tombstone.text)}”</p>'


def _removed(tombstone: Tombstone) -> str:
    name = escape(id_in_words(tombstone.anchor))
    kind = _KINDS.get(tombstone.kind, "")
    reads = " It read:" if tombstone.text.strip() else ""
    return f"<strong>{name}{kind} was removed on {_day(tombstone.gone)}.</strong>{reads}"


def _words_of(alias: str, bearer: str, forward: Forward | None) -> str:
    """Return what a further id says; a heading's slug, and a figure in a grave, say nothing."""
    day = date_in_words(forward.gone) if forward else ""
    number = number_in(alias)
    if number and not is_figure(alias):
        if forward and forward.led:
            led = date_in_words(forward.led)
            return f"¶ {number} was removed on {day}; since {led} its address leads to this passage."
        return f"¶ {number} became part of this passage{day and f' on {day}'}."
    if not number or not bearer:
        return ""
    if not is_figure(bearer):
        printed = one_line(forward.text) if forward else ""
        figure = f"The figure cited here{printed and f', “{printed}”,'}"
        return f"{figure} {f'has not been in the text since {day}' if day else 'is gone'}."
    if number == number_in(bearer):
        return f"The figure cited here became this one{day and f' on {day}'}."
    return f"This figure stood in ¶ {number} {f'until {day}' if day else 'before'}."


def _day(date: str) -> str:
    return escape(date_in_words(date))
