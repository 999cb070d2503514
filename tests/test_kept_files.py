"""What is kept of the files of a task is read as it was written."""

from __future__ import annotations

import pytest

from builder.html.tasks import Filed
from builder.kept_files import bytes_of_files, files_of_bytes

FILES = [
    Filed("data/documents.csv", "a" * 64, 120, 7, 1795382111804506775),
    Filed("documents/Größe und Gewicht/index.md", "b" * 64, 0),
    Filed("documents/\ud83d/index.md", "c" * 64, 5, 0, 1),
]


@pytest.mark.parametrize("count", range(len(FILES) + 1))
def test_files_are_read_as_they_were_written(count: int):
    files = files_of_bytes(bytes_of_files(FILES[:count]))
    assert list(files.paths) == [one.path for one in FILES[:count]]
    assert [files.filed(place) for place in range(count)] == FILES[:count]
