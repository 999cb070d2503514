"""Nothing that was published is forgotten: ledgers, the register, and what check refuses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.anchoring.issued import check_ledger, compare, has_gaps
from builder.anchoring.keeping import Issued, keep
from builder.anchoring.register import print_register, read_register
from builder.ledger_file import parse_ledger
from builder.model import Problems
from builder.settings import Settings
from harbors import OTHERS, PARAGRAPHS, Collection, git, text

HEADER = f"anchors 1\ndocument a\nsplitter 1\nsource seeds/a.txt {'0' * 64}\n"


def lines(here: Collection) -> list[str]:
    return (here.settings.anchors / "published.list").read_text("utf-8").splitlines()


def test_every_document_is_registered(here: Collection) -> None:
    assert {"documents/farms/", "documents/ports/"} <= set(lines(here))
    assert lines(here) == sorted(lines(here))


def test_order_and_doubles_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "published.list"
    file.write_text("programs/b/ Be\n\ndocuments/a/\r\nprograms/b/ Bee\ndocuments/a/\n")
    register = read_register(file, "published.list")
    assert print_register(register) == "documents/a/\nprograms/b/ Bee\n"
    file.write_text("documents/a/\n<<<<<<< HEAD\n../evil/\n")
    with pytest.raises(Problems) as caught:
        read_register(file, "published.list")
    assert [one.place.line for one in caught.value.problems] == [2, 3]


def test_a_lost_ledger_is_noticed_in_a_fresh_clone(here: Collection) -> None:
    page = here.page("ports")
    (here.settings.anchors / "ports.txt").unlink()
    told = here.pages(code=1)
    assert 'seeds/anchors/ports.txt:1: the ledger of "ports" is missing' in told
    assert "git checkout -- seeds/anchors/ports.txt" in told
    assert "builder anchors init ports" in told
    assert not (here.settings.anchors / "ports.txt").exists()
    assert here.page("ports") == page
    assert "missing" in here.run("check", code=1).stderr
    here.run("anchors", "init", "ports", "--dry-run")
    assert not (here.settings.anchors / "ports.txt").exists()
    here.run("anchors", "init", "ports")
    here.pages()
    here.run("check")


def test_a_ledger_and_its_source_lost_together_are_noticed(here: Collection) -> None:
    (here.settings.anchors / "ports.txt").unlink()
    (here.settings.seeds / "ports.txt").unlink()
    assert 'the ledger of "ports" is missing' in here.pages(code=1)
    told = here.run("anchors", "init", "ports", code=1).stderr
    assert "its source is missing too" in told


def test_never_published_needs_no_init(here: Collection) -> None:
    here.write("new.txt", text(*PARAGRAPHS[3:5], title="Something New"))
    assert "never been published" in here.run("anchors", "init", "new", code=1).stderr


def test_a_former_slug_is_not_lost(here: Collection) -> None:
    here.write("manifest.yaml", "documents:\n  ports.txt: {slug: harbor-plan}\n")
    here.pages()
    assert {"documents/ports/", "documents/harbor-plan/"} <= set(lines(here))
    here.pages()
    here.run("check")


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ("p1 item\na\n\np3 item\nb", "a.txt:9: the address p2 was issued, and is missing"),
        ('p1 item\na\nf2 "1" | _ a', "a.txt:6: the address p1-f1 was issued, and is missing"),
        ("p1 item\na\n\np9999999 item\nb", "the addresses p2 to p9999998 were issued, and are m"),
        ('p1 item\na\nf9999999 "1" | _ a', "the addresses p1-f1 to p1-f9999998 were issued"),
        (
            'p1 item\na\nf1 gone=2026-01-02 into=p1-f2 "1" | _ a\n'
            'f2 gone=2026-01-02 into=p1-f1 "2" | _ a',
            "p1-f1 leads in a circle: into=p1-f2",
        ),
        ("p1 item new=2026-02-30\na", 'a.txt:6: new "2026-02-30" is no date'),
        ("p1 item\na\n\np2 item gone=2026-01-02 into=p9\nb", "into=p9 leads nowhere"),
        (
            "p1 item gone=2026-01-02 into=p2\na\n\np2 item gone=2026-01-02 into=p1\nb",
            "p1 leads in a circle",
        ),
    ],
)
def test_what_a_ledger_shows_of_itself(records: str, message: str) -> None:
    try:
        told = [
            str(one)
            for one in check_ledger(parse_ledger(f"{HEADER}\n{records}\n", "a.txt"), "a.txt")
        ]
    except Problems as error:
        told = [str(one) for one in error.problems]
    assert any(message in one for one in told), told


@pytest.mark.parametrize(
    ("records", "gap"),
    [
        ("p0 item\na\n\np1 item\na\n\np1a item\nb\n\np2 item\nc\n", False),
        ("p1 item\na\n\np3 item\nb\n", True),
        ('p1 item\na\nf2 "2" | _ a\nf1 "1" | _ a\n\np2 item\nb\nf1 "1" | _ b\n', False),
        ('p1 item\na\nf2 "2" | _ a\n\np2 item\nb\n', True),
        ('p1 item\na\nf1 "2" | _ a\nf3 "2" | _ a\n', True),
        ("", False),
    ],
)
def test_gaps_are_seen_without_parsing(records: str, gap: bool) -> None:
    assert has_gaps(f"{HEADER}\n{records}") == gap


def test_a_sound_ledger_is_sound() -> None:
    records = "p1 item\na\n\np1a item new=2026-01-02\nb\n\np2 item gone=2026-01-02 into=p1a\nc\n"
    ledger = parse_ledger(f"{HEADER}\n{records}", "a.txt")
    assert list(check_ledger(ledger, "a.txt")) == []
    assert list(compare(ledger, ledger, "a.txt")) == []


def test_an_id_that_was_gone_and_stands_on_something_else_is_reused() -> None:
    before = parse_ledger(f"{HEADER}\np1 item gone=2026-01-02\n{PARAGRAPHS[0]}\n", "a.txt")
    now = parse_ledger(f"{HEADER}\np1 item\n{OTHERS[0]}\n", "a.txt")
    (problem,) = compare(now, before, "a.txt")
    assert "p1 was gone, and now stands on another passage" in str(problem)


def test_what_is_lost_at_the_end_is_seen_by_git(here: Collection) -> None:
    git(here, "init", "-q")
    git(here, "config", "user.email", "a@example.org")
    git(here, "config", "user.name", "A")
    git(here, "add", "seeds")
    git(here, "commit", "-qm", "first")
    here.run("check")
    ledger = here.ledger("ports")
    (here.settings.anchors / "ports.txt").write_text(ledger[: ledger.index("p9 ")].rstrip() + "\n")
    here.write("ports.txt", text(*PARAGRAPHS[:7]))
    told = here.run("check", code=1).stderr
    assert 'p9 was issued, and is missing; restore it: "git checkout -- seeds/anchors' in told


def test_what_is_lost_since_a_version_is_seen(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.pages()
    ledger = here.ledger("ports")
    (here.settings.anchors / "ports.txt").write_text(ledger[: ledger.index("p9 ")].rstrip() + "\n")
    assert "the address p9 was issued" in here.run("check", code=1).stderr


def test_a_frozen_run_needs_the_register(here: Collection) -> None:
    (here.settings.anchors / "published.list").unlink()
    told = here.run("pages", "--frozen", code=1).stderr
    assert "seeds/anchors/published.list:1: this register is not up to date" in told
    assert 'run "builder build" and commit it' in told


PROGRAMS = """programs:
  - key: harbor-watch
    name: Harbor Watch
    examples: [Harbor Watch began in May.]
"""
NAMED = "Harbor Watch began in May and counted 120 ships in the first month of its work at sea."


@pytest.fixture
def watched(small: Callable[..., Settings]) -> Collection:
    """A collection whose catalogue has one program, which one document names."""
    collection = Collection(small(ports=text(*PARAGRAPHS, NAMED)))
    (collection.settings.catalogue).mkdir()
    collection.write("catalogue/programs.yaml", PROGRAMS)
    collection.pages()
    assert "programs/harbor-watch/ Harbor Watch" in lines(collection)
    return collection


def page_at(here: Collection, address: str) -> str:
    folder = here.settings.content / address
    (file,) = folder.glob("index.*")
    return file.read_text("utf-8")


@pytest.mark.parametrize(
    "catalogue",
    [
        PROGRAMS.replace("key: harbor-watch", "key: watch-of-harbors\n    was: [harbor-watch]"),
        PROGRAMS.replace("key: harbor-watch", "key: watch-of-harbors"),
    ],
    ids=["said", "by its name"],
)
def test_another_key_leads_on(watched: Collection, catalogue: str) -> None:
    watched.write("catalogue/programs.yaml", catalogue)
    watched.pages()
    assert '"../../programs/watch-of-harbors/"' in page_at(watched, "programs/harbor-watch")
    assert {
        "programs/harbor-watch/ Harbor Watch",
        "programs/watch-of-harbors/ Harbor Watch",
    } <= set(lines(watched))
    watched.run("check")
    watched.write("catalogue/programs.yaml", PROGRAMS)
    watched.pages()
    assert "passage" in page_at(watched, "programs/harbor-watch")


def test_what_no_document_names_any_more_says_so(watched: Collection) -> None:
    watched.write("ports.txt", text(*PARAGRAPHS))
    watched.pages()
    page = page_at(watched, "programs/harbor-watch")
    assert "# Harbor Watch" in page
    assert "No document of this collection names it now" in page
    watched.run("check")


def test_an_accepted_name_that_becomes_an_alias_leads_on(watched: Collection) -> None:
    another = "The Coastal Safety Initiative pays for the boats of Harbor Watch until next year."
    watched.write("ports.txt", text(*PARAGRAPHS, NAMED, another))
    accepted = "- {accept: Coastal Safety Initiative, kind: program}\n"
    watched.write("catalogue/review.yaml", accepted)
    watched.pages()
    assert "programs/coastal-safety-initiative/ Coastal Safety Initiative" in lines(watched)
    alias = "- {alias: Coastal Safety Initiative, kind: program, of: harbor-watch}\n"
    watched.write("catalogue/review.yaml", alias)
    watched.pages()
    page = page_at(watched, "programs/coastal-safety-initiative")
    assert '"../../programs/harbor-watch/"' in page


@pytest.mark.parametrize("was", ["harbor-watch", "Harbor Watch"])
def test_a_former_key_is_a_key_and_another_one(watched: Collection, was: str) -> None:
    watched.write("catalogue/programs.yaml", PROGRAMS + f"    was: [{was}]\n")
    assert f'seeds/catalogue/programs.yaml:5: "{was}" is' in watched.run("check", code=1).stderr


def with_former(here: Collection, slug: str, was: str) -> None:
    file = here.settings.anchors / f"{slug}.txt"
    file.write_text(here.ledger(slug).replace("splitter 1\n", f"splitter 1\nslug-was {was}\n"))


@pytest.mark.parametrize("mutual", [False, True])
def test_a_former_slug_of_a_document_that_stands_is_told(here: Collection, mutual: bool) -> None:
    with_former(here, "ports", "farms")
    if mutual:
        with_former(here, "farms", "ports")
    before = here.state()
    for command in ("pages", "check"):
        told = here.run(command, code=1).stderr
        assert 'seeds/anchors/ports.txt:4: slug-was names "farms", and seeds/anchors/farms' in told
        assert 'take "farms" out of this line' in told
        assert mutual == ("in turn" in told)
    assert here.state() == before


@pytest.mark.parametrize("slug", ["../victim", "..", "", "a/b"])
def test_nothing_outside_of_its_folder_is_moved(here: Collection, slug: str) -> None:
    victim = here.settings.root / "seeds" / "victim"
    victim.mkdir()
    with pytest.raises(ValueError, match="moved out of its folder"):
        keep(here.settings, Issued(moved={slug: "ports"}))
    assert victim.is_dir()


def test_what_a_killed_renaming_left_is_swept(here: Collection) -> None:
    folder = here.settings.versions / "ports"
    folder.mkdir(parents=True)
    (folder / ".tmp-builder-77-57df446b9168.txt").write_text("half")
    here.pages()
    assert list(folder.iterdir()) == []


def test_what_cannot_be_removed_is_told(here: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    (here.settings.versions / "old").mkdir(parents=True)

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "rmtree", refuse)
    (problem,) = keep(here.settings, Issued(moved={"old": "ports"}))
    assert problem.warning
    assert str(problem).startswith("seeds/versions/old: this has moved, and cannot be removed")


def test_no_program_of_a_repository_s_settings_is_run(here: Collection) -> None:
    git(here, "init", "-q")
    git(here, "config", "user.email", "a@example.org")
    git(here, "config", "user.name", "A")
    git(here, "add", "seeds")
    git(here, "commit", "-qm", "first")
    trap = here.settings.root / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {here.settings.root}/caught\ncat\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "filter.trap.clean", "filter.trap.smudge", "diff.trap.textconv"):
        git(here, "config", key, str(trap))
    (here.settings.root / ".gitattributes").write_text("* filter=trap diff=trap\n")
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    ledger = here.ledger("ports")
    (here.settings.anchors / "ports.txt").write_text(ledger[: ledger.index("p9 ")].rstrip() + "\n")
    assert "the address p9 was issued" in here.run("check", code=1).stderr
    for file in (here.settings.content / "documents/ports").glob("source.txt"):
        file.unlink()
    here.run("pages", code=None)
    assert not (here.settings.root / "caught").exists()
