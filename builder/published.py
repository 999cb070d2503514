"""What a collection has published: the ledgers, one file per document."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from builder.files import check_name, read_bytes
from builder.model import Place, Problem, Problems
from builder.settings import Settings

_SUFFIX = ".txt"


def ledger_texts(settings: Settings) -> dict[str, str]:
    """Return the text of every ledger, by the document's slug, with LF at the end of lines.

    Raises Problems with each that is no file or cannot be read: its addresses are published.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for slug, file, name in ledger_files(settings):
        try:
            check_name(name)
            text = read_bytes(Path(file), name).decode("utf-8", "replace")
        except Problems as error:
            problems.extend(error.problems)
        else:
            texts[slug] = text.replace("\r\n", "\n")
    if problems:
        raise Problems(problems)
    return texts


def ledger_files(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield the slug of each ledger, its file, and how messages name that, sorted.

    Raises Problems where their folder cannot be read.
    """
    if not settings.anchors.is_dir():
        return
    folder, told = os.fspath(settings.anchors), settings.relative(settings.anchors)
    try:
        names = os.listdir(folder)  # noqa: PTH208  # of ten thousand ledgers
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise Problems([Problem(Place(told, 1), what, "check the folder")]) from error
    for name in sorted(names):
        # What begins with a point was half-written by a run that died.
        if name.endswith(_SUFFIX) and not name.startswith("."):
            yield name.removesuffix(_SUFFIX), f"{folder}/{name}", f"{told}/{name}"
