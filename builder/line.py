"""Takes each source down the line (structure, annotate, address), and keeps what came of it.

What becomes of a document depends on its source, its ledger and what editors know, and on no other
document. So documents go through a pool of processes, and one of which nothing has changed since
the last run is taken from what that run kept. What comes back from a process are bytes: the
document itself, which only the pages that show it read again; what of it stays in memory; and what
it adds to the index.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from builder.anchoring.late_sources import whole_source
from builder.anchoring.registrar import Addressed, Record, Registrar
from builder.anchoring.texts import newest_of, text_digest
from builder.annotate import annotate
from builder.catalogue import Catalogue
from builder.compact_json import compact
from builder.document_key import document_key, ledger_digest
from builder.files import failure
from builder.indexing.contribution import Contribution, Whos, contribution_of, read_contribution
from builder.kept_documents import TEXT, Bodies, texts_of
from builder.ledger_file import Ledger
from builder.measures import Measure
from builder.model import Annotated, Problem, Problems, Source
from builder.storing.codec import encode, from_row, to_row
from builder.storing.lazy import Load, Recent, light_of, stored_from
from builder.storing.store import Light, Store
from builder.structure import structure
from builder.undisturbed import undisturbed
from builder.warming import warm
from builder.working import WORTH_A_POOL, Workers

_OPEN = 256  # documents that stay open
_GROUP = 64  # documents that go into the store together
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


def _lost(_line: Line, case: Case) -> Product:
    """Return what comes of a source for which one process after the other has ended."""
    what = "each process that made this document was ended, by the system or by a fault in it"
    hint = "free some memory, or cut the document; if that does not help, please report this"
    problem = Problem(case.source.place, what, hint)
    return Product(Addressed(problems=(problem,), ended=case.source.slug or ""))


def _content(*parts: bytes) -> str:
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a source in this run or an earlier one.

    `newest` is the newest date in its ledger, `content` a digest of all that the document holds.
    """

    outcome: Addressed
    added: Contribution | None = None
    newest: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Runs the line over sources, and keeps what came of them in a store.

    `knowledge` is a digest of all that decides what becomes of a source, but itself and its ledger.
    `committed` tells of documents, by slug, which ledgers the last commit has and the disk has not;
    it is asked once, and only where a document has to be made.
    """

    line: Line
    store: Store
    workers: Workers
    knowledge: str
    committed: Callable[[Iterable[str]], Mapping[str, Sequence[Ledger]]]
    bodies: Bodies

    def came(self, cases: Sequence[Case]) -> Iterator[Came]:
        """Yield what comes of each source, in order."""
        bodies, whos = self.bodies, Whos()
        load = Recent(bodies, _OPEN)
        with undisturbed():
            there = self._there(cases, bodies, load, whos)
        todo = [case for case in cases if case.source.path not in there]
        made = self._made(self._with_committed(todo), bodies, load, whos)
        for case in cases:
            yield there.get(case.source.path) or next(made)
        self.store.forget_documents(bodies.keys)
        self.store.forget_results([f"{TEXT}{name}" for name in bodies.keys], under=TEXT)

    def _there(
        self, cases: Sequence[Case], bodies: Bodies, load: Load, whos: Whos
    ) -> dict[str, Came]:
        """Return what came of those sources of which nothing has changed, by path."""
        kept = {row.name: row for row in self.store.documents()}
        there: dict[str, Came] = {}
        for source, record in cases:
            row = kept.get(source.slug or "")
            if row is not None and row.key == self._key(source, ledger_digest(record)):
                bodies.keys[row.name] = row.key
                outcome = Addressed(row.name, ledger=_ledger(record))
                there[source.path] = _came(row, load, whos, outcome)
        return there

    def _with_committed(self, cases: Sequence[Case]) -> Sequence[Case]:
        committed = self.committed(case.source.slug or "" for case in cases)
        return [
            Case(source, replace(record, committed=committed.get(source.slug or "", ())))
            for source, record in cases
        ]

    def _made(
        self, cases: Sequence[Case], bodies: Bodies, load: Load, whos: Whos
    ) -> Iterator[Came]:
        if len(cases) >= WORTH_A_POOL and self.workers.executor is None:
            warm(self.line.catalogue)
        made = self.workers.map(product_of, self.line, cases, lost=_lost)
        products = zip(cases, made, strict=True)
        while group := list(islice(products, _GROUP)):
            rows = [self._row(case.source, product) for case, product in group]
            whole = [
                (row, product)
                for row, (_, product) in zip(rows, group, strict=True)
                if product.body
            ]
            self.store.keep(
                [(row, product.body) for row, product in whole],
                [(f"{TEXT}{row.name}", row.key, product.texts) for row, product in whole],
            )
            for row, (_, product) in zip(rows, group, strict=True):
                bodies.keys[row.name] = row.key
                yield _came(row, load, whos, product.outcome, refused=product.is_refused)

    def _row(self, source: Source, product: Product) -> Light:
        slug = product.outcome.slug
        if product.is_lasting:
            key = self._key(source, text_digest(product.outcome.ledger))
        else:
            # What it depends on changes with this run: the next one makes it again.
            key = f"once {sha256(product.body).hexdigest()}"
        return Light(slug, key, product.light, product.contribution)

    def _key(self, source: Source, ledger: str) -> str:
        return document_key(self.knowledge, source, ledger, self.line.registrar)


def _ledger(record: Record) -> str:
    """Return the text of a ledger that is not as it stands on disk, else ""."""
    return "" if record.filed is None or record.filed.is_late else record.filed.text


def _came(row: Light, load: Load, whos: Whos, outcome: Addressed, *, refused: bool = False) -> Came:
    if not row.light:
        return Came(outcome)
    light, problems, newest, content = json.loads(row.light)
    one = stored_from(light, load)
    outcome = replace(
        outcome,
        taken=None if refused else one,
        refused=one if refused else None,
        problems=tuple(from_row(Problem, problem) for problem in problems),
    )
    return Came(outcome, read_contribution(row.contribution, whos), newest, content)
