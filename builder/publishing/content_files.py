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
        others = there - listed.keys()
        # Of a hundred thousand files hardly one has two digests.
        generated = {path: digest for path, (digest, *_) in listed.items()}
        if len(there) - len(others) < len(listed):
            for path in generated.keys() - there:
                del generated[path]
        for path in [*lent, *filter(_is_hidden, generated)]:
            generated.pop(path, None)
        if max(map(len, listed.values()), default=1) > 1:
            several = [path for path, told in listed.items() if len(told) > 1]
            for path in filter(generated.__contains__, several):
                generated[path] = sha256((content / path).read_bytes()).hexdigest()
        hand = (path for path in others | lent if not _is_hidden(path))
        by_hand = sorted(path for path in hand if not (content / path).is_dir())
        return cls(generated, tuple(by_hand))


def _is_hidden(path: str) -> bool:
    """Tell whether a file is no part of the site."""
    return path[0] == "." or "/." in path
