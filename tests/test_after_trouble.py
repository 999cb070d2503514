"""What went wrong once is right with the next build: damaged caches, pages changed by hand."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from builder.kept_documents import DamagedError
from builder.publishing.writing import LIST_NAME, read_list
from builder.settings import Settings, read_settings
from builder.site import Run, build
from builder.storing.store import KEPT
from site_fixtures import copy_collection
from warm import FIRST_DAY, SECOND_DAY, files_of, on_day

MORE = "\n\nA sentence that names Peru and 500 ships was added.\n"


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Settings]:
    """A small collection that has been built on a day."""
    settings = copy_collection(tmp_path / "ours")
    with on_day(FIRST_DAY):
        assert not build(settings, Run()).failed
        yield settings


def source_of(settings: Settings, number: int = 0) -> Path:
    return sorted(settings.seeds.glob("*.txt"))[number]


def page_of(settings: Settings, number: int = 0) -> Path:
    """Return the generated page of a document."""
    return sorted(settings.content.glob("documents/*/index.md"))[number]


def as_cold(settings: Settings, tmp_path: Path) -> None:
    """Check that the site is what a build without a cache makes of the same state."""
    cold = tmp_path / "cold"
    shutil.copytree(settings.root, cold, ignore=shutil.ignore_patterns(".cache", "site"))
    again = read_settings(cold / "mkdocs.yml")
    build(again, Run())
    assert files_of(settings.site) == files_of(again.site)


@pytest.mark.parametrize("table", ["bodies", "results"])
def test_what_is_damaged_in_the_cache_is_made_again(ours, table, tmp_path):
    column, names = ("body", "1") if table == "bodies" else ("value", "name LIKE 'text %'")
    with closing(sqlite3.connect(ours.root / KEPT)) as database, database:
        database.execute(f"UPDATE {table} SET {column} = x'5b5d' WHERE {names}")
    source_of(ours).write_text(source_of(ours).read_text("utf-8") + MORE, "utf-8")
    # Each document is told, and made again by the run after that.
    for _ in ours.seeds.glob("*.txt"):
        with suppress(DamagedError):
            build(ours, Run())
    assert not build(ours, Run()).failed
    as_cold(ours, tmp_path)


def test_a_page_changed_by_hand_is_gone_from_the_site_with_the_file(ours, tmp_path):
    page = page_of(ours)
    page.write_text(page.read_text("utf-8") + "\nSomebody wrote this by hand.\n", "utf-8")
    for source in ours.seeds.glob("*.txt"):
        source.write_text(source.read_text("utf-8") + MORE, "utf-8")
    told = build(ours, Run())
    assert any("changed by hand" in problem.what for problem in told.problems)
    page.unlink()
    assert not build(ours, Run()).failed
    assert not any(b"wrote this by hand" in data for data in files_of(ours.site).values())
    as_cold(ours, tmp_path)


def test_a_page_changed_by_hand_is_told_with_the_passages_that_it_lacks(small):
    text = "Harbors\n\nThe Harbor Fund paid 3 million dollars to Mexico.\n"
    settings = small(a=text)
    build(settings, Run())
    page = page_of(settings)
    page.write_text(page.read_text("utf-8").replace("Harbors", "Harbours"), "utf-8")
    (told,) = build(settings, Run()).problems
    assert "left as it is; change its source" in str(told)
    (settings.seeds / "a.txt").write_text(text + "\nPeru paid 5 million.\n\nChile paid more.\n")
    (told,) = build(settings, Run()).problems
    assert "left as it is, without p3, p4, to which links lead; change its source" in str(told)
    page.unlink()
    assert build(settings, Run()).problems == ()


def test_another_day_leaves_the_pages_that_do_not_change(ours, tmp_path):
    before = {path: (ours.site / path).stat().st_ino for path in files_of(ours.site)}
    with on_day(SECOND_DAY):
        source_of(ours).write_text(source_of(ours).read_text("utf-8") + MORE, "utf-8")
        assert not build(ours, Run()).failed
        after = {path: (ours.site / path).stat().st_ino for path in files_of(ours.site)}
        documents = [path for path in after if path.startswith("documents/") and path in before]
        pages = [path for path in documents if path.endswith("/index.html")]
        assert sum(after[path] == before[path] for path in pages) > len(pages) // 2
        as_cold(ours, tmp_path)


def test_a_template_that_tells_the_day_is_filled_anew(ours, tmp_path):
    footer = ours.root / "site_overrides/partials/footer.html"
    day = "{{ build_date_utc.year }}-{{ build_date_utc.month }}"
    footer.write_text(f"{footer.read_text('utf-8')}<p>built {day}</p>", "utf-8")
    build(ours, Run())
    with on_day(SECOND_DAY):
        source_of(ours).write_text(source_of(ours).read_text("utf-8") + MORE, "utf-8")
        build(ours, Run())
        page = page_of(ours, 1).relative_to(ours.content).with_suffix(".html")
        assert "built 2026-12" in (ours.site / page).read_text("utf-8")
        as_cold(ours, tmp_path)


def test_a_file_in_the_place_of_a_folder_stops_that_page_alone(ours):
    folder = page_of(ours).parent
    shutil.rmtree(folder)
    folder.write_text("mine")
    source_of(ours).write_text(source_of(ours).read_text("utf-8") + MORE, "utf-8")
    told = build(ours, Run())
    name = folder.relative_to(ours.root).as_posix()
    assert f"{name}:1: a file stands where" in "\n".join(map(str, told.problems))
    assert folder.read_text() == "mine"
    assert page_of(ours, 1).exists()


def test_half_a_line_of_the_list_hides_no_other(ours):
    with (ours.content / LIST_NAME).open("ab") as file:
        file.write(b"0123abc")
    source_of(ours).write_text(source_of(ours).read_text("utf-8") + MORE, "utf-8")
    assert not build(ours, Run()).failed


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\0\0", None])
def test_a_list_that_was_lost_is_made_up_from_the_cache(ours, damage, tmp_path):
    listed = ours.content / LIST_NAME
    if damage is None:
        listed.unlink()
    else:
        listed.write_bytes(damage)
    source_of(ours).write_text(source_of(ours).read_text("utf-8") + MORE, "utf-8")
    outcome = build(ours, Run())
    assert not outcome.failed, outcome.problems
    as_cold(ours, tmp_path)


def test_starting_pages_are_known_again_after_all_record_was_lost(small):
    settings = small(a="Harbors\n\nThe Harbor Fund paid 3 million dollars to Mexico.\n")
    build(settings, Run())
    listed, own = set(read_list(settings.content)), settings.content / "about" / "index.md"
    assert "about/index.md" in listed
    own.write_text("# Our own\n")
    (settings.content / LIST_NAME).unlink()
    shutil.rmtree(settings.root / ".cache")
    assert not build(settings, Run()).failed
    assert set(read_list(settings.content)) == listed - {"about/index.md"}
    assert own.read_text() == "# Our own\n"
