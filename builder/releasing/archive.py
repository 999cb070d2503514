"""Writes the finished site as one ZIP that opens from disk: the copy for disk in a folder.

The same site gives the same bytes: files stand in a fixed order, all of them of one day, which is
SOURCE_DATE_EPOCH or that on which what the site says last changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from builder.publishing.offline import files_for_disk
from builder.releasing.database import about
from builder.releasing.finished import Finished
from builder.releasing.release_page import PAGE, without_release
from builder.today import EPOCH, today

README = "README.txt"

# A ZIP knows no earlier and no later time.
_EARLIEST, _LATEST = date(1980, 1, 1), date(2107, 12, 31)

# What is packed already: fonts, pictures, the index of a big collection.
_PACKED = frozenset({".gz", ".jpg", ".png", ".webp", ".woff", ".woff2", ".zip"})
_LEVEL = 6
_PERMISSIONS = 0o100644 << 16  # a file that everybody may read
_UNIX = 3


def write_archive(finished: Finished, target: Path, *, left_out: Collection[str]) -> int:
    """Write the ZIP to a file; return how many files of the site it holds.

    Files of the site whose path is in `left_out` are not in it.
    """
    day = day_of(finished)
    number = 0
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for path, file in _files(finished, left_out):
            _add(archive, f"{finished.name}/{path}", file, day)
            number += 1
    return number


def _files(finished: Finished, left_out: Collection[str]) -> Iterator[tuple[str, Path | bytes]]:
    if not (finished.site / README).exists():
        yield README, readme(finished).encode()
    for path, file in files_for_disk(finished.site, left_out=left_out):
        yield path, without_release(file) if path == PAGE and isinstance(file, bytes) else file


def _add(archive: ZipFile, name: str, file: Path | bytes, day: date) -> None:
    """Add a file to the archive, in pieces where it is one on disk."""
    info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type = ZIP_STORED if Path(name).suffix in _PACKED else ZIP_DEFLATED
    info.create_system, info.external_attr = _UNIX, _PERMISSIONS
    # Known beforehand, it tells whether the entry needs the large form.
    info.file_size = len(file) if isinstance(file, bytes) else file.stat().st_size
    with (
        archive.open(info, "w") as entry,
        BytesIO(file) if isinstance(file, bytes) else file.open("rb") as source,
    ):
        shutil.copyfileobj(source, entry)


def day_of(finished: Finished) -> date:
    """Return the day that the release bears."""
    if os.environ.get(EPOCH):
        day = today()
    else:
        created = str(finished.package.get("created", ""))[: len("2023-11-16")]
        try:
            day = date.fromisoformat(created)
        except ValueError:  # a collection without a date
            day = _EARLIEST
    return min(max(day, _EARLIEST), _LATEST)


def readme(finished: Finished) -> str:
    """Return what the archive says of itself: what it is, and how it opens."""
    said = about(finished)
    title = finished.title
    lines = [
        title,
        "=" * len(title),
        "",
        *([said["description"], ""] if "description" in said else []),
        "Open index.html in any browser. Pages, search and downloads work from this folder,",
        "without a server and without the internet; links to other sites need it.",
        "",
        "documents/   a folder for each document: its page, its source text as it came, its",
        "             citations (RIS, BibTeX, CSL-JSON) and its annotations",
        "data/        the whole collection as CSV and JSON; data/datapackage.json describes every",
        "             column, data/index.html says the same for people",
        "",
    ]
    if "homepage" in said:
        lines.append(f"On the web: {said['homepage']}")
    if "licenses" in said:
        lines.append(f"License: {said['licenses']}")
    lines.append(f"As of {day_of(finished).isoformat()}")
    return "\n".join(lines) + "\n"
