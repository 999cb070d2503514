"""`builder build`: the whole site or the one of before, the same bytes every time."""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from builder import collection_pages as pages_module
from builder import site as site_module
from builder.collection import read_collection
from builder.model import Problems
from builder.newest_date import newest_date
from builder.publishing import render as render_module
from builder.publishing.site_check import check_site
from builder.settings import read_settings
from builder.site import Run, build, build_pages
from site_fixtures import copy_collection

TEXT = (
    "FACT SHEET: A Title of This Text\n\nOn 3 May 2021 we spent $5 million in Peru.\n\nMore text.\n"
)


def state_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and the time of every file below a folder.

    But of what is kept for the next run: that learns which files have grown old enough to be known.
    """
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("build.sqlite", "unchanged.json"))
    }


@pytest.mark.slow
def test_a_second_build_changes_nothing(collection):
    build(collection, Run())
    before = state_of(collection.root)
    outcome = build(collection, Run())
    assert not outcome.site_changed
    assert outcome.pages_written == 0
    assert state_of(collection.root) == before


def test_the_index_is_made_once(small, monkeypatch):
    made = []
    real = pages_module.build_index
    monkeypatch.setattr(pages_module, "build_index", lambda *given: made.append(1) or real(*given))
    build_pages(small(a=TEXT), Run())
    assert len(made) == 1


def test_a_second_run_of_pages_writes_no_file(collection):
    build_pages(collection, Run())
    before = state_of(collection.root)
    assert build_pages(collection, Run()).pages_written == 0
    assert state_of(collection.root) == before


@pytest.mark.slow
def test_two_builds_on_different_days_and_places_are_the_same_bytes(tmp_path):
    sites = []
    for name, day in (("one", 1_600_000_000), ("two", 1_900_000_000)):
        settings = copy_collection(tmp_path / name / name)
        script = (
            "import time, datetime, sys\n"
            f"real = time.time; shift = {day} - real(); time.time = lambda: real() + shift\n"
            "class Date(datetime.datetime):\n"
            "    @classmethod\n"
            "    def now(cls, tz=None):\n"
            "        return cls.fromtimestamp(time.time(), tz)\n"
            "datetime.datetime = Date\n"
            "from builder.cli import main\n"
            f"sys.argv = ['builder', 'build', '--config-file', {str(settings.config_file)!r}]\n"
            "main()\n"
        )
        environment = {**os.environ, "PYTHONHASHSEED": str(day % 1000)}
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            env=environment,
            cwd=Path(__file__).parents[1],
        )
        sites.append({path: data for path, (data, _) in state_of(settings.site).items()})
    assert sites[0] == sites[1]


def test_the_stamp_is_the_newest_date_of_documents_and_ledgers(small):
    settings = small(
        a=f"---\ndate: 2019-05-03\n---\n{TEXT}", b=f"---\ndate: 2021-01-02?\n---\n{TEXT}"
    )
    assert newest_date(read_collection(settings)).isoformat() == "2021-01-02"
    settings = read_settings(settings.config_file)
    build_pages(settings, Run())
    ledger = next(settings.anchors.glob("*.txt"))
    state = read_collection(settings)
    changed = dict(state.ledger_texts)
    changed[ledger.stem] += "\np99 paragraph gone=2024-02-03\nx\n"
    assert newest_date(replace(state, ledger_texts=changed, newest={})).isoformat() == "2024-02-03"


def test_nothing_dated_gives_a_fixed_date(small):
    assert newest_date(read_collection(small(a="Just a text.\n\nAnd more.\n"))).year == 1980


def test_a_name_and_sources_are_enough(small, capsys):
    said = []
    settings = small(a=TEXT, b="Another text without anything.\n")
    outcome = build(settings, Run(say=said.append))
    assert [str(problem) for problem in outcome.problems] == []
    assert (settings.site / "documents/a/index.html").is_file()
    assert (settings.site / "about/index.html").is_file()
    assert any("leaves to the builder" in message for message in said)
    about = {path: path.read_text("utf-8") for path in (settings.content / "about").rglob("*.md")}
    assert len(about) == 7
    # They are lent to collections on any subject, of any country.
    assert not re.search(r"narcotic|drug|United States Gov|White House|\bU\.S\.", str(about))
    assert [str(problem) for problem in check_site(settings.site)] == []


def test_the_collection_s_own_files_win(small):
    settings = small(a=TEXT)
    for path, text in {
        "content/about/index.md": "---\ntitle: Ours\ndescription: Our own.\n---\n\n"
        "# Ours\n\nOur own words.\n",
        "content/notes/index.md": "---\ntitle: Notes\ndescription: N.\n---\n\n# Notes\n\nWords.\n",
        "site_overrides/404.html": "our own 404",
    }.items():
        (settings.root / path).parent.mkdir(parents=True, exist_ok=True)
        (settings.root / path).write_text(text)
    outcome = build(settings, Run())
    assert not outcome.failed
    assert "Our own words." in (settings.site / "about/index.html").read_text()
    assert (settings.site / "404.html").read_text() == "our own 404"
    assert 'href="notes/"' in (settings.site / "index.html").read_text("utf-8")
    assert "Our own words" in (settings.site / "search/search_index.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty", b"", "seeds/empty.txt:1: holds no text"),
        ("latin", b"Hello\nM\xe9rida\n", "seeds/latin.txt:2: not UTF-8"),
        ("broken", b"---\ntitle: [\n---\nText\n", "seeds/broken.txt:"),
        ("open", b"---\ntitle: x\nText\n", "seeds/open.txt:1: the front matter is not closed"),
    ],
)
def test_a_bad_source_is_named_and_the_others_are_built(small, name, data, message):
    settings = small(good=TEXT)
    (settings.seeds / f"{name}.txt").write_bytes(data)
    outcome = build(settings, Run())
    assert outcome.failed
    (problem,) = [problem for problem in outcome.problems if not problem.warning]
    assert str(problem).startswith(message)
    assert (settings.site / "documents/good/index.html").is_file()
    assert not (settings.site / f"documents/{name}").exists()


def test_what_was_published_stays_when_its_source_goes_bad(small):
    settings = small(good=TEXT, other=TEXT.replace("Title", "Second Title"))
    build(settings, Run())
    page = (settings.site / "documents/other/index.html").read_text("utf-8")
    ledger = (settings.anchors / "other.txt").read_bytes()
    (settings.seeds / "other.txt").write_bytes(b"\xff\xfe")
    outcome = build(settings, Run())
    assert outcome.failed
    assert 'id="p1"' in page
    assert 'id="p1"' in (settings.site / "documents/other/index.html").read_text("utf-8")
    assert (settings.anchors / "other.txt").read_bytes() == ledger


def test_a_changed_document_is_refused_and_left_as_it_was(small):
    settings = small(a=TEXT, b=TEXT.replace("Title", "Second Title"))
    build(settings, Run())
    before = (settings.anchors / "a.txt").read_bytes()
    (settings.seeds / "a.txt").write_text("Other words altogether.\n\nNothing is as it was.\n")
    outcome = build(settings, Run())
    assert outcome.failed
    assert any("3 of 3 passages are gone at once" in str(problem) for problem in outcome.problems)
    assert (settings.anchors / "a.txt").read_bytes() == before
    assert "More text" in (settings.site / "documents/a/index.html").read_text("utf-8")


def test_a_renderer_that_fails_leaves_site_and_ledgers(small, monkeypatch):
    settings = small(a=TEXT)
    build(settings, Run())
    before = {name: state_of(settings.root / name) for name in ("site", "seeds")}
    (settings.seeds / "new.txt").write_text(TEXT.replace("Title", "New Title"))
    before["seeds"].update(
        {path: value for path, value in state_of(settings.seeds).items() if path == "new.txt"}
    )

    def fail(*_, **__):
        raise RuntimeError("no more paper")

    monkeypatch.setattr(render_module, "_run", fail)
    with pytest.raises(Problems, match="no more paper"):
        build(settings, Run())
    assert {name: state_of(settings.root / name) for name in ("site", "seeds")} == before
    assert not list(settings.root.glob(".site.*"))


def test_an_interrupted_build_leaves_the_site_and_the_next_succeeds(small, monkeypatch):
    settings = small(a=TEXT)
    build(settings, Run())
    before = state_of(settings.site)
    (settings.seeds / "new.txt").write_text(TEXT.replace("Title", "New Title"))
    with monkeypatch.context() as patch:
        patch.setattr(
            site_module, "finish_next", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            build(settings, Run())
    assert state_of(settings.site) == before
    assert not build(settings, Run()).failed
    assert (settings.site / "documents/new/index.html").is_file()


def test_a_frozen_run_writes_no_ledger_and_says_so(small):
    settings = small(a=TEXT)
    outcome = build(settings, Run(frozen=True))
    assert [str(problem) for problem in outcome.problems] == [
        "seeds/anchors/a.txt:1: this ledger is not up to date; "
        'run "builder build" and commit the ledger with the source'
    ]
    assert not settings.anchors.exists()
    build(settings, Run())
    assert not build(settings, Run(frozen=True)).failed


def test_no_document_at_all_is_a_problem(small):
    with pytest.raises(Problems, match="no document can be built"):
        build(small(), Run())


@pytest.mark.slow
def test_many_documents_go_over_several_processes(small, monkeypatch):
    monkeypatch.setattr("builder.working.WORTH_A_POOL", 2)
    texts = {f"d{number}": TEXT.replace("Title", f"Title {number}") for number in range(6)}
    settings = small(**texts)
    slugs = [one.document.slug for one in read_collection(settings).documents]
    assert slugs == sorted(texts)


def test_the_wheel_lends_every_first_page():
    """Each folder of pages that hold for any collection is named where the wheel is described."""
    root = Path(__file__).resolve().parent.parent
    pages = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    lent = pages["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folders = {f"content/about/{folder.name}" for folder in (root / "content/about").glob("*/")}
    assert {path for path in lent if path.startswith("content/")} == folders
    assert all(place == f"builder/starter/{path}" for path, place in lent.items())
