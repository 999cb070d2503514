"""What a citation says about a document, before any format: one record that all formats read.

The cited work is the original: its issuer is the author, its own address stands first. The page of
this site is where it was read ("via"); this site is never the author.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from builder.archives import NONE, NOTHING_CHECKED, Archived, Archives, archived_original
from builder.citing.places import place_of
from builder.citing.printable import printable
from builder.citing.publication import Publication
from builder.citing.reference_types import number_in
from builder.dating.edtf import doubted
from builder.dating.stated import read_date
from builder.dating.when import certain_date, when
from builder.language_names import ENGLISH, language_code
from builder.model import Document, Known, Provenance, RemovedDocument
from builder.site_files import folder_of
from builder.web_address import is_web_address

UNTITLED = "[Untitled]"
_AND = re.compile(r"\A(?:and|&)(?:\s+|\Z)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as it is cited.

    `id` is its slug. `title` stands in square brackets where the document does not state it.
    `authors` are institutions, whole names. `language` is a code (BCP 47), "und" for one that has
    none. `date` is an EDTF string that `dating.when` reads, "" for none, and `date_provenance`
    tells how it is known. `kind` is what the document is ("fact sheet"), "" where it is not known.
    `url` is the original address, "" where it is not known; `page` is the page of this site,
    absolute where the site's address is known, else relative to its root. `via` is its name.
    `archived` is the archived copy of `url`.
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
    language: str = ENGLISH
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
    def doubted_date(self) -> str:
        """The date as EDTF, with a sign of doubt where it is inferred: "2023-11-16?"."""
        date = when(self.date)
        if date and not date.doubt and self.date_provenance == "inferred":
            return doubted(self.date) or ""
        return self.date

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
    metadata, brief = document.metadata, brief_reference(document, title, publication)
    kind = _line(metadata.type)
    return replace(
        brief,
        kind=kind,
        language=language_code(_line(metadata.language) or ENGLISH),
        rights=_line(metadata.rights),
        retrieved=read_date(_line(metadata.retrieved)) or "",
        keywords=keywords,
        archived=archived_original(metadata, archives),
        author_provenance=metadata.issuer.provenance,
        number=number_in(brief.title, kind),
        place=place_of(brief.authors),
    )


def brief_reference(document: Document, title: str, publication: Publication) -> Reference:
    """Return as much of how a document is cited as lists of many tell: who, what, when, where."""
    metadata = document.metadata
    url = metadata.url.value or ""
    return Reference(
        id=document.slug,
        title=printable(title) or UNTITLED,
        authors=authors_of(document),
        date=_date(_line(metadata.date)),
        date_provenance=metadata.date.provenance,
        kind="",
        url=url if is_web_address(url) and printable(url) == url else "",
        page=publication.address(folder_of(document.slug)),
        via=printable(publication.name),
    )


def authors_of(document: Document) -> tuple[str, ...]:
    """Return who issued a document, each institution by itself."""
    return institutions(_line(document.metadata.issuer))


def removed_reference(
    document: RemovedDocument, publication: Publication, said: Reference | None = None
) -> Reference:
    """Return how a document is cited that was removed, from what was last known of it.

    `said` is what its last text said, None where that was not kept.
    """
    date, authors = _date(printable(document.date)), institutions(printable(document.issuer))
    known = said or Reference(document.slug, "", (), "", "unknown", "", "", "", "")
    # What stood on its page and not in its text came from an editor.
    return replace(
        known,
        title=printable(document.title) or known.title or UNTITLED,
        authors=authors,
        date=date,
        date_provenance=known.date_provenance if date == known.date else "supplied",
        author_provenance=known.author_provenance if authors == known.authors else "supplied",
        place=place_of(authors),
        page=publication.address(folder_of(document.slug)),
        via=printable(publication.name),
    )


def _line(known: Known) -> str:
    return printable(known.value or "")


def _date(edtf: str) -> str:
    return edtf if when(edtf) else ""


def institutions(issuer: str) -> tuple[str, ...]:
    """Return the institutions that an issuer names: "The White House; Government of Japan".

    Only a semicolon parts them: names hold commas, "and", and dashes of their own. The "and" before
    the last of them belongs to none.
    """
    first, *others = (" ".join(name.split()) for name in issuer.split(";"))
    names = (first, *(_AND.sub("", name) for name in others))
    return tuple(filter(None, names))


References = Mapping[str, Reference]
"""How each document is cited, by its slug."""
