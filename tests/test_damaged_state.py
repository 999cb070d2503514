"""What git, people or a run that died did to a collection is told, and nothing is numbered anew."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig

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
    config = MkDocsConfig(config_file_path=str(here.settings.config_file))
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
    plugin.on_pre_build(config=MkDocsConfig(config_file_path=str(here.settings.config_file)))
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
