"""Tells which ledger a source belongs to: by its path, by its bytes, by its text.

A file that was renamed keeps its addresses. Where two files could be one document, or one file two,
nobody but an editor knows, and the manifest is the place to say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from builder.anchoring.exchange import Belonging, Pair, changed_sources, contest, exchange, held
from builder.anchoring.heads import Head
from builder.model import DIGITS, Place, Problem, Source

# Two pairs that differ by less tell nobody which is the right one.
_STEP = 0.02


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
    exchange(sources, heads, hashes, found)
    waiting = {one.path: one for one in sources if one.path not in found.ledgers}
    by_digits: dict[str, list[Source]] = {}
    for one in waiting.values():
        by_digits.setdefault(one.sha256[:DIGITS], []).append(one)
    for source in changed_sources(sources, heads, hashes, found) if waiting else ():
        head = heads[found.ledgers[source.path]]
        others = [one for digits in hashes(head) for one in by_digits.get(digits, ())]
        if others and not any(alike([source], [head])):
            contest(source, head, others, waiting, found)
    orphans = {slug: head for slug, head in heads.items() if slug not in held(found)}
    _by_word(waiting, orphans, found)
    if waiting and orphans:
        _settle(_equal(waiting, orphans, hashes), waiting, orphans, found)
    if waiting and orphans:
        _settle(alike([*waiting.values()], [*orphans.values()]), waiting, orphans, found)
    return found


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
