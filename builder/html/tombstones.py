"""Shows addresses that no passage bears any more: tombstones, and ids that another took over.

Both need no script. A tombstone is an element at the old place, which the style sheet shows only
where the page's address names it or one of its further ids. A further id is an empty element in the
passage that took it over; what it has to say is an attribute, which the style sheet prints, so that
it is no part of the text: nobody copies it, and no search finds it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.dating.display import date_in_words
from builder.html.escape import escape, escape_attribute, one_line, own_address
from builder.html.ids import id_in_words, is_figure, number_in
from builder.model import BlockKind, Document, Forward, Tombstone
from builder.versions import LastPlace, last_places

# What a tombstone says of a passage that was not plain text.
_KINDS: Mapping[BlockKind, str] = {"heading": ", a heading,", "table": ", a table,"}
# The ledger holds a table's text without its lines; the version of that time shows it as it was.
_READS: Mapping[BlockKind, str] = {"table": "It read, cell after cell:"}


@dataclass(frozen=True, slots=True)
class Lost:
    """The lost addresses of one page: tombstones by the address that they stand after, forwards.

    `linked` are all ids of the page, `places` tells where lost passages last stood, `versions` is
    the way from the page to the folder of versions.
    """

    after: Mapping[str | None, Sequence[Tombstone]] = field(default_factory=dict)
    forwards: Mapping[str, Forward] = field(default_factory=dict)
    linked: frozenset[str] = frozenset()
    places: Mapping[str, LastPlace] = field(default_factory=dict)
    versions: str = ""

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
        """Return where a lost passage stood, with links to its neighbors and to its version.

        A version on record tells its neighbors of then; else the ledger does.
        """
        place = self.places.get(tombstone.anchor)
        beside = place or tombstone
        after, before = (self._link(name) if name else "" for name in (beside.after, beside.before))
        words = "It stood"
        if after and before:
            words += f" between {after} and {before}"
        elif after or before:
            words += f" {'after' if after else 'before'} {after or before}"
        if place:
            words += f" {version_link(self.versions, place, tombstone.anchor)}"
        return f"<p>{words}.</p>" if place or after or before else ""

    def _link(self, name: str) -> str:
        words = escape(id_in_words(name))
        return f'<a href="#{own_address(name)}">{words}</a>' if name in self.linked else words


NOTHING_LOST = Lost()


def lost_of(document: Document, versions: str = "versions/") -> Lost:
    """Return what a document's page shows of its lost addresses.

    `versions` is the way from the page to the folder of versions.
    """
    standing = {block.anchor for block in document.passages if block.anchor}
    aliases = {alias for block in document.passages for alias in block.aliases}
    return Lost(
        graves_by_place(document.tombstones, standing),
        {forward.anchor: forward for forward in document.forwards},
        frozenset(standing | aliases | ids_of_graves(document.tombstones)),
        last_places(document.versions[1:]) if document.tombstones else {},
        versions,
    )


def graves_by_place(
    tombstones: Iterable[Tombstone], standing: Container[str]
) -> Mapping[str | None, Sequence[Tombstone]]:
    """Return tombstones by the passage behind which they have their place, None before all."""
    graves: dict[str | None, list[Tombstone]] = {}
    for tombstone in tombstones:
        place = tombstone.behind if tombstone.behind in standing else None
        graves.setdefault(place, []).append(tombstone)
    return graves


def ids_of_graves(tombstones: Iterable[Tombstone]) -> frozenset[str]:
    """Return all ids of tombstones."""
    return frozenset(name for one in tombstones for name in (one.anchor, *one.aliases))


def version_link(versions: str, place: LastPlace, anchor: str) -> str:
    """Return the link to a passage where it last stood."""
    address = own_address(f"{versions}{place.digits}/#{anchor}")
    return f'<a href="{address}">in the version of that time</a>'


def last_words(tombstone: Tombstone) -> str:
    """Return the text that a lost passage last had, whole, as an element of its own."""
    if not tombstone.text.strip():
        return '<p class="last-words">It held no text.</p>'
    return f'<p class="last-words" dir="auto">“{escape(tombstone.text)}”</p>'


def _removed(tombstone: Tombstone) -> str:
    name = escape(id_in_words(tombstone.anchor))
    kind = _KINDS.get(tombstone.kind, "")
    reads = f" {_READS.get(tombstone.kind, 'It read:')}" if tombstone.text.strip() else ""
    return f"<strong>{name}{kind} was removed on {_day(tombstone.gone)}.</strong>{reads}"


def _words_of(alias: str, bearer: str, forward: Forward | None) -> str:
    """Return what a further id says; a heading's slug, and a figure in a grave, say nothing."""
    day = date_in_words(forward.gone) if forward else ""
    number = number_in(alias)
    if number and not is_figure(alias):
        if forward and forward.led:
            since = f"since {date_in_words(forward.led)} its address leads to this passage"
            return f"¶ {number} was removed on {day}; {since}."
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
