"""Tells the files of a content folder: what is generated, and what was written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from builder.looking import Look
from builder.publishing.starter import is_starter_page
from builder.publishing.writing import read_list
from builder.undisturbed import undisturbed


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a content folder: generated ones with their digests, and those by hand."""

    generated: Mapping[str, str]
    by_hand: tuple[str, ...]

    @classmethod
    @undisturbed()
    def of(cls, content: Path, paths: Iterable[str] | None = None) -> Files:
        """Return the files that lie in a content folder; `paths` are theirs, where they are known.

        Among these, what leads to a folder is none.
        """
        listed = read_list(content)
        there = set(Look.at(content, into_links=True).files() if paths is None else paths)
        lent = {path for path in filter(is_starter_page, listed) if path in there}
        # Of a hundred thousand files few are not there, and hardly one has two digests.
        generated = dict(zip(listed, map(min, listed.values()), strict=True))
        for path in [*(listed.keys() - there), *lent, *filter(_is_hidden, listed)]:
            generated.pop(path, None)
        for path in [path for path, digests in listed.items() if len(digests) > 1]:
            if path in generated:
                generated[path] = sha256((content / path).read_bytes()).hexdigest()
        others = (path for path in (there - listed.keys()) | lent if not _is_hidden(path))
        by_hand = sorted(path for path in others if not (content / path).is_dir())
        return cls(generated, tuple(by_hand))


def _is_hidden(path: str) -> bool:
    """Tell whether a file is no part of the site."""
    return path[0] == "." or "/." in path
