"""What a page is about, as whoever makes the page hands it on to what tells programs of it."""

from __future__ import annotations

from dataclasses import dataclass

from builder.index import Entry
from builder.indexing.measures import Gathered
from builder.model import Annotated, Document


@dataclass(frozen=True, slots=True)
class Website:
    """The site as a whole: what the home page is about."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; of documents, those that have a row on this page."""

    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version of a document that another has superseded."""

    document: Document
    digits: str


About = Website | Listing | EarlierVersion | Annotated | Entry | Gathered
