"""Writes the feed: documents that are new or have changed, newest change first (Atom, RFC 4287).

The id of an entry holds neither the site's address nor a title nor a slug of today, so that a feed
reader takes nothing for new that only moved. Dates are those of texts and ledgers, never a build's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement

from builder.dating.display import date_in_words
from builder.dating.when import when
from builder.exporting.xml_file import LANGUAGE, add, as_xml
from builder.html.shown import Shown
from builder.html.tasks import Digests, Family, File, Task
from builder.html.titles import date_of, known_in_words
from builder.last_changed import changed_on, whole_day
from builder.model import Document, Metadata, Past, RemovedDocument, Span
from builder.quoted_sentences import sentence_at
from builder.site_files import folder_of
from builder.tallies import NO_TALLIES, Part, Tallies

PATH = "feed.xml"
ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
# What ids are derived in; any other constant would do, but it must never change.
_IDS = UUID("6f1f2b0e-6a0c-5d53-9c0b-3f6d7f0f2a11")
# Atom wants a date of each entry. This one says that there is none, and stays the same for ever.
_UNKNOWN = "1970-01-01"
_SENTENCE = 300


def feed_task(
    site: Shown, digests: Digests, past: Past, identity: str, tallies: Tallies = NO_TALLIES
) -> Family:
    """Return the feed, whose key tells of the documents in it."""
    depends = (digests.everything, repr(past))
    return Family("feed", depends, lambda: [_task(site, digests, past, identity, tallies)])


def _task(site: Shown, digests: Digests, past: Past, identity: str, tallies: Tallies) -> Task:
    newest = _newest(site)
    depends = (digests.documents(newest), repr(past), site.removed)

    def made() -> Iterator[File]:
        parts = (Part(one.slug, digests.document(one), partial(_opening, one)) for one in newest)
        slugs = [one.slug for one in newest]
        openings = dict(zip(slugs, tallies.of("feed", parts), strict=True))
        yield feed_file(site, past, identity, lambda document: str(openings[document.slug]))

    return Task("feed", depends, made)


def _opening(document: Document) -> str:
    """Return the first sentence of a document, cut where it is long."""
    text = next((block.text for block in document.passages if block.kind != "heading"), "")
    if not text:
        return ""
    at = sentence_at(text, Span(0, 1))
    sentence = text[at.start : at.end]
    cut = sentence[: _SENTENCE - 1].rsplit(" ", 1)[0]
    return sentence if len(sentence) <= _SENTENCE else f"{cut}…"


def feed_file(
    site: Shown,
    past: Past,
    identity: str,
    opening_of: Callable[[Document], str] = _opening,
) -> tuple[str, bytes]:
    """Return the feed's path and bytes; `identity` tells the collection from all others.

    Where the site's address is not known, addresses are relative to the feed's own. `opening_of`
    gives the first sentence of a document.
    """
    feed = _Feed(site, dict(past.first), dict(past.added), identity, opening_of)
    root = Element("feed", {"xmlns": _ATOM, LANGUAGE: "en"})
    site_itself = site.publication
    add(root, "id", feed.id_of(""))
    add(root, "title", site_itself.name)
    if site_itself.description:
        add(root, "subtitle", site_itself.description)
    newest = _newest(site)
    days = (_updated(document, site.changed)[1] for document in newest)
    add(root, "updated", _instant(max(site.removed, *days, _UNKNOWN)))
    author = SubElement(root, "author")
    add(author, "name", site_itself.name)
    feed.link(root, PATH, rel="self", type="application/atom+xml")
    feed.link(root, "./" if not site_itself.url else "", rel="alternate", type="text/html")
    # The schema of Atom wants what is no entry first.
    for removed in sorted(past.removed, key=_day_of_removal, reverse=True)[:ENTRIES]:
        feed.add_removed(root, removed)
    for document in newest:
        feed.add_entry(root, document)
    return PATH, as_xml(root)


def _newest(site: Shown) -> list[Document]:
    """Return the documents that changed last; documents of one day stand as on the site."""
    listed = sorted(site.index.documents, key=lambda one: _updated(one, site.changed), reverse=True)
    return listed[:ENTRIES]


def _updated(document: Document, changed: Mapping[str, str]) -> tuple[bool, str]:
    """Return what documents sort by, undated ones last: whether there is a date, and it."""
    day = changed[document.slug] or _first_day(document.metadata.date.value)
    return (bool(day), day or _UNKNOWN)


def _first_day(edtf: str | None) -> str:
    """Return the first day of a date that is no whole day: "2019-06-01" for "2019-06?"."""
    date = when(edtf or "")
    return whole_day(date.first.first_day.isoformat()) if date else ""


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _day_of_removal(removed: RemovedDocument) -> tuple[str, str]:
    return (removed.gone, removed.slug)


@dataclass(frozen=True, slots=True)
class _Feed:
    """What entries are made from: the site, and the collection's identity.

    By slug, `first` gives the first slug that a document had, `added` the day on which it was added
    to a collection that stood already.
    """

    site: Shown
    first: Mapping[str, str]
    added: Mapping[str, str]
    identity: str
    opening_of: Callable[[Document], str]

    def id_of(self, slug: str) -> str:
        """Return the permanent id of a document, or of the feed itself for ""."""
        return uuid5(_IDS, f"{self.identity}\n{self.first.get(slug, slug)}").urn

    def link(self, parent: Element, path: str, **given: str) -> None:
        """Add a link to a page or file of the site."""
        add(parent, "link", given={**given, "href": self.site.publication.address(path)})

    def add_removed(self, root: Element, removed: RemovedDocument) -> None:
        """Add the note that a document is gone."""
        given = {"xmlns": _TOMBSTONES, "ref": self.id_of(removed.slug)}
        note = SubElement(root, "deleted-entry", {**given, "when": _instant(removed.gone)})
        add(note, "comment", f"Removed on {date_in_words(removed.gone)}: {removed.title}")

    def add_entry(self, root: Element, document: Document) -> None:
        """Add the entry of a document."""
        slug, metadata = document.slug, document.metadata
        reference, folder = self.site.references[slug], folder_of(slug)
        foreign = {LANGUAGE: reference.language} if reference.language != "en" else {}
        entry = SubElement(root, "entry", foreign)
        add(entry, "id", self.id_of(slug))
        add(entry, "title", self.site.titles[slug])
        add(entry, "updated", _instant(_updated(document, self.site.changed)[1]))
        if published := whole_day(reference.certain_date):
            add(entry, "published", _instant(published))
        for name in reference.authors or (known_in_words(metadata.issuer),):
            add(SubElement(entry, "author"), "name", name)
        for term in dict.fromkeys(filter(None, (reference.kind, *reference.keywords))):
            add(entry, "category", given={"term": term})
        self.link(entry, folder, rel="alternate", type="text/html")
        if reference.url:
            add(entry, "link", given={"rel": "via", "href": reference.url})
        if document.versions:
            self.link(entry, f"{folder}versions/", rel="version-history", type="text/html")
        if reference.rights:
            add(entry, "rights", reference.rights)
        told = (*_summary(document, metadata, self.added.get(slug, "")), self.opening_of(document))
        add(entry, "summary", " ".join(filter(None, told)))


def _summary(document: Document, metadata: Metadata, added: str) -> Iterator[str]:
    """Yield the sentences that say what a document is, and that it changed."""
    if day := changed_on(document):
        versions = "; its versions are listed" if document.versions else ""
        yield f"Changed on {date_in_words(day)}{versions}."
    elif added:
        yield f"Added on {date_in_words(added)}."
    known = [known_in_words(one) for one in (metadata.issuer, metadata.type) if one.value]
    yield f"{', '.join([*known, date_of(metadata)]).removesuffix('.')}."
