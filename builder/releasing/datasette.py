"""Writes what Datasette shows around the database of a release: titles, descriptions, facets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from builder.releasing.finished import Finished, Table
from builder.releasing.offered import Offered, offered_tables, offered_views

_WAY = (
    "Words are found as they stand, without accents and case; with _searchmode=raw in the address"
    ' a search for "overdos*" finds what begins so.'
)


def datasette_metadata(finished: Finished, database: str) -> bytes:
    """Return the metadata file for `datasette NAME.sqlite --metadata FILE`.

    `database` is the name of the database's file without its ending.
    """
    offered = offered_tables()
    of_tables = {
        table.name: _of_table(table, offered.get(table.name, Offered()))
        for table in finished.tables
    }
    of_views = {
        view.name: {"title": view.title, "description": view.about} for view in offered_views()
    }
    whole = {"title": finished.title, **_origin(finished)}
    metadata = {
        **whole,
        "databases": {database: {**whole, "tables": {**of_tables, **of_views}}},
    }
    return (json.dumps(metadata, ensure_ascii=False, indent=1) + "\n").encode()


def _origin(finished: Finished) -> dict[str, str]:
    """Return description, source and license as Datasette names them."""
    package = finished.package
    said = {"description": package.get("description"), "source_url": package.get("homepage")}
    said["source"] = finished.title if said["source_url"] else None
    for one in (package.get("licenses") or ())[:1]:
        said["license"] = one.get("title") or one.get("name")
        said["license_url"] = one.get("path")
    return {name: str(value) for name, value in said.items() if value}


def _of_table(table: Table, offered: Offered) -> Mapping[str, Any]:
    search = _WAY if offered.search else ""
    shown = {
        "title": table.title,
        "description": " ".join(filter(None, (table.description, search))),
        "columns": {one.name: one.description for one in table.columns if one.description},
        "label_column": offered.label,
        "facets": list(offered.facets),
        "sort": offered.sort,
        "sort_desc": offered.sort_desc,
    }
    return {name: value for name, value in shown.items() if value}
