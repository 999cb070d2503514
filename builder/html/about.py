"""What a page is about, as whoever makes the page hands it on to what tells programs of it."""

from __future__ import annotations

from dataclasses import dataclass

from builder.citing.reference import Reference
from builder.index import Entry
from builder.indexing.measures import Gathered
from builder.model import Annotated, Document, Version


@dataclass(frozen=True, slots=True)
class Website:
    """The site as a whole: what the home page is about."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; of documents, those that have a row on this page."""

    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version that another has superseded, with how it is cited once that is known."""

    document: Document
    version: Version
    reference: Reference | None = None


About = Website | Listing | EarlierVersion | Annotated | Entry | Gathered
