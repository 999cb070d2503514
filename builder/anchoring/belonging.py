"""Tells which ledger a source belongs to: by its path, by its bytes, by its text.

A file that was renamed keeps its addresses. Where two files could be one document, or one file two,
nobody but an editor knows, and the manifest is the place to say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from builder.anchoring.exchange import Belonging, changed_sources, contest, exchange, held
from builder.anchoring.heads import Head
from builder.anchoring.likeness import SURE, Pair
from builder.model import DIGITS, Place, Problem, Source

# Two pairs that differ by no more tell nobody which is the right one.
_NEAR = 0.10


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
    found = Belonging(manifest=f"{PurePosixPath(anchors).parent}/manifest.yaml")
    present = set(names)
    for head in _by_path(heads.values(), present, found, anchors):
        found.take(head.path, head)
    exchange(sources, heads, hashes, found)
    waiting = {
        one.path: one
        for one in sources
        if one.path not in found.ledgers and one.path not in found.unsettled
    }
    by_digits: dict[str, list[Source]] = {}
    for one in waiting.values():
        by_digits.setdefault(one.sha256[:DIGITS], []).append(one)
    for source in changed_sources(sources, heads, hashes, found) if waiting else ():
        head = heads[found.ledgers[source.path]]
        others = [one for digits in hashes(head) for one in by_digits.get(digits, ())]
        if others and not any(pair.fits for pair in alike([source], [head])):
            contest(source, head, others, waiting, found)
    taken = held(found) | found.doubtful
    orphans = {slug: head for slug, head in heads.items() if slug not in taken}
    _by_word(waiting, orphans, found)
    if waiting and orphans:
        _settle(_equal(waiting, orphans, hashes), waiting, orphans, found)
    if waiting and orphans:
        _settle(alike([*waiting.values()], [*orphans.values()]), waiting, orphans, found)
    return found


def _by_path(
    heads: Iterable[Head], present: set[str], found: Belonging, anchors: str
) -> Iterator[Head]:
    """Yield the ledgers whose source stands where they say; two on one path are a problem.

    A removed document's path may be another's now: its text has to tell.
    """
    by_path: dict[str, list[Head]] = {}
    for head in heads:
        if head.path in present and not head.gone:
            by_path.setdefault(head.path, []).append(head)
    for path, some in by_path.items():
        if len(some) == 1:
            yield some[0]
            continue
        found.problems.append(_doubled(path, some, anchors))
        found.unsettled.add(path)
        found.doubtful.update(head.slug for head in some)


def _doubled(path: str, heads: Sequence[Head], anchors: str) -> Problem:
    """Return the problem of ledgers that name one source, with the copy if one can be told."""
    copies = [head for head in heads if head.document not in (head.slug, *head.was)]
    heads = sorted(heads, key=lambda head: (head in copies, head.slug))
    what = f"{path} is the source of {' and of '.join(head.slug for head in heads)}"
    if len(copies) == len(heads) - 1:
        files = " ".join(f"{anchors}/{head.slug}.txt" for head in copies)
        return Problem(copies[0].place(anchors), what, f'delete the copy: "git rm -f {files}"')
    hint = "all but one have to go, or to name another source"
    return Problem(heads[-1].place(anchors), what, hint)


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
            yield Pair(path, slug)


def _settle(
    pairs: Iterable[Pair],
    waiting: dict[str, Source],
    orphans: dict[str, Head],
    found: Belonging,
) -> None:
    """Bring the best pairs together; what could be one or the other is a problem of both."""
    left = sorted(pairs, key=lambda pair: (pair.share, pair.path, pair.slug), reverse=True)
    while fitting := [pair for pair in left if pair.fits]:
        best = fitting[0]
        near = _named_alike([best, *_rivals(best, left)], orphans)
        if len(near) == 1 and near[0].share >= SURE:
            found.take(near[0].path, orphans.pop(near[0].slug))
            del waiting[near[0].path]
        else:
            # Of two that could be it, the one that the manifest gives a slug of its own is not.
            others = {pair.path for pair in near if waiting[pair.path].slug}
            for path in others:
                del waiting[path]
            if not others:
                _doubt(near, waiting, orphans, found)
        left = [pair for pair in left if pair.path in waiting and pair.slug in orphans]


def _rivals(best: Pair, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the pairs of the same source or the same ledger that come near to a pair."""
    for pair in pairs:
        same = (pair.path == best.path) + (pair.slug == best.slug)
        if same == 1 and pair.share > best.share - _NEAR:
            yield pair


def _named_alike(pairs: Sequence[Pair], orphans: Mapping[str, Head]) -> Sequence[Pair]:
    """Return the one pair of the same file name, if it is the only one; else all."""
    names = [_same_name(pair.path, orphans[pair.slug]) for pair in pairs]
    return [pairs[names.index(max(names))]] if names.count(max(names)) == 1 else pairs


def _same_name(path: str, head: Head) -> int:
    """Return 2 where a file stands where the ledger says, 1 where it bears the same name."""
    same = PurePosixPath(path).name == PurePosixPath(head.path).name
    return 2 if path == head.path else int(same)


def _doubt(
    pairs: Sequence[Pair],
    waiting: dict[str, Source],
    orphans: dict[str, Head],
    found: Belonging,
) -> None:
    could: dict[str, list[str]] = {}
    for pair in pairs:
        could.setdefault(pair.path, []).append(pair.slug)
    for path, slugs in could.items():
        what = "this could be the document " + " or ".join(sorted(slugs))
        others = sorted({one.path for one in pairs if one.slug in slugs and one.path != path})
        also = f" ({', '.join(others)} could be it too)" if others else ""
        hint = f'say which in {found.manifest}: "slug: {sorted(slugs)[0]}", or another slug'
        found.problems.append(Problem(Place(path, 1), what + also, hint))
        found.unsettled.add(path)
        found.doubtful.update(slugs)
        waiting.pop(path)
    for pair in pairs:
        orphans.pop(pair.slug, None)
