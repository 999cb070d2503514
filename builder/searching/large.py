"""Lays the search of a big collection into a rendered site: an index of Pagefind by years.

What was indexed before is kept in the collection's `.cache/search/` and made anew only where the
documents of a shard have changed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from builder.compact_json import compact
from builder.model import Place, Problem, Problems
from builder.searching.chunks import letter_of
from builder.searching.keeping import forget, holds, remove, seal, workplace
from builder.searching.making import WORDS, make_shard
from builder.searching.pagefind import program, version
from builder.searching.records import PIECE, Record
from builder.searching.shards import Shard, shards_of

FOLDER = Path("search") / "pagefind"
VOCABULARY = Path("search") / "words"
KEPT = Path(".cache") / "search"

# What stands in a greater part of the documents tells hardly one from another, and its list is
# long: it is not looked up where a query has rarer words, but in the texts of what these find.
_COMMON, _COMMON_FROM = 20, 200  # percent; documents

# Words in fewer documents are as often misprints as words, if there are more documents than _SMALL.
_WORTH_SUGGESTING, _SMALL = 2, 2_000


def lay_large_search(
    site: Path, records: Sequence[Record], kept: Path, jobs: int = 0
) -> Mapping[str, Any]:
    """Write the index of all records below `search/`; return what `search/engine.json` says of it.

    `kept` is the folder of what was made before. Raises Problems when Pagefind is missing or fails.
    """
    binary = program()
    told = version(binary)
    shards = shards_of(records)
    keys = {shard.name: shard.key(told) for shard in shards}
    with workplace(kept) as folder:
        anew = [shard for shard in shards if not holds(folder / shard.name, keys[shard.name])]
        _make(binary, anew, folder, keys, jobs)
        forget(folder, keys)
        _publish(site, folder, shards)
        counts = _counts([folder / shard.name for shard in shards])
    _write_vocabulary(site / VOCABULARY, _worth_suggesting(counts, len(records)))
    return {
        "engine": "pagefind",
        "documents": len(records),
        "folder": f"{FOLDER.as_posix()}/",
        "piece": PIECE,
        "common": _common(counts, len(records)),
        "words": f"{VOCABULARY.as_posix()}/",
        "shards": [_about(shard, keys[shard.name]) for shard in shards],
    }


def _about(shard: Shard, key: str) -> Mapping[str, Any]:
    return {"name": shard.name, "documents": len(shard.records), "key": key}


def _common(counts: Mapping[str, int], documents: int) -> Mapping[str, int]:
    """Return the common words, each with the percent of the documents in which it stands."""
    most = max(_COMMON * documents / 100, _COMMON_FROM)
    return {word: 100 * counts[word] // documents for word in sorted(counts) if counts[word] > most}


def _make(
    binary: Path, shards: Sequence[Shard], kept: Path, keys: Mapping[str, str], jobs: int
) -> None:
    try:
        with _workers(min(jobs or os.cpu_count() or 1, len(shards))) as run:
            for _ in run(partial(_make_one, binary, kept, keys), shards):
                pass
    except (OSError, BrokenExecutor) as error:
        raise Problems([_not_made(error)]) from error


def _make_one(binary: Path, kept: Path, keys: Mapping[str, str], shard: Shard) -> None:
    """Make one shard beside the one of before, and put it in its place when it is whole."""
    making = kept / f".{shard.name}"
    remove(making)
    making.mkdir()
    make_shard(binary, shard, making)
    seal(making, keys[shard.name])
    remove(kept / shard.name)
    making.rename(kept / shard.name)


@contextmanager
def _workers(jobs: int) -> Iterator[Any]:
    """Yield a `map`: in this process, or over several."""
    if jobs < 2:
        yield map
        return
    pool: Executor
    with ProcessPoolExecutor(jobs) as pool:
        yield pool.map


def _publish(site: Path, kept: Path, shards: Sequence[Shard]) -> None:
    target = site / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    ignored = shutil.ignore_patterns(".*")
    for shard in shards:
        # Never one file in two places: who changes the site would change what is kept.
        shutil.copytree(
            kept / shard.name, target / shard.name, ignore=ignored, copy_function=shutil.copyfile
        )


def _not_made(error: Exception) -> Problem:
    return Problem(
        Place(KEPT.as_posix(), 0),
        f"the search index cannot be made there: {getattr(error, 'strerror', None) or error}",
        "make room on the disk, or let fewer processes run (option jobs)",
    )


def _counts(shards: Sequence[Path]) -> Counter[str]:
    """Return in how many documents each word of the collection stands."""
    counts: Counter[str] = Counter()
    for shard in shards:
        counts.update(json.loads((shard / WORDS).read_bytes()))
    return counts


def _worth_suggesting(counts: Mapping[str, int], documents: int) -> Mapping[str, int]:
    """Return the words that may be meant by others."""
    least = _WORTH_SUGGESTING if documents > _SMALL else 1
    return {
        word: count
        for word, count in counts.items()
        if count >= least and len(word) > 2 and word.isalpha()
    }


def _write_vocabulary(folder: Path, counts: Mapping[str, int]) -> None:
    """Write words by their first letters, for near spellings; every letter has a file."""
    by_letter: dict[str, dict[str, int]] = {letter: {} for letter in (*ascii_lowercase, "other")}
    for word in sorted(counts):
        by_letter[letter_of(word)][word] = counts[word]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for letter, words in by_letter.items():
        (folder / f"{letter}.json").write_bytes(compact(words).encode())
