"""No build writes through a symbolic link that somebody has put into its folders."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.settings import Settings
from builder.site import Run, build

BEFORE = "FACT SHEET: A Title of This Text\n\nOn 3 May 2021 we spent $5 million in Peru.\n"


def bytes_below(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.mark.parametrize("path", ["documents/a", "index.html", "assets"])
def test_not_in_the_site(small: Callable[..., Settings], tmp_path: Path, path: str) -> None:
    settings = small(a=BEFORE)
    build(settings, Run())
    outside = tmp_path / "outside"
    shutil.move(settings.site / path, outside)
    (settings.site / path).symlink_to(outside)
    kept = bytes_below(outside) or {outside: outside.read_bytes()}
    (settings.seeds / "a.txt").write_text(BEFORE.replace("Peru", "Mexico"), encoding="utf-8")
    for _ in range(2):
        assert not build(settings, Run()).failed
        assert not (settings.site / path).is_symlink()
        assert (bytes_below(outside) or {outside: outside.read_bytes()}) == kept
    assert "Mexico" in (settings.site / "documents/a/index.html").read_text("utf-8")


def test_not_in_the_pages(small: Callable[..., Settings], tmp_path: Path) -> None:
    settings = small(a=BEFORE, b=BEFORE.replace("Title", "Second Title"))
    build(settings, Run())
    outside = tmp_path / "outside"
    shutil.move(settings.content / "documents/a", outside)
    (settings.content / "documents/a").symlink_to(outside)
    kept = bytes_below(outside)
    (settings.seeds / "a.txt").write_text(BEFORE.replace("Peru", "Mexico"), encoding="utf-8")
    outcome = build(settings, Run())
    assert "a symbolic link stands where" in "".join(map(str, outcome.problems))
    assert bytes_below(outside) == kept
    (settings.content / "documents/a").unlink()
    assert not build(settings, Run()).failed
    assert "Mexico" in (settings.site / "documents/a/index.html").read_text("utf-8")
    assert bytes_below(outside) == kept
