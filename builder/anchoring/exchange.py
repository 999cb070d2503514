"""Settles which file is a document when files took each other's names.

A path is a good sign and the very bytes are a better one: where a ledger does not know what stands
at its path, and knows what stands elsewhere, files have been moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from builder.anchoring.heads import Head
from builder.model import DIGITS, Problem, Source


@dataclass(slots=True)
class Belonging:
    """Which ledger each source has, by its path, and which sources nobody can place.

    `moved` gives the path that the ledger records for each source that stands elsewhere now;
    `manifest` is the manifest's place, as messages name it.
    """

    ledgers: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    manifest: str = "manifest.yaml"

    def take(self, path: str, head: Head) -> None:
        """Note that a source belongs to a ledger."""
        self.ledgers[path] = head.slug
        if path != head.path:
            self.moved[path] = head.path


def held(found: Belonging) -> set[str]:
    """Return the slugs of the ledgers that have a source."""
    return set(found.ledgers.values())


def changed_sources(
    sources: Sequence[Source],
    heads: Mapping[str, Head],
    hashes: Callable[[Head], frozenset[str]],
    found: Belonging,
) -> list[Source]:
    """Return the sources with a ledger that does not know their bytes."""
    return [
        source
        for source in sources
        if (slug := found.ledgers.get(source.path))
        and source.sha256 != heads[slug].sha256
        and source.sha256[:DIGITS] not in hashes(heads[slug])
    ]


def exchange(
    sources: Sequence[Source],
    heads: Mapping[str, Head],
    hashes: Callable[[Head], frozenset[str]],
    found: Belonging,
) -> None:
    """Give files that changed places to the ledgers that know their very bytes.

    A path whose file has bytes that its ledger does not know is not enough where another ledger,
    whose own file has changed or is gone, knows them: one file took the other's name.
    """
    changed = changed_sources(sources, heads, hashes, found)
    if not changed:
        return
    loose = {found.ledgers[source.path] for source in changed} | heads.keys() - held(found)
    known: dict[str, list[str]] = {}
    for slug in loose:
        for digits in hashes(heads[slug]):
            known.setdefault(digits, []).append(slug)
    better = {one.path: known.get(one.sha256[:DIGITS], []) for one in changed}
    moves = {path: slugs[0] for path, slugs in better.items() if len(slugs) == 1}
    times = Counter(moves.values())
    moves = {path: slug for path, slug in moves.items() if times[slug] == 1}
    for path in [path for path, slug in found.ledgers.items() if slug in times or path in moves]:
        del found.ledgers[path]
    for path, slug in moves.items():
        found.take(path, heads[slug])


def contest(
    source: Source,
    head: Head,
    others: Sequence[Source],
    waiting: dict[str, Source],
    found: Belonging,
) -> None:
    """Settle whose document it is when its file holds another text, and `others` its very bytes.

    The file was moved, and another took its place; or it was copied, and written anew. Which of
    the two files is the document, the manifest says; until then the other is not published.
    """
    others = [one for one in others if one.path in waiting and one.slug in (None, head.slug)]
    if len(others) != 1 or source.slug == head.slug:
        return
    other = waiting.pop(others[0].path)
    if other.slug == head.slug:
        del found.ledgers[source.path]
        found.take(other.path, head)
        waiting[source.path] = source
        return
    what = f"this is the published text of {head.slug}, and {source.path} holds another one"
    hint = f'give the one that is that document "slug: {head.slug}" in {found.manifest}'
    found.problems.append(Problem(other.place, what, f"{hint}, or this one a slug of its own"))
    found.unsettled.add(other.path)
