"""Keeps what MkDocs has rendered: theme, hand-written pages and shells, with what they depend on.

A kept frame is used again as long as everything that went into it is as it was: programs,
configuration, templates, hand-written files, and what was asked about generated ones. Then a build
need not start MkDocs at all.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import builder
from builder.looking import Look
from builder.model import Place, Problem
from builder.publishing.configuration import FRAME_FILE, configuration_of
from builder.publishing.durable import sync_disk
from builder.publishing.starter import starter_folder
from builder.publishing.writing import write_file
from builder.rendering.own_page import Asked, front_matter_of
from builder.rendering.shells import Shells, short_hash
from builder.settings import Settings
from builder.today import EPOCH

_PROGRAMS = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe")
_CODE = ("rendering", "publishing")
_FORMAT = 2
# What a template of MkDocs asks for that wants to tell when a site was built.
_OF_DAY = ("build_date", "update_date")


@dataclass(slots=True)
class Frame:
    """What a run of MkDocs has made: files by their digests, and what else is to be told of it.

    `lines` are the entries of its pages in the list for crawlers, by path. `inputs` is what it was
    made from, `chrome` what of that is in every page, `folders` the theme's but for Material's own.
    `tells_day` says that a template asks for the day of the build, which changes every day.
    """

    files: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    shells: Shells = field(default_factory=Shells)
    site_url: str = ""
    folders: list[str] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)
    asked: Asked = field(default_factory=dict)
    tells_day: bool = False
    chrome: str = ""
    inputs: str = ""

    @property
    def day(self) -> str:
        """The time of the site where its pages may tell it, else ""."""
        return os.environ[EPOCH] if self.tells_day else ""


# What the theme's menu asks of the front matter of a page.
_IN_A_MENU = ("title:", "icon:", "status:", "subtitle:")


def chrome_of(settings: Settings, folders: Iterable[str], said: str) -> str:
    """Return a hash of what the theme's part in every page depends on; `said` is all else."""
    package = Path(builder.__file__).parent
    code = [package / room for room in _CODE]
    programs = [f"{name} {version(name)}" for name in _PROGRAMS]
    own = [starter_folder() / "mkdocs.yml", starter_folder() / "site_overrides"]
    places = [*code, *own, settings.root / "site_overrides", *map(Path, folders)]
    trees = [tree_of(place) for place in places]
    return short_hash([_FORMAT, said, programs, configuration_of(settings), trees])


def inputs_of(
    settings: Settings,
    frame: Frame,
    by_hand: Iterable[str],
    generated: Mapping[str, str],
    said: str,
) -> str:
    """Return a hash of all that a frame depends on."""
    content = settings.content
    asked = [
        (path, generated.get(path, "") if kind == "ids" else path in generated)
        for path, kind in sorted(frame.asked.items())
    ]
    stubs = [
        (path, _in_a_menu(content / path) if path in generated else None) for path in frame.stubs
    ]
    hand = [(path, _digest(content / path)) for path in sorted(by_hand)]
    chrome = chrome_of(settings, frame.folders, said + frame.day)
    return short_hash([chrome, hand, stubs, asked])


def _in_a_menu(page: Path) -> list[str]:
    """Return what the front matter of a page says that a menu shows; counts change all the time."""
    lines = front_matter_of(page).split("\n")
    return [line for line in lines if line.startswith(_IN_A_MENU)]


def load_frame(folder: Path) -> Frame | None:
    """Return the frame that is kept in a folder, if there is one that can be read."""
    try:
        kept = json.loads((folder / FRAME_FILE).read_text("utf-8"))
        if kept.pop("format") != _FORMAT:
            return None
        kept["shells"] = Shells.from_json(kept["shells"])
        kept["problems"] = [
            Problem(Place(path, line), what, hint, warning=warning)
            for path, line, what, hint, warning in kept["problems"]
        ]
        return Frame(**kept)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_frame(folder: Path, frame: Frame) -> None:
    """Keep a frame whose files are in the folder's `site/`."""
    kept = {name: getattr(frame, name) for name in Frame.__slots__}
    kept["format"] = _FORMAT
    kept["shells"] = frame.shells.to_json()
    kept["problems"] = [
        (one.place.path, one.place.line, one.what, one.hint, one.warning) for one in frame.problems
    ]
    sync_disk(folder)  # what is told of its files is true of the disk
    write_file(folder / FRAME_FILE, json.dumps(kept, ensure_ascii=False).encode())


def emptied(folder: Path) -> Path:
    """Return a kept frame's folder for files, empty; what is told of the old ones goes first."""
    (folder / FRAME_FILE).unlink(missing_ok=True)
    shutil.rmtree(folder / "site", ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    return folder / "site"


def asks_for_day(templates: Iterable[str]) -> bool:
    """Tell whether one of some templates tells the day of a build."""
    return any(word in template for template in templates for word in _OF_DAY)


def tree_of(place: Path) -> list[tuple[str, str]]:
    """Return the digests of a file, or of all files below a folder."""
    if place.is_file():
        return [("", _digest(place))]
    paths = sorted(Look.at(place, into_links=True).files())
    files = ((path, place / path) for path in paths if "__pycache__" not in path.split("/"))
    return [(path, _digest(file)) for path, file in files if file.is_file()]


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
