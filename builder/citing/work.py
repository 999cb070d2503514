"""What a citation of a document says, whatever the style: its words as HTML, its date as read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from builder.citing.printable import printable
from builder.citing.reference import UNTITLED, Reference
from builder.citing.reference_types import reference_type
from builder.citing.shape import HERE, MOST_AUTHORS, Shape
from builder.citing.styles import Style, document_type
from builder.dating.when import When, is_day, when
from builder.model import Provenance
from builder.web_address import is_web_address


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. Texts are HTML; `kind` is plain, and `names_kind` tells if the title has it.

    `date_sign` is what a style gives a sign for: how its date is doubted, or known; else "".
    `page` is the address where it was read, U+E001 where only the reader's browser knows it;
    `before` and `after` are the words around it that tell its original and its version. `site` is
    the name of the site that holds it.
    """

    title: str
    authors: tuple[str, ...] = ()
    kind: str = ""
    names_kind: bool = False
    site: str = ""
    issued: When | None = None
    date_sign: str = ""
    accessed: When | None = None
    before: str = ""
    page: str = ""
    after: str = ""

    @property
    def address(self) -> str:
        """All that stands where a citation has its address."""
        return f"{self.before}{self.page}{self.after}"

    @property
    def described(self) -> bool:
        """Whether it has a description in the place of a title."""
        return self.title.startswith("[") and self.title.endswith("]")

    def genre_in(self, style: Style) -> str:
        """Return what a style calls it, as HTML, "" where it does not tell what it is."""
        return _html(style.genre_of(self.kind, named=self.names_kind, described=self.described))


def work_of(reference: Reference) -> Work:
    """Return what a citation of a document says."""
    title, kind = _line(reference.title) or UNTITLED, _in_text(_line(reference.kind))
    before, page, after = _addresses(reference)
    issued = when(reference.date)
    return Work(
        title=_html(title),
        authors=tuple(filter(None, map(_html, map(_line, reference.authors))))[:MOST_AUTHORS],
        kind=kind,
        names_kind=_names(title, kind),
        issued=issued,
        date_sign=_sign(issued, reference.date_provenance) if issued else "",
        accessed=None if issued else _day(reference.retrieved),
        before=before,
        page=page,
        after=after,
    )


def page_of(title: str, address: str, site: str) -> Work:
    """Return what a citation of a page of this site says."""
    address = _html(_line(address)) if is_web_address(address) else HERE
    return Work(_html(_line(title)), site=_html(_line(site)), page=address)


def shape_of(work: Work, style: Style) -> Shape:
    """Return what a style sees of a document."""
    return Shape(
        style=style.key,
        type=document_type(),
        authors=len(work.authors),
        publisher=style.publisher and len(work.authors) == 1,
        genre=bool(work.genre_in(style)),
        issued=work.issued.precision if work.issued else "",
        accessed=bool(work.accessed),
        described=work.described,
    )


def page_shape(style: Style) -> Shape:
    """Return what a style sees of a page of this site."""
    return Shape(style.key, "webpage", 0, site=True, accessed=True)


def _line(text: str) -> str:
    # References are printable as they come; nothing else must get through, whoever made them.
    return text if text.isprintable() else printable(text)


def _html(text: str) -> str:
    return escape(text, quote=False)


def _in_text(kind: str) -> str:
    """Return a kind of document as it stands in a sentence: "press release" for "PRESS RELEASE"."""
    word = reference_type(kind).word if kind else ""
    return word if word[1:2].isupper() else word[:1].lower() + word[1:]


def _names(title: str, kind: str) -> bool:
    """Tell whether a title says what kind of document it is: "FACT SHEET: …"."""
    title, kind = title.casefold(), kind.casefold()
    return kind in title and bool(re.search(rf"(?<!\w){re.escape(kind)}(?!\w)", title))


def _sign(issued: When, provenance: Provenance) -> str:
    return issued.doubt or (provenance if provenance in ("supplied", "inferred") else "")


def _day(retrieved: str) -> When | None:
    return when(retrieved) if is_day(retrieved) else None


def _addresses(reference: Reference) -> tuple[str, str, str]:
    """Return what stands before the address of the page in a citation, that address, what follows.

    The original address stands first, "via" the page where it was read. Where the original address
    is not known that page's is the address; where this site's is not known, only the reader's
    browser knows it, and U+E001 stands for it. The version that was read is named with the page.
    """
    original = _html(_line(reference.url))
    page = _html(_line(reference.page)) if is_web_address(reference.page) else HERE
    version = f", version {_html(_line(reference.version))}" if reference.version else ""
    return (f"{original}{version}, via ", page, "") if original else ("", page, version)
