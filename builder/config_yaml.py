"""Reads the YAML of `mkdocs.yml` without running anything that it names, and as far as it ends.

The file is the renderer's: anchors, aliases and tags are allowed here, but not what the renderer
would read otherwise than it is meant: a key that stands twice, a bomb of aliases.
"""

from __future__ import annotations

import os
from typing import Any

import yaml

from builder.limits import USUAL
from builder.strict_yaml import EncodableLoader, telling
from builder.yaml_shape import refuse_shape

_MOST_VALUES = 100_000  # with aliases written out


class _Loader(EncodableLoader):
    """Reads `mkdocs.yml` without running anything that it names."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    """Resolve `!ENV NAME` and `!ENV [NAME, OTHER, default]` as MkDocs does."""
    if isinstance(node, yaml.SequenceNode):
        *names, default = [loader.construct_object(item) for item in node.value] or [None]
        if not names:
            names, default = [default], None
    else:
        names, default = [node.value], None
    for name in names:
        if name in os.environ:
            value = os.environ[name]
            tag = loader.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]  # PyYAML
            return loader.construct_object(yaml.ScalarNode(tag, value))
    return default


def _placeholder(_loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> str:
    """Stand in for a tag that only the renderer understands, such as `!!python/name:…`."""
    return node.value if isinstance(node, yaml.ScalarNode) else ""


_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("", _placeholder)


def load_config(text: str, path: str, *, first_line: int = 1) -> Any:
    """Return what a configuration holds; `path` is the path told to people. Raises Problems.

    `first_line` is the line of the file on which `text` begins.
    """
    loader = None
    with telling(text, path, first_line):
        try:
            refuse_shape(text, USUAL, aliases=True)
            loader = _Loader(text)
            node = loader.get_single_node()
            if node is None:
                return None
            _refuse_doubles(node)
            return loader.construct_document(node)
        finally:
            if loader is not None:
                loader.dispose()


def _refuse_doubles(root: yaml.Node) -> None:
    """Raise an error for a key that stands twice, a circle of aliases, and too many values.

    Aliases are the same node again: each is looked at once, and counted as often as it stands.
    """
    sizes: dict[int, int] = {}

    def size(node: yaml.Node) -> int:
        known = sizes.get(id(node))
        if known == 0:
            raise _error("this refers to itself", node)
        if known is not None:
            return known
        sizes[id(node)] = 0
        if isinstance(node, yaml.MappingNode):
            _refuse_double_keys(node)
        sizes[id(node)] = total = 1 + sum(map(size, _parts(node)))
        if total > _MOST_VALUES:
            raise _error(f"more than {_MOST_VALUES:,} values, with aliases written out", node)
        return total

    size(root)


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _refuse_double_keys(node: yaml.MappingNode) -> None:
    keys = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _error("a key has to be a text", key)
        if key.value in keys and key.value != "<<":
            raise _error(f'the key "{key.value}" stands here twice', key)
        keys.add(key.value)


def _error(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
