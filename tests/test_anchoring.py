"""What happens to published addresses when sources change, move and go; and how it is settled."""

from __future__ import annotations

import re

import pytest

from harbors import OTHERS, PARAGRAPHS, Collection, git, text

# A passage of which nobody can tell whether it is still the same: most of its words are others.
DOUBTFUL = "A second office in Porto prints maps, and sells them to the members of the fleet."
DOUBTFUL_TOO = "The first session was held in Rotterdam in the week in which the strike had ended."


def test_a_typo_is_mended_and_nothing_is_asked(here: Collection) -> None:
    changed = text(*PARAGRAPHS).replace("eleven countries", "twelve countries")
    here.write("ports.txt", changed)
    assert " 0 problems" in here.pages()
    assert "twelve" in here.texts("ports")["p2"]
    (version,) = here.settings.versions.glob("ports/*.yaml")
    assert version.with_suffix(".txt").exists() is False
    assert len(list(here.settings.versions.glob("ports/*.txt"))) == 1
    before = here.state()
    here.pages()
    assert here.state() == before
    here.run("check")


def ask(here: Collection) -> str:
    here.write("ports.txt", text(*PARAGRAPHS).replace(PARAGRAPHS[2], DOUBTFUL))
    return here.pages(code=1)


def test_a_question_is_asked_with_its_commands_and_the_page_stays(here: Collection) -> None:
    before = here.ledger("ports")
    told = ask(here)
    assert "seeds/ports.txt:7: is this still p4?" in told
    assert '"builder anchors accept ports p4" if it is' in told
    assert here.ledger("ports") == before
    assert "share it with all members" in here.page("ports")
    checked = here.run("check", code=1).stderr
    assert "is this still p4?" in checked


def test_yes_keeps_the_address(here: Collection) -> None:
    ask(here)
    here.run("anchors", "accept", "ports", "p4")
    assert here.texts("ports")["p4"] == DOUBTFUL
    here.pages()
    assert "prints maps" in here.page("ports")
    here.run("check")


def test_no_leaves_a_tombstone_and_gives_a_new_address(here: Collection) -> None:
    ask(here)
    here.run("anchors", "reject", "seeds/ports.txt", "p4")
    assert "p4" not in here.texts("ports")
    assert here.texts("ports")["p4a"] == DOUBTFUL
    here.pages()
    here.run("check")


def test_the_whole_change_can_be_taken(here: Collection) -> None:
    here.write("ports.txt", text(*OTHERS, *PARAGRAPHS[:3]))
    told = here.pages(code=1)
    assert '"builder anchors accept ports"' in told
    here.run("anchors", "accept", "ports")
    here.pages()
    here.run("check")
    assert here.texts("ports")["p3"] == PARAGRAPHS[1]
    assert "p9" not in here.texts("ports")


def test_accept_all_and_nothing_to_accept(here: Collection) -> None:
    assert "nothing to accept" in here.run("anchors", "accept", "--all").stderr
    assert "nothing is asked" in here.run("anchors", "accept", "ports").stderr
    ask(here)
    (here.settings.seeds / "farms.txt").unlink()
    here.run("anchors", "accept", "--all")
    here.pages()
    assert "p4" not in here.texts("ports")
    assert re.search(r"^gone \d{4}-", here.ledger("farms"), re.MULTILINE)


def test_answers_in_parts_are_kept(here: Collection) -> None:
    changed = text(*PARAGRAPHS).replace(PARAGRAPHS[2], DOUBTFUL)
    here.write("ports.txt", changed.replace(PARAGRAPHS[6], DOUBTFUL_TOO))
    assert re.findall(r"is this still (p\d+)\?", here.pages(code=1)) == ["p4", "p8"]
    left = here.run("anchors", "accept", "ports", "p4").stderr
    assert re.findall(r"is this still (p\d+)\?", left) == ["p8"]
    assert re.findall(r"is this still (p\d+)\?", here.pages(code=1)) == ["p8"]
    here.run("anchors", "reject", "ports", "p8")
    here.pages()
    here.run("check")
    assert here.texts("ports")["p4"] == DOUBTFUL
    assert here.texts("ports")["p8a"] == DOUBTFUL_TOO
    kept = next(here.settings.versions.glob("ports/*.ledger")).read_text("utf-8")
    assert PARAGRAPHS[2] in kept


def test_a_dry_run_shows_and_writes_nothing(here: Collection) -> None:
    ask(here)
    before = here.state()
    shown = here.run("anchors", "reject", "ports", "p4", "--dry-run")
    assert "p4\tgone\tA new office in Lisbon will gather" in shown.stdout
    assert "p4a\tnew\t\tA second office in Porto prints" in shown.stdout
    assert "nothing was written" in shown.stderr
    assert here.state() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("accept",), 2, "name a DOCUMENT, or say --all"),
        (("accept", "ports", "--all"), 2, "name a DOCUMENT, or say --all"),
        (("accept", "port"), 1, "port: there is no such document; did you mean ports"),
        (("accept", "ports", "p44"), 1, 'no address "p44" was ever issued here; did you mean p4'),
        (("accept", "ports", "p3"), 1, "nothing is asked about p3"),
        (("reject", "ports"), 2, "which addresses of ports?"),
        (("forward", "ports", "p2", "p3"), 1, "p2 is a passage of the document"),
        (("forward", "ports", "p77", "p3"), 1, 'no address "p77" was ever issued here'),
        (("init", "ports"), 1, "this ledger is there"),
        (("log", "ports", "p99"), 1, 'no address "p99" was ever issued here'),
        (("log", "nothing"), 1, "there is no such document"),
    ],
)
def test_what_cannot_be_done_is_told(
    here: Collection, arguments: tuple[str, ...], code: int, message: str
) -> None:
    before = here.state()
    assert message in here.run("anchors", *arguments, code=code).stderr
    assert here.state() == before


def test_a_lost_address_can_lead_to_another(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS[:6], PARAGRAPHS[7]))
    here.pages()
    assert "p8" not in here.texts("ports")
    here.run("anchors", "forward", "ports", "p8", "p7")
    assert "into=p7" in here.ledger("ports")
    here.pages()
    here.run("check")
    log = here.run("anchors", "log", "ports", "p8").stdout
    assert "leads to p7" in log
    assert PARAGRAPHS[6] in log


def test_the_log_tells_what_happened(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.pages()
    table = here.run("anchors", "log", "ports").stdout.splitlines()
    assert table[0].startswith("first build  9 addresses issued, p1 to p9")
    assert any("p2" in line and "changed" in line for line in table[1:])
    life = here.run("anchors", "log", "seeds/ports.txt", "p2").stdout
    assert "first build issued: The ministers of eleven" in life
    assert "changed: The ministers of twelve" in life


def test_a_renamed_file_keeps_everything(here: Collection) -> None:
    before = here.texts("ports")
    (here.settings.seeds / "ports.txt").rename(here.settings.seeds / "harbors.txt")
    here.pages()
    assert here.texts("ports") == before
    assert "source seeds/harbors.txt " in here.ledger("ports")
    assert not (here.settings.anchors / "harbors.txt").exists()
    here.run("check")


def test_a_file_renamed_and_edited_at_once_keeps_everything(here: Collection) -> None:
    (here.settings.seeds / "ports.txt").unlink()
    here.write("harbors.md", text(*PARAGRAPHS, OTHERS[0]).replace("eleven", "twelve"))
    here.pages()
    assert "twelve" in here.texts("ports")["p2"]
    assert here.texts("ports")["p10"] == OTHERS[0]


def test_what_could_be_two_documents_is_asked(here: Collection) -> None:
    content = (here.settings.seeds / "ports.txt").read_text()
    (here.settings.seeds / "ports.txt").unlink()
    here.write("one.txt", content)
    here.write("two.txt", content)
    told = here.pages(code=1)
    assert "seeds/one.txt:1: this could be the document ports (seeds/two.txt could be" in told
    here.write("manifest.yaml", "documents:\n  two.txt: {slug: ports}\n")
    here.pages()
    assert "source seeds/two.txt " in here.ledger("ports")
    assert "document one" in here.ledger("one")


def test_the_manifest_s_entry_follows_and_is_told(here: Collection) -> None:
    here.write("manifest.yaml", "documents:\n  ports.txt: {issuer: Ministry of Harbors}\n")
    here.pages()
    (here.settings.seeds / "ports.txt").rename(here.settings.seeds / "harbors.txt")
    told = here.pages(code=1)
    assert 'the source "ports.txt" is now "harbors.txt"; write "harbors.txt:" here' in told
    assert "issuer Ministry of Harbors" in here.ledger("ports")


def rename(here: Collection, slug: str) -> None:
    here.write("manifest.yaml", f"documents:\n  ports.txt: {{slug: {slug}}}\n")


def test_a_renamed_slug_takes_ledger_and_versions_along(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.pages()
    before = here.texts("ports")
    rename(here, "harbor-plan")
    here.pages()
    assert here.texts("harbor-plan") == before
    assert "slug-was ports" in here.ledger("harbor-plan")
    assert not (here.settings.anchors / "ports.txt").exists()
    assert not (here.settings.versions / "ports").exists()
    assert list((here.settings.versions / "harbor-plan").glob("*.yaml"))
    assert "documents/harbor-plan/" in here.page("ports").replace("../", "documents/")
    here.run("check")
    rename(here, "ports")
    here.pages()
    assert here.texts("ports") == before
    assert "slug-was ports harbor-plan" in here.ledger("ports")
    here.run("check")


@pytest.mark.parametrize("left", ["ledger", "versions"])
def test_a_renaming_that_died_is_finished(here: Collection, left: str) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.pages()
    ledger = here.ledger("ports")
    version = next(here.settings.versions.glob("ports/*.yaml"))
    name, content = version.name, version.read_bytes()
    rename(here, "harbor-plan")
    here.pages()
    done = here.state()
    if left == "ledger":
        (here.settings.anchors / "ports.txt").write_text(ledger)
    (here.settings.versions / "ports").mkdir()
    (here.settings.versions / "ports" / name).write_bytes(content)
    assert here.run("check", code=1).stderr.count("harbor-plan") == 1
    here.pages()
    assert here.state() == done


def test_a_former_slug_is_never_given_to_another(here: Collection) -> None:
    rename(here, "harbor-plan")
    here.pages()
    entries = "  ports.txt: {slug: harbor-plan}\n  new.txt: {slug: ports}\n"
    here.write("manifest.yaml", f"documents:\n{entries}")
    here.write("new.txt", text("Something else entirely is said on this page of ours.", title="N"))
    told = here.pages(code=1)
    assert 'the slug "ports" was that of the document "harbor-plan" and leads there' in told
    (here.settings.seeds / "deep").mkdir()
    (here.settings.seeds / "new.txt").rename(here.settings.seeds / "deep/ports.txt")
    here.write("manifest.yaml", f"documents:\n{entries[: entries.index('  new')]}")
    here.pages()
    assert "source seeds/deep/ports.txt" in here.ledger("deep-ports")


def test_a_removed_source_is_refused_then_a_tombstone_page(here: Collection) -> None:
    content = (here.settings.seeds / "farms.txt").read_text()
    before = here.texts("farms")
    (here.settings.seeds / "farms.txt").unlink()
    told = here.pages(code=1)
    assert "seeds/farms.txt is no longer there" in told
    assert '"builder anchors accept farms" leaves a tombstone page' in told
    assert OTHERS[0] in here.page("farms").replace("&#46;", ".")
    here.run("anchors", "accept", "farms")
    here.pages()
    here.run("check")
    assert "Removed" in here.page("farms")
    assert "seed for potatoes" in here.page("farms")
    passages = (here.settings.content / "data/passages.csv").read_text("utf-8")
    assert "potatoes" not in passages
    here.write("other.txt", text(*OTHERS[:1], title="A Text of Another Kind and Length"))
    here.write("manifest.yaml", "documents:\n  other.txt: {slug: farms}\n")
    assert "that of a document that was removed" in here.pages(code=1)
    (here.settings.seeds / "manifest.yaml").unlink()
    (here.settings.seeds / "other.txt").unlink()
    here.write("farms.txt", content)
    here.pages()
    assert here.texts("farms") == before
    assert "\ngone " not in here.ledger("farms")
    here.run("check")


def test_a_file_s_name_never_gives_the_slug_of_a_removed_document(here: Collection) -> None:
    (here.settings.seeds / "farms.txt").unlink()
    here.run("anchors", "accept", "farms")
    here.write("farms.txt", text("Not a word of this has stood here before today.", title="New"))
    here.pages()
    assert "seeds/farms.txt" in here.ledger("seeds-farms")
    assert "Removed" in here.page("farms")


def test_a_frozen_run_says_what_it_would_write(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    before = here.state()
    frozen = here.run("pages", "--frozen", code=1).stderr
    assert "seeds/anchors/ports.txt:1: this ledger is not up to date" in frozen
    after = here.state()
    seeds = str(here.settings.seeds)
    assert {k: v for k, v in after.items() if k.startswith(seeds)} == {
        k: v for k, v in before.items() if k.startswith(seeds)
    }


def test_earlier_bytes_come_from_git(here: Collection) -> None:
    git(here, "init", "-q")
    git(here, "config", "user.email", "a@example.org")
    git(here, "config", "user.name", "A")
    git(here, "add", "seeds")
    git(here, "commit", "-qm", "first")
    for file in (here.settings.content / "documents/ports").iterdir():
        if file.name == "source.txt":
            file.unlink()
    ask(here)
    assert "share it with all members" in here.page("ports")


def test_files_that_change_places_keep_their_addresses(here: Collection) -> None:
    before = {slug: here.texts(slug) for slug in ("ports", "farms")}
    seeds = here.settings.seeds
    (seeds / "ports.txt").rename(seeds / "other")
    (seeds / "farms.txt").rename(seeds / "ports.txt")
    (seeds / "other").rename(seeds / "farms.txt")
    here.pages()
    assert {slug: here.texts(slug) for slug in ("ports", "farms")} == before
    assert "source seeds/farms.txt " in here.ledger("ports")
    (seeds / "ports.txt").rename(seeds / "villages.txt")
    (seeds / "farms.txt").rename(seeds / "ports.txt")
    here.pages()
    assert {slug: here.texts(slug) for slug in ("ports", "farms")} == before
    assert "source seeds/villages.txt " in here.ledger("farms")
    here.run("check")


def test_a_copy_of_the_earlier_text_is_another_document(here: Collection) -> None:
    content = (here.settings.seeds / "ports.txt").read_text()
    here.write("copy.txt", content)
    here.write("ports.txt", content.replace("eleven", "twelve"))
    here.pages()
    assert "twelve" in here.texts("ports")["p2"]
    assert "eleven" in here.texts("copy")["p2"]


def start_git(here: Collection) -> None:
    git(here, "init", "-q", "-b", "main")
    git(here, "config", "user.email", "a@example.org")
    git(here, "config", "user.name", "A")
    commit(here, "first")


def commit(here: Collection, message: str) -> None:
    git(here, "add", "seeds")
    git(here, "commit", "-qm", message)


def test_branches_that_edit_different_passages_merge(here: Collection) -> None:
    start_git(here)
    content = (here.settings.seeds / "ports.txt").read_text()
    git(here, "checkout", "-qb", "other")
    here.write("ports.txt", content.replace("grain or timber", "grain and timber"))
    here.write("more.txt", text(OTHERS[0], title="On Seeds"))
    here.pages()
    commit(here, "other")
    git(here, "checkout", "-q", "main")
    here.write("ports.txt", content.replace("eleven", "twelve"))
    here.write("less.txt", text(OTHERS[1], title="On Villages"))
    here.pages()
    commit(here, "main")
    git(here, "merge", "-q", "-m", "both", "other")
    here.pages()
    texts = here.texts("ports")
    assert "twelve" in texts["p2"]
    assert "grain and timber" in texts["p7"]
    assert len(list(here.settings.versions.glob("ports/*.yaml"))) == 3
    here.run("check")


def test_removal_can_be_looked_at_first(here: Collection) -> None:
    (here.settings.seeds / "farms.txt").unlink()
    before = here.state()
    shown = here.run("anchors", "accept", "farms", "--dry-run")
    assert len(shown.stdout.splitlines()) == 7
    assert "farms: 7 gone" in shown.stderr
    assert here.state() == before


def test_a_file_that_was_moved_and_another_in_its_place_are_a_question(here: Collection) -> None:
    content = (here.settings.seeds / "ports.txt").read_text()
    before = here.texts("ports")
    here.write("moved.txt", content)
    here.write("ports.txt", text(*OTHERS[::-1], "And a last word.", title="Seeds and Schools"))
    told = here.pages(code=1)
    assert "seeds/moved.txt:1: this is the published text of ports" in told
    assert not (here.settings.anchors / "moved.txt").exists()
    here.write("manifest.yaml", "documents:\n  moved.txt: {slug: ports}\n")
    here.pages()
    assert here.texts("ports") == before
    assert "source seeds/moved.txt " in here.ledger("ports")
    assert "source seeds/ports.txt " in here.ledger("seeds-ports")
    here.run("check")


def test_an_earlier_text_that_is_kept_apart_is_another_document(here: Collection) -> None:
    here.write("first.txt", (here.settings.seeds / "ports.txt").read_text())
    here.write("ports.txt", text(*OTHERS[::-1], "And a last word.", title="Seeds and Schools"))
    here.write("manifest.yaml", "documents:\n  first.txt: {slug: first-plan}\n")
    here.pages(code=1)
    assert here.texts("first-plan")["p2"] == PARAGRAPHS[0]
    here.run("anchors", "accept", "ports")
    here.pages()
    here.run("check")


def test_of_texts_made_from_one_template_each_is_found(here: Collection) -> None:
    template = (
        "The emergency declared in {year} with respect to the harbors of {land} is continued."
    )
    notices = {
        f"n{year}": text(
            template.format(year=year, land=land), *PARAGRAPHS[:4], title=f"Notice on {land}"
        )
        for year, land in ((2019, "Peru"), (2020, "Chile"), (2021, "Ghana"))
    }
    for name, content in notices.items():
        here.write(f"{name}.txt", content)
    here.pages()
    for name, content in notices.items():
        (here.settings.seeds / f"{name}.txt").unlink()
        here.write(f"moved-{name}.txt", content + "\nIt is published as is usual.\n")
    here.pages()
    for name in notices:
        assert f"source seeds/moved-{name}.txt" in here.ledger(name)
