"""Lays the search of a big collection into a site: its index in shards, made piece by piece.

What was made before is kept in the collection's `.cache/search/`, and made anew only where
documents have changed. What stands in the site already is not written again.
"""

from __future__ import annotations

import glob
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.compact_json import compact, encoded
from builder.model import Place, Problem, Problems
from builder.searching.inverting import lay_texts, sum_of
from builder.searching.keeping import forget, keep, kept_parts, workplace, write
from builder.searching.lists import LETTERS
from builder.searching.merging import Made, made_before, make_shard, name_of
from builder.searching.records import PIECE
from builder.searching.shards import Member, Piece, Shard, key_of, shards_of
from builder.searching.vocabulary import common_words, counted, worth_suggesting

FOLDER = "search/index"
VOCABULARY = "search/words"
ENGINE = "search/engine.json"
KEPT = Path(".cache") / "search"


@dataclass(slots=True)
class Laid:
    """The files of a search by their paths in the site, each with its SHA-256.

    `written` are those that did not stand there with these bytes.
    """

    files: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a search is laid, and what stands there."""

    folder: Path
    standing: Mapping[str, str]
    laid: Laid

    def take(self, shard: Shard, files: Mapping[str, str], written: Iterable[str] = ()) -> None:
        """Note files of a shard, by their paths in its folder."""
        own = f"{FOLDER}/{shard.name}/"
        self.laid.files.update((own + path, told) for path, told in files.items())
        self.laid.written += [own + path for path in written]

    def standing_of(self, shard: Shard) -> dict[str, str]:
        """Return what stands in the folder of a shard, by paths in it."""
        own = f"{FOLDER}/{shard.name}/"
        return {
            path.removeprefix(own): told
            for path, told in self.standing.items()
            if path.startswith(own)
        }


def lay_search(
    site: Path,
    members: Iterable[Member],
    kept: Path,
    *,
    standing: Mapping[str, str] | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Laid:
    """Write the search of a collection below `search/` of a site; return its files.

    `members` are its documents, `kept` is the folder of what was made before. Of `standing`, the
    files that the site has, with their SHA-256, those are not written that would be the same. With
    an `executor` or several `jobs`, pieces are made elsewhere; all of them need both folders.
    Raises Problems when nothing can be written there.
    """
    target = _Site(site, standing or {}, Laid())
    shards = shards_of(members)
    try:
        with workplace(kept) as folder:
            made = _shards(target, shards, folder, jobs, executor)
            common = _lay_common(target, shards, made, folder)
            pieces = {name for one in made for name in one.kept}
            forget(folder, {common, *pieces, *map(name_of, shards)})
    except (OSError, BrokenExecutor) as error:
        raise Problems([_not_made(error)]) from error
    return target.laid


def _shards(
    site: _Site, shards: Sequence[Shard], kept: Path, jobs: int, executor: Executor | None
) -> list[Made]:
    """Make of each shard what is not there, and return all of them."""
    works = [_Work.of(shard, site, kept) for shard in shards]
    texts = [task for work in works for task in work.texts()]
    anew = [work for work in works if not work.stands]
    with _workers(executor, jobs, max(len(texts), len(anew))) as run:
        for (work, _), paths in zip(texts, run(_lay_texts, texts), strict=True):
            site.take(work.shard, {}, written=paths)
        for work, (made, paths) in zip(anew, run(_make_shard, anew), strict=True):
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
    def of(cls, shard: Shard, site: _Site, kept: Path) -> _Work:
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
        return cls(shard, kept, folder, site.standing_of(shard), made, name)

    @property
    def stands(self) -> bool:
        """Whether the shard is made, and its files stand."""
        return self.before == name_of(self.shard) and self._stand(self.made.files)

    def texts(self) -> Iterator[tuple[_Work, Piece]]:
        """Yield the pieces whose texts do not stand, or are not known."""
        for piece in self.shard.pieces:
            files = self.made.texts.get(piece.key)
            if files is None or not self._stand(files):
                yield self, piece

    def _stand(self, files: Mapping[str, str]) -> bool:
        return all(self.standing.get(path) == told for path, told in files.items())


def _lay_texts(task: tuple[_Work, Piece]) -> list[str]:
    work, piece = task
    return lay_texts(piece, work.kept, work.folder, work.standing)


def _make_shard(work: _Work) -> tuple[Made, list[str]]:
    return make_shard(work.shard, work.kept, work.folder, work.standing, work.before)


def _lay_common(site: _Site, shards: Sequence[Shard], made: Sequence[Made], kept: Path) -> str:
    """Lay what is told of all shards together, if it does not stand; return where that is kept."""
    key = key_of(*(f"{shard.name} {shard.key}" for shard in shards))
    name = f"collection-{key}"
    there = kept_parts(kept / name)
    files: Mapping[str, str] = json.loads(there[0]) if there else {}
    if not files or any(site.standing.get(path) != told for path, told in files.items()):
        files = {}
        for path, value in _common(shards, made, key):
            data = encoded(compact(value))
            files[path] = sum_of(data)
            if site.standing.get(path) != files[path]:
                write(site.folder / path, data)
                site.laid.written.append(path)
        keep(kept / name, json.dumps(files).encode())
    site.laid.files.update(files)
    return name


def _common(shards: Sequence[Shard], made: Sequence[Made], key: str) -> Iterator[tuple[str, Any]]:
    """Yield what is told of all shards together, by its path."""
    for letter in LETTERS:
        bounds = {shard.name: one.bounds[letter] for shard, one in zip(shards, made, strict=True)}
        yield f"{FOLDER}/{letter}.json", bounds
    documents = sum(shard.documents for shard in shards)
    counts = counted(one.counts for one in made)
    for letter, words in worth_suggesting(counts, documents):
        yield f"{VOCABULARY}/{letter}.json", words
    yield (
        ENGINE,
        {
            "engine": "shards",
            "documents": documents,
            "folder": f"{FOLDER}/",
            "key": key,
            "piece": PIECE,
            "common": common_words(counts, documents),
            "words": f"{VOCABULARY}/",
            "shards": [
                {"name": shard.name, "documents": shard.documents, "key": shard.key}
                for shard in shards
            ],
        },
    )


@contextmanager
def _workers(executor: Executor | None, jobs: int, tasks: int) -> Iterator[Callable[..., Any]]:
    """Yield a `map`: in this process, or over several."""
    jobs = min(jobs or os.cpu_count() or 1, tasks)
    if jobs < 2:
        yield map
    elif executor is not None:
        yield executor.map
    else:
        with ProcessPoolExecutor(jobs) as pool:
            yield pool.map


def _not_made(error: Exception) -> Problem:
    return Problem(
        Place(KEPT.as_posix(), 0),
        f"the search index cannot be made there: {getattr(error, 'strerror', None) or error}",
        "make room on the disk, or let fewer processes run (option jobs)",
    )
