"""Makes the row of a mention: the one definition for pages, their data files, and all mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.html.addresses import passage_address
from builder.html.block_html import number_of
from builder.html.titles import date_of, known_in_words
from builder.index import Passage
from builder.model import Block, Document, Mention, Span
from builder.quoted_sentences import sentence_at
from builder.table_files import Row

# The widest context that the concordance shows; a longer sentence is given whole.
CONTEXT = 160


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


def concordance_rows(
    rows: Iterable[tuple[Document, Passage]], titles: Mapping[str, str], site_url: str
) -> Iterator[Row]:
    """Yield a row for every mention of some passages, in order: its words in their context.

    Addresses are relative to the site's root where `site_url` is not known. Title, date and issuer
    read as on the page, in brackets where the document does not state them.
    """
    for document, passage in rows:
        metadata = document.metadata
        for mention in passage.mentions:
            yield {
                "address": site_url + passage_address(document, passage.block),
                "document": document.slug,
                "title": titles[document.slug],
                "date": metadata.date.value,
                "dated": date_of(metadata),
                "issuer": known_in_words(metadata.issuer) if metadata.issuer.value else None,
                "paragraph": number_of(passage.block),
                **_in_context(passage.block, mention.at),
            }


def _in_context(block: Block, at: Span) -> Row:
    """Return the words of a mention, what stands before and after them, and their sentence."""
    text, sentence = block.text, sentence_at(block.text, at)
    start, end = _from_word(text, at.start - CONTEXT), _to_word(text, at.end + CONTEXT)
    return {
        "left": text[min(start, sentence.start) : at.start],
        "words": text[at.start : at.end],
        "right": text[at.end : max(end, sentence.end)],
        "sentence": text[sentence.start : sentence.end],
    }


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
