"""Looks at a text of YAML before it is read: how deep it goes, and whether it refers to itself.

Readers of YAML go down a level with each bracket, and end the process where a text has a hundred
thousand of them; the parser beneath them does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from builder.limits import DEEPEST, Limits

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BEGINS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
# What one line can open: "[", "{", and the indent and the marks at its beginning, "  - - ? x"
_OPENS = re.compile(r"[\[{]")
_INDENT = re.compile(r"^[ \t?:-]*", re.MULTILINE)
# What may begin an anchor or an alias: "&a", "*a"; not what stands in a word: "AT&T"
_MAYBE_ALIAS = re.compile(r"(?<![A-Za-z0-9])[&*]")


def refuse_shape(text: str, limits: Limits, *, aliases: bool = False) -> None:
    """Raise yaml.MarkedYAMLError where a text goes too deep, or has an alias that it may not have.

    What else is wrong with it is told when it is read.
    """
    deepest = min(limits.max_yaml_depth or DEEPEST, DEEPEST)
    maybe_alias = not aliases and _MAYBE_ALIAS.search(text)
    if not maybe_alias and not _may_be_deeper(text, deepest):
        return
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent) and not aliases:
            raise _error("aliases are not allowed", event)
        depth += isinstance(event, _BEGINS) - isinstance(event, _ENDS)
        if depth > deepest:
            raise _error(f"nested more than {deepest} levels deep", event)


def _may_be_deeper(text: str, deepest: int) -> bool:
    """Tell whether a text could go so deep; a cheap look, for most are flat."""
    indents = max((len(indent) for indent in _INDENT.findall(text)), default=0)
    return indents + len(_OPENS.findall(text)) > deepest


def _events(text: str) -> Iterator[yaml.Event]:
    loader = None
    try:
        loader = _Loader(text)
        while loader.check_event():
            yield loader.get_event()
    except yaml.YAMLError:
        return
    finally:
        if loader is not None:
            loader.dispose()


def _error(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
