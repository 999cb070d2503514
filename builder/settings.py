"""What `mkdocs.yml` says that the build step needs; the renderer reads the rest itself."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

from builder.config_file import Config, complaints, options_of, read_config
from builder.limits import USUAL, Limits
from builder.model import Problem, Problems

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")


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


def find_config(folder: Path) -> Path | None:
    """Return the `mkdocs.yml` of a folder, if there is one."""
    return next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)


def read_settings(config_file: Path) -> Settings:
    """Return the settings of the collection whose `mkdocs.yml` this is.

    Raises Problems, with lines, for what is not readable or not allowed.
    """
    config_file = config_file.absolute()
    config = read_config(config_file, config_file.name)
    problems = list(complaints(config))
    if problems:
        raise Problems(problems)
    values, options = config.values, options_of(config.values)
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


def _with_slash(url: str) -> str:
    return url if not url or url.endswith("/") else url + "/"


def _refuse_overlap(settings: Settings, config: Config) -> None:
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


def _overlap(config: Config, key: str, folder: Path, other: Path) -> Problem:
    what = f'{key} "{folder.name}" overlaps the folder "{other.name}"'
    return Problem(config.place(key), what, "give each a folder of its own")
