"""What hand-written pages and templates have behind symbolic links is part of the site."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from test_unchanged import is_read

from builder.checking import problems_of
from builder.collection import no_progress
from builder.looking import Look
from builder.model import Problems
from builder.publishing.preview_build import build_preview
from builder.settings import Settings, read_settings
from builder.site import Run, build, build_pages
from builder.today import EPOCH
from builder.working import Workers

TEXT = "Harbors\n\nThe Harbor Fund paid 3 million dollars to Mexico.\n"
FOOTER = "<footer>{}</footer>"


@pytest.fixture
def linked(small: Callable[..., Settings], tmp_path: Path) -> Settings:
    """A collection with links to folders and to files outside, built."""
    settings, outside = small(a=TEXT), tmp_path / "outside"
    for path, text in {
        "handbook/index.md": "# Handbook\n\nOld. See [more](deeper/more.md).\n",
        "handbook/deeper/more.md": "# More\n",
        "handbook/plan.pdf": "old plan",
        "single.md": "# Single\n\nOld.\n",
        "partials/footer.html": FOOTER.format("old"),
        "people.yaml": "people: []\n",
    }.items():
        (outside / path).parent.mkdir(parents=True, exist_ok=True)
        (outside / path).write_text(text)
    for place, target in {
        settings.content / "handbook": "handbook",
        settings.content / "single.md": "single.md",
        settings.root / "site_overrides/partials": "partials",
        settings.seeds / "catalogue": ".",
    }.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(outside / target)
    time.sleep(0.1)
    assert not build(settings, Run()).failed
    return settings


def bytes_below(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def in_full(settings: Settings) -> Settings:
    assert settings.config_file is not None
    settings.config_file.write_text(
        "site_name: Small\nplugins: [search, {collection: {fast: false}}]\n"
    )
    return read_settings(settings.config_file)


def test_a_linked_folder_is_rendered_and_to_the_same_bytes(linked: Settings) -> None:
    assert linked.config_file is not None
    linked.config_file.write_text("site_name: Small\nplugins: [search, collection]\n")
    build(read_settings(linked.config_file), Run())
    fast = bytes_below(linked.site)
    assert {"handbook/index.html", "handbook/deeper/more/index.html"} <= fast.keys()
    assert (fast["handbook/plan.pdf"], b"Old." in fast["single/index.html"]) == (b"old plan", True)
    assert b"<footer>old" in fast["documents/a/index.html"]
    build(in_full(linked), Run())
    assert bytes_below(linked.site) == fast


@pytest.mark.parametrize(
    ("path", "text", "page"),
    [
        ("handbook/index.md", "# Handbook\n\nNew.\n", "handbook"),
        ("handbook/deeper/more.md", "# More\n\nNew.\n", "handbook/deeper/more"),
        ("single.md", "# Single\n\nNew.\n", "single"),
        ("partials/footer.html", FOOTER.format("New."), "documents/a"),
        ("people.yaml", "people:\n- {key: new, name: Harbor New.}\n", ""),
    ],
)
def test_a_change_behind_a_link_is_seen(
    linked: Settings, monkeypatch: pytest.MonkeyPatch, path: str, text: str, page: str
) -> None:
    assert not is_read(linked, monkeypatch)
    (linked.root.parent / "outside" / path).write_text(text)
    assert is_read(linked, monkeypatch)
    if page:
        assert "New." in (linked.site / page / "index.html").read_text("utf-8")


def previewed(settings: Settings) -> None:
    build_preview(settings, settings.root.parent / "preview/site", site_url="")


def built_by_mkdocs(settings: Settings) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(EPOCH, "1600000000")  # the plugin sets another one
        given = {"docs_dir": str(settings.content), "theme": {"name": "material"}}
        file = str(settings.config_file)
        mkdocs_build(load_config(file, **given, plugins=["search", "collection"]))


WAYS: dict[str, Callable[[Settings], object]] = {
    "build": lambda settings: build(settings, Run()),
    "full": lambda settings: build(in_full(settings), Run()),
    "pages": lambda settings: build_pages(settings, Run()),
    "preview": previewed,
    "plugin": built_by_mkdocs,
    "check": lambda settings: problems_of(settings, Workers(1), no_progress, site=False),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_circle_among_generated_pages_is_told(
    linked: Settings, way: str, caplog: pytest.LogCaptureFixture
) -> None:
    loop, before = linked.content / "documents/a/loop", bytes_below(linked.site)
    loop.symlink_to("..")
    told = "content/documents/a/loop:1: is a link to a folder that it stands in; take it away"
    # MkDocs raises an error of its own, and its log tells why.
    with pytest.raises((Problems, Abort)) as error:
        WAYS[way](linked)
    said = caplog.text if way == "plugin" else str(error.value)
    assert said.count(told) == 1
    assert bytes_below(linked.site) == before
    loop.unlink()
    WAYS[way](linked)


def test_a_circle_that_no_page_shows_is_in_the_way_of_nothing(linked: Settings) -> None:
    (linked.content / "documents/.notes").mkdir()
    (linked.content / "documents/.notes/loop").symlink_to("..")
    for way in WAYS.values():
        way(linked)


def test_a_circle_among_pages_by_hand_is_told_once(linked: Settings) -> None:
    (linked.content / "handbook/loop").symlink_to(linked.content)
    with pytest.raises(Problems) as error:
        build(linked, Run())
    assert [str(problem.place) for problem in error.value.problems] == ["content/handbook/loop:1"]


def test_links_that_lead_to_each_other_are_no_circle_for_ever(
    linked: Settings, tmp_path: Path
) -> None:
    one, other = tmp_path / "outside/handbook", tmp_path / "other"
    other.mkdir()
    for number in range(3):
        (one / f"other{number}").symlink_to(other)
        (other / f"one{number}").symlink_to(one)
    (linked.root / "site_overrides/own").symlink_to(linked.root)
    started = time.monotonic()
    look = Look.at(linked.content, into_links=True)
    assert sorted(look.behind)[:2] == ["handbook", "handbook/deeper"]
    assert not any("other0/one0" in folder for folder in look.folders)
    with pytest.raises(Problems, match="handbook/other0/one0:1: is a link to a folder that it"):
        build(linked, Run())
    for number in range(3):
        (one / f"other{number}").unlink()
    assert not build(linked, Run()).failed  # a circle among templates is left alone
    assert time.monotonic() - started < 60


def test_a_circle_is_told_with_a_ledger_that_is_damaged(linked: Settings) -> None:
    (linked.content / "documents/a/loop").symlink_to("..")
    ledger = linked.anchors / "a.txt"
    ledger.write_text(ledger.read_text().replace("p1", "p 1", 1))
    (linked.seeds / "a.txt").write_text("A text\n\nthat is another now.\n")
    with pytest.raises(Problems) as error:
        build(linked, Run())
    told = {problem.place.path for problem in error.value.problems}
    assert {"content/documents/a/loop", "seeds/anchors/a.txt"} <= told
