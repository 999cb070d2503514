"""Says on the page of the data, in schema.org's terms, what the collection is as a data set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from builder.dating.display import year_of
from builder.exporting.page_data import PageAddresses, with_data
from builder.exporting.schema import tables
from builder.exporting.tables import Made
from builder.html.addresses import measure_folder
from builder.html.rendering import Page
from builder.html.shown import Shown, years_in_words

# A collection in parts has hundreds of files; so many are named one by one, tables as CSV first.
_FILES = 40
_MEASURES = 40
_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def with_dataset(page: Page, site: Shown, made: Sequence[Made]) -> Page:
    """Return the page of the data with what it offers."""
    return with_data(page, _dataset(page, site, made))


def _dataset(page: Page, site: Shown, made: Sequence[Made]) -> dict[str, Any]:
    place, publication = PageAddresses(site, page.folder), site.publication
    files = sorted(made, key=lambda file: (file.form, file.table, file.part))
    said = {
        "@type": "Dataset",
        "@id": place.address(page.folder),
        "name": publication.name,
        "description": publication.description or page.description,
        "url": place.address(page.folder),
        "dateModified": site.changed_of_all,
        "temporalCoverage": _years(site),
        "isPartOf": {"@type": "WebSite", "@id": place.address("")},
        "distribution": [
            _download(file, place.address(file.path), publication.license_url)
            for file in files[:_FILES]
        ],
        "variableMeasured": list(_measures(place, site)),
    }
    return {name: value for name, value in said.items() if value}


def _download(file: Made, address: str, license_: str) -> dict[str, str]:
    said = {
        "@type": "DataDownload",
        "name": file.table,
        "contentUrl": address,
        "encodingFormat": _MEDIA_TYPES[file.form],
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
    is_covered = license_ and not tables()[file.table].is_quoting
    return {**said, "license": license_} if is_covered else said


def _measures(place: PageAddresses, site: Shown) -> Iterator[dict[str, str]]:
    for gathered in site.index.measures[:_MEASURES]:
        yield {
            "@type": "StatisticalVariable",
            "@id": place.address(measure_folder(gathered.measure)),
            "name": gathered.measure.name,
        }


def _years(site: Shown) -> str:
    """Return the first and the last year of the documents as ISO 8601 has it: "2019/2024"."""
    years = (year_of(one.metadata.date.value) for one in site.index.documents)
    return years_in_words(year for year in years if year).replace(" to ", "/")
