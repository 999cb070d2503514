"""YAML as editors expect it: lines are remembered, doubles refused, `NO` stays Norway.

PyYAML as it comes keeps the last of duplicate keys silently, reads `no` as False and `2023-11-16`
as a date object, and expands aliases without end. Here scalars other than true, false, null and
plain numbers stay text, and anchors and aliases are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from builder.limits import USUAL, Limits
from builder.model import Place, Problem, Problems
from builder.yaml_shape import refuse_shape

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONG = 200_000  # characters: in a longer text PyYAML's own reader would take too long


class Record(dict[str, Any]):
    """A mapping that remembers where it stands: `path`, its own `line`, and each key's line."""

    def __init__(self, path: str, line: int) -> None:
        super().__init__()
        self.path = path
        self.line = line
        self.lines: dict[str, int] = {}

    def place(self, key: str | None = None) -> Place:
        """Return the place of a key, or of the whole record."""
        return Place(self.path, self.lines.get(key, self.line) if key else self.line)

    def unknown_keys(self, allowed: Iterable[str]) -> Iterator[Problem]:
        """Yield a problem for each key that is not allowed, naming the allowed ones."""
        allowed = tuple(allowed)
        for key in self:
            if key not in allowed:
                yield Problem(
                    self.place(key), f'unknown key "{key}"', "allowed here: " + ", ".join(allowed)
                )


class Items(list[Any]):
    """A list that remembers the line on which each of its items begins."""

    def __init__(self, items: Iterable[Any], lines: Iterable[int]) -> None:
        super().__init__(items)
        self.lines = list(lines)


class EncodableLoader(yaml.SafeLoader):
    """Refuses half of a surrogate pair ("\\ud800"), which no file can hold as UTF-8."""

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        value = super().construct_scalar(node)
        half = _SURROGATE.search(value) if isinstance(value, str) else None
        if half:
            raise yaml.MarkedYAMLError(
                problem=f'"\\u{ord(half[0]):04x}" is half a character; write the whole one',
                problem_mark=node.start_mark,
            )
        return value


class _Loader(EncodableLoader):
    path = ""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # what is there
    # libyaml reads ten times as fast, and says what is wrong in other words.
    path = ""


def _record(loader: Any, node: yaml.MappingNode) -> Record:
    record = Record(loader.path, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(
                problem="a key has to be a text", problem_mark=key_node.start_mark
            )
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            key = key_node.value
        if key in record:
            raise yaml.MarkedYAMLError(
                problem=f'the key "{key}" stands here twice', problem_mark=key_node.start_mark
            )
        record.lines[key] = key_node.start_mark.line + 1
        record[key] = loader.construct_object(value_node, deep=True)
    return record


def _items(loader: Any, node: yaml.SequenceNode) -> Items:
    return Items(
        (loader.construct_object(item, deep=True) for item in node.value),
        (item.start_mark.line + 1 for item in node.value),
    )


def _refused(_loader: Any, node: yaml.Node) -> Any:
    tag = node.tag.replace("tag:yaml.org,2002:", "!!")
    raise yaml.MarkedYAMLError(
        problem=f'the tag "{tag}" is not allowed', problem_mark=node.start_mark
    )


# Only these plain scalars are more than text; everything else stays as printed.
_PLAIN = (
    ("null", r"(?:null|~|)\Z", ("n", "~", "")),
    ("bool", r"(?:true|false)\Z", tuple("tf")),
    ("int", r"[-+]?(?:0|[1-9]\d{0,17})\Z", tuple("-+0123456789")),
    ("float", r"[-+]?\d{1,17}\.\d{1,17}\Z", tuple("-+0123456789")),
)


def _checked(name: str, pattern: re.Pattern[str]) -> Callable[[Any, Any], Any]:
    """Return what reads a scalar, also one with a tag: "!!int 12", but not "!!int 1e9"."""
    construct: Callable[[Any, Any], Any] = getattr(yaml.SafeLoader, f"construct_yaml_{name}")

    def checked(loader: Any, node: yaml.Node) -> Any:
        fits = isinstance(node, yaml.ScalarNode) and pattern.match(node.value)
        return construct(loader, node) if fits else _refused(loader, node)

    return checked


def _prepare(loader: Any) -> None:
    prefix = "tag:yaml.org,2002:"
    loader.yaml_implicit_resolvers = {}
    loader.yaml_constructors = {
        None: _refused,
        f"{prefix}str": yaml.SafeLoader.construct_yaml_str,
        f"{prefix}map": _record,
        f"{prefix}seq": _items,
    }
    for name, source, first in _PLAIN:
        pattern = re.compile(source)
        loader.add_implicit_resolver(prefix + name, pattern, list(first))
        loader.add_constructor(prefix + name, _checked(name, pattern))


_prepare(_Loader)
_prepare(_FastLoader)


def load(
    text: str, path: str, *, first_line: int = 1, own: bool = False, limits: Limits = USUAL
) -> Any:
    """Return the one YAML document in `text`; mappings come as `Record`.

    `path` names the file in messages, `first_line` the line of the file on which `text` begins.
    `own` says that the file is the package's: it is trusted. Raises Problems with the line of
    the first thing that is not readable, or that goes deeper than the `limits` allow.
    """
    with telling(text, path, first_line):
        if not own:
            refuse_shape(text, limits)
        value = _read(text, path)
    if first_line != 1:
        _shift(value, first_line - 1)
    return value


def _read(text: str, path: str) -> Any:
    try:
        return _read_with(_FastLoader, text, path)
    except (yaml.YAMLError, ValueError):
        if len(text) > _LONG:
            raise
        return _read_with(_Loader, text, path)  # it tells in the same words everywhere


def _read_with(kind: Any, text: str, path: str) -> Any:
    loader = None
    try:
        loader = kind(text)
        loader.path = path
        return loader.get_single_data()
    finally:
        if loader is not None:
            loader.dispose()


@contextmanager
def telling(text: str, path: str, first_line: int = 1) -> Iterator[None]:
    """Raise Problems for what is wrong with a text of YAML."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        what = error.problem or error.context or "not readable as YAML"
        raise Problems([Problem(Place(path, line), f"YAML: {what}", "mend this line")]) from error
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(error.character)
        what = f"YAML: U+{code:04X} may not stand here"
        line = text.count("\n", 0, error.position) + first_line
        raise Problems([Problem(Place(path, line), what, "take it out")]) from error
    except (yaml.YAMLError, ValueError) as error:
        what = str(error).split("\n")[0]
        raise Problems([Problem(Place(path, first_line), f"YAML: {what}")]) from error


def _shift(value: Any, by: int) -> None:
    if isinstance(value, Record):
        value.line += by
        value.lines = {key: line + by for key, line in value.lines.items()}
        for item in value.values():
            _shift(item, by)
    elif isinstance(value, Items):
        value.lines = [line + by for line in value.lines]
        for item in value:
            _shift(item, by)


@cache
def load_data(name: str) -> Any:
    """Return a knowledge file of the package, `builder/data/<name>.yaml`, read once.

    What it returns is shared: take from it, change nothing in it.
    """
    path = files("builder") / "data" / f"{name}.yaml"
    return load(path.read_text(encoding="utf-8"), f"builder/data/{name}.yaml", own=True)
