"""What a citation says about a document, before any format: one record that all formats read.

The cited work is the original: its issuer is the author, its own address stands first. The page of
this site is where it was read ("via"); this site is never the author.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from builder.archives import NONE, NOTHING_CHECKED, Archived, Archives, archived_original
from builder.citing.places import place_of
from builder.citing.printable import printable
from builder.citing.publication import Publication
from builder.citing.reference_types import number_in
from builder.dating.stated import read_date
from builder.dating.when import certain_date, when
from builder.model import Document, Known, Provenance, RemovedDocument
from builder.web_address import is_web_address

UNTITLED = "[Untitled]"


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as it is cited.

    `id` is its slug. `title` stands in square brackets where the document does not state it.
    `authors` are institutions, whole names. `date` is an EDTF string that `dating.when` reads, ""
    for none, and `date_provenance` tells how it is known. `kind` is what the document is ("fact
    sheet"), "" where it is not known. `url` is the original address, "" where it is not known;
    `page` is the page of this site, absolute where the site's address is known, else relative to
    the site's root. `via` is the name of this site. `archived` is the archived copy of `url`.
    `number` is the one that the title states (of an executive order), `place` where the issuer
    publishes; "" where not known. `version` is the version of the text that `page` holds, "" where
    that stands now. Every text is one line that any program can write and show.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    date: str
    date_provenance: Provenance
    kind: str
    url: str
    page: str
    via: str
    language: str = "en"
    rights: str = ""
    retrieved: str = ""
    keywords: tuple[str, ...] = ()
    archived: Archived = NONE
    author_provenance: Provenance = "stated"
    number: str = ""
    place: str = ""
    version: str = ""

    @property
    def publisher(self) -> str:
        """All who issued the document, as one name: "The White House; Government of Japan"."""
        return "; ".join(self.authors)

    @property
    def certain_date(self) -> str:
        """The date where it is a fact, as ISO 8601, else "": see `dating.when.certain_date`."""
        return certain_date(self.date, self.date_provenance)

    @property
    def address(self) -> str:
        """The address that leads to the work: the original one, else the page's if absolute."""
        return self.url or (self.page if is_web_address(self.page) else "")


def reference_of(
    document: Document,
    title: str,
    publication: Publication,
    keywords: tuple[str, ...] = (),
    archives: Archives = NOTHING_CHECKED,
) -> Reference:
    """Return how a document is cited under `title`, which has its brackets.

    `archives` holds the archived copies that editors checked.
    """
    metadata = document.metadata
    url = metadata.url.value or ""
    title, kind = printable(title) or UNTITLED, _line(metadata.type)
    authors = institutions(_line(metadata.issuer))
    return Reference(
        id=document.slug,
        title=title,
        authors=authors,
        date=_date(_line(metadata.date)),
        date_provenance=metadata.date.provenance,
        kind=kind,
        url=url if is_web_address(url) and printable(url) == url else "",
        page=publication.address(f"documents/{document.slug}/"),
        via=printable(publication.name),
        language=_line(metadata.language) or "en",
        rights=_line(metadata.rights),
        retrieved=read_date(_line(metadata.retrieved)) or "",
        keywords=keywords,
        archived=archived_original(metadata, archives),
        author_provenance=metadata.issuer.provenance,
        number=number_in(title, kind),
        place=place_of(authors),
    )


def removed_reference(document: RemovedDocument, publication: Publication) -> Reference:
    """Return how a document is cited that was removed, from what was last known of it."""
    return Reference(
        id=document.slug,
        title=printable(document.title) or UNTITLED,
        authors=institutions(printable(document.issuer)),
        date=_date(printable(document.date)),
        date_provenance="stated",
        kind="",
        url="",
        page=publication.address(f"documents/{document.slug}/"),
        via=printable(publication.name),
    )


def _line(known: Known) -> str:
    return printable(known.value or "")


def _date(edtf: str) -> str:
    return edtf if when(edtf) else ""


def institutions(issuer: str) -> tuple[str, ...]:
    """Return the institutions that an issuer names: "The White House; Government of Japan".

    Only a semicolon parts them: names hold commas, "and", and dashes of their own.
    """
    return tuple(filter(None, (" ".join(name.split()) for name in issuer.split(";"))))


References = Mapping[str, Reference]
"""How each document is cited, by its slug."""
