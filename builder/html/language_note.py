"""Says which passages of a document are in another language than English, and so not annotated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from builder.html.block_html import number_of
from builder.language_names import ENGLISH, UNKNOWN, language_name
from builder.model import Block, Document, Known, Metadata


def language_of(metadata: Metadata) -> Known:
    """Return what is known of a document's language, with its name in English."""
    return replace(metadata.language, value=language_name(metadata.language.value))


def other_language(document: Document) -> str:
    """Return "in [Spanish], not annotated" for a list of documents, "" where all is in English."""
    foreign = [block.language for block in _foreign(document)]
    return in_a_list(document.metadata, foreign, len(document.passages))


def in_a_list(metadata: Metadata, foreign: Sequence[str], passages: int) -> str:
    """Return what `other_language` does; `foreign` is the language of each passage that has one."""
    if not foreign:
        return ""
    partly = "" if len(foreign) == passages else "partly "
    languages = _in_words(foreign)
    if metadata.language.provenance != "stated":
        languages = f"[{languages}]"
    return f"{partly}in {languages}, not annotated"


def not_annotated(document: Document) -> str:
    """Return one sentence for the reader, "" where the whole document is in English."""
    foreign = _foreign(document)
    if not foreign:
        return ""
    passages = document.passages
    many = 1 < len(foreign) < len(passages)
    subject = "This document"
    if len(foreign) < len(passages):
        subject = f"{'Passages' if many else 'Passage'} {_numbers(passages)}"
    verb = "are" if many else "is"
    if document.metadata.language.provenance == "inferred":
        verb = "seem to be" if many else "seems to be"
    return (
        f"{subject} {verb} in {_languages(foreign)} and {'were' if many else 'was'} not annotated: "
        "countries, figures and names there are in no index."
    )


def _foreign(document: Document) -> list[Block]:
    return [block for block in document.passages if block.language != ENGLISH]


def _languages(blocks: Sequence[Block]) -> str:
    return _in_words([block.language for block in blocks])


def _in_words(codes: Sequence[str]) -> str:
    return " and ".join(
        "another language" if code == UNKNOWN else language_name(code)
        for code in dict.fromkeys(codes)
    )


def _numbers(passages: Sequence[Block]) -> str:
    """Return the numbers of the passages that are not in English: "7 to 12 and 20"."""
    stretches = list(_stretches(passages))
    if len(stretches) < 2:
        return "".join(stretches)
    return f"{', '.join(stretches[:-1])} and {stretches[-1]}"


def _stretches(passages: Sequence[Block]) -> Iterator[str]:
    for foreign, run in groupby(passages, lambda block: block.language != ENGLISH):
        if foreign:
            numbers = [number_of(block) for block in run]
            yield numbers[0] if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"
