"""The values that travel down the line, from bytes on disk to a page.

Every class is frozen: a stage takes values and returns new ones. This module imports nothing of
ours, so that any other module may import it.

Offsets are Python string offsets, half-open. Two texts are spoken of: the *source text* (the
file's bytes decoded as UTF-8, nothing translated) and a *block's text* (what a reader sees of one
block). Each field says which one its offsets count in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Provenance = Literal["stated", "supplied", "inferred", "unknown"]
BlockKind = Literal[
    "heading", "paragraph", "item", "quote", "attribution", "caption", "table", "furniture"
]
Bound = Literal["exact", "more_than", "less_than", "nearly", "approximately"]
Comparator = Literal[">", ">=", "<", "<=", "~", "="]
Status = Literal["reported", "requested", "planned", "estimated"]

# Of a SHA-256, as many as tell one version of a source from any other.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, as error messages name it; `line` counts from 1, 0 is a whole folder."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person has to look at: where, what is wrong, what to do about it.

    A `warning` is shown and does not change the exit code.
    """

    place: Place
    what: str
    hint: str = ""
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" + (f"; {self.hint}" if self.hint else "")


class Problems(Exception):  # noqa: N818  # it is what it carries: the problems of a run
    """Raised once, at the end of a stage, with every problem that the stage has met."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of string offsets."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Known:
    """A value of the metadata and how it is known; `how` is a sentence for the reader."""

    value: str | None = None
    provenance: Provenance = "unknown"
    how: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document beside its text.

    `date` holds an EDTF string (`2023-11-16`, `2019-06?`), `archive` the address of an archived
    copy as the file itself states it. `extra` holds the front matter's other
    keys, in order, as printed.
    """

    title: Known = Known()
    issuer: Known = Known()
    date: Known = Known()
    type: Known = Known()
    url: Known = Known()
    rights: Known = Known()
    retrieved: Known = Known()
    language: Known = Known("en", "inferred")
    archive: Known = Known()
    extra: tuple[tuple[str, str], ...] = ()

    def but(self, **changes: Known) -> Metadata:
        """Return the metadata with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # `extra` is never among them


@dataclass(frozen=True, slots=True)
class Source:
    """One source file: its text, and what the file itself and the manifest say about it.

    `path` is relative to the collection's folder, with forward slashes. `body` is the offset at
    which the front matter ends (0 without one). `text.encode()` gives the file's bytes back.
    """

    path: str
    sha256: str
    text: str
    metadata: Metadata
    place: Place
    body: int = 0
    slug: str | None = None

    @property
    def header(self) -> str:
        """The front matter as it stands in the file, "" without one."""
        return self.text[: self.body]

    def place_of(self, offset: int) -> Place:
        """Return the line on which a source offset stands."""
        return Place(self.path, self.text.count("\n", 0, offset) + 1)

    def described(self, metadata: Metadata) -> Source:
        """Return the source with other metadata."""
        return replace(self, metadata=metadata)

    def named(self, slug: str | None) -> Source:
        """Return the source with another slug."""
        return replace(self, slug=slug)


@dataclass(frozen=True, slots=True)
class Mark:
    """Markup that the source itself carries; `span` counts in the block's text."""

    span: Span
    tag: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One passage of a document: the unit that carries an address.

    `span` counts in the source, from the first visible character to after the last. `offsets`
    holds the source offset of each character of `text`, which is what a reader sees: markup
    removed, entities and escapes resolved, each run of white space one space. `level` is 1 to 6
    for headings, the depth for items, else None. `label` is the list mark of an item as printed
    ("1.", "-") or, for furniture, why it is not part of the document. `aliases` are further ids
    of the same element, such as a heading's slug. `join` is true where the block continues the
    line of the block before it (a run-in heading's paragraph). `language` is an ISO 639-1 code;
    only what is in English is annotated.
    """

    kind: BlockKind
    level: int | None
    span: Span
    text: str
    offsets: array[int]
    marks: tuple[Mark, ...] = ()
    label: str = ""
    anchor: str | None = None
    aliases: tuple[str, ...] = ()
    join: bool = False
    language: str = "en"

    def source_span(self, at: Span, source: str) -> Span:
        """Turn a span of the block's text into the span of the source that it was made from."""
        start, last = self.offsets[at.start], self.offsets[at.end - 1]
        end = last + 1
        if source[last] == "&" and at.end <= len(self.offsets):
            # A character reference stands for one character; its end is its semicolon.
            following = (
                self.offsets[at.end]
                if at.end < len(self.offsets)
                else min(last + 40, self.span.end)
            )
            semicolon = source.find(";", last, following)
            end = semicolon + 1 if semicolon > last else end
        return Span(start, end)

    def text_span(self, span: Span) -> Span:
        """Turn a span of the source into the span of the block's text that came from it."""
        return Span(bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end))


@dataclass(frozen=True, slots=True)
class Syntax:
    """A stretch of the source that is markup and not text; `what` names the construct."""

    span: Span
    what: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An address whose passage is gone: when, what it last read, and where it stood.

    `gone` is an ISO date. `aliases` are the further ids that lead here: a heading's slug, figures,
    ids that had been merged into this one. `after` and `before` are the addresses of the passages
    between which it stood when it went, as far as the ledger tells; they may be gone themselves.
    None at the head and at the end of the document. `behind` is the address of the passage of
    today behind which it has its place on the page, None before all.
    """

    anchor: str
    kind: BlockKind
    text: str
    gone: str
    aliases: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """An address whose passage became part of another: since when, and what it last read.

    `into` is the address of a passage, or of a figure for a figure's. The id stands on that
    passage, among its `aliases`. `led` is the ISO date on which an editor let the address of a
    passage that was gone lead there, "" where the passage itself became part of that one.
    """

    anchor: str
    into: str
    gone: str
    text: str
    led: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a source that was published: its SHA-256, and the ISO dates of its life.

    `since` is "" for the first version, `until` for the one that stands now. `passages` are its
    addresses with their texts, in order. `source` is None where its bytes were not kept. `after`
    are the digits of the version that it followed, "" for the first. Where the source went back to
    bytes that it had before, the day on which the ones between ended is not known: "" too. Of one
    that does not stand any more `aliases` holds for each passage the further ids that led to it
    then, and `tombstones` the addresses that were lost by then.
    """

    sha256: str
    since: str
    until: str
    passages: tuple[tuple[str, str], ...]
    source: Source | None = None
    after: str = ""
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tombstones: tuple[Tombstone, ...] = ()

    @property
    def digits(self) -> str:
        """The first twelve digits of the SHA-256, which its address and its file bear."""
        return self.sha256[:DIGITS]


@dataclass(frozen=True, slots=True)
class Document:
    """A source cut into blocks.

    Every character of the source belongs to exactly one of: a block's text, a furniture block, or
    `syntax`. A law test holds this over real, invented and hostile text. `tombstones` and
    `forwards` are addresses that no passage bears any more, in the ledger's order; `versions` are
    those of the source, newest first, the first of them the one that stands now; empty where there
    has been one only.
    """

    slug: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    source: Source
    syntax: tuple[Syntax, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    forwards: tuple[Forward, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def passages(self) -> tuple[Block, ...]:
        """The blocks that are part of the document: all but the furniture."""
        return tuple(block for block in self.blocks if block.kind != "furniture")

    @property
    def furniture(self) -> tuple[Block, ...]:
        """What was left out of the document, in source order."""
        return tuple(block for block in self.blocks if block.kind == "furniture")


@dataclass(frozen=True, slots=True)
class RemovedDocument:
    """A document that was published and is no longer in the collection: what was last known of it.

    `gone` is an ISO date, `date` an EDTF string or "". `tombstones` are all its addresses,
    `versions` those of its source, newest first; the first of them stood until the end.
    """

    slug: str
    title: str
    issuer: str
    date: str
    gone: str
    tombstones: tuple[Tombstone, ...]
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """What a collection once published under addresses that no page of today bears.

    `renamed` leads from each slug that a document had before to the one that it has now, `first`
    from each slug of today, that of a removed document too, to the one that its document had first,
    where that is another. `added` gives the ISO date of each document of today that was added after
    the collection's first build, by its slug.
    """

    removed: tuple[RemovedDocument, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    first: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What a number in the text claims.

    `value` is in base units (1.55 billion is 1550000000). A range has `low` and `high` and no
    value; a vague numeral ("dozens") has none of the three. `unit` is an ISO 4217 code,
    `percent`, `percentage_point`, `count`, `fraction`, `times`, else a singular snake_case name.
    `of` and `period` are words of the block's text as printed.
    """

    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    comparator: Comparator
    unit: str
    of: str | None = None
    change: Literal["increase", "decrease"] | None = None
    period: str | None = None
    status: Status = "reported"


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a document that names an entity or states a figure.

    `kind` is a name of the table of kinds. `entity` is the entity's key (for a figure, ""). `at`
    counts in the block's text, `span` in the source; `surface` is the source slice. `block` is the
    block's number in `Document.blocks`. `id` is a figure's own address (`p12-f1`), `aliases` are
    further ids that lead to it, `was` is what stood there before, as printed. `rules` names the
    rules that found it and read it (see `rules`).
    """

    kind: str
    entity: str
    at: Span
    span: Span
    surface: str
    block: int
    figure: Figure | None = None
    id: str | None = None
    rules: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something an editor states about an entity, and where it is said.

    Either a `document` of the collection says it (its slug), with a few of its words as `quote`;
    or `source` tells where: an http(s) address, or words.
    """

    label: str
    value: str
    source: str = ""
    document: str = ""
    quote: str = ""
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that documents name and an index lists.

    `key` is the slug of its address. `sort` is what it is listed under within its kind
    ("coalition", "statute"). `reviewed` is false for a candidate that no editor has accepted yet.
    """

    kind: str
    key: str
    name: str
    sort: str = ""
    about: str = ""
    aliases: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    reviewed: bool = True
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a finder gets: the texts of a document's blocks, folded, and what is known about it.

    `texts` runs parallel to `Document.blocks`; furniture is an empty string, and between the cells
    of a table stands "|". Folding keeps lengths (see `fold`), so offsets hold.
    """

    texts: tuple[str, ...]
    kinds: tuple[BlockKind, ...]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Found:
    """What a finder returns: block number, span of the block's text, and which entity.

    `candidate` describes an entity that the catalogue does not hold. `rules` names the rules behind
    it, as the kind's table of rules does (see `rules`).
    """

    block: int
    at: Span
    entity: str
    figure: Figure | None = None
    candidate: Entity | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its mentions, sorted by source position.

    `candidates` are the entities that the document names and the catalogue does not hold.
    `decided` tells what editors have decided on and the document names, as (kind, key of the
    candidate, the document that the decision is for or "").
    """

    document: Document
    mentions: tuple[Mention, ...]
    candidates: tuple[Entity, ...] = ()
    decided: tuple[tuple[str, str, str], ...] = ()
