"""Gives each source its slug: the manifest's, its ledger's, else one that was never another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from builder.anchoring.heads import Head
from builder.manifest import Manifest, give_slugs
from builder.model import Problem, Source


@dataclass(slots=True)
class Named:
    """The sources with their slugs, and those whose slug is another document's."""

    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: list[Source] = field(default_factory=list)


def name_sources(
    sources: Sequence[Source],
    ledgers: Mapping[str, str],
    heads: Mapping[str, Head],
    manifest: Manifest,
    seeds: str,
) -> Named:
    """Give each source its slug.

    `ledgers` tells the slug of each source's ledger by the source's path, `heads` are all ledgers.
    A slug that is or was another document's is a problem: a document that is published keeps the
    one it has, a new one is refused.
    """
    named, free = Named(), list[Source]()
    former = {slug: head for head in heads.values() for slug in head.former}
    for source in sources:
        own = ledgers.get(source.path)
        why = _taken(source.slug, own, heads, former) if source.slug else ""
        if not why:
            free.append(source)
            continue
        entry = manifest.entries.get(source.path.removeprefix(seeds).lstrip("/"))
        place = entry.place if entry else source.place
        hint = f'write "slug: {own}", or one that is new' if own else "give it one that is new"
        named.problems.append(Problem(place, why, hint))
        if own:
            free.append(source.named(None))
        else:
            named.refused.append(source)
    named.sources = give_slugs(free, ledgers, set(_reserved(heads, former, ledgers)))
    return named


def _taken(
    slug: str, own: str | None, heads: Mapping[str, Head], former: Mapping[str, Head]
) -> str:
    """Return why a source may not have a slug, "" where it may."""
    if slug == own:
        return ""
    head = heads.get(slug)
    if head is not None and head.gone:
        return f'the slug "{slug}" is that of a document that was removed'
    if head is not None:
        return f'the slug "{slug}" is that of {head.path}'
    head = former.get(slug)
    if head is not None and head.slug != own:
        return f'the slug "{slug}" was that of the document "{head.slug}" and leads there'
    return ""


def _reserved(
    heads: Mapping[str, Head], former: Mapping[str, Head], ledgers: Mapping[str, str]
) -> Iterator[str]:
    """Yield the slugs that a file's name must not lead to."""
    yield from former
    yield from heads.keys() - set(ledgers.values())
