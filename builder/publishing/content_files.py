"""Tells the files of a content folder: what is generated, and what was written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from builder.publishing.site_folder import paths_below
from builder.publishing.starter import is_starter_page
from builder.publishing.writing import LIST_NAME, read_list


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a content folder: generated ones with their digests, and those by hand."""

    generated: Mapping[str, str]
    by_hand: tuple[str, ...]

    @classmethod
    def of(cls, content: Path) -> Files:
        """Return the files that lie in a content folder."""
        listed = read_list(content)
        generated, by_hand = {}, []
        for path in sorted(paths_below(content, content)):
            digests = listed.get(path)
            if path == LIST_NAME or path.startswith(".") or "/." in path:
                continue  # hidden, and no part of the site
            if digests is None or is_starter_page(path):
                by_hand.append(path)
            else:
                alone = len(digests) == 1
                generated[path] = (
                    next(iter(digests))
                    if alone
                    else sha256((content / path).read_bytes()).hexdigest()
                )
        return cls(generated, tuple(by_hand))
