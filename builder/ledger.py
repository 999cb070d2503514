"""The ledger: every address ever issued in a document, kept in one plain file per document.

A first build numbers the passages `p1`, `p2` …; from then on each build aligns the passages of the
day with the records of the file. A passage keeps its id through every edit that leaves it
recognizable; what was merged forwards; what is gone stays as a tombstone; nothing is numbered anew.
What cannot be told for certain is a question, and until a person has answered it the ledger stays
as it was.

The steps of the alignment and their thresholds are in `aligning`, the file's form in `ledger_file`.
Measured over real revisions of policy documents, ids computed from position lead a third of all
links to another passage after one revision, hashes of the text lose a quarter of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from builder.aligning.addressed import addressed, carried_figures
from builder.aligning.heading_slugs import heading_slugs
from builder.aligning.questions import Question, problem_of, questions_of
from builder.aligning.rounds import Round, first_round, next_round
from builder.aligning.settling import answer, forward, remove
from builder.aligning.standing import forwards_of, unchanged
from builder.ledger_file import (
    FORMAT,
    FigureRecord,
    Ledger,
    Record,
    one_line,
    one_word,
    parse_ledger,
    print_ledger,
)
from builder.model import Annotated, Problem
from builder.structure import SPLITTER

__all__ = ("Aligned", "Anchored", "Question", "align", "anchor", "answer", "forward", "remove")


@dataclass(frozen=True, slots=True)
class Aligned:
    """What a round of alignment comes to.

    `ids` holds one id per block, `forwards` every id that leads to a passage which continues
    another, `gone` every id whose passage is gone, with the ISO date; each id ever issued is in one
    of the three. While there are `questions`, `ledger` is the old text and the rest is provisional.
    """

    ids: tuple[str, ...]
    forwards: Mapping[str, str]
    gone: Mapping[str, str]
    questions: tuple[Question, ...]
    ledger: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """A document with its addresses, the ledger's text, and what stands in the way.

    With `problems` the change is refused: the ledger's text is the old one, the addresses are
    provisional. `questions` are the same as values.
    """

    annotated: Annotated
    ledger: str
    problems: tuple[Problem, ...] = field(default=())
    questions: tuple[Question, ...] = field(default=())


def align(
    ledger: str,
    blocks: Sequence[tuple[str, tuple[str, ...], str]],
    *,
    today: date,
    accept: bool = False,
) -> Aligned:
    """Align blocks, given as (kind, heading path, text), with a ledger's text; "" on a first build.

    With `accept` the change is taken as proposed: what is doubtful becomes a tombstone, and its
    block gets a new id. Raises Problems where the ledger cannot be read.
    """
    same = unchanged(ledger, blocks, splitter=SPLITTER)
    if same is not None:
        return Aligned(*same, (), ledger)
    old = parse_ledger(ledger, "ledger") if ledger else None
    passages = [(one_word(kind), one_line(text)) for kind, _, text in blocks]
    round_ = _round(old, passages, today=today)
    questions = () if accept else tuple(questions_of(old, round_, passages, SPLITTER))
    slugs = heading_slugs(passages, round_.ids, round_.records)
    records = tuple(_with_slugs(round_.records, slugs))
    header = _plain_header(old)
    text = ledger if questions else print_ledger(Ledger(header, records))
    return Aligned(round_.ids, *forwards_of(records), questions, text)


def anchor(
    annotated: Annotated,
    ledger: str | None,
    *,
    path: str,
    today: date,
    accept: bool = False,
    splitter: int = SPLITTER,
    recorded: str = "",
) -> Anchored:
    """Give every passage and figure its address.

    `ledger` is the file's text, None before the first build; `path` is where it stands, for
    messages. With `accept` the change is taken as `align` does. `recorded` is the SHA-256 of the
    bytes that the ledger stands for, where that is known. Raises Problems where the ledger cannot
    be read.
    """
    old = None if ledger is None else parse_ledger(ledger, path)
    document = annotated.document
    passages = [(block.kind, one_line(block.text)) for block in document.passages]
    furniture = [one_line(block.text) for block in document.furniture]
    round_ = _round(old, passages, furniture, today=today)
    questions: tuple[Question, ...] = ()
    if old is not None and not accept:
        same_bytes = document.source.sha256 == recorded
        asked = questions_of(old, round_, passages, splitter, same_bytes=same_bytes)
        questions = tuple(asked)
    slugs = heading_slugs(passages, round_.ids, round_.records)
    records = tuple(_with_slugs(round_.records, slugs))
    round_ = replace(round_, records=records)
    figures = carried_figures(annotated, round_, old, today=today)
    records = tuple(_with_figures(record, figures.records) for record in records)
    round_ = replace(round_, records=records)
    result = addressed(annotated, round_, figures)
    if questions:
        first = any(question.why == "doubtful" for question in questions)
        problems = tuple(problem_of(one, annotated, old, path, first) for one in questions)
        return Anchored(result, ledger or "", problems, questions)
    header = _header(annotated, splitter, old)
    return Anchored(result, print_ledger(Ledger(header, records)))


def _round(
    old: Ledger | None,
    passages: Sequence[tuple[str, str]],
    furniture: Sequence[str] = (),
    *,
    today: date,
) -> Round:
    if old is None:
        return first_round(passages)
    return next_round(old.records, passages, furniture, today=today)


def _with_figures(record: Record, figures: Mapping[str, tuple[FigureRecord, ...]]) -> Record:
    lines = figures.get(record.id, record.figures)
    return record if lines == record.figures else replace(record, figures=lines)


def _with_slugs(records: Iterable[Record], slugs: Mapping[str, str]) -> Iterable[Record]:
    for record in records:
        slug = slugs.get(record.id)
        yield record if slug is None or record.get("id") else record.but(id=slug)


def _plain_header(old: Ledger | None) -> tuple[tuple[str, str], ...]:
    kept = dict(old.header) if old else {}
    return tuple({**kept, "anchors": FORMAT, "splitter": str(SPLITTER)}.items())


def _header(annotated: Annotated, splitter: int, old: Ledger | None) -> tuple[tuple[str, str], ...]:
    """Return the header; its hash is that of the first version, so that ledgers can be merged.

    Two people who edit different passages each change the hash of the file; each later version is
    a file of its own (see `versions`).
    """
    document = annotated.document
    metadata = document.metadata
    first = (old.get("source") or "").rpartition(" ")[2] if old else ""
    header = {
        "anchors": FORMAT,
        "document": (old.get("document") if old else None) or document.slug,
        "splitter": str(splitter),
        "source": f"{document.source.path} {first or document.source.sha256}",
        "title": one_line(metadata.title.value or ""),
        "issuer": one_line(metadata.issuer.value or ""),
        "date": metadata.date.value or "_",
    }
    kept = [(k, v) for k, v in old.header if k not in header and k != "gone"] if old else []
    return (*header.items(), *kept)
