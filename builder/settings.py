"""What `mkdocs.yml` says that the build step needs; the renderer reads the rest itself."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from builder.config_yaml import load_config
from builder.files import read_text, shown_name
from builder.limits import USUAL, Limits
from builder.model import Place, Problem, Problems
from builder.web_address import is_web_address

PLUGIN = "collection"
_DEEPEST_INHERIT = 20  # files; more is a circle
CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")

# What `plugins: - collection: {…}` may say, with what holds when it says nothing.
OPTIONS: Mapping[str, Any] = {
    "seeds": "seeds",
    "jobs": 0,
    "candidates_from": 10,
    "pagefind_from": 500,
    "identity": "",
    "license": "",
    "license_url": "",
    "fast": True,
    **asdict(USUAL),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a collection lives and what it is called; every path is absolute.

    `config_file` is None outside a collection, where only the package's own knowledge holds.
    `site_url` ends in a slash, or is empty when the address is not known. `jobs` is the number of
    processes that annotate; 0 leaves it to the build step. `builder check` lists candidates from
    `candidates_from` mentions on, and none where it is 0. From `pagefind_from` documents on the
    search has an index in shards, never where it is 0. `identity` is part of the permanent ids in
    the feed, and the site's name where it is not given: a site of another name keeps its first.
    `license` is the name of the license of what this site adds to the documents, `license_url` its
    address; "" where none is granted. `limits` say how large a file may be.
    """

    root: Path
    config_file: Path | None
    content: Path
    seeds: Path
    site: Path
    site_name: str = "Documents"
    site_description: str = ""
    site_url: str = ""
    jobs: int = 0
    candidates_from: int = 10
    pagefind_from: int = 500
    identity: str = ""
    license: str = ""
    license_url: str = ""
    fast: bool = True
    limits: Limits = USUAL

    @property
    def catalogue(self) -> Path:
        """The folder of what the editors know."""
        return self.seeds / "catalogue"

    @property
    def archives(self) -> Path:
        """The file of the archived copies that the editors checked."""
        return self.seeds / "archives.yaml"

    @property
    def anchors(self) -> Path:
        """The folder of the ledgers."""
        return self.seeds / "anchors"

    @property
    def versions(self) -> Path:
        """The folder of what sources were before."""
        return self.seeds / "versions"

    def relative(self, path: Path) -> str:
        """Return a path as messages name it: from the collection's folder, forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()


@dataclass(frozen=True, slots=True)
class _Config:
    """The configuration as read, and the file's text for the lines of messages."""

    values: dict[str, Any]
    text: str
    path: str

    def place(self, key: str) -> Place:
        match = self._find(key)
        return Place(self.path, self.text.count("\n", 0, match.end()) + 1 if match else 1)

    def says(self, key: str) -> bool:
        return self._find(key) is not None

    def _find(self, key: str) -> re.Match[str] | None:
        return re.search(rf"^[ \t-]*{re.escape(key)}[ \t]*:", self.text, re.MULTILINE)


def find_config(folder: Path) -> Path | None:
    """Return the `mkdocs.yml` of a folder, if there is one."""
    return next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)


def read_settings(config_file: Path) -> Settings:
    """Return the settings of the collection whose `mkdocs.yml` this is.

    Raises Problems, with lines, for what is not readable or not allowed.
    """
    config_file = config_file.absolute()
    config = _read_config(config_file, config_file.name)
    problems = list(_complaints(config))
    if problems:
        raise Problems(problems)
    values, options = config.values, _options(config.values)
    root = config_file.parent
    settings = Settings(
        root=root,
        config_file=config_file,
        content=root / (values.get("docs_dir") or "content"),
        seeds=root / options["seeds"],
        site=root / (values.get("site_dir") or "site"),
        site_name=values["site_name"],
        site_description=values.get("site_description") or "",
        site_url=_with_slash(values.get("site_url") or os.environ.get("SITE_URL", "")),
        jobs=options["jobs"],
        candidates_from=options["candidates_from"],
        pagefind_from=options["pagefind_from"],
        identity=options["identity"] or values["site_name"],
        license=options["license"],
        license_url=options["license_url"],
        fast=options["fast"],
        limits=Limits(**{key: options[key] for key in asdict(USUAL)}),
    )
    _refuse_overlap(settings, config)
    return settings


def settings_without_collection(folder: Path) -> Settings:
    """Return the settings that hold where there is no `mkdocs.yml`."""
    root = folder.absolute()
    return Settings(root, None, root / "content", root / "seeds", root / "site")


# What no address holds: it stands there as "%22", "%3C".
_UNPLAIN = re.compile(r"[\"<>\\^`{|}]")


def _read_config(file: Path, name: str, depth: int = 0) -> _Config:
    text = read_text(file, name, limit=USUAL.of("max_yaml_bytes"))
    values = load_config(text, name) or {}
    if not isinstance(values, dict):
        raise Problems(
            [Problem(Place(name, 1), "not a list of settings", 'begin with "site_name: …"')]
        )
    parent = values.pop("INHERIT", None)
    if isinstance(parent, str):
        if depth == _DEEPEST_INHERIT:
            raise Problems(
                [Problem(Place(name, 1), "INHERIT never ends", "mend the chain of files")]
            )
        inherited = _read_config((file.parent / parent), parent, depth + 1).values
        values = _merge(inherited, values)
    return _Config(values, text, name)


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one configuration over another, mapping by mapping, as MkDocs' INHERIT does."""
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(merged.get(key), dict) and isinstance(value, dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def _complaints(config: _Config) -> list[Problem]:
    """Return what is wrong with the settings that we use."""
    values, problems = config.values, []
    if not isinstance(values.get("site_name"), str) or not values["site_name"].strip():
        problems.append(Problem(config.place("site_name"), "no site_name", 'add "site_name: …"'))
    for key in ("docs_dir", "site_dir", "site_description", "site_url"):
        if not isinstance(values.get(key), str | None):
            problems.append(Problem(config.place(key), f"{key} is not text", "put it in quotes"))
    options = _options(values)
    for key, url in (
        ("site_url", values.get("site_url")),
        ("license_url", options["license_url"]),
    ):
        if isinstance(url, str) and url and not _is_plain_address(url):
            problems.append(_no_address(config.place(key), key, url))
    given = os.environ.get("SITE_URL", "")
    if not values.get("site_url") and given and not _is_plain_address(given):
        problems.append(_no_address(Place("SITE_URL", 0), "SITE_URL", given))
    for key, value in options.items():
        if key not in OPTIONS:
            problems.append(
                Problem(
                    config.place(key),
                    f'unknown option "{key}" of the plugin {PLUGIN}',
                    "allowed here: " + ", ".join(OPTIONS),
                )
            )
        elif type(value) is not type(OPTIONS[key]):
            kind = {str: "text", bool: "true or false", int: "a whole number"}[type(OPTIONS[key])]
            problems.append(Problem(config.place(key), f"{key} is not {kind}"))
        elif type(value) is int and value < 0:
            problems.append(Problem(config.place(key), f"{key} is below zero"))
    return problems


def _is_plain_address(url: str) -> bool:
    """Tell whether an address can stand in any file as it is, as those of a site do."""
    return is_web_address(url) and not _UNPLAIN.search(url)


def _no_address(place: Place, key: str, url: str) -> Problem:
    hint = "write it with https:// or leave it out"
    return Problem(place, f'{key} "{shown_name(url)}" is no address', hint)


def _options(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of our plugin, with the defaults where nothing is said."""
    plugins = values.get("plugins")
    if isinstance(plugins, dict):
        given = plugins.get(PLUGIN)
    else:
        entries = plugins if isinstance(plugins, list) else []
        given = next(
            (item[PLUGIN] for item in entries if isinstance(item, dict) and PLUGIN in item), None
        )
    return {**OPTIONS, **(given if isinstance(given, dict) else {})}


def _with_slash(url: str) -> str:
    return url if not url or url.endswith("/") else url + "/"


def _refuse_overlap(settings: Settings, config: _Config) -> None:
    """Raise Problems where two folders are not apart: what is built would overwrite what is not."""
    folders = {
        "site_dir": settings.site.resolve(),
        "docs_dir": settings.content.resolve(),
        "seeds": settings.seeds.resolve(),
    }
    root = settings.root.resolve()
    problems = []
    for key, folder in folders.items():
        if folder == root or folder in root.parents:
            problems.append(_overlap(config, key, folder, root))
    for pair in combinations(folders, 2):
        # The key that the file says comes first: that one can be mended.
        key, other = sorted(pair, key=lambda key: not config.says(key))
        if folders[key].is_relative_to(folders[other]) or folders[other].is_relative_to(
            folders[key]
        ):
            problems.append(_overlap(config, key, folders[key], folders[other]))
    if problems:
        raise Problems(problems)


def _overlap(config: _Config, key: str, folder: Path, other: Path) -> Problem:
    what = f'{key} "{folder.name}" overlaps the folder "{other.name}"'
    return Problem(config.place(key), what, "give each a folder of its own")
