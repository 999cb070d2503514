"""What `builder anchors` does and tells: questions first, and nothing silently."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest

from builder.settings import Settings
from harbors import OTHERS, PARAGRAPHS, Collection, text

DOUBTFUL = "A second office in Porto prints maps, and sells them to the members of the fleet."
DOUBTFUL_TOO = "The first session was held in Rotterdam in the week in which the strike had ended."


def edit(here: Collection, *, without: tuple[int, ...] = ()) -> None:
    """Change two passages (p4, p8) beyond what can be told, and take out others, by number."""
    there = {2: DOUBTFUL, 6: DOUBTFUL_TOO}
    left = [i for i in range(len(PARAGRAPHS)) if i not in without]
    here.write("ports.txt", text(*(there.get(i, PARAGRAPHS[i]) for i in left)))


def test_what_is_asked_about_is_not_gone(here: Collection) -> None:
    edit(here, without=(4,))
    told = here.pages(code=1)
    assert re.findall(r"is this still (p\d+)\?", told) == ["p4", "p8"]
    assert "gone at once" not in told


def test_the_whole_document_is_asked_about_last(here: Collection) -> None:
    edit(here, without=(0, 4, 5))
    told = here.pages(code=1)
    lines = [line for line in told.splitlines() if line.startswith("seeds/")]
    assert re.findall(r"is this still (p\d+)\?", "".join(lines[:2])) == ["p4", "p8"]
    assert (
        "3 of 9 passages are gone at once; answer the questions on its passages first" in lines[2]
    )
    assert "another text? give it a file of its own" in lines[2]
    # Whoever follows the messages in their order gets through.
    here.run("anchors", "accept", "ports", "p4")
    here.run("anchors", "reject", "ports", "p8")
    left = here.pages(code=1)
    assert "3 of 9 passages are gone at once; restore the text" in left
    here.run("anchors", "accept", "ports")
    here.pages()
    assert here.texts("ports")["p4"] == DOUBTFUL
    here.run("check")


def test_what_is_taken_without_an_answer_is_told(here: Collection) -> None:
    edit(here)
    told = here.run("anchors", "accept", "ports").stderr
    assert "ports: 2 new, 2 gone" in told
    assert "ports: asked about and not answered, and so gone: p4, p8" in told
    assert "not answered" not in here.run("anchors", "accept", "ports").stderr


def test_what_is_taken_with_an_answer_is_told(here: Collection) -> None:
    edit(here)
    source = here.settings.seeds / "ports.txt"
    source.write_text(source.read_text().replace("eleven", "twelve"))
    first = here.run("anchors", "reject", "ports", "p4").stderr
    assert "taken in the same step" not in first
    then = here.run("anchors", "accept", "ports", "p8").stderr
    assert "taken in the same step, for nothing else is asked: p2 changed" in then
    assert "p8 changed" not in then


def test_a_forward_is_told(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS[:6], PARAGRAPHS[7]))
    here.pages()
    first = here.run("anchors", "forward", "ports", "p8", "p7").stderr
    assert "ports: p8 leads to p7 from now on" in first
    again = here.run("anchors", "forward", "ports", "p8", "p6").stderr
    assert "ports: p8 leads to p6 instead of p7 from now on" in again
    figure = here.run("anchors", "forward", "ports", "p3-f1", "p6", code=1).stderr
    assert "p3-f1 is the address of a figure; only passages can be forwarded" in figure


def test_a_build_tells_what_became_of_addresses(here: Collection) -> None:
    changed = text(*PARAGRAPHS[:5], *PARAGRAPHS[6:], OTHERS[0]).replace("eleven", "twelve")
    here.write("ports.txt", changed)
    told = here.pages()
    assert 'ports: 1 changed, 1 new, 1 gone ("builder anchors log ports")' in told
    assert "nothing changed" not in told
    assert "nothing changed" in here.pages()
    here.write("ports.txt", changed + "\n\n")
    assert "ports: a version kept, no address changed" in here.pages()
    here.write("manifest.yaml", "documents:\n  ports.txt: {slug: harbor-plan}\n")
    told = here.pages()
    assert "harbor-plan: moved here from ports, no address changed" in told


def test_a_build_after_a_frozen_one_has_changed_something(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.run("pages", "--frozen", code=1)
    told = here.pages()
    assert "ports: 1 changed" in told
    assert "nothing changed" not in told


def test_a_document_that_comes_back_is_told(here: Collection) -> None:
    source = here.settings.seeds / "farms.txt"
    content = source.read_text()
    source.unlink()
    assert "farms: 7 gone" in here.run("anchors", "accept", "farms").stderr
    source.write_text(content)
    assert "farms: back in the collection, 7 returned" in here.pages()
    log = here.run("anchors", "log", "farms").stdout
    assert re.search(
        r"^2026-03-02 +the document was removed .*\n^later +the document is back", log, re.M
    )
    assert "Removed" not in here.page("farms")
    here.run("check")


def test_many_documents_are_told_in_ten_lines(small: Callable[..., Settings]) -> None:
    here = Collection(small(**{f"a{i}": text(OTHERS[0], title=f"No. {i}") for i in range(12)}))
    told = here.pages()
    assert 'a0: published, 2 addresses ("builder anchors log a0")' in told
    assert "\nand 2 more\n" in told
    assert told.count(": published, ") == 10


def on(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    """Let the next command run on a day of January 2026."""
    seconds = datetime.datetime(2026, 1, day, tzinfo=datetime.UTC).timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))


def test_the_log_knows_what_was_once(here: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, without = text(*PARAGRAPHS), text(*PARAGRAPHS[:4], *PARAGRAPHS[5:])
    joined = whole.replace(f"{PARAGRAPHS[0]}\n\n", f"{PARAGRAPHS[0]} ")
    for day, content in enumerate((without, f"{whole}\n", joined, f"{whole}\n\n"), 2):
        on(monkeypatch, day)
        here.write("ports.txt", content)
        here.pages()
    life = here.run("anchors", "log", "ports", "p6").stdout
    assert re.search(r"2026-01-02 +gone\n +2026-01-03 +returned: Customs", life)
    merged = here.run("anchors", "log", "ports").stdout
    lost = re.search(r"^2026-01-04 +(p\d) +part of (p\d)", merged, re.M)
    assert lost
    assert re.search(rf"^2026-01-05 +{lost[1]} +returned", merged, re.M)
    on(monkeypatch, 6)
    here.write("ports.txt", without)  # as on the second of January
    here.pages()
    life = here.run("anchors", "log", "ports", "p6").stdout
    assert re.search(r"2026-01-02 +gone\n +2026-01-03 +returned.*\n +2026-01-06 +gone", life)


def test_a_lost_ledger_s_log_comes_from_its_versions(here: Collection) -> None:
    here.write("ports.txt", text(*PARAGRAPHS).replace("eleven", "twelve"))
    here.pages()
    for slug in ("ports", "farms"):
        (here.settings.anchors / f"{slug}.txt").unlink()
    found = here.run("anchors", "log", "ports")
    assert 'the ledger of "ports" is missing; what follows is that of version' in found.stderr
    assert "ports: 9 addresses" in found.stderr
    assert "9 addresses issued, p1 to p9" in found.stdout
    missing = here.run("anchors", "log", "farms", code=1).stderr
    assert 'the ledger of "farms" is missing' in missing
    assert "git log --diff-filter=D -- seeds/anchors/farms.txt" in missing


@pytest.mark.parametrize("line", ["*.list merge=union", "published.list -merge", ""])
def test_git_is_told_how_to_merge_the_register(small: Callable[..., Settings], line: str) -> None:
    here = Collection(small(ports=text(*PARAGRAPHS)))
    (here.settings.root / ".gitattributes").write_text(f"# ours\n{line}\n")
    told, again = here.pages(), here.pages()
    file = here.settings.anchors / ".gitattributes"
    assert file.is_file() is (line == "")
    assert ("so that git can merge published.list; commit it" in told) is (line == "")
    assert "so that git" not in again
    if not line:
        assert file.read_text() == "published.list merge=union\n"
