"""A build with what the last one kept gives byte for byte what one without it gives."""

import json
from itertools import takewhile
from random import Random

import pytest

from builder.collection import open_store
from builder.content import Content
from builder.crew import Crew, key_of
from builder.html.tasks import Family, members
from builder.kept_documents import Bodies
from builder.site import Run, build, build_pages
from warm import FIRST_DAY, THIS_DAY, Warm, on_day, write_collection
from warm_edits import EDITS, LAST_RENDERED, QUICK, random_edit


@pytest.fixture
def warm(tmp_path, monkeypatch):
    """A collection that has been built once, without its rendering."""
    # Of what few documents name, too, counts are kept.
    monkeypatch.setattr("builder.html.entity_counts._MANY", 1)
    # And documents that have changed are made beside the loading of the others.
    monkeypatch.setattr("builder.came._MANY", 1)
    settings = write_collection(tmp_path / "warm")
    with on_day(FIRST_DAY):
        assert not build_pages(settings, Run()).failed
    with on_day(THIS_DAY):
        yield Warm(settings)


def test_a_few_edits(warm):
    *first, last = QUICK
    for name in first:
        assert warm.edited(EDITS[name]), name
    assert warm.differences(EDITS[last]) == []


def test_processes_make_the_same(warm, monkeypatch):
    monkeypatch.setattr("builder.content._WORTH_A_POOL", 2)
    configuration = warm.settings.root / "mkdocs.yml"
    configuration.write_text(configuration.read_text().replace("jobs: 1", "jobs: 2"))
    made = _counted(monkeypatch, Crew, "ran")
    for name in ("nothing", "a number in a figure"):
        warm.edited(EDITS[name])
    # Few documents, and what describes the tables: all else is made elsewhere.
    here = {task.name for task, _ in made}
    assert {name for name in here if not name.startswith("documents/")} == {"data/datapackage"}
    assert warm.differences(EDITS["a passage more"]) == []


def test_what_is_gone_is_forgotten(warm):
    (warm.settings.seeds / "ropes.txt").unlink()
    build_pages(warm.settings, Run())
    store = open_store(warm.settings)
    kept = {row.name for row in store.documents()}
    assert "ropes" not in kept
    assert {name.removeprefix("text ") for name, _, _ in store.results("text ")} == kept


@pytest.mark.slow
def test_every_edit(warm):
    wrong = {name: found for name, edit in EDITS.items() if (found := warm.differences(edit))}
    assert wrong == {}


@pytest.mark.slow
def test_every_edit_rendered(tmp_path):
    settings = write_collection(tmp_path / "warm")
    with on_day(FIRST_DAY):
        assert not build(settings, Run()).failed
    with on_day(THIS_DAY):
        warm = Warm(settings, rendered=True)
        # Those of documents and of what editors know: settings make every page anew.
        some = takewhile(lambda one: one[0] != LAST_RENDERED, EDITS.items())
        wrong = {name: found for name, edit in some if (found := warm.differences(edit))}
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_edits_at_random(warm, seed):
    random = Random(seed)
    for step in range(24):
        before = {file: file.read_bytes() for file in warm.settings.seeds.glob("*.txt")}
        is_looked_at = step % 6 == 5

        def edit(settings, random=random):
            for _ in range(random.randint(1, 3)):
                random_edit(random, settings)

        if is_looked_at:
            found = warm.differences(edit)
            assert found == [], (step, found)
        elif not warm.edited(edit):
            # A change that the ledger asks about; as it was before, the document is published.
            for file, data in before.items():
                file.write_bytes(data)


def _counted(monkeypatch, owner, name):
    """Return a list that grows by what a method is called with."""
    calls, method = [], getattr(owner, name)

    def called(self, *arguments):
        calls.append(arguments)
        return method(self, *arguments)

    monkeypatch.setattr(owner, name, called)
    return calls


def test_a_build_of_the_same_makes_and_opens_nothing(warm, monkeypatch):
    warm.edited(EDITS["nothing"])  # the first build has issued addresses
    made = _counted(monkeypatch, Crew, "ran")
    opened = _counted(monkeypatch, Bodies, "__call__")
    assert warm.edited(EDITS["nothing"])
    assert made == []
    # Where editors quote a document or mark a misprint, that is looked for in its text.
    assert {slug for (slug,) in opened} <= {"harbor-plan"}


def _of_families(pages):
    """Return the names and keys of the tasks of each family, all made up anew."""
    return {
        family.name: [[task.name, key_of(task, pages)] for task in members(family)]
        for family in pages.families()
        if isinstance(family, Family)
    }


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_the_key_of_a_family_covers_all_that_its_tasks_depend_on(warm, monkeypatch, seed):
    sites = []
    method = Content.write

    def told(self, pages, further, keep):
        sites.append(pages)
        return method(self, pages, further, keep)

    monkeypatch.setattr(Content, "write", told)
    random, carried = Random(seed), 0
    before: dict[str, list[list[str]]] = {}
    for _ in range(6):
        warm.edited(lambda settings: random_edit(random, settings))
        if not sites:
            continue
        kept = {
            name.removeprefix("pages "): json.loads(tasks)
            for name, _, tasks in open_store(warm.settings).results("pages ")
        }
        now = _of_families(sites.pop())
        assert kept == now
        carried += sum(before.get(name) == listed for name, listed in now.items())
        before = now
    assert carried


def test_a_passage_that_changes_makes_few_files_again(warm, monkeypatch):
    warm.edited(EDITS["nothing"])
    made = _counted(monkeypatch, Crew, "ran")
    assert warm.edited(EDITS["a number in a figure"])
    tasks = len(list(open_store(warm.settings).results("page ")))
    documents = len(list(warm.settings.seeds.glob("*.txt")))
    # What tells of all documents, and of what this one names; no page of another document.
    assert 0 < len(made) < tasks - documents
