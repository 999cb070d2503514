"""Reads `mkdocs.yml`, and what it inherits, and says what is wrong with what we use of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from builder.config_yaml import load_config
from builder.files import read_text, shown_name
from builder.limits import DEEPEST, MOST, MOST_JOBS, USUAL
from builder.model import Place, Problem, Problems
from builder.web_address import is_web_address

PLUGIN = "collection"
_DEEPEST_INHERIT = 20  # files; more is a circle

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
_MOST = {"max_yaml_depth": DEEPEST, "jobs": MOST_JOBS}
_LIMITS = frozenset(asdict(USUAL)) - {"max_yaml_depth"}


# What no address holds: it stands there as "%22", "%3C".
_UNPLAIN = re.compile(r"[\"<>\\^`{|}]")


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration as read, and the file's text for the lines of messages."""

    values: dict[str, Any]
    text: str
    path: str

    def place(self, key: str) -> Place:
        """Return the line on which a key is set, the first where it is not."""
        match = self._find(key)
        return Place(self.path, self.text.count("\n", 0, match.end()) + 1 if match else 1)

    def says(self, key: str) -> bool:
        """Tell whether the file itself sets a key."""
        return self._find(key) is not None

    def _find(self, key: str) -> re.Match[str] | None:
        return re.search(rf"^[ \t-]*{re.escape(key)}[ \t]*:", self.text, re.MULTILINE)


def read_config(file: Path, name: str, depth: int = 0) -> Config:
    """Return what a file says, over what it inherits; `name` is its name in messages.

    Raises Problems, with lines, for what is not readable.
    """
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
        inherited = read_config((file.parent / parent), parent, depth + 1).values
        values = _merge(inherited, values)
    return Config(values, text, name)


def _merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one configuration over another, mapping by mapping, as MkDocs' INHERIT does."""
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(merged.get(key), dict) and isinstance(value, dict)
        merged[key] = _merge(merged[key], value) if both else value
    return merged


def complaints(config: Config) -> list[Problem]:
    """Return what is wrong with the settings that we use."""
    values, problems = config.values, []
    if not isinstance(values.get("site_name"), str) or not values["site_name"].strip():
        problems.append(Problem(config.place("site_name"), "no site_name", 'add "site_name: …"'))
    for key in ("docs_dir", "site_dir", "site_description", "site_url"):
        if not isinstance(values.get(key), str | None):
            problems.append(Problem(config.place(key), f"{key} is not text", "put it in quotes"))
    options = options_of(values)
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
        elif type(value) is int:
            problems += _beyond(config.place(key), key, value)
    return problems


def _beyond(place: Place, key: str, value: int) -> Iterator[Problem]:
    """Yield what is wrong with a number that is too small or too large."""
    most = _MOST.get(key, MOST)
    if value < 0:
        yield Problem(place, f"{key} is below zero")
    if value > most:
        hint = "write 0 if there is to be no limit" if key in _LIMITS else ""
        yield Problem(place, f"{key} is more than {most:,}", hint)


def _is_plain_address(url: str) -> bool:
    """Tell whether an address can stand in any file as it is, as those of a site do."""
    return is_web_address(url) and not _UNPLAIN.search(url)


def _no_address(place: Place, key: str, url: str) -> Problem:
    hint = "write it with https:// or leave it out"
    return Problem(place, f'{key} "{shown_name(url)}" is no address', hint)


def options_of(values: Mapping[str, Any]) -> dict[str, Any]:
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
