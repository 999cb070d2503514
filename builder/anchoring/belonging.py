"""Tells which ledger a source belongs to: by its path, by its bytes, by its text.

A file that was renamed keeps its addresses. Where two files could be one document, or one file two,
nobody but an editor knows, and the manifest is the place to say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath

from builder.anchoring.heads import Head
from builder.model import DIGITS, Place, Problem, Source

Pair = tuple[str, str, float]
"""A source's path, a ledger's slug, and how alike they are; of pairs the most alike is right."""

# Two pairs that differ by less tell nobody which is the right one.
_STEP = 0.02


@dataclass(slots=True)
class Belonging:
    """Which ledger each source has, by its path, and which sources nobody can place.

    `moved` gives the path that the ledger records for each source that stands elsewhere now.
    """

    ledgers: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    def take(self, path: str, head: Head) -> None:
        """Note that a source belongs to a ledger."""
        self.ledgers[path] = head.slug
        if path != head.path:
            self.moved[path] = head.path


def belong(
    heads: Mapping[str, Head],
    names: Iterable[str],
    sources: Sequence[Source],
    *,
    hashes: Callable[[Head], frozenset[str]],
    alike: Callable[[Sequence[Source], Sequence[Head]], Iterable[Pair]],
    anchors: str,
) -> Belonging:
    """Find the ledger of each source.

    `names` are the paths of all source files, `sources` those that can be read. `hashes` tells by
    their first twelve digits which bytes a ledger knows; `alike` which texts hold enough of its
    passages. Both are asked only about what the paths leave open.
    """
    found = Belonging()
    present = set(names)
    for head in _by_path(heads.values(), present, found, anchors):
        found.take(head.path, head)
    _exchange(sources, heads, hashes, found)
    waiting = {one.path: one for one in sources if one.path not in found.ledgers}
    by_digits: dict[str, list[Source]] = {}
    for one in waiting.values():
        by_digits.setdefault(one.sha256[:DIGITS], []).append(one)
    for source in _changed(sources, heads, hashes, found) if waiting else ():
        head = heads[found.ledgers[source.path]]
        others = [one for digits in hashes(head) for one in by_digits.get(digits, ())]
        if others and not any(alike([source], [head])):
            _contest(source, head, others, waiting, found)
    orphans = {slug: head for slug, head in heads.items() if slug not in _held(found)}
    _by_word(waiting, orphans, found)
    if waiting and orphans:
        _settle(_equal(waiting, orphans, hashes), waiting, orphans, found)
    if waiting and orphans:
        _settle(alike([*waiting.values()], [*orphans.values()]), waiting, orphans, found)
    return found


def _held(found: Belonging) -> set[str]:
    return set(found.ledgers.values())


def _by_path(
    heads: Iterable[Head], present: set[str], found: Belonging, anchors: str
) -> Iterator[Head]:
    """Yield the ledgers whose source stands where they say; of two on one path the first.

    A removed document's path may be another's now: its text has to tell.
    """
    first: dict[str, Head] = {}
    for head in heads:
        if head.path not in present or head.gone:
            continue
        other = first.setdefault(head.path, head)
        if other is head:
            yield head
        else:
            what = f"{head.path} is the source of {other.slug} too"
            hint = f"one of {head.slug}.txt and {other.slug}.txt has to go, or name another source"
            found.problems.append(Problem(head.place(anchors), what, hint))


def _changed(
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


def _exchange(
    sources: Sequence[Source],
    heads: Mapping[str, Head],
    hashes: Callable[[Head], frozenset[str]],
    found: Belonging,
) -> None:
    """Give files that changed places to the ledgers that know their very bytes.

    A path whose file has bytes that its ledger does not know is not enough where another ledger,
    whose own file has changed or is gone, knows them: one file took the other's name.
    """
    changed = _changed(sources, heads, hashes, found)
    if not changed:
        return
    loose = {found.ledgers[source.path] for source in changed} | heads.keys() - _held(found)
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


def _contest(
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
    hint = f'give the one that is that document "slug: {head.slug}" in seeds/manifest.yaml'
    found.problems.append(Problem(other.place, what, f"{hint}, or this one a slug of its own"))
    found.unsettled.add(other.path)


def _by_word(waiting: dict[str, Source], orphans: dict[str, Head], found: Belonging) -> None:
    """Take a source that the manifest gives the slug of a document whose file is lost."""
    for path, source in list(waiting.items()):
        head = orphans.get(source.slug or "")
        if head is not None and not head.gone:
            found.take(path, orphans.pop(head.slug))
            del waiting[path]


def _equal(
    waiting: Mapping[str, Source],
    orphans: Mapping[str, Head],
    hashes: Callable[[Head], frozenset[str]],
) -> Iterator[Pair]:
    by_digits: dict[str, list[str]] = {}
    for slug, head in orphans.items():
        for digits in hashes(head):
            by_digits.setdefault(digits, []).append(slug)
    for path, source in waiting.items():
        for slug in by_digits.get(source.sha256[:DIGITS], ()):
            yield path, slug, 1.0


def _settle(
    pairs: Iterable[Pair],
    waiting: dict[str, Source],
    orphans: dict[str, Head],
    found: Belonging,
) -> None:
    """Bring the best pairs together; what could be one or the other is a problem of both."""
    ranked = [
        (round(share / _STEP), _same_name(path, orphans[slug]), path, slug)
        for path, slug, share in pairs
    ]
    ranked.sort(key=lambda pair: (pair[:2], pair[2:]), reverse=True)
    for _, group in groupby(ranked, key=lambda pair: pair[:2]):
        free = _take_single([(p, s) for _, _, p, s in group], waiting, orphans, found)
        # Of two that could be it, the one that the manifest gives a slug of its own is not.
        for path in {path for path, _ in free if waiting[path].slug}:
            del waiting[path]
        _doubt(_take_single(free, waiting, orphans, found), waiting, orphans, found)


def _take_single(
    pairs: Sequence[tuple[str, str]],
    waiting: dict[str, Source],
    orphans: dict[str, Head],
    found: Belonging,
) -> list[tuple[str, str]]:
    """Bring together those that have no other choice; return the pairs that are left."""
    free = [(path, slug) for path, slug in pairs if path in waiting and slug in orphans]
    paths, slugs = Counter(path for path, _ in free), Counter(slug for _, slug in free)
    for path, slug in free:
        if paths[path] == 1 and slugs[slug] == 1:
            found.take(path, orphans.pop(slug))
            del waiting[path]
    return [(path, slug) for path, slug in free if path in waiting]


def _same_name(path: str, head: Head) -> int:
    """Return 2 where a file stands where the ledger says, 1 where it bears the same name."""
    same = PurePosixPath(path).name == PurePosixPath(head.path).name
    return 2 if path == head.path else int(same)


def _doubt(
    pairs: Sequence[tuple[str, str]],
    waiting: dict[str, Source],
    orphans: dict[str, Head],
    found: Belonging,
) -> None:
    could: dict[str, list[str]] = {}
    for path, slug in pairs:
        could.setdefault(path, []).append(slug)
    for path, slugs in could.items():
        what = "this could be the document " + " or ".join(sorted(slugs))
        others = sorted({p for p, s in pairs if s in slugs and p != path})
        also = f" ({', '.join(others)} could be it too)" if others else ""
        hint = f'say which in seeds/manifest.yaml: "slug: {sorted(slugs)[0]}", or another slug'
        found.problems.append(Problem(Place(path, 1), what + also, hint))
        found.unsettled.add(path)
        found.doubtful.update(slugs)
        waiting.pop(path)
    for slug in {slug for _, slug in pairs}:
        orphans.pop(slug, None)
