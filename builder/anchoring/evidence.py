"""Tells which documents were published when neither register nor ledger is there to say so.

The register lies beside the ledgers, and is lost with them. What else a run leaves speaks for it: a
copy beside the pages, the folders of versions, the last commit, the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from builder.anchoring.heads import Head
from builder.anchoring.register import COPY, DOCUMENTS, NAME, document_address, read_register
from builder.model import Place, Problem, Problems
from builder.settings import Settings
from builder.slugs import is_reserved, slugify
from builder.versioning.git_history import committed_files
from builder.versioning.kept import recorded_digits
from builder.versioning.taking import version_folders


def known_register(
    settings: Settings, register: Mapping[str, str], heads: Iterable[Head]
) -> dict[str, str]:
    """Return the register with what was published and does not stand in it.

    Without a register of its own a collection has what other traces of it tell.
    """
    heads = tuple(heads)
    known = {document_address(slug): "" for slug in _versions_alone(settings, heads)}
    if not (settings.anchors / NAME).exists():
        slugs = {head.slug for head in heads}.union(*(head.former for head in heads))
        slugs |= {*_committed(settings), *_on_site(settings)}
        known |= {document_address(slug): "" for slug in slugs} | _copied(settings)
    return {**known, **register}


def register_missing(settings: Settings, heads: Iterable[Head]) -> Iterator[Problem]:
    """Yield a warning where there are ledgers and no register."""
    file = settings.anchors / NAME
    if not file.exists() and any(True for _ in heads):
        path = settings.relative(file)
        what = "this register is missing, and is made anew from the ledgers"
        hint = f'if pages of others than documents were published: "git checkout -- {path}"'
        yield Problem(Place(path, 1), what, hint, warning=True)


def _versions_alone(settings: Settings, heads: Iterable[Head]) -> Iterator[str]:
    """Yield the names of the folders of versions whose document has no ledger.

    A renaming that died leaves a copy of a folder: that is no trace of another document.
    """
    known = {slug for head in heads for slug in (head.slug, *head.was)}
    folders = version_folders(settings)
    for slug in folders - known if folders - known else ():
        digits = recorded_digits(settings.versions / slug)
        others = (recorded_digits(settings.versions / one) for one in folders & known)
        if _is_slug(slug) and digits and not any(digits <= other for other in others):
            yield slug


def _copied(settings: Settings) -> dict[str, str]:
    try:
        return read_register(settings.content / COPY, settings.relative(settings.content / COPY))
    except Problems:
        return {}


def _committed(settings: Settings) -> Iterator[str]:
    """Yield the slugs of the ledgers that the last commit has."""
    for name in committed_files(settings.root, settings.relative(settings.anchors)):
        path = PurePosixPath(name)
        if path.suffix == ".txt" and _is_slug(path.stem):
            yield path.stem


def _on_site(settings: Settings) -> Iterator[str]:
    """Yield the slugs of the documents whose pages the site has; with a page goes its source."""
    folder: Path = settings.site / DOCUMENTS
    for file in sorted(folder.glob("*/source.txt")):
        if _is_slug(file.parent.name):
            yield file.parent.name


def _is_slug(name: str) -> bool:
    return slugify(name) == name and not is_reserved(name)
