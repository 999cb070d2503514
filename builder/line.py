"""Takes a source down the line: structure, annotate, address.

Documents go through a pool of processes. What comes back from one are bytes: the document itself,
which only the pages that show it read again; what of it stays in memory; and what it adds to the
index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import NamedTuple

from builder.anchoring.late_sources import whole_source
from builder.anchoring.registrar import Addressed, Record, Registrar
from builder.anchoring.texts import newest_of
from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.compact_json import compact
from builder.files import failure
from builder.indexing.contribution import contribution_of
from builder.kept_documents import texts_of
from builder.measures import Measure
from builder.model import Annotated, Problem, Problems, Source
from builder.storing.codec import encode, to_row
from builder.storing.lazy import light_of
from builder.structure import structure
from builder.working import Workers

_UTF8 = ("utf-8", "surrogatepass")


class Case(NamedTuple):
    """A source on its way down the line, with what is on record of its document."""

    source: Source
    record: Record


@dataclass(frozen=True, slots=True)
class Product:
    """What came of a source: the outcome of its addressing without the document, and its bytes.

    `is_lasting` tells whether the next run would make the same of it.
    """

    outcome: Addressed
    light: bytes = b""
    contribution: bytes = b""
    body: bytes = b""
    texts: bytes = b""
    is_refused: bool = False
    is_lasting: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What every document goes through; it goes to other processes as it is."""

    registrar: Registrar
    catalogue: Catalogue
    measures: Sequence[Measure] = ()


def annotated(source: Source, catalogue: Catalogue) -> Annotated | Problem:
    """Structure and annotate one source; it needs nothing but itself and the catalogue."""
    try:
        return annotate(structure(whole_source(source)), catalogue)
    except Problems as error:
        return error.problems[0]
    except Exception as error:  # one document that trips us must not stop ten thousand
        return failure(source.place, error)


def annotated_sources(
    sources: Sequence[Source], catalogue: Catalogue, jobs: int
) -> list[Annotated | Problem]:
    """Structure and annotate sources, over several processes where there are many."""
    return list(Workers(jobs).map(_annotated, catalogue, sources))


def _annotated(catalogue: Catalogue, source: Source) -> Annotated | Problem:
    return annotated(source, catalogue)


def product_of(line: Line, case: Case) -> Product:
    """Take one source down the whole line."""
    outcome = line.registrar.addressed(annotated(case.source, line.catalogue), case.record)
    made = outcome.taken or outcome.refused
    bare = replace(outcome, taken=None, refused=None, questions={})
    if made is None:
        return Product(bare)
    problems = [to_row(problem) for problem in outcome.problems]
    contribution, body = contribution_of(made, line.measures).kept, encode(made, small=True)
    told = [light_of(made), problems, newest_of(outcome.ledger), _content(contribution, body)]
    return Product(
        bare,
        light=compact(told).encode(*_UTF8),
        contribution=contribution,
        body=body,
        texts=texts_of(made.document.blocks),
        is_refused=outcome.taken is None,
        is_lasting=outcome.taken is not None and not outcome.files,
    )


def lost(_line: Line, case: Case) -> Product:
    """Return what comes of a source for which one process after the other has ended."""
    what = "each process that made this document was ended, by the system or by a fault in it"
    hint = "free some memory, or cut the document; if that does not help, please report this"
    problem = Problem(case.source.place, what, hint)
    return Product(Addressed(problems=(problem,), ended=case.source.slug or ""))


def _content(*parts: bytes) -> str:
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()
