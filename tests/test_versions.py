"""Versions of a source: noticed, ordered, kept, found again, and compared passage by passage."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from builder.collection import CollectionState, read_collection
from builder.model import Version
from builder.newest_date import newest_date
from builder.settings import Settings, read_settings
from builder.site import Outcome, Run, build_pages
from builder.versioning.earlier import earlier_bytes
from builder.versioning.git_history import bytes_in_git
from builder.versions import Change, changes, earlier_wordings, version_before

FIRST = """---
title: Harbors of the North
---

Harbors of the North

The commission counted 40 ships in the harbor of Tromsø during the first week of May.

The second week was quiet, and none of the pilots had to be called out at night.

Fishermen reported that the lights at the outer pier were out for the whole month.

The report will be discussed when the council meets again in the autumn.
"""
SECOND = FIRST.replace("40 ships", "44 ships")
THIRD = SECOND.replace("was quiet", "was very quiet")


def digits(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    return hashlib.sha256(data).hexdigest()[:12]


def seconds(iso: str) -> str:
    """Return a day as SOURCE_DATE_EPOCH has it."""
    return str(int(datetime.fromisoformat(f"{iso}T00:00:00+00:00").timestamp()))


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the day of the next runs."""

    def set_day(iso: str) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds(iso))

    set_day("2026-03-01")
    return set_day


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of one collection: "1" was built once, "3" when it had its third text."""
    folder = tmp_path_factory.mktemp("built_once")
    root = folder / "3"
    (root / "seeds").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Small\n")
    settings = read_settings(root / "mkdocs.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", seconds("2026-03-01"))
        built(settings, FIRST)
        shutil.copytree(root, folder / "1")
        built(settings, SECOND)
        built(settings, THIRD)
    return folder


@pytest.fixture
def published(built_once: Path, tmp_path: Path) -> Settings:
    """A collection with one document, built once."""
    return read_settings(shutil.copytree(built_once / "1", tmp_path / "small") / "mkdocs.yml")


@pytest.fixture
def third(built_once: Path, tmp_path: Path) -> Settings:
    """The same with its third text."""
    return read_settings(shutil.copytree(built_once / "3", tmp_path / "small") / "mkdocs.yml")


def write(settings: Settings, text: str | bytes, name: str = "a.txt") -> None:
    data = text.encode() if isinstance(text, str) else text
    (settings.seeds / name).write_bytes(data)


def told(outcome: Outcome | CollectionState) -> list[str]:
    return [str(problem) for problem in outcome.problems]


def built(settings: Settings, text: str | bytes | None = None) -> Outcome:
    """Build the pages, of a new text if one is given; nothing may be wrong."""
    if text is not None:
        write(settings, text)
    outcome = build_pages(settings, Run())
    assert not told(outcome)
    return outcome


def only_warns_of(settings: Settings, text: str) -> bool:
    """Tell whether a build says that the text of a version is not there, and nothing else."""
    outcome = build_pages(settings, Run())
    (line,) = told(outcome)
    return not outcome.failed and f"the text of version {digits(text)} is not there" in line


def versions(settings: Settings, slug: str = "a") -> tuple[Version, ...]:
    documents = {one.document.slug: one.document for one in read_collection(settings).documents}
    return documents[slug].versions


def lives(settings: Settings, slug: str = "a") -> list[tuple[str, str, str]]:
    return [(one.digits, one.since, one.until) for one in versions(settings, slug)]


def files(settings: Settings, slug: str = "a") -> set[str]:
    folder = settings.versions / slug
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def kept_as(*texts: str | bytes) -> set[str]:
    """Return the names of the files of versions that have made way to another."""
    return {f"{digits(text)}.{kind}" for text in texts for kind in ("txt", "ledger")}


def on_record(*texts: str | bytes) -> set[str]:
    return {f"{digits(text)}.yaml" for text in texts}


# What is written, and when


def test_one_version_leaves_no_trace(published: Settings) -> None:
    assert not published.versions.exists()
    assert versions(published) == ()


def test_a_change_is_a_new_version(published: Settings, day: Callable[[str], None]) -> None:
    ledger = (published.anchors / "a.txt").read_text("utf-8")
    day("2026-03-05")
    built(published, SECOND)
    assert files(published) == kept_as(FIRST) | on_record(SECOND)
    folder = published.versions / "a"
    assert (folder / f"{digits(FIRST)}.txt").read_bytes() == FIRST.encode()
    assert (folder / f"{digits(FIRST)}.ledger").read_text("utf-8") == ledger
    assert (folder / f"{digits(SECOND)}.yaml").read_text("utf-8") == (
        f'sha256: "{hashlib.sha256(SECOND.encode()).hexdigest()}"\n'
        f'since: 2026-03-05\nafter: "{digits(FIRST)}"\n'
    )
    now, before = versions(published)
    assert (now.since, now.until) == ("2026-03-05", "")
    assert (before.since, before.until) == ("", "2026-03-05")
    assert before.source is not None
    assert before.source.text == FIRST
    assert dict(before.passages)["p2"].startswith("The commission counted 40 ships")
    assert dict(now.passages)["p2"].startswith("The commission counted 44 ships")
    assert version_before((now, before), now) == before
    assert changes(before, now) == (
        Change("p2", "changed", dict(before.passages)["p2"], dict(now.passages)["p2"]),
    )


def test_the_next_runs_write_nothing(published: Settings, day: Callable[[str], None]) -> None:
    built(published, SECOND)
    before = snapshot_of(published.seeds)
    day("2027-01-01")
    built(published)
    assert not told(build_pages(published, Run(frozen=True)))
    assert snapshot_of(published.seeds) == before


def snapshot_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_three_versions_in_order(published: Settings, day: Callable[[str], None]) -> None:
    day("2026-03-05")
    built(published, SECOND)
    day("2026-04-01")
    built(published, THIRD)
    assert files(published) == kept_as(FIRST, SECOND) | on_record(SECOND, THIRD)
    assert lives(published) == [
        (digits(THIRD), "2026-04-01", ""),
        (digits(SECOND), "2026-03-05", "2026-04-01"),
        (digits(FIRST), "", "2026-03-05"),
    ]
    assert newest_date(read_collection(published)).isoformat() == "2026-04-01"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SECOND, "seeds/anchors/a.txt:1: this ledger is not up to date; "),
        (FIRST + "\n", "seeds/versions/a: not all versions of the source are on record; "),
    ],
    ids=["passage", "white space"],
)
def test_a_frozen_run_says_what_it_does_not_write(
    published: Settings, text: str, message: str
) -> None:
    write(published, text)
    before = snapshot_of(published.seeds)
    outcome = build_pages(published, Run(frozen=True))
    assert outcome.failed
    (line,) = told(outcome)
    assert line.startswith(message + 'run "builder build" and commit ')
    assert snapshot_of(published.seeds) == before


def test_a_refused_document_writes_nothing(published: Settings) -> None:
    before = snapshot_of(published.anchors)
    write(published, "Harbors of the South\n\nNothing of this was ever said before by anybody.\n")
    assert build_pages(published, Run()).failed
    assert not published.versions.exists()
    assert snapshot_of(published.anchors) == before


@pytest.mark.parametrize("data", [b"Another text\n\nIt has nothing of it.\n", b"\xff", None])
@pytest.mark.parametrize("fresh", [False, True], ids=["built", "fresh clone"])
def test_pages_of_versions_stay_where_a_source_cannot_be_taken(
    repository: Settings, data: bytes | None, fresh: bool
) -> None:
    built(repository, SECOND)
    commit(repository)
    before = snapshot_of(repository.content / "documents/a")
    seeds = {name: data for name, data in snapshot_of(repository.seeds).items() if "/" in name}
    if fresh:
        forget(repository)
    file = repository.seeds / "a.txt"
    file.unlink() if data is None else file.write_bytes(data)
    assert build_pages(repository, Run()).failed
    assert snapshot_of(repository.content / "documents/a") == before
    now = {name: data for name, data in snapshot_of(repository.seeds).items() if "/" in name}
    assert now == seeds


@pytest.mark.parametrize(
    "text",
    [
        FIRST.replace("title: Harbors of the North", "title: Harbors of the North\nrights: none"),
        FIRST.replace("\n\n", "\n\n\n"),
        FIRST.replace("in the harbor", "in the\nharbor"),
        FIRST.replace("\n", "\r\n"),
    ],
    ids=["front matter", "blank lines", "wrapped", "CRLF"],
)
def test_a_version_may_change_no_passage(published: Settings, text: str) -> None:
    built(published, text)
    assert on_record(text) < files(published)
    now, before = versions(published)
    assert changes(before, now) == ()
    assert earlier_wordings((now, before)) == {}
    assert now.passages == before.passages


def test_sources_with_crlf(small: Callable[..., Settings]) -> None:
    settings = small()
    first, second = (text.replace("\n", "\r\n").encode() for text in (FIRST, SECOND))
    built(settings, first)
    built(settings, second)
    assert (settings.versions / f"a/{digits(first)}.txt").read_bytes() == first
    now, before = versions(settings)
    assert [change.anchor for change in changes(before, now)] == ["p2"]
    assert before.source is not None
    assert before.source.text.encode() == first


def test_a_step_back_is_no_new_version(published: Settings, day: Callable[[str], None]) -> None:
    day("2026-03-05")
    built(published, SECOND)
    day("2026-04-01")
    built(published, FIRST)
    assert files(published) == kept_as(FIRST, SECOND) | on_record(SECOND)
    assert lives(published) == [(digits(FIRST), "", ""), (digits(SECOND), "2026-03-05", "")]
    now, between = versions(published)
    assert [change.new for change in changes(between, now)] == [dict(now.passages)["p2"]]
    assert version_before((now, between), now) == between
    day("2026-05-01")
    third = FIRST.replace("was quiet", "was stormy")
    built(published, third)
    assert lives(published)[0] == (digits(third), "2026-05-01", "")
    assert versions(published)[0].after == digits(FIRST)


def test_a_renamed_file_keeps_its_versions(published: Settings) -> None:
    built(published, SECOND)
    (published.seeds / "a.txt").rename(published.seeds / "b.txt")
    built(published)
    assert [one.digits for one in versions(published)] == [digits(SECOND), digits(FIRST)]
    write(published, THIRD, "b.txt")
    built(published)
    assert len(versions(published)) == 3
    assert all(one.source for one in versions(published))


# What is damaged


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("yaml", "", ".yaml:1: does not say since when"),
        ("yaml", "sha256: [\n", ".yaml:2: YAML: "),
        ("yaml", "sha256: 12\nsince: soon\nafter: x\nwhy: me\n", '.yaml:4: unknown key "why"'),
        ("yaml", "sha256: 12\nsince: soon\nafter: x\n", ".yaml:1: sha256 is not that of version"),
        ("yaml", "sha256: 12\nsince: soon\nafter: x\n", '.yaml:2: since is "soon"'),
        ("yaml", "sha256: 12\nsince: soon\nafter: x\n", '.yaml:3: after is "x"'),
        (
            "yaml",
            'sha256: "1"\n<<<<<<< HEAD\nsince: 2026-01-01\n',
            ".yaml:2: two branches had",
        ),
        ("yaml", None, ".yaml:1: nothing says since when version"),
        ("txt", SECOND + "PS.\n", ".txt:1: this is not the text of version"),
        ("txt", "", ".txt:1: this is not the text of version"),
        ("ledger", "", ".ledger:1: is empty"),
        ("ledger", "anchors 1\n\np1\n", '.ledger:3: cannot read "p1"'),
        ("ledger", b"\xff", ".ledger:1: not UTF-8"),
    ],
)
def test_damaged_files_are_told(
    third: Settings, kind: str, text: str | bytes | None, message: str
) -> None:
    file = third.versions / f"a/{digits(SECOND)}.{kind}"
    file.unlink() if text is None else file.write_bytes(
        text.encode() if isinstance(text, str) else text
    )
    before = snapshot_of(third.seeds)
    outcome = build_pages(third, Run())
    assert outcome.failed
    assert any(f"a/{digits(SECOND)}{message}" in line for line in told(outcome)), told(outcome)
    assert all("; " in line for line in told(outcome))
    assert snapshot_of(third.seeds) == before
    assert versions(third)[0].digits == digits(THIRD)


@pytest.mark.parametrize("after", [THIRD, SECOND])
def test_a_circle_is_told(third: Settings, after: str) -> None:
    file = third.versions / f"a/{digits(SECOND)}.yaml"
    file.write_text(file.read_text().replace(digits(FIRST), digits(after)))
    outcome = build_pages(third, Run())
    assert any("comes after itself" in line for line in told(outcome))
    assert len(versions(third)) == 3


def test_a_version_after_nothing_is_told(published: Settings) -> None:
    built(published, SECOND)
    file = published.versions / f"a/{digits(SECOND)}.yaml"
    file.write_text(file.read_text().replace(digits(FIRST), "0" * 12))
    assert any("there is no version 000000000000" in line for line in told(read(published)))


def read(settings: Settings) -> CollectionState:
    return read_collection(settings)


def test_a_stranger_in_the_folder_is_a_warning(published: Settings) -> None:
    built(published, SECOND)
    (published.versions / "a/notes.txt").write_text("mine")
    (published.versions / "a/.DS_Store").write_text("system")
    outcome = build_pages(published, Run())
    assert not outcome.failed
    (line,) = told(outcome)
    assert "a/notes.txt:1: this is no file of a version" in line


def test_line_ends_of_a_checkout_edit_nothing(published: Settings) -> None:
    built(published, SECOND)
    for path in published.versions.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not told(build_pages(published, Run(frozen=True)))
    source = versions(published)[1].source
    assert source is not None
    assert source.text == FIRST


def test_a_text_that_somebody_deleted_stays_deleted(published: Settings) -> None:
    built(published, SECOND)
    (published.versions / f"a/{digits(FIRST)}.txt").unlink()
    assert only_warns_of(published, FIRST)
    assert f"{digits(FIRST)}.txt" not in files(published)
    before = versions(published)[1]
    assert before.source is None
    assert dict(before.passages)["p2"].startswith("The commission counted 40")


# Where earlier bytes are found


def forget(settings: Settings) -> None:
    """Leave what a fresh clone has."""
    for folder in (settings.content, settings.site):
        shutil.rmtree(folder, ignore_errors=True)


def test_bytes_that_are_nowhere_are_told(published: Settings) -> None:
    forget(published)
    write(published, SECOND)
    outcome = build_pages(published, Run())
    assert not outcome.failed
    (line,) = told(outcome)
    assert f"the text of version {digits(FIRST)} is nowhere" in line
    assert files(published) == {f"{digits(FIRST)}.ledger"} | on_record(SECOND)
    before = versions(published)[1]
    assert before.source is None
    assert dict(before.passages)["p2"].startswith("The commission counted 40")
    assert only_warns_of(published, FIRST)


def test_a_frozen_run_loses_nothing(published: Settings) -> None:
    for text in (SECOND, THIRD):
        write(published, text)
        assert build_pages(published, Run(frozen=True)).failed
    built(published)
    assert [one.source is None for one in versions(published)] == [False, False]
    assert [one.digits for one in versions(published)] == [digits(THIRD), digits(FIRST)]


def git(settings: Settings, *arguments: str) -> str:
    name = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    return subprocess.run(
        ["git", *name, *arguments],
        cwd=settings.root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def commit(settings: Settings) -> None:
    git(settings, "add", "mkdocs.yml", "seeds")
    git(settings, "commit", "-qm", "An edit")


@pytest.fixture
def repository(published: Settings) -> Settings:
    """The collection in a repository, with one commit."""
    git(published, "init", "-q", "-b", "main")
    git(published, "config", "core.autocrlf", "false")
    commit(published)
    return published


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def found(settings: Settings, text: str, *names: str) -> bool:
    return earlier_bytes(settings, "a", sha256(text), names or ("seeds/a.txt",)) == text.encode()


def test_bytes_are_found_in_git(repository: Settings) -> None:
    forget(repository)
    assert found(repository, FIRST)  # the last commit
    for text in (SECOND, THIRD):
        write(repository, text)
        commit(repository)
    assert found(repository, FIRST)
    assert found(repository, SECOND)
    assert not found(repository, "never")
    (repository.seeds / "a.txt").rename(repository.seeds / "b.txt")
    commit(repository)
    assert not found(repository, FIRST, "seeds/b.txt")
    assert found(repository, FIRST, "seeds/b.txt", "seeds/a.txt")
    git(repository, "rm", "-q", "seeds/b.txt")
    git(repository, "commit", "-qm", "Away")
    assert found(repository, THIRD, "seeds/b.txt")


def test_nothing_is_asked_twice_of_git(repository: Settings) -> None:
    for text in (SECOND, FIRST, SECOND):
        write(repository, text)
        commit(repository)
    contents = list(bytes_in_git(repository.root, ("seeds/a.txt",)))
    assert contents == [SECOND.encode(), FIRST.encode()]


def test_a_collection_below_the_top_of_its_repository(repository: Settings) -> None:
    inner = repository.root / "inner"
    shutil.copytree(repository.seeds, inner / "seeds")
    shutil.copy(repository.root / "mkdocs.yml", inner)
    git(repository, "add", "inner")
    git(repository, "commit", "-qm", "A second collection")
    assert found(read_settings(inner / "mkdocs.yml"), FIRST)


def test_a_shallow_clone_knows_no_more(repository: Settings, tmp_path: Path) -> None:
    write(repository, SECOND)
    commit(repository)
    target = tmp_path / "clone"
    git(repository, "clone", "-q", "--depth=1", f"file://{repository.root}", str(target))
    clone = read_settings(target / "mkdocs.yml")
    assert found(clone, SECOND)
    assert not found(clone, FIRST)


def test_without_git_nothing_is_found(
    repository: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(repository)
    monkeypatch.setenv("PATH", "/nowhere")
    assert not found(repository, FIRST)


def test_a_name_cannot_talk_to_git(repository: Settings) -> None:
    for name in ("--output=x", "a\0b", "../../etc/passwd", ":(glob)**", "", "@{-1}", "é\n"):
        assert not found(repository, "never", name)
    assert not (repository.root / "x").exists()


# Branches


@pytest.fixture
def branches(repository: Settings, day: Callable[[str], None]) -> Settings:
    """Two branches that each changed one of two neighboring paragraphs, not merged yet."""
    git(repository, "checkout", "-qb", "other")
    day("2026-03-07")
    built(repository, FIRST.replace("was quiet", "was very quiet"))
    commit(repository)
    git(repository, "checkout", "-q", "main")
    day("2026-03-05")
    built(repository, SECOND)
    commit(repository)
    day("2026-03-09")
    return repository


@pytest.mark.parametrize("fresh", [False, True], ids=["after a build", "fresh clone"])
def test_two_branches_merge(branches: Settings, fresh: bool, day: Callable[[str], None]) -> None:
    other = FIRST.replace("was quiet", "was very quiet")
    git(branches, "merge", "-q", "--no-edit", "other")
    if fresh:
        forget(branches)
    assert (branches.seeds / "a.txt").read_text("utf-8") == THIRD
    before = files(branches)
    built(branches)
    assert files(branches) - before == kept_as(SECOND, other) | on_record(THIRD)
    assert lives(branches) == [
        (digits(THIRD), "2026-03-09", ""),
        (digits(other), "2026-03-07", "2026-03-09"),
        (digits(SECOND), "2026-03-05", ""),
        (digits(FIRST), "", "2026-03-05"),
    ]
    commit(branches)
    assert not told(build_pages(branches, Run(frozen=True)))
    now, one, another, first = versions(branches)
    assert [change.anchor for change in changes(first, now)] == ["p2", "p3"]
    assert [change.anchor for change in changes(first, one)] == ["p3"]
    assert [change.anchor for change in changes(first, another)] == ["p2"]
    assert version_before(versions(branches), another) == first
    assert {name: len(texts) for name, texts in earlier_wordings(versions(branches)).items()} == {
        "p2": 1,
        "p3": 1,
    }


def test_a_merge_without_git_finds_what_the_ledger_knows(branches: Settings) -> None:
    other = FIRST.replace("was quiet", "was very quiet")
    git(branches, "merge", "-q", "--no-edit", "other")
    shutil.rmtree(branches.root / ".git")
    outcome = build_pages(branches, Run())
    assert [line for line in told(outcome) if digits(other) in line and "is nowhere" in line]
    assert not outcome.failed
    listed = {one.digits: one for one in versions(branches)}
    assert listed[digits(other)].passages == ()
    assert dict(listed[digits(SECOND)].passages)["p3"].startswith("The second week was quiet")
    assert only_warns_of(branches, other)


def test_both_branches_make_the_same_edit(repository: Settings) -> None:
    for branch in ("one", "other"):
        git(repository, "checkout", "-qb", branch, "main")
        built(repository, SECOND)
        commit(repository)
    git(repository, "merge", "-q", "--no-edit", "one")
    built(repository)
    assert len(versions(repository)) == 2
