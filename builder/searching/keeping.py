"""Keeps the shards that were made, so that the next build makes only those that have changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_KEY = ".key"
_OF, _FILES = "key", "files"


@contextmanager
def workplace(kept: Path) -> Iterator[Path]:
    """Yield where shards are made: `kept`, or a folder for once where that cannot be written."""
    if _can_be_written(kept):
        yield kept
        return
    with TemporaryDirectory(prefix="search-") as folder:
        yield Path(folder)


def _can_be_written(folder: Path) -> bool:
    probe = folder / ".probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove(probe)
        probe.mkdir()
        probe.rmdir()
    except OSError:
        return False
    return True


def holds(shard: Path, key: str) -> bool:
    """Tell whether a shard was made under this key and has all its files, none cut short."""
    try:
        told = json.loads((shard / _KEY).read_text(encoding="utf-8"))
        return bool(told[_OF] == key and told[_FILES] == _sizes(shard))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def seal(shard: Path, key: str) -> None:
    """Note under which key a shard was made, and its files."""
    told = {_OF: key, _FILES: _sizes(shard)}
    (shard / _KEY).write_text(json.dumps(told), encoding="utf-8")


def _sizes(shard: Path) -> dict[str, int]:
    """Return how many bytes each file of a shard has."""
    return {
        file.relative_to(shard).as_posix(): file.stat().st_size
        for file in sorted(shard.rglob("*"))
        if file.name != _KEY and file.is_file()
    }


def forget(kept: Path, names: Collection[str]) -> None:
    """Remove what is no shard of these names: years that are no more, what a broken run left."""
    for path in kept.iterdir():
        if path.name not in names:
            remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it can be."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
