"""Surveys a collection before anything is annotated: which source is which published document."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from builder.anchoring.belonging import belong
from builder.anchoring.evidence import register_missing
from builder.anchoring.exchange import Belonging
from builder.anchoring.heads import Head, with_header
from builder.anchoring.late_sources import is_unreadable, late_source, row_of, whole_source
from builder.anchoring.ledgers import Ledgers, known_digits, read_ledgers
from builder.anchoring.likeness import Pair, likeness
from builder.anchoring.lost import restoring
from builder.anchoring.naming import name_sources
from builder.anchoring.register import NAME, lost_documents
from builder.anchoring.seen import Seen
from builder.anchoring.texts import Filed, LedgerTexts
from builder.files import failure
from builder.finding import Found as FoundFiles
from builder.finding import find_sources
from builder.front_matter import complaints
from builder.ledger import anchor
from builder.ledger_file import parse_ledger
from builder.manifest import Manifest, describe
from builder.model import Annotated, Document, Place, Problem, Problems, Source
from builder.read import read_source
from builder.settings import Settings
from builder.storing.store import Store
from builder.structure import structure
from builder.versioning.kept import live_passages


@dataclass(frozen=True, slots=True)
class Survey:
    """What a collection holds, and what it has published.

    `sources` are those that can be built, with their slugs; `filed` gives the ledgers of those
    that are published, by slug. `texts` and `heads` are the ledgers as they stand on disk, by
    file, without the `leftovers` of a renaming that died (each with the slug that follows it). The
    texts of sources and ledgers are read when they are asked for.
    `orphans` are ledgers whose source is no longer there, `doubtful` those of which nobody can
    tell, `removed` those whose removal was accepted. `lost` are published documents without a
    ledger, each with its source if there is one.
    """

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    texts: LedgerTexts
    heads: Mapping[str, Head]
    filed: Mapping[str, Filed]
    orphans: frozenset[str]
    doubtful: frozenset[str]
    removed: frozenset[str]
    lost: Mapping[str, Source | None]
    leftovers: Mapping[str, str]
    register: Mapping[str, str]
    manifest: Manifest

    @property
    def moved(self) -> Mapping[str, str]:
        """The slugs under which ledgers stand on disk that have another one now, with that one."""
        renamed = {one.stands: one.slug for one in self.filed.values() if one.stands != one.slug}
        return {**self.leftovers, **renamed}


def survey(
    settings: Settings, manifest: Manifest, today: datetime.date, store: Store | None = None
) -> Survey:
    """Read every source and every ledger, and tell what belongs together; write nothing.

    What has not changed since the last run that kept its survey in the `store` is not read again.
    Raises Problems when a ledger or the register cannot be read.
    """
    ledgers = read_ledgers(settings, store)
    seeds = settings.relative(settings.seeds)
    files = find_sources(settings.seeds, settings.root)
    folder = settings.relative(settings.seeds / "_").removesuffix("_")
    names = [f"{folder}{inside}" for inside in files.inside]
    described, problems = _read_sources(names, settings, manifest, store)
    names += _out_of_sight(files, ledgers.heads.values(), settings)
    found = belong(
        ledgers.heads,
        names,
        described,
        hashes=lambda head: known_digits(settings, head),
        alike=_Alike(ledgers.texts, ledgers.folder, today).pairs,
        anchors=ledgers.folder,
    )
    moved = {_inside(old, seeds): _inside(new, seeds) for new, old in found.moved.items()}
    following = manifest.following(moved)
    taken = [
        describe(source, following, seeds) if source.path in found.moved else source
        for source in described
        if source.path not in found.unsettled
        and (source.path in found.ledgers or _inside(source.path, seeds) not in following.nameless)
    ]
    named = name_sources(taken, found.ledgers, ledgers.heads, following, seeds)
    missing = manifest.missing((_inside(name, seeds) for name in names), moved)
    unregistered = register_missing(settings, ledgers.heads.values())
    unfit = (*files.problems, *chain.from_iterable(manifest.wrong.values()))
    told = (*unregistered, *missing, *unfit, *problems, *found.problems, *named.problems)
    return _surveyed(settings, ledgers, found, named.sources, following, told)


def _surveyed(
    settings: Settings,
    ledgers: Ledgers,
    found: Belonging,
    sources: Sequence[Source],
    manifest: Manifest,
    told: Sequence[Problem],
) -> Survey:
    heads, held = ledgers.heads, frozenset(found.ledgers.values())
    loose = {slug for slug in heads if slug not in held}
    removed = frozenset(slug for slug in loose if heads[slug].gone)
    former = (was for head in heads.values() for was in head.was)
    lost = lost_documents(ledgers.register, heads, former)
    return Survey(
        sources=tuple(one for one in sources if one.slug not in lost),
        problems=(*told, *_lost(lost, sources, settings)),
        texts=ledgers.texts,
        heads=heads,
        filed={one.slug: one for one in _filed(sources, found, heads, ledgers.texts)},
        orphans=frozenset(loose - removed - found.doubtful),
        doubtful=frozenset(found.doubtful - removed),
        removed=removed,
        lost=dict.fromkeys(lost) | {one.slug: one for one in sources if one.slug in lost},
        leftovers=ledgers.leftovers,
        register=ledgers.register,
        manifest=manifest,
    )


def _inside(path: str, seeds: str) -> str:
    return path.removeprefix(seeds).lstrip("/")


def _out_of_sight(files: FoundFiles, heads: Iterable[Head], settings: Settings) -> Iterator[str]:
    """Yield the sources of ledgers in folders that cannot be read: nobody has taken them away."""
    folders = tuple(settings.relative(folder) + "/" for folder in files.unread)
    yield from (head.path for head in heads if head.path.startswith(folders))


def _read_sources(
    names: Iterable[str], settings: Settings, manifest: Manifest, store: Store | None
) -> tuple[list[Source], list[Problem]]:
    """Return the sources that can be read, and what is wrong with any of the files."""
    seeds = settings.relative(settings.seeds)
    seen = Seen(store, "sources", repr(settings.limits))
    sources: list[Source] = []
    problems: list[Problem] = []
    for name in names:
        inside = _inside(name, seeds)
        try:
            source = _read_source(name, settings, seen)
            if inside in manifest.entries:
                source = describe(source, manifest, seeds)
                problems.extend(complaints(source))
            elif is_unreadable(source):
                problems.extend(complaints(source))
            sources.append(source)
        except Problems as error:
            problems.extend(error.problems)
        except Exception as error:  # one file that trips us must not stop the others
            problems.append(failure(Place(name, 1), error))
    seen.keep()
    return sources, problems


def _read_source(name: str, settings: Settings, seen: Seen) -> Source:
    """Return the source of that name, whose text is read when it is asked for. Raises Problems."""
    file = os.path.join(settings.root, name)  # noqa: PTH118  # for each of ten thousand
    row = seen.recall(name, file)
    if row is None:
        row = row_of(read_source(Path(file), settings.root, limits=settings.limits))
        seen.note(name, file, row)
    return late_source(name, file, row)


def _filed(
    sources: Iterable[Source], found: Belonging, heads: Mapping[str, Head], texts: LedgerTexts
) -> Iterator[Filed]:
    for source in sources:
        stands = found.ledgers.get(source.path)
        if stands is None or source.slug is None:
            continue
        head, filed = heads[stands], texts.filed(source.slug, stands)
        if head.gone:
            filed = replace(filed, text=with_header(filed.text, gone=""))
        if source.slug != stands:
            was = " ".join((*head.was, stands))
            filed = replace(filed, text=with_header(filed.text, slug_was=was))
        yield filed


def _lost(lost: frozenset[str], sources: Sequence[Source], settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each published document whose ledger is not there."""
    paths = {source.slug: source.path for source in sources}
    for slug in sorted(lost):
        file = settings.relative(settings.anchors / f"{slug}.txt")
        hint = restoring(file)
        if slug in paths:
            hint += f'; or "builder anchors init {slug}" numbers it anew'
        if not (settings.anchors / NAME).exists():
            pages = (settings.relative(folder) for folder in (settings.content, settings.site))
            hint += f"; if this is a new collection, remove the old pages ({', '.join(pages)})"
        yield Problem(Place(file, 1), f'the ledger of "{slug}" is missing', hint)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Compares texts that belong nowhere with ledgers whose source is lost."""

    texts: Mapping[str, str]
    anchors: str
    today: datetime.date

    def pairs(self, sources: Sequence[Source], heads: Sequence[Head]) -> Iterator[Pair]:
        documents: dict[str, Document] = {}
        for source in sources:
            try:
                documents[source.path] = structure(whole_source(source))
            except Exception:  # told when it is annotated
                continue
        ledgers = {
            head.slug: parse_ledger(self.texts[head.slug], f"{self.anchors}/{head.slug}.txt")
            for head in heads
        }
        return likeness(ledgers, documents, self._aligned)

    def _aligned(self, slug: str, document: Document) -> float:
        """Return the share of a ledger's passages that the aligner finds in a document."""
        text = with_header(self.texts[slug], gone="")
        now = anchor(Annotated(document, ()), text, path=slug, today=self.today, accept=True)
        live = {name for name, _ in live_passages(text, slug)}
        there = live & {block.anchor for block in now.annotated.document.passages}
        return len(there) / max(1, len(live))
