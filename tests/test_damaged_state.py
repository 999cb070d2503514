"""What git, people or a run that died did to a collection is told, and nothing is numbered anew."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config import load_config

from builder.mkdocs_plugin import CollectionPlugin
from builder.model import Problems
from builder.settings import Settings
from builder.today import today
from harbors import OTHERS, PARAGRAPHS, Collection, git, published, text


@pytest.fixture
def here(small: Callable[..., Settings]) -> Collection:
    return published(small)


def start_git(here: Collection) -> None:
    git(here, "init", "-q", "-b", "main")
    git(here, "config", "user.email", "a@example.org")
    git(here, "config", "user.name", "A")
    git(here, "add", "seeds")
    git(here, "commit", "-qm", "first")


def state_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_conflict_in_a_source_is_told(here: Collection) -> None:
    sides = f"<<<<<<< HEAD\n{OTHERS[0]}\n=======\n{OTHERS[1]}\n>>>>>>> theirs"
    here.write("ports.txt", text(PARAGRAPHS[0], sides, *PARAGRAPHS[1:]))
    ledger = here.ledger("ports")
    assert "seeds/ports.txt:5: a merge left a conflict here" in here.pages(code=1)
    assert here.ledger("ports") == ledger
    here.write("ports.txt", text(*PARAGRAPHS, "<<<<<<< is what git writes.", ">>>>>>>"))
    here.pages()


@pytest.mark.parametrize("given", ["soon", "-1", "1e9", "9" * 400, "999999999999"])
def test_a_day_that_is_none_is_told(given: str) -> None:
    with pytest.raises(Problems, match=r"SOURCE_DATE_EPOCH: .* names no day"):
        today({"SOURCE_DATE_EPOCH": given})


def test_the_day_is_read() -> None:
    assert today({"SOURCE_DATE_EPOCH": "1767225600"}) == datetime.date(2026, 1, 1)
    assert today({"SOURCE_DATE_EPOCH": ""}) == datetime.datetime.now(datetime.UTC).date()


def test_a_plugin_s_second_run_has_its_own_day(here: Collection) -> None:
    plugin = CollectionPlugin()
    config = load_config(str(here.settings.config_file), docs_dir=str(here.settings.content))
    plugin.on_startup(command="build", dirty=False)
    plugin.on_pre_build(config=config)
    assert os.environ["SOURCE_DATE_EPOCH"]
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    plugin.on_pre_build(config=config)
    plugin.on_shutdown()
    (version,) = here.settings.versions.glob("ports/*.yaml")
    now = datetime.datetime.now(datetime.UTC).date().isoformat()
    assert f"since: {now}\n" in version.read_text()


def test_a_served_change_is_shown_with_provisional_addresses(here: Collection) -> None:
    plugin = CollectionPlugin()
    plugin.on_startup(command="serve", dirty=False)
    here.write("ports.txt", text(OTHERS[0], *PARAGRAPHS[5:]))
    before = state_of(here.settings.seeds)
    plugin.on_pre_build(
        config=load_config(str(here.settings.config_file), docs_dir=str(here.settings.content))
    )
    plugin.on_shutdown()
    assert "seed for potatoes" in here.page("ports")
    assert state_of(here.settings.seeds) == before


def test_a_frozen_build_that_fails_leaves_the_site(here: Collection) -> None:
    here.run("build")
    site, content = state_of(here.settings.site), state_of(here.settings.content)
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    assert "not up to date" in here.run("build", "--frozen", code=1).stderr
    assert state_of(here.settings.site) == site
    assert state_of(here.settings.content) == content


LOSSES: dict[str, Callable[[Settings], tuple[Path, ...]]] = {
    "ledgers": lambda settings: (settings.anchors,),
    "ledgers and pages": lambda settings: (settings.anchors, settings.content),
    "ledgers and site": lambda settings: (settings.anchors, settings.site),
}


@pytest.mark.parametrize("lost", LOSSES)
def test_ledgers_that_are_lost_with_their_register_are_told(here: Collection, lost: str) -> None:
    here.run("build")
    for folder in LOSSES[lost](here.settings):
        shutil.rmtree(folder)
    for command in ("build", "pages", "check"):
        told = here.run(command, code=1).stderr
        assert 'seeds/anchors/ports.txt:1: the ledger of "ports" is missing' in told
        assert 'seeds/anchors/farms.txt:1: the ledger of "farms" is missing' in told
    assert not list(here.settings.anchors.glob("*.txt"))


def test_ledgers_that_git_still_has_are_told(here: Collection) -> None:
    start_git(here)
    for folder in (here.settings.anchors, here.settings.content):
        shutil.rmtree(folder)
    assert 'the ledger of "ports" is missing' in here.pages(code=1)
    git(here, "checkout", "--", "seeds/anchors")
    here.pages()


def test_a_folder_of_versions_without_a_ledger_is_told(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.pages()
    for folder in (here.settings.anchors, here.settings.content):
        shutil.rmtree(folder)
    told = here.pages(code=1)
    assert 'the ledger of "ports" is missing' in told


def test_a_preview_before_the_first_build_publishes_nothing(small: Callable[..., Settings]) -> None:
    collection = Collection(small(ports=text(*PARAGRAPHS)))
    collection.run("pages", "--frozen", code=1)
    collection.pages()
    assert "p9" in collection.texts("ports")


def test_a_lost_register_is_made_anew(here: Collection) -> None:
    file = here.settings.anchors / "published.list"
    before = file.read_bytes()
    file.unlink()
    assert "published.list:1: warning: this register is missing, and is made anew" in here.pages()
    assert file.read_bytes() == before
    assert "missing" not in here.pages()


TWELVE = text(*PARAGRAPHS).replace("eleven", "twelve")


def test_a_lost_folder_of_versions_is_told(here: Collection) -> None:
    here.write("ports.txt", TWELVE.replace("4,000", "5,000"))
    here.pages()
    for folder in (here.settings.versions, here.settings.content):
        shutil.rmtree(folder)
    for command in ("pages", "check"):
        told = here.run(command, code=1).stderr
        assert 'seeds/versions/ports: the versions of "ports" are missing' in told
        assert '"git checkout -- seeds/versions/ports"' in told
    assert not here.settings.versions.exists()
    here.run("anchors", "accept", "ports")
    here.pages()


def test_a_folder_of_versions_that_git_has_is_told(here: Collection) -> None:
    here.write("ports.txt", TWELVE)
    here.pages()
    start_git(here)
    shutil.rmtree(here.settings.versions)
    assert 'the versions of "ports" are missing' in here.pages(code=1)
    git(here, "checkout", "--", "seeds/versions/ports")
    here.pages()


@pytest.mark.parametrize("edit", ["another word", "a blank line", "a preview of it"])
def test_a_first_edit_lacks_no_versions(here: Collection, edit: str) -> None:
    start_git(here)
    here.write("ports.txt", TWELVE if edit != "a blank line" else text(*PARAGRAPHS) + "\n\n")
    if edit == "a preview of it":
        here.run("pages", "--frozen", code=1)
    here.pages()
    assert list(here.settings.versions.glob("ports/*.yaml"))


def without_last(here: Collection) -> None:
    ledger = here.ledger("ports")
    (here.settings.anchors / "ports.txt").write_text(ledger[: ledger.index("p9 ")].rstrip() + "\n")


def without_p5(here: Collection) -> None:
    ledger = here.ledger("ports")
    a, b = ledger.index("\np5 "), ledger.index("\np6 ")
    (here.settings.anchors / "ports.txt").write_text(ledger[:a] + ledger[b:])


@pytest.mark.parametrize("known", ["by its gap", "by a version", "by git"])
def test_a_record_taken_out_stops_every_build(here: Collection, known: str) -> None:
    if known == "by a version":
        here.write("ports.txt", TWELVE)
        here.pages()
    if known == "by git":
        start_git(here)
    (without_p5 if known == "by its gap" else without_last)(here)
    before = here.state()
    name = "p5" if known == "by its gap" else "p9"
    for arguments in (("pages",), ("pages", "--frozen"), ("check",), ("build", "--frozen")):
        told = here.run(*arguments, code=1).stderr
        assert f"the address {name} was issued, and is missing" in told
        assert "git checkout -- seeds/anchors/ports.txt" in told
        assert "cut otherwise" not in told
    assert here.state() == before


def test_a_record_taken_out_of_the_end_is_missed(here: Collection) -> None:
    without_last(here)
    told = here.pages(code=1)
    assert 'the passage "Observers from the coast guards' in told
    assert "its record is missing, and the source is unchanged; restore it" in told


def test_a_record_buried_by_hand_is_told(here: Collection) -> None:
    buried = here.ledger("ports").replace("p9 paragraph", "p9 paragraph gone=2026-01-02")
    (here.settings.anchors / "ports.txt").write_text(buried)
    assert "the ledger says that p9 is gone, and the source is unchanged" in here.pages(code=1)


def test_a_ledger_of_the_other_branch_is_not_called_recut(here: Collection) -> None:
    start_git(here)
    ledgers = []
    for word in ("twelve", "thirteen"):
        git(here, "checkout", "-q", "-b", word, "main")
        here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", word))
        here.pages()
        ledgers.append(here.ledger("ports"))
        git(here, "add", "seeds")
        git(here, "commit", "-qm", word)
    git(here, "merge", "-q", "-s", "ours", "-m", "both", "twelve")
    git(here, "checkout", "twelve", "--", "seeds/versions")
    (here.settings.anchors / "ports.txt").write_text(ledgers[0])
    assert "cut otherwise" not in here.pages()
    assert "thirteen" in here.texts("ports")["p2"]


def test_two_ledgers_of_one_source_are_told(here: Collection) -> None:
    copy = here.settings.anchors / "ports-old.txt"
    copy.write_text(here.ledger("ports"))
    here.write("ports.txt", TWELVE)
    before = state_of(here.settings.seeds)
    told = here.pages(code=1)
    assert "seeds/ports.txt is the source of ports and of ports-old" in told
    assert 'delete the copy: "git rm -f seeds/anchors/ports-old.txt"' in told
    assert "no longer there" not in told
    assert state_of(here.settings.seeds) == before
    copy.unlink()
    here.pages()


def test_nothing_is_written_for_a_document_whose_versions_are_damaged(here: Collection) -> None:
    here.write("ports.txt", TWELVE)
    here.pages()
    (version,) = here.settings.versions.glob("ports/*.yaml")
    version.write_text("since: soon\n")
    here.write("ports.txt", TWELVE.replace("twelve", "thirteen"))
    before = state_of(here.settings.seeds)
    here.pages(code=1)
    assert state_of(here.settings.seeds) == before
