"""Writes a document as Markdown for programs that read text: facts, then passages with addresses.

The source's own markup is not repeated: what a passage says stands there as text. Each passage
begins with its number, a link to it on the document's page, from the folder in which both lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.citing.publication import Publication
from builder.compact_json import encoded
from builder.dating.display import date_in_words
from builder.exporting.markdown_text import address_as_markdown, cell_as_markdown, text_as_markdown
from builder.html.addresses import document_folder
from builder.html.block_html import heading_levels, number_of, table_rows
from builder.html.document_page import is_headline
from builder.html.escape import one_line
from builder.html.titles import date_of, known_in_words, title_of
from builder.model import Block, Document, Mark


def markdown_twin(document: Document, publication: Publication) -> bytes:
    """Return the Markdown twin of a document's page."""
    passages = list(document.passages)
    title = text_as_markdown(one_line(title_of(document)))
    if is_headline(document):
        first = passages.pop(0)
        title = f"{_number(first)}{_text(first)}"
    parts = [f"# {title}", "\n".join(_facts(document, publication))]
    return encoded("\n\n".join([*parts, *_passages(passages)]) + "\n")


def _facts(document: Document, publication: Publication) -> Iterator[str]:
    metadata = document.metadata
    yield f"- Issuer: {text_as_markdown(one_line(known_in_words(metadata.issuer)))}"
    yield f"- Date: {text_as_markdown(one_line(date_of(metadata)))}"
    if metadata.type.value:
        yield f"- Kind: {text_as_markdown(one_line(known_in_words(metadata.type)))}"
    if metadata.url.value:
        yield f"- Original: {address_as_markdown(one_line(metadata.url.value))}"
    if metadata.retrieved.value:
        yield f"- Retrieved: {text_as_markdown(one_line(date_in_words(metadata.retrieved.value)))}"
    if metadata.rights.value:
        yield f"- Rights: {text_as_markdown(one_line(known_in_words(metadata.rights)))}"
    folder = document_folder(document)
    page = f"<{publication.address(folder)}>" if publication.url else f"[{folder}](./)"
    yield f"- Read at: {page}, where each number below leads to its passage"


def _passages(passages: Sequence[Block]) -> Iterator[str]:
    """Yield what stands between empty lines; the items of a list stand together."""
    levels = heading_levels(passages)
    items: list[str] = []
    depth = 0
    for block in passages:
        if block.kind == "item":
            # An item deeper than one level below the one before would be a listing of code.
            depth = min(block.level or 1, depth + 1)
            items.append(f"{' ' * 4 * (depth - 1)}- {_number(block)}{_mark(block)}{_text(block)}")
            continue
        if items:
            yield "\n".join(items)
            items, depth = [], 0
        yield _passage(block, levels)
    if items:
        yield "\n".join(items)


def _passage(block: Block, levels: Mapping[int, int]) -> str:
    if block.kind == "heading":
        return f"{'#' * levels[block.level or 2]} {_number(block)}{_text(block)}"
    if block.kind == "quote":
        return f"> {_number(block)}{_text(block)}"
    if block.kind == "table" and (rows := table_rows(block)):
        return "\n".join([f"{_number(block)}\n", *_table(block, rows)])
    return f"{_number(block)}{_text(block)}"


def _table(block: Block, rows: Sequence[Sequence[Mark]]) -> Iterator[str]:
    """Yield the lines of a table; its first row is its head, for Markdown knows no other."""
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        cells = [cell_as_markdown(block.text[cell.span.start : cell.span.end]) for cell in row]
        yield f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
        if not number:
            yield f"|{' --- |' * width}"


def _number(block: Block) -> str:
    """Return the link to a passage that stands before it; without a number, to the page."""
    number = number_of(block)
    return f"[{number}](./#{block.anchor}) " if number else "[¶](./) "


def _mark(block: Block) -> str:
    """Return an item's own mark where it is one that counts: "3.", "(a)"."""
    return f"{text_as_markdown(block.label)} " if any(map(str.isalnum, block.label)) else ""


def _text(block: Block) -> str:
    return text_as_markdown(one_line(block.text))
