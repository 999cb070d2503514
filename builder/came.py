"""Takes up what came of each source: what an earlier run kept, else what is made of it now.

What becomes of a document depends on its source, its ledger and what editors know, and on no other
document (see `line`). So one of which nothing has changed since the last run is taken from what
that run kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice

from builder.anchoring.registrar import Addressed, Record
from builder.anchoring.texts import text_digest
from builder.document_key import document_key, ledger_digest
from builder.indexing.contribution import Contribution, Whos, read_contribution
from builder.kept_documents import TEXT, Bodies
from builder.ledger_file import Ledger
from builder.line import Case, Line, Product, lost, product_of
from builder.model import Problem, Source
from builder.processes import beside
from builder.storing.codec import from_row
from builder.storing.lazy import Load, Recent, stored_from
from builder.storing.store import Light, Store
from builder.undisturbed import undisturbed
from builder.warming import warm
from builder.working import WORTH_A_POOL, Workers

_OPEN = 256  # documents that stay open
_GROUP = 64  # documents that go into the store together
_MANY = 500  # documents that take longer to be loaded than a process to be started


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

    `knowledge` is a digest of what decides what becomes of every source; program and catalogue are
    not in it, for what is kept is forgotten where they have changed. `committed` tells of
    documents, by slug, which ledgers the last commit has and the disk has not; it is asked only of
    those that have to be made.
    """

    line: Line
    store: Store
    workers: Workers
    knowledge: str
    committed: Callable[[Iterable[str]], Mapping[str, Sequence[Ledger]]]
    bodies: Bodies

    def came(self, cases: Sequence[Case]) -> Iterator[Came]:
        """Yield what comes of each source, in order."""
        load, whos = Recent(self.bodies, _OPEN), Whos()
        keys = {one.path: self._key(one, ledger_digest(record)) for one, record in cases}
        with self._begun(cases, keys) as begun:
            with undisturbed():
                there = self._there(cases, keys, load, whos)
            todo = [case for case in cases if case.source.path not in there]
            made = self._made(todo, begun(), load, whos)
        for case in cases:
            yield there.get(case.source.path) or next(made)
        self.store.forget_documents(self.bodies.keys)
        self.store.forget_results([f"{TEXT}{name}" for name in self.bodies.keys], under=TEXT)

    @contextmanager
    def _begun(
        self, cases: Sequence[Case], keys: Mapping[str, str]
    ) -> Iterator[Callable[[], Mapping[str, Product]]]:
        """Let few documents that have changed be made by another process, while all are loaded.

        Give what returns what came of them, by the paths of their sources.
        """
        kept = dict(self.store.document_keys())
        changed = [
            case for case in cases if kept.get(case.source.slug or "") != keys[case.source.path]
        ]
        # Many are made by more than one process.
        if len(cases) < _MANY or not 0 < len(changed) < WORTH_A_POOL or self.workers.alone:
            yield dict
            return
        with beside(self._products, changed) as products:
            paths = [case.source.path for case in changed]
            yield lambda: dict(zip(paths, products(), strict=True))

    def _products(self, cases: Sequence[Case]) -> list[Product]:
        return [product_of(self.line, case) for case in self._with_committed(cases)]

    def _there(
        self,
        cases: Sequence[Case],
        keys: Mapping[str, str],
        load: Load,
        whos: Whos,
    ) -> dict[str, Came]:
        """Return what came of those sources of which nothing has changed, by path."""
        kept = {row.name: row for row in self.store.documents()}
        there: dict[str, Came] = {}
        for source, record in cases:
            row = kept.get(source.slug or "")
            if row is not None and row.key == keys[source.path]:
                self.bodies.keys[row.name] = row.key
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
        self,
        cases: Sequence[Case],
        begun: Mapping[str, Product],
        load: Load,
        whos: Whos,
    ) -> Iterator[Came]:
        """Yield what comes of sources, of which those `begun` are made already."""
        rest = self._with_committed([one for one in cases if one.source.path not in begun])
        if len(rest) >= WORTH_A_POOL and self.workers.executor is None:
            warm(self.line.catalogue)
        made = self.workers.map(product_of, self.line, rest, lost=lost)
        products = ((one, begun.get(one.source.path) or next(made)) for one in cases)
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
                self.bodies.keys[row.name] = row.key
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
