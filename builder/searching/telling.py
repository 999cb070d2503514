"""Lays what is told of all shards of a search together: where words stand, and which there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from builder.searching.keeping import keep, kept_parts
from builder.searching.laid import ENGINE, FOLDER, VOCABULARY, Target, stand
from builder.searching.lists import LETTERS
from builder.searching.merging import Made
from builder.searching.records import PIECE
from builder.searching.shards import Shard, key_of, own_version
from builder.searching.vocabulary import SUGGESTED, common_words, is_small, worth_suggesting


def lay_common(site: Target, shards: Sequence[Shard], made: Sequence[Made], kept: Path) -> str:
    """Lay what is told of all shards together, if it does not stand; return where that is kept."""
    key = key_of(*(f"{shard.name} {shard.key}" for shard in shards))
    name = f"collection-{key}"
    last = _last_common(kept, name)
    files: dict[str, str] = {}
    if last["key"] == key and stand(last["files"], site.standing):
        site.laid.files.update(last["files"])
        return name
    documents = sum(shard.documents for shard in shards)
    letters = {letter: _letter_key(letter, documents, made) for letter in SUGGESTED}
    values = _common(shards, made, key, documents)
    for letter, of_letter in letters.items():
        path = f"{VOCABULARY}/{letter}.json"
        there = last["files"].get(path)
        if last["letters"].get(letter) == of_letter and site.standing.get(path) == there:
            files[path] = there
        else:
            values[path] = worth_suggesting([one.counts for one in made], letter, documents)
    for path, value in values.items():
        files[path] = site.lay(path, value)
    told = {"version": own_version(), "key": key, "letters": letters, "files": files}
    keep(kept / name, json.dumps(told).encode())
    site.laid.files.update(files)
    return name


def _last_common(kept: Path, name: str) -> dict[str, Any]:
    """Return what was laid last of all shards together, best under this name."""
    names = [name, *sorted(path.name for path in kept.glob("collection-*"))]
    for parts in (kept_parts(kept / one) for one in names):
        told: dict[str, Any] = json.loads(parts[0]) if parts else {}
        if told and told.get("version") == own_version():
            return told
    return {"key": "", "letters": {}, "files": {}}


def _letter_key(letter: str, documents: int, made: Sequence[Made]) -> str:
    """Return what tells which words of a letter are suggested."""
    return key_of(*(str(one.counts.sum_of(letter)) for one in made), str(is_small(documents)))


def _common(
    shards: Sequence[Shard], made: Sequence[Made], key: str, documents: int
) -> dict[str, Any]:
    """Return what is told of all shards together, by its path, without the words to suggest."""
    values: dict[str, Any] = {
        f"{FOLDER}/{letter}.json": {
            shard.name: one.bounds[letter] for shard, one in zip(shards, made, strict=True)
        }
        for letter in LETTERS
    }
    values[ENGINE] = {
        "engine": "shards",
        "documents": documents,
        "folder": f"{FOLDER}/",
        "key": key,
        "piece": PIECE,
        "common": common_words([(one.counts, one.common) for one in made], documents),
        "words": f"{VOCABULARY}/",
        "shards": [
            {"name": shard.name, "documents": shard.documents, "key": shard.key} for shard in shards
        ],
    }
    return values
