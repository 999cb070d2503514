"""Writes the page of a document: what it is, what it names, its text, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from builder.citing.head_tags import DUBLIN_CORE, head_tags
from builder.editorial import Sic
from builder.fold import fold
from builder.html.block_html import blocks_html, heading, number_of
from builder.html.cite_section import cite_section
from builder.html.document_head import document_head
from builder.html.escape import escape, one_line
from builder.html.layers import Note, layers_of
from builder.html.left_out import left_out
from builder.html.open_graph import open_graph
from builder.html.outbound import archive_on
from builder.html.rendering import Link, Page, html, render
from builder.html.shown import Shown
from builder.html.titles import date_of, title_of
from builder.html.tombstones import Lost, lost_of
from builder.html.version_signs import signs_of
from builder.html.versions_section import versions_section
from builder.html.weave import Woven
from builder.index import Who
from builder.indexing.contribution import opening_of
from builder.indexing.related import Related
from builder.model import Annotated, Block, Document, Mention, Metadata
from builder.site_files import folder_of

ROOT = "../../"


def document_page(
    one: Annotated, site: Shown, newer: Document | None, older: Document | None
) -> Page:
    """Return the page of a document; `newer` and `older` are its neighbors by date."""
    document = one.document
    passages = document.passages
    own_title, body = is_headline(document), list(passages)
    lost = lost_of(document)
    woven, sign = _Weaver(one, site, lost), signs_of(document, ROOT)
    headline, above, first = "", list[str](), lost.tombstones_after(None)
    if own_title:
        above, first = [*first, sign(body[0])], lost.tombstones_after(body[0].anchor)
        headline = heading(body.pop(0), 1, woven.block, lost).removeprefix("# ")
    parts = [
        render("document_head", root=ROOT, **document_head(one, site)),
        *first,
        blocks_html(body, woven.block, sign, lost),
        render("document_foot", root=ROOT, **_foot(document, site, newer, older)),
    ]
    return Page(
        folder=folder_of(document.slug),
        title=site.titles[document.slug],
        description=_description(document),
        headline=headline or f"{escape(one_line(title_of(document)))} {{#{_free_id(document)}}}",
        above="\n\n".join(filter(None, above)),
        body="\n\n".join(part for part in parts if part),
        searched=True,
        has_contents=True,
        kind="document",
        tags=(
            *head_tags(site.references[document.slug], site.changed[document.slug]),
            *open_graph(document),
        ),
        links=(Link(*DUBLIN_CORE),),
        modified=site.changed[document.slug],
        about=one,
    )


def is_headline(document: Document) -> bool:
    """Tell whether the text itself begins with the title, which then is the page's headline."""
    first = document.passages[0] if document.passages else None
    return (
        first is not None
        and first.kind == "heading"
        and document.metadata.title.value is not None
        and _same(first.text, document.metadata.title.value)
    )


def _same(one: str, other: str) -> bool:
    return one_line(fold(one)).casefold() == one_line(fold(other)).casefold()


def _free_id(document: Document) -> str:
    taken = {alias for block in document.passages for alias in block.aliases}
    taken.update(alias for tombstone in document.tombstones for alias in tombstone.aliases)
    return "_title" if "_title" not in taken else "_title-of-page"


def _description(document: Document) -> str:
    metadata = document.metadata
    return f"{described_as(metadata)}: {opening_of(document)}"


def described_as(metadata: Metadata) -> str:
    """Return what stands before the first words of a document where it is described."""
    known = [known.value for known in (metadata.type, metadata.issuer) if known.value]
    return ", ".join([*known, date_of(metadata)])


class _Weaver:
    """Weaves the blocks of one document, with signs on its misprints."""

    def __init__(self, one: Annotated, site: Shown, lost: Lost) -> None:
        self._site = site
        self._lost = lost
        self._archive = archive_on(one.document.metadata.date.value, site.editorial.archives)
        self._relative = _Relative(site.addresses)
        self._mentions: dict[int, list[Mention]] = {}
        blocks = one.document.blocks
        self._numbers = {block.span.start: number for number, block in enumerate(blocks)}
        for mention in one.mentions:
            self._mentions.setdefault(mention.block, []).append(mention)
        self._unreviewed = _unreviewed(one, site)
        self._notes: dict[int, list[Note]] = {}
        for sic in site.editorial.misprints.get(one.document.slug, ()):
            note = Note(sic.at, f"[sic] {_reading(sic)}")
            self._notes.setdefault(sic.block, []).append(note)

    def block(self, block: Block) -> Woven:
        """Return a block's text under all that stands over it."""
        number = self._numbers[block.span.start]
        layers = layers_of(
            block,
            self._mentions.get(number, ()),
            self._relative,
            unreviewed=self._unreviewed,
            notes=self._notes.get(number, ()),
            lost=self._lost,
            archive=self._archive,
        )
        return Woven(block, layers)


def _unreviewed(one: Annotated, site: Shown) -> frozenset[Who]:
    """Return the candidates that a document names."""
    named = {(mention.kind, mention.entity) for mention in one.mentions}
    known = site.index.by_who
    return frozenset(who for who in named if who in known and not known[who].entity.reviewed)


def _reading(sic: Sic) -> str:
    return f"printed “{sic.misprint.printed}”, read “{sic.misprint.reading}”"


def _notes(document: Document, misprints: Iterable[Sic]) -> list[tuple[str, Block, str]]:
    """Return the notes on a document's misprints in its order: passage number, block, words.

    What was left out of the document carries no sign in the text, and often no number.
    """
    ordered = sorted(misprints, key=lambda sic: (sic.block, sic.at))
    notes = dict.fromkeys((sic.block, _reading(sic)) for sic in ordered)
    blocks = document.blocks
    return [(number_of(blocks[number]), blocks[number], words) for number, words in notes]


class _Relative(dict[Who, str]):
    """Addresses as a document's page writes them, made when first asked for."""

    def __init__(self, addresses: Mapping[Who, str]) -> None:
        super().__init__()
        self._addresses = addresses

    def get(self, who: Who, default: str | None = None) -> str | None:  # type: ignore[override]  # one form is enough
        address = self._addresses.get(who)
        return default if address is None else ROOT + address


@dataclass(frozen=True, slots=True)
class _Neighbor:
    title: str
    folder: str
    date: str


def _neighbor(document: Document | None, site: Shown) -> _Neighbor | None:
    if document is None:
        return None
    return _Neighbor(
        site.titles[document.slug], folder_of(document.slug), date_of(document.metadata)
    )


def _foot(
    document: Document,
    site: Shown,
    newer: Document | None,
    older: Document | None,
) -> dict[str, object]:
    related: Sequence[Related] = site.index.related.get(document.slug, ())
    return {
        "document": document,
        **left_out(document),
        "citations": html(
            cite_section(
                site.citations[document.slug],
                what="document",
                root=ROOT,
                files="",
            )
        ),
        "versions": html(versions_section(document, ROOT)),
        "notes": _notes(document, site.editorial.misprints.get(document.slug, ())),
        "related": [(one, _neighbor(one.document, site)) for one in related],
        "newer": _neighbor(newer, site),
        "older": _neighbor(older, site),
    }
