"""What a release's database offers beside the tables, from `builder/data/release.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from builder.strict_yaml import load_data


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered of one table: see the head of `release.yaml`."""

    label: str = ""
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    index: tuple[tuple[str, ...], ...] = ()
    sort: str = ""
    sort_desc: str = ""

    @property
    def indexes(self) -> tuple[tuple[str, ...], ...]:
        """The columns that are looked up by, each index as its columns."""
        return (*((facet,) for facet in self.facets), *self.index)


@dataclass(frozen=True, slots=True)
class View:
    """A question that many ask, under a name."""

    name: str
    title: str
    about: str
    sql: str


@cache
def offered_tables() -> Mapping[str, Offered]:
    """Return what is offered of each table by the table's name."""
    return {name: _offered(one) for name, one in load_data("release")["tables"].items()}


@cache
def offered_views() -> tuple[View, ...]:
    """Return the views in the order in which they are listed."""
    views: dict[str, Any] = load_data("release")["views"]
    return tuple(View(name=name, **one) for name, one in views.items())


def _offered(one: Mapping[str, Any]) -> Offered:
    index = ((item,) if isinstance(item, str) else tuple(item) for item in one.get("index", ()))
    return Offered(
        label=one.get("label", ""),
        search=tuple(one.get("search", ())),
        facets=tuple(one.get("facets", ())),
        index=tuple(index),
        sort=one.get("sort", ""),
        sort_desc=one.get("sort_desc", ""),
    )
