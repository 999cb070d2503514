"""What a change of a document asks of a person before its ledger may follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.aligning.rounds import Round
from builder.ledger_file import Ledger, one_line
from builder.model import Annotated, Document, Place, Problem

TOO_MUCH = 0.20
"""More than this share of a document buried at once is an accident until a person accepts it."""

Why = Literal["doubtful", "splitter", "cut", "buried"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must settle before a ledger may change.

    "doubtful": is the passage number `block` (among the document's passages), which follows the one
    at `after`, still the one at `id`, which read `was` and would now read `now`? The others concern
    the whole document and have neither id nor block (""; -1): another "splitter", unchanged bytes
    that are "cut" otherwise, more passages "buried" than an edit does.
    """

    why: Why
    id: str = ""
    block: int = -1
    similarity: float = 0.0
    was: str = ""
    now: str = ""
    after: str = ""


def questions_of(
    old: Ledger | None,
    round_: Round,
    passages: Sequence[tuple[str, str]],
    splitter: int,
    *,
    same_bytes: bool = False,
) -> Iterable[Question]:
    """Yield what the change asks: first of passages, then of the whole document.

    Whoever answers in this order loses nothing. What is asked about is not counted as gone.
    """
    if old is None:
        return
    for doubt in round_.doubts:
        was, now = doubt.record.text, passages[doubt.passage][1]
        after = round_.ids[doubt.passage - 1] if doubt.passage else ""
        alike = round(doubt.similarity, 3)
        yield Question("doubtful", doubt.record.id, doubt.passage, alike, was, now, after)
    recut = old.get("splitter") not in (str(splitter), None)
    if recut:
        yield Question("splitter", was=old.get("splitter") or "", now=str(splitter))
    elif same_bytes and _is_recut(old, passages):
        yield Question("cut")
    live = sum(record.get("gone") is None for record in old.records)
    asked = {doubt.record.id for doubt in round_.doubts}
    gone = sum(record.id not in asked for record in round_.buried)
    # One passage that is taken away is an edit, however short the document; the last one is not.
    if gone > max(1, TOO_MUCH * live) or gone == live > 0:
        yield Question("buried", was=str(live), now=str(gone))


def _is_recut(old: Ledger, passages: Sequence[tuple[str, str]]) -> bool:
    live = [record.text for record in old.records if record.get("gone") is None]
    return live != [text for _, text in passages]


def problem_of(
    question: Question, annotated: Annotated, old: Ledger | None, path: str, first: bool
) -> Problem:
    """Return a question as people are told it, with the command that settles it.

    `first` says that passages are asked about, which have to be answered before the document.
    """
    document = annotated.document
    accept = f'"builder anchors accept {document.slug}'
    if question.why == "doubtful":
        block = document.passages[question.block]
        settle = (
            f'{accept} {question.id}" if it is, '
            f'"builder anchors reject {document.slug} {question.id}" if it is another one'
        )
        what = f'is this still {question.id}? It reads "{_short(question.now)}"'
        what += f', and {question.id} was published as "{_short(question.was)}"'
        return Problem(document.source.place_of(block.span.start), what, settle)
    if question.why == "cut" and old is not None and (lost := _without_record(old, document)):
        buried = next((one.id for one in old.records if one.text == lost), "")
        why = f"the ledger says that {buried} is gone" if buried else "its record is missing"
        what = f'the passage "{_short(lost)}" has no address: {why}, and the source is unchanged'
        return Problem(Place(path, 1), what, f'restore it: "git checkout -- {path}"')
    whats = {
        "splitter": f"the document was cut by splitter {question.was}, this version has "
        f"{question.now}, which may move addresses",
        "cut": "the source is unchanged, and is now cut otherwise",
        "buried": f"{question.now} of {question.was} passages are gone at once",
    }
    header = old.header if old else ()
    line = next((i for i, (key, _) in enumerate(header, 1) if key == question.why), 1)
    hint = f'restore the text, or take the change with {accept}" (look first: --dry-run)'
    if question.why == "buried":
        hint += "; another text? give it a file of its own"
    if first:
        hint = f"answer the questions on its passages first; then {hint}"
    return Problem(Place(path, line), whats[question.why], hint)


def _without_record(old: Ledger, document: Document) -> str:
    """Return the first passage that a ledger lacks, "" where more than records is missing."""
    live = [record.text for record in old.records if record.get("gone") is None]
    lacking: list[str] = []
    following = 0
    for text in (one_line(block.text) for block in document.passages):
        if following < len(live) and live[following] == text:
            following += 1
        else:
            lacking.append(text)
    return lacking[0] if lacking and following == len(live) else ""


def _short(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"
