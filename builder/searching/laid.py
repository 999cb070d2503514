"""What a search has laid into a site: its files, and where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder.compact_json import compact, encoded
from builder.searching.inverting import sum_of
from builder.searching.keeping import write
from builder.searching.shards import Shard

FOLDER = "search/index"
VOCABULARY = "search/words"
ENGINE = "search/engine.json"


@dataclass(slots=True)
class Laid:
    """The files of a search by their paths in the site, each with its SHA-256.

    `written` are those that did not stand there with these bytes.
    """

    files: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a search is laid, and what stands there."""

    folder: Path
    standing: Mapping[str, str]
    laid: Laid

    def lay(self, path: str, value: Any) -> str:
        """Write a value as JSON where it does not stand; return the file's sum."""
        data = encoded(compact(value))
        told = sum_of(data)
        if self.standing.get(path) != told:
            write(self.folder / path, data)
            self.laid.written.append(path)
        return told

    def take(self, shard: Shard, files: Mapping[str, str], written: Iterable[str] = ()) -> None:
        """Note files of a shard, by their paths in its folder."""
        own = f"{FOLDER}/{shard.name}/"
        self.laid.files.update((own + path, told) for path, told in files.items())
        self.laid.written += [own + path for path in written]

    def standing_of_shards(self) -> dict[str, dict[str, str]]:
        """Return what stands in the folder of each shard, by paths in it."""
        found: dict[str, dict[str, str]] = {}
        below = f"{FOLDER}/"
        for path, told in self.standing.items():
            if path.startswith(below):
                shard, _, own = path[len(below) :].partition("/")
                found.setdefault(shard, {})[own] = told
        return found


def stand(files: Mapping[str, str], standing: Mapping[str, str]) -> bool:
    """Tell whether all of some files are among those that stand."""
    return all(standing.get(path) == told for path, told in files.items())
