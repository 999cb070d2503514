"""Tells the files of a content folder: what is generated, and what was written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from builder.publishing.site_folder import paths_below
from builder.publishing.starter import is_starter_page
from builder.publishing.writing import read_list


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a content folder: generated ones with their digests, and those by hand."""

    generated: Mapping[str, str]
    by_hand: tuple[str, ...]

    @classmethod
    def of(cls, content: Path, paths: Iterable[str] | None = None) -> Files:
        """Return the files that lie in a content folder; `paths` are theirs, where they are known.

        Among these, what leads to a folder is none.
        """
        listed = read_list(content)
        generated, by_hand = {}, []
        for path in sorted(paths_below(content, content) if paths is None else paths):
            if path[0] == "." or "/." in path:
                continue  # hidden, and no part of the site
            digests = listed.get(path)
            if digests is None or is_starter_page(path):
                if paths is None or not (content / path).is_dir():
                    by_hand.append(path)
            elif len(digests) == 1:
                (generated[path],) = digests
            else:
                generated[path] = sha256((content / path).read_bytes()).hexdigest()
        return cls(generated, tuple(by_hand))
