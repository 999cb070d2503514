"""Says to whoever shows a link to a document's page in which language it is, and of which days."""

from __future__ import annotations

from collections.abc import Iterator

from builder.dating.when import certain_date
from builder.last_changed import changed_on, whole_day
from builder.model import Document
from builder.strict_yaml import load_data

Tag = tuple[str, str]


def open_graph(document: Document) -> Iterator[Tag]:
    """Yield the properties that differ from document to document, beside title and description.

    A date that is no whole day, or is inferred, has none.
    """
    if locale := locale_of(document.metadata.language.value or "en"):
        yield "og:locale", locale
    known = document.metadata.date
    if published := whole_day(certain_date(known.value or "", known.provenance)):
        yield "article:published_time", published
    if changed := changed_on(document):
        yield "article:modified_time", changed


def locale_of(language: str) -> str:
    """Return a language as Open Graph names it: "es_ES" for "es", "" for one not known."""
    territory = load_data("locales")["territories"].get(language)
    return f"{language}_{territory}" if territory else ""
