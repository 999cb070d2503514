"""What a collection has published: the ledgers, one file per document."""

from __future__ import annotations

from builder.files import check_name, read_bytes
from builder.model import Problem, Problems
from builder.settings import Settings


def ledger_texts(settings: Settings) -> dict[str, str]:
    """Return the text of every ledger, by the document's slug, with LF at the end of lines.

    Raises Problems with each that is no file or cannot be read: its addresses are published.
    """
    files = sorted(settings.anchors.glob("*.txt")) if settings.anchors.is_dir() else []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for file in files:
        if file.name.startswith("."):
            continue  # half-written by a run that died
        name = settings.relative(file)
        try:
            check_name(name)
            text = read_bytes(file, name).decode("utf-8", "replace")
        except Problems as error:
            problems.extend(error.problems)
        else:
            texts[file.stem] = text.replace("\r\n", "\n")
    if problems:
        raise Problems(problems)
    return texts
