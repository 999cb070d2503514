"""Finds what is left of a ledger that is lost, and says how it comes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from builder.anchoring.heads import read_head
from builder.anchoring.register import NAME, lost_documents, read_register
from builder.model import Place, Problem, Problems
from builder.settings import Settings
from builder.versioning.kept import read_kept
from builder.versioning.succession import newest_first
from builder.versioning.taking import version_folders


def lost_ledgers(settings: Settings, texts: dict[str, str]) -> frozenset[str]:
    """Return the slugs of documents that were published and have no ledger among `texts`."""
    file = settings.anchors / NAME
    former = {was for slug, text in texts.items() for was in read_head(slug, text).was}
    register = read_register(file, settings.relative(file))
    return lost_documents(register, texts, former) | (
        version_folders(settings) - texts.keys() - former
    )


def last_known(
    settings: Settings, slug: str, path: str, show: Callable[[Iterable[Problem]], None]
) -> str:
    """Return the newest ledger that the versions of a document hold, and say whose it is.

    Raises Problems where there is none.
    """
    what, hint = f'the ledger of "{slug}" is missing', restoring(path)
    folder = settings.versions / slug
    digits = _newest(settings, slug, {file.stem for file in folder.glob("*.ledger")})
    if not digits:
        raise Problems([Problem(Place(path, 1), what, hint)])
    what += f"; what follows is that of version {digits}"
    show([Problem(Place(path, 1), what, hint, warning=True)])
    return (folder / f"{digits}.ledger").read_text("utf-8").replace("\r\n", "\n")


def _newest(settings: Settings, slug: str, there: Collection[str]) -> str:
    """Return the digits of the newest of the versions whose ledgers are there."""
    recorded = read_kept(settings, slug, "").recorded.values()
    newest = max(recorded, key=lambda one: (one.since, one.sha256), default=None)
    ordered = newest_first(recorded, newest.digits) if newest else []
    return next((one.digits for one in ordered if one.digits in there), min(there, default=""))


def restoring(path: str) -> str:
    """Return how git brings a ledger back, also one whose loss is committed already."""
    found = f'"git log --diff-filter=D -- {path}" names the commit that took it away'
    return f'restore it: "git checkout -- {path}", or, where its loss is committed: {found}'
