"""A build of which nothing has changed: what is looked at, and what is seen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder import site, unchanged
from builder.settings import Settings, read_settings
from builder.site import Run, build

TEXT = "Harbors\n\nThe Harbor Fund paid 3 million dollars to Mexico.\n"


@pytest.fixture(params=[True, False], ids=["ahead", "here"])
def settled(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Settings:
    """A collection that was built; pages are looked at by another process, or not."""
    monkeypatch.setattr(unchanged, "_MANY", 0 if request.param else 500)
    settings = small(a=TEXT, b=TEXT.replace("3", "4"))
    time.sleep(0.1)  # what has just changed is not relied on
    assert not build(settings, Run()).failed
    return settings


def is_read(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Tell whether a build reads the collection."""
    seen = []
    real = site.read_collection
    with monkeypatch.context() as patch:
        patch.setattr(site, "read_collection", lambda *a, **k: seen.append(1) or real(*a, **k))
        build(settings, Run())
    return bool(seen)


def test_nothing_is_read_and_the_same_is_told(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_read(settled, monkeypatch)
    outcome = build(settled, Run())
    assert (outcome.documents, outcome.figures, outcome.site_changed) == (2, 2, False)


@pytest.mark.parametrize(
    "change",
    [
        lambda settings: (settings.seeds / "a.txt").write_text(TEXT + "More.\n"),
        lambda settings: (settings.seeds / "c.txt").write_text(TEXT),
        lambda settings: (settings.content / "documents/a/index.md").write_text("x"),
        lambda settings: (settings.content / "about/more.md").write_text("# More\n"),
        lambda settings: (settings.site / "feed.xml").unlink(),
        lambda settings: (settings.site / "documents/a/index.html").unlink(),
        lambda settings: (settings.site / "more.html").write_text("x"),
    ],
    ids=["edit", "new", "page", "by hand", "top", "rendered", "foreign"],
)
def test_a_change_is_seen(
    settled: Settings, monkeypatch: pytest.MonkeyPatch, change: Callable[[Settings], object]
) -> None:
    (settled.content / "about").mkdir(exist_ok=True)
    change(settled)
    assert is_read(settled, monkeypatch)


def test_after_each_change_nothing_is_read_again(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site is made of the one before the last: files that stand get names there later on."""
    for number in range(4):
        with (settled.seeds / f"{'ab'[number % 2]}.txt").open("a") as file:
            file.write(f"\nThe Harbor Fund paid {number + 5} million dollars.\n")
        time.sleep(0.1)
        assert is_read(settled, monkeypatch)
        assert not is_read(settled, monkeypatch)


@pytest.mark.parametrize(
    "change",
    [
        lambda settings: (settings.content / "documents/a/more.md").write_text("x"),
        lambda settings: (settings.content / "documents/b/index.md").write_text("x"),
        lambda settings: (settings.content / "mine.md").unlink(),
        lambda settings: (settings.seeds / "anchors/b.txt").unlink(),
    ],
    ids=["by hand", "page", "by hand, gone", "ledger gone"],
)
def test_what_is_changed_while_a_build_is_under_way_is_seen(
    settled: Settings, monkeypatch: pytest.MonkeyPatch, change: Callable[[Settings], object]
) -> None:
    (settled.content / "mine.md").write_text("# Mine\n")
    real = site.finish_next

    def finish(settings: Settings, *given: Any) -> Any:
        change(settings)
        return real(settings, *given)

    (settled.seeds / "a.txt").write_text(TEXT + "More.\n")
    time.sleep(0.1)
    with monkeypatch.context() as patch:
        patch.setattr(site, "finish_next", finish)
        build(settled, Run())
    assert is_read(settled, monkeypatch)


def test_a_setting_is_seen(settled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settled.config_file is not None
    settled.config_file.write_text("site_name: Another\n")
    assert is_read(read_settings(settled.config_file), monkeypatch)


def test_a_file_that_has_only_been_touched_changes_nothing_of_the_site(
    settled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settled.site / "documents" / "a" / "index.html"
    before = page.stat().st_ino
    os.utime(settled.seeds / "a.txt")
    assert is_read(settled, monkeypatch)
    assert page.stat().st_ino == before


def test_a_damaged_record_is_no_record(settled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Path(settled.root) / ".cache" / "unchanged.json"
    for damage in (b"", b"{}", b"[]", kept.read_bytes()[:-9]):
        kept.write_bytes(damage)
        assert is_read(settled, monkeypatch)


def test_templates_in_a_folder_of_another_name_are_seen(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small(a=TEXT)
    assert settings.config_file is not None
    settings.config_file.write_text(
        "site_name: Small\ntheme:\n  name: material\n  custom_dir: mine\n"
    )
    partial = settings.root / "mine" / "partials" / "footer.html"
    partial.parent.mkdir(parents=True)
    partial.write_text("<footer>old</footer>")
    settings = read_settings(settings.config_file)
    for _ in range(2):  # the first build learns which folders there are
        time.sleep(0.1)
        build(settings, Run())
    assert not is_read(settings, monkeypatch)
    partial.write_text("<footer>new</footer>")
    assert is_read(settings, monkeypatch)
    assert "<footer>new" in (settings.site / "documents" / "a" / "index.html").read_text("utf-8")


def test_what_a_configuration_inherits_and_the_environment_are_seen(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small(a=TEXT)
    assert settings.config_file is not None
    base = settings.root / "base.yml"
    base.write_text("copyright: Old\n")
    settings.config_file.write_text("INHERIT: base.yml\nsite_name: Small\n")
    settings = read_settings(settings.config_file)
    time.sleep(0.1)
    build(settings, Run())
    assert not is_read(settings, monkeypatch)
    base.write_text("copyright: New\n")
    assert is_read(settings, monkeypatch)


def test_what_plugins_of_others_depend_on_is_not_known(
    small: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small(a=TEXT)
    assert settings.config_file is not None
    (settings.root / "hook.py").write_text("def on_page_content(html, **_):\n    return html\n")
    settings.config_file.write_text("site_name: Small\nhooks: [hook.py]\n")
    settings = read_settings(settings.config_file)
    time.sleep(0.1)
    build(settings, Run())
    assert is_read(settings, monkeypatch)
