"""Makes the rows of mentions: those of all mentions, and those beside the pages of an entity.

Beside a page lie its mentions as CSV, a row each with its sentence, and as JSON for the
concordance, in which every document and every stretch of a text stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from builder.html.addresses import passage_address
from builder.html.block_html import number_of
from builder.html.quotation import window
from builder.html.table_parts import as_part, script_length
from builder.html.titles import date_of, known_in_words
from builder.index import Passage
from builder.model import Document, Mention, Span
from builder.quoted_sentences import sentence_at
from builder.table_files import Row

Rows = Iterable[tuple[Document, Passage]]

# The widest context that the concordance shows; of a longer sentence what pages quote of it.
CONTEXT = 160

COLUMNS = {
    "documents": ["document", "title", "date", "dated", "issuer"],
    "texts": ["document", "paragraph", "text", "mentions"],
    "mentions": ["start", "length", "before", "after"],
}
"""The cells of each row of a part of the concordance."""


def mention_row(document: Document, mention: Mention) -> dict[str, str | float | int | None]:
    """Return what identifies a mention: its passage, and its place in the source."""
    return {
        "document": document.slug,
        "anchor": document.blocks[mention.block].anchor,
        "kind": mention.kind,
        "entity": mention.entity,
        "start": mention.span.start,
        "end": mention.span.end,
        "surface": mention.surface,
    }


def sentence_rows(rows: Rows, site_url: str) -> Iterator[Row]:
    """Yield a row for every mention of some passages, in order: its words and their sentence.

    Addresses are relative to the site's root where `site_url` is not known. A long sentence is cut
    around the words as on the page; what is known of a document stands in `data/documents.csv`.
    """
    for document, passage in rows:
        text = passage.block.text
        for mention in passage.mentions:
            sentence = _sentence(text, mention.at)
            yield {
                "address": site_url + passage_address(document, passage.block),
                "date": document.metadata.date.value,
                "words": text[mention.at.start : mention.at.end],
                "sentence": text[sentence.start : sentence.end],
            }


def _sentence(text: str, at: Span) -> Span:
    """Return the sentence of a mention as pages quote it."""
    return window(text, sentence_at(text, at), at)


def concordance_part(rows: Rows, titles: Mapping[str, str]) -> bytes:
    """Return the mentions of some passages in their context, as the concordance's script reads it.

    `columns` names the cells of a row. Each row of `texts` is what of a passage is around some of
    its mentions, and belongs to a row of `documents`, counted from 0. A mention is where its words
    start, how long they are, and how much of their sentence stands before and after them, in units
    of UTF-16.
    """
    numbers: dict[str, int] = {}
    documents: list[list[str]] = []
    texts: list[list[Any]] = []
    for document, passage in rows:
        if document.slug not in numbers:
            numbers[document.slug] = len(documents)
            documents.append(_document(document, titles))
        for text, mentions in _stretches(passage):
            texts.append([numbers[document.slug], number_of(passage.block), text, mentions])
    return as_part({"columns": COLUMNS, "documents": documents, "texts": texts})


def _document(document: Document, titles: Mapping[str, str]) -> list[str]:
    metadata = document.metadata
    issuer = known_in_words(metadata.issuer) if metadata.issuer.value else ""
    title, date = titles[document.slug], metadata.date.value or ""
    return [document.slug, title, date, date_of(metadata), issuer]


def _stretches(passage: Passage) -> Iterator[tuple[str, list[list[int]]]]:
    """Yield what stands around the mentions of a passage; contexts that touch are one stretch."""
    text = passage.block.text
    seen = [(mention.at, _sentence(text, mention.at)) for mention in passage.mentions]
    shown: Span | None = None
    inside: list[tuple[Span, Span]] = []
    for at, sentence in seen:
        around = _context(text, at, sentence)
        if shown is not None and around.start > shown.end:
            yield _told(text, shown, inside)
            shown, inside = None, []
        shown = Span(shown.start, max(shown.end, around.end)) if shown else around
        inside.append((at, sentence))
    if shown is not None:
        yield _told(text, shown, inside)


def _context(text: str, at: Span, sentence: Span) -> Span:
    """Return what is shown around the words of a mention at most: whole words, and its sentence."""
    start, end = _from_word(text, at.start - CONTEXT), _to_word(text, at.end + CONTEXT)
    return Span(min(start, sentence.start), max(end, sentence.end))


def _told(
    text: str, shown: Span, inside: Sequence[tuple[Span, Span]]
) -> tuple[str, list[list[int]]]:
    mentions = [
        [
            script_length(text, start, end)
            for start, end in (
                (shown.start, at.start),
                (at.start, at.end),
                (sentence.start, at.start),
                (at.end, sentence.end),
            )
        ]
        for at, sentence in inside
    ]
    return text[shown.start : shown.end], mentions


def _from_word(text: str, start: int) -> int:
    """Return where the first whole word begins at or behind `start`."""
    if start <= 0 or text[start - 1] == " ":
        return max(start, 0)
    return text.find(" ", start) + 1 or start


def _to_word(text: str, end: int) -> int:
    """Return where the last whole word ends at or before `end`."""
    if end >= len(text) or text[end] == " ":
        return min(end, len(text))
    space = text.rfind(" ", 0, end)
    return space if space >= 0 else end
