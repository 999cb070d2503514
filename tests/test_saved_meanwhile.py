"""What somebody saves while a build is under way: the next build shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder import collection
from builder.settings import Settings
from warm import FIRST_DAY, Warm, on_day, write_collection

ARCHIVES = """archives:
  https://www.state.gov/plan:
    status: works
    archive: https://web.archive.org/web/20210503/https://www.state.gov/plan
    checked: 2025-12-30
"""


def _measures(settings: Settings) -> None:
    file = settings.catalogue / "measures.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("key: countries-of-the", "key: lands-of-the"), encoding="utf-8")


def _archives(settings: Settings) -> None:
    settings.archives.write_text(ARCHIVES, encoding="utf-8")


@pytest.mark.parametrize("save", [_measures, _archives])
def test_what_is_saved_behind_a_reader_is_read_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Settings], None]
) -> None:
    warm, real = Warm(write_collection(tmp_path / "ports")), collection.read_sources

    def read(settings: Settings, *given: Any) -> Any:
        found = real(settings, *given)
        save(settings)
        return found

    with on_day(FIRST_DAY):
        with monkeypatch.context() as patch:
            patch.setattr(collection, "read_sources", read)
            warm.edited(lambda settings: None)
        assert warm.differences(lambda settings: None) == []
