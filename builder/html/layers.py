"""Says what stands over a block's text: markup, mentions, figures, notes, each with its tags."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.dating.clock import COUNTED
from builder.dating.display import date_in_words
from builder.html.escape import escape_attribute, one_line, own_address
from builder.html.figure_words import figure_parts
from builder.html.outbound import UNDATED, Archive, copy_beside, opening
from builder.html.tombstones import NOTHING_LOST, Lost
from builder.model import Block, Figure, Mark, Mention, Span
from builder.web_address import is_web_address

# How a mark of the source is shown; anything else is shown as plain text.
MARK_ELEMENTS = ("strong", "em", "u", "s", "del", "ins", "sub", "sup")


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's remark on a misprint, shown as a quiet sign; `at` counts in the block's text."""

    at: Span
    text: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One span with its opening tags: as the first piece, as a later piece, and inside a link.

    Of layers over the same span the one of the lowest `rank` stands outside. `tag` is the element
    that a piece closes, "" where its opening tag decides. `after` follows the last piece; it holds
    a link, so that it stands in none.
    """

    span: Span
    rank: int
    first: str
    later: str
    in_link: str
    tag: str
    after: str = ""


Addresses = Mapping[tuple[str, str], str]
"""The address of each entity that has one, as (kind, key) → link relative to the page."""

NO_ADDRESSES: Addresses = {}


def layers_of(
    block: Block,
    mentions: Iterable[Mention] = (),
    addresses: Addresses = NO_ADDRESSES,
    *,
    unreviewed: Container[tuple[str, str]] = (),
    notes: Iterable[Note] = (),
    lost: Lost = NOTHING_LOST,
    archive: Archive = UNDATED,
) -> Iterator[Layer]:
    """Yield the layers of a block: its marks, its `mentions` and the `notes` on it.

    A mention is linked where `addresses` knows its entity and no other link stands around it or in
    it; else it is a span. `unreviewed` holds the candidates, as (kind, key), whose marks are
    fainter. `lost` says how a figure's further ids came to it, `archive` where the archived copies
    of linked pages stand. What a card tells of an entity is not here: it would stand at each of its
    mentions.
    """
    links = _Links([mark.span for mark in block.marks if mark.tag == "link"])
    for mark in block.marks:
        if mark.tag == "link":
            yield _link_layer(mark, archive)
        elif mark.tag in MARK_ELEMENTS:
            yield Layer(mark.span, 1, *(f"<{mark.tag}>",) * 3, mark.tag)
    for mention in mentions:
        if mention.figure is not None:
            yield _figure_layer(mention, mention.figure, lost)
        else:
            who = (mention.kind, mention.entity)
            address = None if links.touch(mention.at) else addresses.get(who)
            yield _mention_layer(mention, address, is_unreviewed=who in unreviewed)
    for note in notes:
        first = f'<span class="sic" title="{escape_attribute(note.text)}">'
        yield Layer(note.at, 4, first, '<span class="sic-rest">', first, "span")


class _Links:
    """Where the source's own links stand in a block."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = sorted(span.start for span in spans)
        self._ends = sorted(span.end for span in spans)

    def touch(self, at: Span) -> bool:
        """Tell whether any link shares a character with `at`."""
        # More have begun before its end than had ended where it begins.
        return bisect_left(self._starts, at.end) > bisect_right(self._ends, at.start)


def _link_layer(mark: Mark, archive: Archive) -> Layer:
    plain = '<span class="link">'
    if not mark.href or not is_web_address(mark.href):
        return Layer(mark.span, 0, plain, plain, plain, "")
    found = archive(mark.href)
    link = opening(mark.href, found)
    return Layer(mark.span, 0, link, link, plain, "", copy_beside(found))


def _mention_layer(mention: Mention, address: str | None, *, is_unreviewed: bool) -> Layer:
    kind = f"{mention.kind} unreviewed" if is_unreviewed else mention.kind
    words = _resolution(mention)
    title = f' title="{escape_attribute(words)}"' if words else ""
    span = f'<span class="mention {kind}"{title}>'
    if address is None:
        return Layer(mention.at, 2, span, span, span, "")
    link = f'<a class="mention {kind}" href="{own_address(address)}">'
    return Layer(mention.at, 2, link, link, span, "")


def _figure_layer(mention: Mention, figure: Figure, lost: Lost) -> Layer:
    """Return a figure's mark; one that read otherwise says so, in its tooltip and by a sign.

    The tooltip holds what the figure's card shows.
    """
    was = one_line(mention.was or "")
    title = escape_attribute(figure_parts(figure, was))
    name = f' id="{mention.id}"' if mention.id else ""
    earlier = f' data-was="{escape_attribute(was)}"' if was else ""
    further = lost.further_ids(mention.aliases, mention.id or "")
    later = f'<mark class="figure" title="{title}">'
    first = f'<mark class="figure"{name}{earlier} title="{title}">{further}'
    return Layer(mention.at, 3, first, later, first, "mark")


def _resolution(mention: Mention) -> str:
    """Return how a date was read that the text does not state in full: "read as June 2023"."""
    return f"read as {date_in_words(mention.entity)}" if COUNTED in mention.rules else ""
