"""Holds what editors state against the documents: where a fact is said, where a misprint stands.

Pure. What no document says is a problem for an editor; the pages show it without a link.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from builder.archives import NOTHING_CHECKED, Archives
from builder.catalogue import Catalogue
from builder.fold import fold
from builder.misprints import Misprint
from builder.model import Block, Document, Fact, Problem, Span

Quoted = tuple[str, str]
"""What a fact quotes, as (the document's slug, its words)."""

# Soft hyphens, zero-width spaces and joiners: no reader sees them, and no editor types them.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))

_NOTHING = re.compile(r"(?!)")  # matches nowhere


@dataclass(frozen=True, slots=True)
class Sic:
    """A misprint where it stands: the block's number in `Document.blocks`, and `at` in its text."""

    misprint: Misprint
    block: int
    at: Span


@dataclass(frozen=True, slots=True)
class Editorial:
    """Where documents say what editors quote, their misprints by slug, and what is nowhere.

    `archives` are the archived copies that editors checked.
    """

    passages: Mapping[Quoted, tuple[Document, Block]] = field(default_factory=dict)
    misprints: Mapping[str, tuple[Sic, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    archives: Archives = NOTHING_CHECKED


def check_editorial(
    catalogue: Catalogue,
    documents: Iterable[Document],
    *,
    unread: Collection[str] = (),
    renamed: Iterable[tuple[str, str]] = (),
) -> Editorial:
    """Look for each quotation and each misprint of a catalogue in the document that it names.

    `unread` are the slugs of documents that the collection holds but that cannot be looked into;
    `renamed` leads from slugs that documents had before to those that they have now.
    """
    held = {document.slug: document for document in documents}
    unread = {*unread}
    for former, slug in renamed:
        # Where another document has the name now, it is that one that an editor means.
        if former not in held and slug in held:
            held[former] = held[slug]
        elif former not in held and slug in unread:
            unread.add(former)
    problems: list[Problem] = []
    passages = dict(_passages(_quoting_facts(catalogue), held, unread, problems))
    misprints: dict[str, tuple[Sic, ...]] = {}
    for misprint in catalogue.misprints:
        document = held.get(misprint.document)
        found = tuple(_places(misprint, document)) if document else ()
        if document and found:
            misprints[document.slug] = (*misprints.get(document.slug, ()), *found)
        elif misprint.document not in unread:
            what = _nowhere(misprint.document, misprint.printed, document)
            hint = "drop the misprint, or name the document that has it"
            problems.append(Problem(misprint.place, what, hint))
    return Editorial(passages, misprints, tuple(problems))


def _quoting_facts(catalogue: Catalogue) -> Iterator[Fact]:
    for entries in catalogue.entries.values():
        for entry in entries:
            yield from (fact for fact in entry.entity.facts if fact.document)


def _passages(
    facts: Iterable[Fact],
    held: Mapping[str, Document],
    unread: Collection[str],
    problems: list[Problem],
) -> Iterator[tuple[Quoted, tuple[Document, Block]]]:
    texts: dict[str, _Text] = {}
    for fact in facts:
        document = held.get(fact.document)
        if document is not None:
            text = texts.setdefault(document.slug, _Text.of(document))
            block = text.passage(fact.quote)
            if block is not None:
                yield (fact.document, fact.quote), (document, block)
                continue
        elif fact.document in unread:
            continue
        assert fact.place is not None  # facts that quote are read from files
        what = _nowhere(fact.document, fact.quote, document)
        problems.append(Problem(fact.place, what, "quote words as they stand in a document"))


def _nowhere(slug: str, words: str, document: Document | None) -> str:
    if document is None:
        return f'the collection holds no document "{slug}"'
    return f'"{words}" does not stand in "{slug}"'


@dataclass(frozen=True, slots=True)
class _Text:
    """The passages of a document as one text, so that a quotation may go on into the next."""

    text: str
    passages: tuple[Block, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> _Text:
        texts = [_plain(block.text) for block in document.passages]
        starts = accumulate((len(text) + 1 for text in texts), initial=0)
        return cls(" ".join(texts), document.passages, tuple(starts)[: len(texts)])

    def passage(self, words: str) -> Block | None:
        """Return the passage in which the words begin."""
        match = _as_printed(_plain(words)).search(self.text)
        return self.passages[bisect_right(self.starts, match.start()) - 1] if match else None


def _plain(text: str) -> str:
    return fold(text).translate(_INVISIBLE)


def _as_printed(words: str) -> re.Pattern[str]:
    """Return the pattern of these words in a folded text: whole, any white space between them."""
    parts = fold(words).split()
    if not parts:
        return _NOTHING
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return re.compile(before + r"\s+".join(map(re.escape, parts)) + after)


def _places(misprint: Misprint, document: Document) -> Iterator[Sic]:
    """Yield each place of a misprint, in the document and in what was left out of it."""
    printed = _as_printed(misprint.printed)
    for number, block in enumerate(document.blocks):
        for match in printed.finditer(fold(block.text)):
            yield Sic(misprint, number, Span(*match.span()))
