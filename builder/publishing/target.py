"""Refuses to put a site where something stands that is not a site of ours."""

from __future__ import annotations

from pathlib import Path

from builder.model import Place, Problem, Problems

# Files that every site of ours has, and hardly a folder of anything else.
_OURS = ("index.html", "documents/index.html")
# One of these: the second is what earlier builds have left.
_DATA = ("data/datapackage.json", "data/passages.json")


def refuse_others(site: Path, name: str) -> None:
    """Raise Problems unless a build may replace what stands at `site`; `name` is told to people.

    It may where nothing is, in a folder that is empty but for hidden entries (a working tree's
    `.git`), and in place of a site of ours, however that was rendered.
    """
    if site.is_symlink():
        # Replacing what a link leads to would write outside the collection, replacing the link
        # would break whoever put it there.
        raise _problem(name, "is a link", "name the folder itself as site_dir in mkdocs.yml")
    if not site.exists():
        return
    if not site.is_dir():
        raise _problem(name, "is not a folder", "move it away, or name another site_dir")
    holds_nothing = all(entry.name.startswith(".") for entry in site.iterdir())
    if not holds_nothing and not _is_ours(site):
        hint = "empty it, or name a folder that is not there yet as site_dir in mkdocs.yml"
        raise _problem(name, "holds files that no build of this collection wrote", hint)


def _is_ours(site: Path) -> bool:
    pages = all((site / path).is_file() for path in _OURS)
    return pages and any((site / path).is_file() for path in _DATA)


def _problem(name: str, what: str, hint: str) -> Problems:
    return Problems([Problem(Place(name, 0), what, hint)])
