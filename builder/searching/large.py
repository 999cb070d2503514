"""Lays the search of a big collection into a site: its index in shards, made piece by piece.

What was made before is kept in the collection's `.cache/search/`, and made anew only where
documents have changed. What stands in the site already is not written again.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path

from builder.model import Place, Problem, Problems
from builder.searching.inverting import lay_texts
from builder.searching.keeping import forget, workplace
from builder.searching.laid import FOLDER, Laid, Target, stand
from builder.searching.merging import Made, made_before, make_shard, name_of
from builder.searching.shards import Member, Piece, Shard, shards_of
from builder.searching.telling import lay_common
from builder.working import Workers

KEPT = Path(".cache") / "search"

ALONE = Workers(1)
"""This process alone."""


def lay_search(
    site: Path,
    members: Iterable[Member],
    kept: Path,
    *,
    standing: Mapping[str, str] | None = None,
    workers: Workers = ALONE,
) -> Laid:
    """Write the search of a collection below `search/` of a site; return its files.

    `members` are its documents, `kept` is the folder of what was made before. Of `standing`, the
    files that the site has, with their SHA-256, those are not written that would be the same. The
    `workers` make the pieces; all of them need both folders. Raises Problems when nothing can be
    written there.
    """
    target = Target(site, standing or {}, Laid())
    shards = shards_of(members)
    try:
        with workplace(kept) as folder:
            made = _shards(target, shards, folder, workers)
            common = lay_common(target, shards, made, folder)
            pieces = {name for one in made for name in one.kept}
            forget(folder, {common, *pieces, *map(name_of, shards)})
    except (OSError, BrokenExecutor) as error:
        raise Problems([_not_made(error)]) from error
    return target.laid


def _shards(site: Target, shards: Sequence[Shard], kept: Path, workers: Workers) -> list[Made]:
    """Make of each shard what is not there, and return all of them."""
    standing = site.standing_of_shards()
    works = [_Work.of(shard, site, standing.get(shard.name, {}), kept) for shard in shards]
    texts = [task for work in works for task in work.texts()]
    anew = [work for work in works if not work.stands]
    for (work, _), paths in zip(texts, workers.applied(_lay_texts, texts), strict=True):
        site.take(work.shard, {}, written=paths)
    for work, (made, paths) in zip(anew, workers.applied(_make_shard, anew), strict=True):
        work.made = made
        site.take(work.shard, {}, written=paths)
    for work in works:
        for files in (*work.made.texts.values(), work.made.files):
            site.take(work.shard, files)
    return [work.made for work in works]


@dataclass(slots=True)
class _Work:
    """What is to be done for a shard: `made` is how it is kept, `before` the name of that."""

    shard: Shard
    kept: Path
    folder: Path
    standing: Mapping[str, str]
    made: Made
    before: str

    @classmethod
    def of(cls, shard: Shard, site: Target, standing: Mapping[str, str], kept: Path) -> _Work:
        """Return what is to be done; what was made last of other documents is of use as well."""
        own = name_of(shard)
        others = (path.name for path in kept.glob(f"{glob.escape(shard.name)}-*"))
        same = sorted(name for name in others if name.rpartition("-")[0] == shard.name)
        for name in dict.fromkeys((own, *same)):
            if made := made_before(name, kept):
                break
        else:
            name, made = "", Made({})
        folder = site.folder / FOLDER / shard.name
        return cls(shard, kept, folder, standing, made, name)

    @property
    def stands(self) -> bool:
        """Whether the shard is made, and its files stand."""
        return self.before == name_of(self.shard) and stand(self.made.files, self.standing)

    def texts(self) -> Iterator[tuple[_Work, Piece]]:
        """Yield the pieces whose texts do not stand, or are not known."""
        for piece in self.shard.pieces:
            files = self.made.texts.get(piece.key)
            if files is None or not stand(files, self.standing):
                yield self, piece


def _lay_texts(task: tuple[_Work, Piece]) -> list[str]:
    work, piece = task
    return lay_texts(piece, work.kept, work.folder, work.standing)


def _make_shard(work: _Work) -> tuple[Made, list[str]]:
    return make_shard(work.shard, work.kept, work.folder, work.standing, work.before)


def _not_made(error: Exception) -> Problem:
    return Problem(
        Place(KEPT.as_posix(), 0),
        f"the search index cannot be made there: {getattr(error, 'strerror', None) or error}",
        "make room on the disk, or let fewer processes run (option jobs)",
    )
