"""Writes the list of pages for crawlers; beyond 50,000 addresses several, and an index of them."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

SITEMAP = "sitemap.xml"
MOST = 50_000
"""How many addresses a list may hold (https://www.sitemaps.org/protocol.html)."""


def in_order(paths: Iterable[str]) -> list[str]:
    """Return paths of Markdown files in the order in which MkDocs walks them."""
    return sorted(paths, key=_place)


def _place(path: str) -> tuple[tuple[int, bool, str], ...]:
    *folders, name = path.split("/")
    stem = PurePosixPath(name).stem
    return (*((1, True, folder) for folder in folders), (0, stem not in ("index", "README"), name))


def sitemap_files(
    around: tuple[str, str] | None, lines: Mapping[str, str], site_url: str, epoch: int
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the list, by their path in the site, each also packed.

    `around` is what stands before and after the entries, `lines` are the entries by the paths of
    the pages; those of pages that are not listed are empty.
    `epoch` is the time that packed files bear, in seconds.
    """
    if around is None:
        return
    listed = [line for path in in_order(lines) if (line := lines[path])]
    start, end = around
    parts = [listed[place : place + MOST] for place in range(0, len(listed), MOST)] or [[]]
    if len(parts) == 1:
        yield from _with_packed(SITEMAP, "".join([start, *listed, end]), epoch)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield from _with_packed(name, "".join([start, *part, end]), epoch)
    addresses = "".join(f"<sitemap><loc>{site_url}{name}</loc></sitemap>\n" for name in names)
    index = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{addresses}'
        "</sitemapindex>\n"
    )
    yield from _with_packed(SITEMAP, index, epoch)


def _with_packed(name: str, text: str, epoch: int) -> Iterator[tuple[str, bytes]]:
    data = text.encode()
    yield name, data
    packed = BytesIO()
    with gzip.GzipFile(filename=name, fileobj=packed, mode="wb", mtime=epoch) as file:
        file.write(data)
    yield f"{name}.gz", packed.getvalue()


def drop_empty_sitemap(site: Path) -> None:
    """Remove the list of pages that a renderer leaves empty where the site has no address."""
    file = site / SITEMAP
    if file.is_file() and "<loc>" not in file.read_text("utf-8"):
        file.unlink()
        file.with_suffix(".xml.gz").unlink(missing_ok=True)
