"""What the package lends to a collection that lacks it: settings, theme, first pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builder
from builder.publishing.writing import read_list
from builder.settings import Settings

# Settings that are one collection's own and never lent.
_OWN = frozenset(
    {"site_name", "site_url", "site_description", "site_author", "site_dir", "docs_dir"}
    | {"copyright", "repo_url", "repo_name", "edit_uri", "INHERIT"}
)

_NEUTRAL = Path(builder.__file__).resolve().parent / "starter_pages"

# Lists to which a collection's own entries are added, ours first, so that its own win.
_LISTS = ("markdown_extensions", "extra_css", "extra_javascript")


def starter_folder() -> Path:
    """Return the folder with `mkdocs.yml`, `site_overrides/` and `content/` that the package lends.

    It lies in the installed package; in a checkout it is the repository itself.
    """
    package = Path(builder.__file__).resolve().parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent


def starter_pages(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield the hand-written pages that a collection starts with, by their path in `content/`.

    They are the pages of this repository's own collection that hold for any, and, in the place of
    those that speak of its subject, the pages of `builder/starter_pages`.
    """
    shared = starter_folder() / "content"
    if shared == settings.content.resolve():
        return
    files: dict[str, Path] = {}
    for folder in (shared, _NEUTRAL):
        found = sorted((folder / "about").rglob("*"))
        files |= {file.relative_to(folder).as_posix(): file for file in found if file.is_file()}
    for path in sorted(files):
        yield path, files[path].read_bytes()


def is_starter_page(path: str) -> bool:
    """Tell whether a page is one that gives way to the collection's own."""
    return path.startswith("about/") or path == "robots.txt"


def generated_paths(content: Path) -> set[str]:
    """Return the paths that the last run made, but for pages that give way to a collection's own.

    Pages that give way count as hand-written, for somebody may have changed them since.
    """
    return {path for path in read_list(content) if not is_starter_page(path)}


def lent_settings(own: dict[str, Any], lent: dict[str, Any]) -> dict[str, Any]:
    """Return what to add to a collection's own configuration, key by key.

    A key that the collection does not have is lent whole; of the theme, what is missing in it; of
    lists of extensions, styles and scripts, the missing entries, before its own.
    """
    added = {key: value for key, value in lent.items() if key not in own and key not in _OWN}
    theme = own.get("theme")
    if theme is not None:
        theme = {"name": theme} if isinstance(theme, str) else dict(theme)
        missing = {key: value for key, value in lent["theme"].items() if key not in theme}
        if theme.get("name") == lent["theme"]["name"] and missing:
            added["theme"] = {**missing, **theme}
    for key in _LISTS:
        if key in own:
            have = {entry_name(item) for item in own[key] or []}
            missing_items = [item for item in lent.get(key, []) if entry_name(item) not in have]
            if missing_items:
                added[key] = [*missing_items, *(own[key] or [])]
    if "docs_dir" not in own:
        added["docs_dir"] = "content"
    return added


def entry_name(item: Any) -> str:
    """Return the name of a list entry that may carry options: `toc` of `toc: {permalink: true}`."""
    return str(next(iter(item), "")) if isinstance(item, dict) else str(item)
