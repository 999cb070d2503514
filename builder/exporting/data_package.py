"""Describes the tables as a data package (Data Package v2): `data/datapackage.json`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from builder.cells import SEPARATOR
from builder.citing.publication import Publication
from builder.citing.reference import authors_of
from builder.compact_json import encoded
from builder.exporting.schema import Field, Table, tables
from builder.exporting.tables import Made, of_table
from builder.html.shown import Shown
from builder.site_files import DATA
from builder.slugs import slugify

PATH = f"{DATA}datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0/"
# How many of the institutions that issued documents are named as sources, those of most documents.
_SOURCES = 50
# The names that a license may have there: "CC-BY-4.0".
_LICENSE_NAME = re.compile(r"[-a-zA-Z0-9._]+")
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_TYPES = {"edtf": "string", "url": "string"}


def package_file(site: Shown, made: Sequence[Made]) -> tuple[str, bytes]:
    """Return the path and the bytes of the description of files that were written."""
    text = json.dumps(_package(site, made), ensure_ascii=False, indent=1)
    return PATH, encoded(f"{text}\n")


def _package(site: Shown, made: Sequence[Made]) -> dict[str, Any]:
    publication, changed = site.publication, site.changed_of_all
    values = {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": slugify(publication.name) or "collection",
        "title": publication.name,
        "description": publication.description,
        "homepage": publication.url,
        "version": _version(changed, made),
        "created": f"{changed}T00:00:00Z" if changed else "",
        "sources": _sources(site),
        "resources": [
            _resource(
                table,
                of_table(made, table.name, "csv"),
                of_table(made, table.name, "json"),
                publication,
            )
            for table in tables().values()
        ],
    }
    return {key: value for key, value in values.items() if value}


def _version(changed: str, made: Sequence[Made]) -> str:
    """Return a version that two collections share only if every file is the same."""
    digest = sha256("".join(file.sha256 for file in made).encode()).hexdigest()
    year, month, day = (changed or "0-0-0").split("-")
    return f"{int(year)}.{int(month)}.{int(day)}+{digest[:12]}"


def _licenses(publication: Publication) -> list[dict[str, str]]:
    name, address = publication.license, publication.license_url
    said = {"name": name} if _LICENSE_NAME.fullmatch(name) else {"title": name} if name else {}
    if address:
        said["path"] = address
    # What has neither name nor path there is no license; its words stand on the page.
    return [said] if "name" in said or "path" in said else []


def _sources(site: Shown) -> list[dict[str, str]]:
    issued = Counter(name for one in site.index.documents for name in authors_of(one))
    ranked = sorted(issued.items(), key=lambda one: (-one[1], one[0]))
    return [{"title": name} for name, _ in ranked[:_SOURCES]]


def _resource(
    table: Table, files: Sequence[Made], same: Sequence[Made], publication: Publication
) -> dict[str, Any]:
    """Return what is said of a table's CSV files; `same` are its JSON files, of the same rows."""
    paths = [file.path.removeprefix(DATA) for file in files]
    one = files[0] if len(files) == 1 else None
    parts = [
        {"path": path, "rows": file.rows, "bytes": file.size, "hash": f"sha256:{file.sha256}"}
        for path, file in zip(paths, files, strict=True)
    ]
    # Of the documents' own words this site has no rights to give: what quotes them has no license.
    licenses = [] if table.is_quoting else _licenses(publication)
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": table.name,
        "path": paths[0] if one else paths,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"bytes": one.size, "hash": f"sha256:{one.sha256}"} if one else {"parts": parts}),
        "json": [
            {
                "path": file.path.removeprefix(DATA),
                "bytes": file.size,
                "hash": f"sha256:{file.sha256}",
            }
            for file in same
        ],
        "rows": sum(file.rows for file in files),
        **({"licenses": licenses} if licenses else {}),
        "schema": _schema(table, bool(publication.url)),
    }


def _schema(table: Table, is_absolute: bool) -> dict[str, Any]:
    values = {
        "$schema": f"{_PROFILES}tableschema.json",
        "fields": [_field(field, is_absolute) for field in table.fields],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": list(reference.fields),
                "reference": {"resource": reference.table, "fields": list(reference.to)},
            }
            for reference in table.references
        ],
        "missingValues": [""],
    }
    return {key: value for key, value in values.items() if value}


def _field(field: Field, is_absolute: bool) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "type": _TYPES.get(field.type, field.type),
        "title": field.title,
        "description": field.description,
        "example": SEPARATOR.join(field.example) if field.type == "list" else field.example,
    }
    if field.type == "list":
        described |= {"delimiter": SEPARATOR, "itemType": "string"}
    if field.type == "edtf":
        described["rdfType"] = _EDTF
    if field.type == "url" and is_absolute:
        described["format"] = "uri"
    if field.unit:
        described["unit"] = field.unit
    constraints = _constraints(field)
    return {**described, "constraints": constraints} if constraints else described


def _constraints(field: Field) -> Mapping[str, Any]:
    said = {
        "required": field.required,
        "unique": field.unique,
        "enum": list(field.values),
        "pattern": field.pattern,
    }
    return {key: value for key, value in said.items() if value}
