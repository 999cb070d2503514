"""The ledger: every address ever issued in a document, kept in one plain file per document.

A first build numbers the blocks `p1`, `p2` …; from then on the file decides. A block whose text is
recorded keeps its id wherever it stands. Any other change of the text is refused, and the ledger
stays as it was: an address, once published, is never given to another passage.

The rules of numbering and the reasons are in the section "Anchors" of the design; the file's form
is in `ledger_file`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from builder.ledger_file import (
    FORMAT,
    OWN_ID,
    FigureRecord,
    Ledger,
    Record,
    one_line,
    parse_ledger,
    print_ledger,
)
from builder.model import Annotated, Block, Mention, Place, Problem, Source
from builder.slugs import slugify

WORDS_BEFORE, WORDS_AFTER = 2, 1  # of a figure's context
SLUG_LENGTH = 60
AROUND = 20  # characters shown around what a message says is different


@dataclass(frozen=True, slots=True)
class Anchored:
    """A document with its addresses, the ledger's text, and what stands in the way.

    With `problems` the change is refused: the ledger's text is the old one.
    """

    annotated: Annotated
    ledger: str
    problems: tuple[Problem, ...] = field(default=())


def anchor(annotated: Annotated, ledger: str | None, *, splitter: int, path: str) -> Anchored:
    """Give every passage and figure its address.

    `ledger` is the file's text, None before the first build; `path` is where it stands, for
    messages. The header is brought up to date; recorded ids never change.
    """
    old = None if ledger is None else parse_ledger(ledger, path)
    passages = annotated.document.passages
    if old is None:
        ids: list[str] = [f"p{number}" for number in range(1, len(passages) + 1)]
        fixed: dict[str, Record] = {}
    else:
        found, problems = _match(passages, old, annotated, path)
        if old.get("splitter") != str(splitter):
            problems = [_other_splitter(old, splitter, path)]
        if problems:
            return Anchored(annotated, ledger or "", tuple(problems))
        ids = found
        fixed = {record.id: record for record in old.records}
    slugs = _heading_slugs(passages, ids, fixed)
    records, figure_ids, lost = _records(annotated, ids, slugs, fixed)
    if old is not None:
        order = {record.id: i for i, record in enumerate(old.records)}
        records.sort(key=lambda record: order[record.id])
    new = Ledger(_header(annotated, splitter, old), tuple(records))
    text = print_ledger(new)
    return Anchored(_addressed(annotated, ids, slugs, figure_ids, lost), text)


def _other_splitter(old: Ledger, splitter: int, path: str) -> Problem:
    line = next((i for i, (key, _) in enumerate(old.header, 1) if key == "splitter"), 1)
    return Problem(
        Place(path, line),
        f"the document was cut by splitter {old.get('splitter')}, this version has {splitter}",
        "build with the version that wrote the ledger: a new cut could move addresses",
    )


def _header(annotated: Annotated, splitter: int, old: Ledger | None) -> tuple[tuple[str, str], ...]:
    document = annotated.document
    metadata = document.metadata
    name = old.get("document") if old else None
    header = {
        "anchors": FORMAT,
        "document": name or document.slug,
        "splitter": str(splitter),
        "source": f"{document.source.path} {document.source.sha256}",
        "title": one_line(metadata.title.value or ""),
        "issuer": one_line(metadata.issuer.value or ""),
        "date": metadata.date.value or "_",
    }
    kept = [(k, v) for k, v in old.header if k not in header] if old else []
    return (*header.items(), *kept)


def _match(
    passages: Sequence[Block], old: Ledger, annotated: Annotated, path: str
) -> tuple[list[str], list[Problem]]:
    """Find each passage's recorded id by its text, the k-th of equal texts by the k-th record."""
    waiting: dict[str, list[Record]] = {}
    for record in reversed(old.records):
        if record.get("gone") is None:
            waiting.setdefault(record.text, []).append(record)
    ids: list[str] = []
    new: list[Block] = []
    for block in passages:
        records = waiting.get(one_line(block.text))
        if records:
            ids.append(records.pop().id)
        else:
            new.append(block)
    lost = [record for records in waiting.values() for record in reversed(records)]
    return ids, _refusals(new, lost, annotated.document.source, path)


def _refusals(
    new: Sequence[Block], lost: Sequence[Record], source: Source, path: str
) -> list[Problem]:
    """Tell each text without an address and each address without its text, pairs in one line."""
    hint = "addresses are never renumbered: restore the text, or file it as a document of its own"
    problems = []
    left = list(lost)
    for block in new:
        text = one_line(block.text)
        record = max(left, key=lambda record: _shared(text, record.text)[0], default=None)
        if record is not None and _shared(text, record.text)[0] * 2 >= len(text):
            left.remove(record)
            now, then = _difference(text, record.text)
            what = f'{record.id} reads "{now}" and was published as "{then}"'
        else:
            what = f'text that has no address yet: "{text[:60]}"'
        problems.append(Problem(source.place_of(block.span.start), what, hint))
    for record in left:
        what = f'the passage {record.id} is no longer in {source.path}: "{record.text[:60]}"'
        problems.append(Problem(Place(path, record.line), what, hint))
    return problems


def _shared(one: str, other: str) -> tuple[int, int, int]:
    """Return how many characters two texts share at both ends, at the head, and at the tail."""
    head = _alike(one, other)
    tail = min(_alike(one[::-1], other[::-1]), min(len(one), len(other)) - head)
    return head + tail, head, tail


def _alike(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _difference(one: str, other: str) -> tuple[str, str]:
    """Return of two texts what differs, with a few characters around it."""
    _, head, tail = _shared(one, other)
    start = one.rfind(" ", 0, max(0, head - AROUND)) + 1

    def part(text: str) -> str:
        end = text.find(" ", min(len(text) - tail, start + 3 * AROUND) + AROUND)
        shown = text[start:] if end < 0 else f"{text[start:end]} …"
        return f"… {shown}" if start else shown

    return part(one), part(other)


def _heading_slugs(
    passages: Sequence[Block], ids: Sequence[str], fixed: dict[str, Record]
) -> dict[str, str]:
    """Return heading slugs by block id: recorded ones stay, new ones avoid all taken."""
    slugs = {record.id: slug for record in fixed.values() if (slug := record.get("id")) is not None}
    taken = set(slugs.values())
    next_number: dict[str, int] = {}
    for block, name in zip(passages, ids, strict=True):
        if block.kind != "heading" or name in slugs:
            continue
        slug = slugify(block.text, longest=SLUG_LENGTH) or "section"
        if OWN_ID.match(slug):
            slug = f"section-{slug}"  # p12 and p12-f1 are addresses of our own
        free, number = slug, next_number.get(slug, 2)
        while free in taken:
            free, number = f"{slug}-{number}", number + 1
        next_number[slug] = number
        slugs[name] = free
        taken.add(free)
    return slugs


def _records(
    annotated: Annotated, ids: Sequence[str], slugs: dict[str, str], fixed: dict[str, Record]
) -> tuple[list[Record], dict[Mention, str], dict[str, list[str]]]:
    by_block: dict[int, list[Mention]] = {}
    for mention in annotated.mentions:
        if mention.figure is not None:
            by_block.setdefault(mention.block, []).append(mention)
    records: list[Record] = []
    figure_ids: dict[Mention, str] = {}
    lost: dict[str, list[str]] = {}
    numbers = [i for i, b in enumerate(annotated.document.blocks) if b.kind != "furniture"]
    for number, name in zip(numbers, ids, strict=True):
        block = annotated.document.blocks[number]
        before = fixed.get(name)
        figures = _figures(block, by_block.get(number, []), before, figure_ids, name)
        present = {figure_ids[m] for m in by_block.get(number, ())}
        lost[name] = [f"{name}-{f.id}" for f in figures if f"{name}-{f.id}" not in present]
        fields = dict(before.fields) if before else {}
        if name in slugs:
            fields["id"] = slugs[name]
        records.append(
            Record(name, block.kind, one_line(block.text), tuple(fields.items()), figures)
        )
    present_ids = set(ids)
    records += [record for record in fixed.values() if record.id not in present_ids]
    return records, figure_ids, lost


def _figures(
    block: Block,
    mentions: Sequence[Mention],
    before: Record | None,
    figure_ids: dict[Mention, str],
    name: str,
) -> tuple[FigureRecord, ...]:
    """Carry the ids of figures whose printed form and context stand; number the others on."""
    records = list(before.figures) if before else []
    waiting: dict[tuple[str, str], list[FigureRecord]] = {}
    for record in reversed(records):
        waiting.setdefault((record.literal, record.context), []).append(record)
    highest = max((int(record.id[1:]) for record in records), default=0)
    for mention in mentions:
        literal, context = block.text[mention.at.start : mention.at.end], _context(block, mention)
        if waiting.get((literal, context)):
            record = waiting[literal, context].pop()
        else:
            highest += 1
            record = FigureRecord(f"f{highest}", literal, context)
            records.append(record)
        figure_ids[mention] = f"{name}-{record.id}"
    return tuple(sorted(records, key=lambda record: int(record.id[1:])))


def _context(block: Block, mention: Mention) -> str:
    # A bounded window: words are looked for near the figure, however long the block is.
    before = block.text[max(0, mention.at.start - 80) : mention.at.start].split()[-WORDS_BEFORE:]
    after = block.text[mention.at.end : mention.at.end + 60].split()[:WORDS_AFTER]
    return one_line(" ".join((*before, "_", *after)))


def _addressed(
    annotated: Annotated,
    ids: Sequence[str],
    slugs: dict[str, str],
    figure_ids: dict[Mention, str],
    lost: dict[str, list[str]],
) -> Annotated:
    names = iter(ids)
    blocks = []
    for block in annotated.document.blocks:
        if block.kind != "furniture":
            name = next(names)
            slug = (slugs[name],) if name in slugs else ()
            block = replace(block, anchor=name, aliases=(*slug, *lost[name]))
        blocks.append(block)
    return replace(
        annotated,
        document=replace(annotated.document, blocks=tuple(blocks)),
        mentions=tuple(
            replace(mention, id=figure_ids[mention]) if mention in figure_ids else mention
            for mention in annotated.mentions
        ),
    )
