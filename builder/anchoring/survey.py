"""Surveys a collection before anything is annotated: which source is which published document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from builder.anchoring.belonging import belong
from builder.anchoring.evidence import register_missing
from builder.anchoring.exchange import Belonging
from builder.anchoring.heads import Head, with_header
from builder.anchoring.ledgers import Ledgers, known_digits, read_ledgers
from builder.anchoring.likeness import Pair, likeness
from builder.anchoring.lost import restoring
from builder.anchoring.naming import name_sources
from builder.anchoring.register import NAME, lost_documents
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
from builder.structure import structure
from builder.versioning.kept import live_passages


@dataclass(frozen=True, slots=True)
class Filed:
    """A document's ledger as a run takes it up.

    `stands` is the slug under which its file stands, `text` what the file holds with the header
    made ready: a renamed document knows its former slug, a returned one is no longer gone.
    """

    slug: str
    stands: str
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What a collection holds, and what it has published.

    `sources` are those that can be built, with their slugs; `filed` gives the ledgers of those
    that are published, by slug. `texts` and `heads` are the ledgers as they stand on disk, by
    file, without the `leftovers` of a renaming that died (each with the slug that follows it).
    `orphans` are ledgers whose source is no longer there, `doubtful` those of which nobody can
    tell, `removed` those whose removal was accepted. `lost` are published documents without a
    ledger, each with its source if there is one.
    """

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
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


def survey(settings: Settings, manifest: Manifest, today: datetime.date) -> Survey:
    """Read every source and every ledger, and tell what belongs together; write nothing.

    Raises Problems when a ledger or the register cannot be read.
    """
    ledgers = read_ledgers(settings)
    seeds = settings.relative(settings.seeds)
    files = find_sources(settings.seeds, settings.root)
    described, problems = _read_sources(files.files, settings, manifest)
    names = [settings.relative(path) for path in files.files]
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
        if source.path not in found.unsettled and _inside(source.path, seeds) not in following.wrong
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
        filed=dict(_filed(sources, found, heads, ledgers.texts)),
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
    paths: Iterable[Path], settings: Settings, manifest: Manifest
) -> tuple[list[Source], list[Problem]]:
    """Return the sources that can be read, and what is wrong with any of the files."""
    seeds = settings.relative(settings.seeds)
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in paths:
        if path.relative_to(settings.seeds).as_posix() in manifest.wrong:
            continue
        try:
            source = read_source(path, settings.root, limits=settings.limits)
            sources.append(describe(source, manifest, seeds))
            problems.extend(complaints(sources[-1]))
        except Problems as error:
            problems.extend(error.problems)
        except Exception as error:  # one file that trips us must not stop the others
            problems.append(failure(Place(settings.relative(path), 1), error))
    return sources, problems


def _filed(
    sources: Iterable[Source],
    found: Belonging,
    heads: Mapping[str, Head],
    texts: Mapping[str, str],
) -> Iterator[tuple[str, Filed]]:
    for source in sources:
        stands = found.ledgers.get(source.path)
        if stands is None or source.slug is None:
            continue
        text, head = texts[stands], heads[stands]
        if head.gone:
            text = with_header(text, gone="")
        if source.slug != stands:
            text = with_header(text, slug_was=" ".join((*head.was, stands)))
        yield source.slug, Filed(source.slug, stands, text)


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
                documents[source.path] = structure(source)
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
