"""YAML as editors expect it: lines are remembered, doubles refused, `NO` stays Norway.

PyYAML as it comes keeps the last of duplicate keys silently, reads `no` as False and `2023-11-16`
as a date object, and expands aliases without end. Here scalars other than true, false, null and
plain numbers stay text, and anchors and aliases are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from builder.model import Place, Problem, Problems

_SURROGATE = re.compile("[\ud800-\udfff]")
# What may begin an anchor or an alias: "&a", "*a"; not what stands in a word: "AT&T"
_MAYBE_ALIAS = re.compile(r"(?<![A-Za-z0-9])[&*]")


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

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML has no types here
            raise yaml.MarkedYAMLError(
                problem="aliases are not allowed", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


class _OwnFilesLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # what is there
    # libyaml reads ten times as fast, and composes in C, where aliases cannot be refused: it is
    # for texts that hold none.
    path = ""


def _record(loader: Any, node: yaml.MappingNode) -> Record:
    record = Record(loader.path, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key)
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


# Only these plain scalars are more than text; everything else stays as printed.
_PLAIN = (
    ("null", r"(?:null|~|)\Z", ("n", "~", "")),
    ("bool", r"(?:true|false)\Z", tuple("tf")),
    ("int", r"[-+]?(?:0|[1-9]\d{0,17})\Z", tuple("-+0123456789")),
    ("float", r"[-+]?\d{1,17}\.\d{1,17}\Z", tuple("-+0123456789")),
)


def _prepare(loader: Any) -> None:
    loader.yaml_implicit_resolvers = {}
    for name, pattern, first in _PLAIN:
        loader.add_implicit_resolver(f"tag:yaml.org,2002:{name}", re.compile(pattern), list(first))
    loader.add_constructor("tag:yaml.org,2002:map", _record)
    loader.add_constructor("tag:yaml.org,2002:seq", _items)


_prepare(_Loader)
_prepare(_OwnFilesLoader)


def load(text: str, path: str, *, first_line: int = 1, own: bool = False) -> Any:
    """Return the one YAML document in `text`; mappings come as `Record`.

    `path` names the file in messages, `first_line` the line of the file on which `text` begins.
    `own` says that the file is the package's: it is read faster. Raises Problems with the line of
    the first thing that is not readable.
    """
    if not own and not _MAYBE_ALIAS.search(text):
        try:  # as fast; what is wrong is told by the reader below, in the same words everywhere
            return load(text, path, first_line=first_line, own=True)
        except Problems:
            pass
    loader: Any = None
    try:
        loader = _OwnFilesLoader(text) if own else _Loader(text)
        loader.path = path
        value = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        what = error.problem or error.context or "not readable as YAML"
        raise Problems([Problem(Place(path, line), f"YAML: {what}", "mend this line")]) from error
    except yaml.reader.ReaderError as error:
        what = f"YAML: U+{error.character:04X} may not stand here"
        line = text.count("\n", 0, error.position) + first_line
        raise Problems([Problem(Place(path, line), what, "take it out")]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = (
            "nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        )
        raise Problems([Problem(Place(path, first_line), f"YAML: {what}")]) from error
    finally:
        if loader is not None:
            loader.dispose()
    if first_line != 1:
        _shift(value, first_line - 1)
    return value


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
