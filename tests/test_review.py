"""The editor's desk at the command line: the queue, decisions one by one and many at once."""

from __future__ import annotations

import csv
import io
import json
import threading
from pathlib import Path

import pytest
from test_cli import files_of, run

from builder.collection import read_collection
from builder.review import decisions_of, queue, write_decisions
from builder.reviewing.queue import Filter
from builder.settings import Settings, read_settings
from builder.site import Run, build_pages
from builder.strict_yaml import load

TEXTS = {
    "ports": (
        "Ports\n\nThe Container Watch Initiative will cost $12 million in 2024. The Container "
        "Watch Initiative began.\n\nThe Harbor Renewal Program pays 40 docks. President Alan R. "
        "Marsh spoke.\n\nThe Harbor Control Bureau met, and the Ministry of Docks too.\n"
    ),
    "docks": (
        "Docks\n\nThe Container Watch Initiative went on.\n\nThe Ministry of Docks met the "
        "Ministry of Cranes. The Smith-O'Hara Initiative was read.\n"
    ),
}


@pytest.fixture
def desk(small) -> Settings:
    """A collection of two documents with candidates of three kinds."""
    return small(**TEXTS)


def decided(settings: Settings) -> list[str]:
    """Return the lines of decisions, without the comments."""
    file = settings.catalogue / "review.yaml"
    text = file.read_text("utf-8") if file.exists() else ""
    return [line for line in text.splitlines() if not line.startswith("#")]


def lines_of(output: str) -> list[str]:
    """Return the lines of decisions as they are written, without what is told of them."""
    return [line.partition("  #")[0] for line in output.splitlines()]


def names(output: str) -> list[str]:
    return [row["decide"] for row in load(output, "queue") or ()]


def entities(settings: Settings) -> dict[str, dict[str, str]]:
    build_pages(settings, Run())
    text = (settings.content / "data/entities.csv").read_text("utf-8")
    return {row["entity"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_the_queue_is_printed_and_written(desk):
    result = run("review", folder=desk.root)
    assert result.exit_code == 0
    written = (desk.root / "review-queue.yaml").read_text("utf-8")
    assert result.stdout == written
    assert names(written) == [
        "Container Watch Initiative",
        "Ministry of Docks",
        "Alan R. Marsh",
        "Harbor Control Bureau",
        "Harbor Renewal Program",
        "Ministry of Cranes",
        "Smith-O'Hara Initiative",
    ]
    assert "# 3 mentions in 2 documents\n" in written
    assert "#   documents/docks/#p2 The Container Watch Initiative went on.\n" in written
    assert "found by: " in written
    assert "- {decide: Alan R. Marsh, kind: person, candidate: alan-marsh}\n" in written
    assert "- {decide: Harbor Renewal Program, kind: program, sort: program}\n" in written
    assert result.stderr == "7 of 7 candidates in review-queue.yaml\n"
    assert decided(desk) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--kind", "person"), ["Alan R. Marsh"]),
        (("--min", "2"), ["Container Watch Initiative", "Ministry of Docks"]),
        (("--match", "ministry*"), ["Ministry of Docks", "Ministry of Cranes"]),
        (("-m", "*docks", "-m", "*cranes"), ["Ministry of Docks", "Ministry of Cranes"]),
        (("--limit", "1"), ["Container Watch Initiative"]),
        (("--document", "docks", "--min", "3"), ["Container Watch Initiative"]),
        (("--kind", "program", "--order", "name", "-n", "2"),
         ["Container Watch Initiative", "Harbor Renewal Program"]),
        (("--order", "documents", "-n", "1"), ["Container Watch Initiative"]),
        (("--match", "nothing"), []),
    ],
)  # fmt: skip
def test_filters(desk, options, expected):
    assert names(run("review", *options, folder=desk.root).stdout) == expected


def test_the_queue_as_json_lines(desk):
    result = run("review", "--json", "--sentences", "3", folder=desk.root)
    first, *_ = rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == 7
    assert (first["kind"], first["key"], first["mentions"], first["documents"]) == (
        *("program", "container-watch-initiative"),
        *(3, 2),
    )
    assert [one["address"] for one in first["passages"]] == [
        *("documents/docks/#p2", "documents/ports/#p2"),
    ]
    assert sum(first["rules"].values()) >= 3
    assert list(desk.root.glob("*queue*")) == []


def test_long_sentences_are_cut_around_the_name(small):
    words = "and then some more was said " * 30
    settings = small(a=f"A\n\nIt {words} of the Container Watch Initiative {words}.\n")
    (candidate,) = queue(read_collection(settings))
    sentence = candidate.quoted[0].sentence
    assert "Container Watch Initiative" in sentence
    assert len(sentence) < 240
    assert (sentence[0], sentence[-1]) == ("…", "…")


def test_passages_kept_are_those_shown(small):
    text = "A\n\n" + "The Container Watch Initiative began.\n\n" * 50
    (candidate,) = queue(read_collection(small(a=text)), sentences=3)
    assert (candidate.mentions, len(candidate.quoted)) == (50, 3)


def test_a_queue_is_filled_in_and_applied(desk):
    run("review", folder=desk.root)
    file = desk.root / "review-queue.yaml"
    text = file.read_text("utf-8")
    for before, after in (
        ("decide: Container Watch Initiative, ", "accept: Container Watch Initiative, "),
        ("decide: Ministry of Docks, kind: organization",
         "alias: Ministry of Docks, kind: organization, of: harbor-control-bureau"),
        ("decide: Harbor Control Bureau, ", "accept: Harbor Control Bureau, "),
        ("decide: Harbor Renewal Program, ", "never: Harbor Renewal Program, in: ports, "),
    ):  # fmt: skip
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")

    refused = run("review", folder=desk.root)
    assert refused.exit_code == 1
    assert "review-queue.yaml:1: this queue holds 4 of your decisions that are" in refused.stderr
    assert file.read_text("utf-8") == text

    dry = run("review", "apply", "--dry-run", folder=desk.root)
    assert dry.stdout.count("\n") == 4
    assert decided(desk) == []

    result = run("review", "apply", folder=desk.root)
    assert result.exit_code == 0
    assert lines_of(result.stdout) == decided(desk) == [
        "- {accept: Container Watch Initiative, kind: program, sort: initiative}",
        "- {alias: Ministry of Docks, kind: organization, of: harbor-control-bureau}",
        "- {accept: Harbor Control Bureau, kind: organization, sort: agency}",
        "- {never: Harbor Renewal Program, kind: program, in: ports}",
    ]  # fmt: skip
    assert "3 lines of the queue left undecided" in result.stderr

    again = run("review", "apply", folder=desk.root)
    assert (again.exit_code, again.stdout) == (0, "")
    assert "0 new decisions, nothing written" in again.stderr
    assert len(names(run("review", folder=desk.root).stdout)) == 3


def test_a_queue_with_a_wrong_line_changes_nothing(desk):
    (desk.root / "q.yaml").write_text(
        "# The queue: 2\n- {never: Ministry of Docks, kind: organization}\n"
        "- {alias: X, kind: program}\n"
    )
    result = run("review", "apply", "q.yaml", folder=desk.root)
    assert result.exit_code == 1
    assert "q.yaml:3: an alias needs `of:`" in result.stderr
    (desk.root / "q.yaml").write_text(
        "- {never: Ministry of Docks, kind: organization}\n"
        "- {alias: Ministry of Cranes, kind: organization, of: nobody}\n"
    )
    result = run("review", "apply", "q.yaml", folder=desk.root)
    assert 'q.yaml:2: there is no organization "nobody"' in result.stderr
    assert decided(desk) == []


def test_no_file_is_overwritten_by_a_queue(desk):
    notes = desk.root / "notes.yaml"
    notes.write_text("my notes")
    result = run("review", "--output", "notes.yaml", folder=desk.root)
    assert result.exit_code == 1
    assert "notes.yaml:1: this file is no queue" in result.stderr
    assert notes.read_text() == "my notes"


def test_a_candidate_is_accepted_by_name(desk):
    before = read_collection(desk)
    result = run("review", "accept", "Container Watch Initiative", folder=desk.root)
    assert (result.exit_code, result.stdout) == (
        0,
        "- {accept: Container Watch Initiative, kind: program, sort: initiative}"
        "  # /programs/container-watch-initiative/, 3 mentions in 2 documents\n",
    )
    assert decided(desk) == [
        "- {accept: Container Watch Initiative, kind: program, sort: initiative}"
    ]
    after = read_collection(desk)
    assert after.ledger_texts == before.ledger_texts
    assert entities(desk)["container-watch-initiative"]["reviewed"] == "true"
    page = (desk.content / "programs/container-watch-initiative/index.md").read_text("utf-8")
    assert "documents/ports/#p2" in page
    document = (desk.content / "documents/ports/index.md").read_text("utf-8")
    assert (
        '<a class="mention program" href="../../programs/container-watch-initiative/"' in document
    )
    assert '<a class="mention program unreviewed" href="../../programs/candidates/#' in document
    assert "not yet reviewed by an editor" in document


def test_a_name_that_the_queue_shows_needs_no_reading(desk, monkeypatch):
    desk.catalogue.mkdir()
    run("review", "--kind", "organization", folder=desk.root)
    with monkeypatch.context() as patch:
        patch.setattr("builder.reviewing.desk.read_collection", None)
        assert run("review", "accept", "Ministry of Docks", folder=desk.root).exit_code == 0
        again = run("review", "never", "Ministry of Docks", folder=desk.root)
        assert '"Ministry of Docks" is no candidate; it is decided on: accept' in again.stderr
    assert run("review", "never", "Harbor Renewal Program", folder=desk.root).exit_code == 0
    assert decided(desk) == [
        "- {accept: Ministry of Docks, kind: organization, sort: body}",
        "- {never: Harbor Renewal Program, kind: program}",
    ]


def test_undo_is_deleting_the_line(desk):
    build_pages(desk, Run())
    before = files_of(desk.content)
    run("review", "accept", "Container Watch Initiative", folder=desk.root)
    run("review", "never", "Ministry of Docks", folder=desk.root)
    build_pages(desk, Run())
    assert files_of(desk.content) != before
    (desk.catalogue / "review.yaml").write_text("")
    build_pages(desk, Run())
    after = files_of(desk.content)
    # What was published once keeps its address.
    page = str(desk.content / "programs/container-watch-initiative/index.md")
    assert b"editors have taken it out" in after.pop(page)
    lists = {str(desk.content / name): b"" for name in (".generated", ".published")}
    assert {**after, **lists} == {**before, **lists}


def test_mentions_say_whether_they_are_reviewed(desk):
    run("review", "accept", "Ministry of Docks", folder=desk.root)
    build_pages(desk, Run())
    text = (desk.content / "data/mentions.csv").read_text("utf-8")
    rows = {row["entity"]: row["reviewed"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert rows["ministry-of-docks"] == "true"
    assert rows["ministry-of-cranes"] == "false"
    assert rows["2024"] == ""


def test_alias_and_never_and_a_change_of_kind(desk):
    root = desk.root
    assert run("review", "accept", "Harbor Renewal Program", "--as", "organization",
               "--key", "hrp", "--name", "Harbor Renewal", folder=root).exit_code == 0  # fmt: skip
    assert run("review", "alias", "ministry of docks", "ministry-of-cranes", "--of", "hrp",
               "--note", "They: one", folder=root).exit_code == 0  # fmt: skip
    assert run("review", "never", "Smith-O'Hara Initiative", folder=root).exit_code == 0
    assert run("review", "never", "alan-marsh", "--in", "ports", folder=root).exit_code == 0
    assert decided(desk) == [
        "- {accept: Harbor Renewal Program, kind: program, key: hrp, as: organization, "
        "name: Harbor Renewal}",
        '- {alias: Ministry of Docks, kind: organization, of: hrp, note: "They: one"}',
        '- {alias: Ministry of Cranes, kind: organization, of: hrp, note: "They: one"}',
        "- {never: Smith-O'Hara Initiative, kind: program}",
        "- {never: Alan R. Marsh, kind: person, candidate: alan-marsh, in: ports}",
    ]
    assert names(run("review", folder=root).stdout) == [
        "Container Watch Initiative",
        "Harbor Control Bureau",
    ]
    assert entities(desk)["hrp"]["mentions"] == "4"


def test_never_here_for_what_is_reviewed(desk):
    run("review", "accept", "Container Watch Initiative", folder=desk.root)
    result = run(
        *("review", "never", "Container Watch Initiative", "--in", "docks"), folder=desk.root
    )
    assert result.exit_code == 0
    assert entities(desk)["container-watch-initiative"]["mentions"] == "2"


def test_many_at_once_are_shown_before_they_are_written(desk):
    command = ("review", "accept", "--kind", "organization", "--match", "Ministry of *")
    dry = run(*command, "--dry-run", folder=desk.root)
    expected = [
        f"- {{accept: Ministry of {name}, kind: organization, sort: body}}"
        f"  # /organizations/ministry-of-{name.lower()}/, {often}"
        for name, often in (
            ("Docks", "2 mentions in 2 documents"),
            ("Cranes", "1 mention in 1 document"),
        )
    ]
    assert dry.stdout.splitlines() == expected
    assert "2 new decisions, nothing written" in dry.stderr
    no = run(*command, folder=desk.root)  # nobody is there to be asked
    assert (no.exit_code, decided(desk)) == (2, [])
    assert "there is no terminal to ask at: add --yes" in no.stderr
    yes = run(*command, "--yes", folder=desk.root)
    assert yes.stdout.splitlines() == expected
    assert decided(desk) == [line.partition("  #")[0] for line in expected]


def test_what_clashes_is_left_out_of_many(small):
    settings = small(a="A\n\nThe U.S. Ports Program and the Docks Program began.\n",
                     b="B\n\nThe United States Ports Program began.\n")  # fmt: skip
    result = run("review", "accept", "--kind", "program", "--yes", folder=settings.root)
    assert result.exit_code == 0
    assert "is taken" in result.stderr
    assert "left out" in result.stderr
    assert len(decided(settings)) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept",), "name the candidates, or give a filter"),
        (("accept", "X", "--min", "3"), "give names or a filter, not both"),
        (("accept", "A", "B", "--key", "c"), "--key and --name are for one NAME"),
        (("alias", "Ministry of Docks"), "--of"),
        (("never", "Ministry of Docks", "--in", "nowhere"), 'there is no document "nowhere"'),
        (("--document", "nowhere"), 'there is no document "nowhere"'),
        (("--kind", "country"), "country"),
        (("--kind", "program", "accept", "X"), 'write the options behind "accept"'),
        (("accept", "--as", "figure", "X"), "figure"),
    ],
)
def test_wrong_use(desk, arguments, message):
    result = run("review", *arguments, folder=desk.root)
    assert result.exit_code == 2
    assert message in result.stderr
    assert decided(desk) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept", "Ministry of Dock"),
         'no candidate is named "Ministry of Dock"; perhaps "Ministry of Docks" (ministry-of-'),
        (("accept", "Peru"), 'no candidate is named "Peru"'),
        (("alias", "Ministry of Docks", "--of", "docks"),
         'the command line:1: there is no organization "docks"'),
        (("accept", "Ministry of Docks", "--key", "A B"), 'the key "A B" is no slug'),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_taken(desk, arguments, message):
    result = run("review", *arguments, folder=desk.root)
    assert result.exit_code == 1
    assert message in result.stderr
    assert decided(desk) == []


def test_what_is_decided_is_no_candidate_any_more(desk):
    run("review", "never", "Ministry of Docks", folder=desk.root)
    result = run("review", "accept", "Ministry of Docks", folder=desk.root)
    assert '"Ministry of Docks" is no candidate; it is decided on: never, at ' in result.stderr
    run("review", "accept", "Ministry of Cranes", folder=desk.root)
    result = run("review", "never", "Ministry of Cranes", folder=desk.root)
    assert "it is decided on: accept, at seeds/catalogue/review.yaml:" in result.stderr


def test_a_name_with_a_dash_in_front(desk):
    result = run("review", "never", "--", "-Ports Act", folder=desk.root)
    assert 'no candidate is named "-Ports Act"' in result.stderr


def test_comments_and_order_of_the_file_stay(desk):
    desk.catalogue.mkdir()
    file = desk.catalogue / "review.yaml"
    text = (
        "# ours\n- {never: Z Act, kind: program} # why\n\n# more\n- {never: A Act, kind: program}"
    )
    file.write_text(text, encoding="utf-8")
    run("review", "never", "Ministry of Docks", folder=desk.root)
    line = "- {never: Ministry of Docks, kind: organization}\n"
    assert file.read_text("utf-8") == f"{text}\n{line}"


def test_a_file_that_takes_no_lines_stays(desk):
    desk.catalogue.mkdir()
    file = desk.catalogue / "review.yaml"
    file.write_text("[{never: Z Act, kind: program}]\n")
    result = run("review", "never", "Ministry of Docks", folder=desk.root)
    assert result.exit_code == 1
    assert "seeds/catalogue/review.yaml:1: no line can be added to this file" in result.stderr
    assert file.read_text() == "[{never: Z Act, kind: program}]\n"


def test_two_editors_at_once_lose_nothing(desk):
    lines = [{"never": f"Act Number {number}", "kind": "program"} for number in range(8)]
    threads = [
        threading.Thread(target=write_decisions, args=(desk, decisions_of([line])))
        for line in lines
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(decided(desk)) == 8
    assert [path.name for path in desk.catalogue.iterdir()] == ["review.yaml"]


def test_the_catalogues_entry_goes_before_a_decision(desk):
    run("review", "accept", "Ministry of Docks", folder=desk.root)
    entry = "- {key: ministry-of-docks, name: Ministry of Docks}\n"
    (desk.catalogue / "organizations.yaml").write_text(entry)
    result = run("check", folder=desk.root)
    assert result.exit_code == 1
    assert (
        'the key "ministry-of-docks" is taken; the other one stands at seeds/catalogue/organi'
        in (result.stderr)
    )


def test_check_lists_frequent_candidates_and_stays_good(small):
    text = "A\n\n" + "".join(
        f"The {name} Initiative began.\n\n" * 11
        for name in ("Harbor Watch", "Dock Renewal", "Crane Safety")
    )
    settings = small(a=text)
    run("pages", folder=settings.root)
    result = run("check", folder=settings.root)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        'seeds/a.txt:47: warning: "Crane Safety Initiative" (program) is not yet reviewed, '
        "11 mentions in 1 document",
        'seeds/a.txt:25: warning: "Dock Renewal Initiative" (program) is not yet reviewed, '
        "11 mentions in 1 document",
        'seeds/a.txt:3: warning: "Harbor Watch Initiative" (program) is not yet reviewed, '
        "11 mentions in 1 document",
        "seeds/catalogue/review.yaml: warning: 3 candidates with 10 mentions or more; "
        'see "builder review --min 10"',
    ]
    for number, expected in ((12, 0), (0, 0), (11, 4)):
        settings.config_file.write_text(
            f"site_name: Small\nplugins:\n- collection: {{candidates_from: {number}}}\n"
        )
        result = run("check", folder=settings.root)
        assert len(result.stderr.splitlines()) == expected


def test_check_lists_few(small):
    letters = [chr(number) for number in range(ord("A"), ord("A") + 15)]
    names = (f"{letter}{letter.lower()}rbor Watch Initiative" for letter in letters)
    settings = small(a="A\n\n" + "".join(f"The {name} began.\n\n" * 10 for name in names))
    run("pages", folder=settings.root)
    lines = run("check", folder=settings.root).stderr.splitlines()
    assert len(lines) == 11
    assert "15 candidates with 10 mentions or more, 5 of them not listed here" in lines[-1]


def test_check_tells_of_decisions_that_do_nothing(desk):
    desk.catalogue.mkdir()
    (desk.catalogue / "review.yaml").write_text(
        "- {never: Ministry of Docks, kind: organization}\n"
        "- {never: Old Act, kind: program}\n"
        "- {never: Ministry of Cranes, kind: organization, in: nowhere}\n"
        "- {never: Ministry of Cranes, kind: organization, in: ports}\n"
        "- {never: Alan R. Marsh, kind: person}\n"
        "- {never: Old Act, kind: program}\n"
    )
    run("pages", folder=desk.root)
    result = run("check", folder=desk.root)
    assert result.exit_code == 0
    where = "seeds/catalogue/review.yaml"
    assert result.stderr.splitlines() == [
        f'{where}:6: warning: the decision on "Old Act" stands here again; '
        f"delete this line; the other one stands at {where}:2",
        f'{where}:2: warning: no document names the program "Old Act", so this decision does '
        "nothing; delete the line, unless it is for later",
        f'{where}:3: warning: the collection holds no document "nowhere"; '
        "mend the slug, or delete the line",
        f'{where}:4: warning: "ports" does not name the organization "Ministry of Cranes", so this '
        "decision does nothing; delete the line, unless it is for later",
        f'{where}:5: warning: no document names the person "Alan R. Marsh", so this decision does '
        'nothing; add "candidate: alan-marsh"',
    ]


def test_what_a_decision_says_wrongly_stops_the_build(desk):
    desk.catalogue.mkdir()
    (desk.catalogue / "review.yaml").write_text("- {acept: X, kind: program}\n")
    result = run("build", folder=desk.root)
    assert result.exit_code == 1
    assert 'seeds/catalogue/review.yaml:1: unknown decision "acept"' in result.stderr


def test_a_filter_that_allows_all_is_none():
    assert not Filter()
    assert Filter(match=("*",))


def test_the_desk_of_a_collection_elsewhere(desk, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for command in (
        ("review", "--config-file", desk.config_file, "never", "Ministry of Docks"),
        ("review", "never", "--config-file", desk.config_file, "Ministry of Cranes"),
    ):
        assert run(*command, folder=elsewhere).exit_code == 0
    assert len(decided(read_settings(desk.config_file))) == 2
    assert list(elsewhere.iterdir()) == []


def apply(settings: Settings, *lines: str):
    """Apply a queue that holds these lines."""
    (settings.root / "review-queue.yaml").write_text("".join(f"- {line}\n" for line in lines))
    return run("review", "apply", folder=settings.root)


STALE = [
    (
        "{accept: Ministry of Dogs, kind: organization}",
        'no document names the organization "Ministry of Dogs"; perhaps "Ministry of Docks"',
    ),
    (
        "{never: Ministry of Docks, kind: organization, in: dock}",
        'the collection holds no document "dock"; perhaps "docks"',
    ),
    (
        "{never: Ministry of Cranes, kind: organization, in: ports}",
        '"ports" does not name the organization "Ministry of Cranes"',
    ),
    (
        "{accept: Harbor Renewal Program, kind: program, key: smith-ohara-initiative}",
        'the key "smith-ohara-initiative" is that of the program "Smith-O\'Hara Initiative", a',
    ),
    (
        "{accept: Crane Program, kind: program, candidate: harbor-renewal-program}",
        'the candidate "harbor-renewal-program" is "Harbor Renewal Program", not "Crane Program"',
    ),
    (
        "{accept: Alan Marsh, kind: person, key: am}",
        "",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), STALE)
def test_what_the_documents_do_not_hold_is_not_written(desk, line, message):
    result = apply(desk, "{never: Ministry of Docks, kind: organization}", line)
    assert message in result.stderr
    assert result.exit_code == (1 if message else 0)
    assert len(decided(desk)) == (0 if message else 2)


def test_an_alias_of_what_waits_is_told_to_accept_it(desk):
    result = run("review", "alias", "Ministry of Docks", "--of", "ministry-of-cranes",
                 folder=desk.root)  # fmt: skip
    assert result.exit_code == 1
    assert "accept it first: builder review accept 'Ministry of Cranes'" in result.stderr


def test_a_key_of_another_candidate_is_told_by_the_build(desk):
    """It is not swallowed, though a document that came later names it."""
    desk.catalogue.mkdir()
    (desk.catalogue / "review.yaml").write_text(
        "- {accept: Harbor Renewal Program, kind: program, key: smith-ohara-initiative}\n"
        "- {never: Crane Act, kind: program, candidate: container-watch-initiative}\n"
    )
    told = [str(problem) for problem in read_collection(desk).problems]
    assert len(told) == 2
    assert 'that of the program "Smith-O\'Hara Initiative", a candidate; give this' in told[1]
    assert 'initiative" is "Container Watch Initiative", not "Crane Act"' in told[0]


def test_never_in_one_document_for_many(desk):
    command = ("review", "never", "--match", "*", "--in", "docks", "--dry-run")
    assert run(*command, folder=desk.root).stdout.splitlines() == [
        "- {never: Container Watch Initiative, kind: program, in: docks}  # 1 mention in docks",
        "- {never: Ministry of Docks, kind: organization, in: docks}  # 1 mention in docks",
        "- {never: Ministry of Cranes, kind: organization, in: docks}  # 1 mention in docks",
        "- {never: Smith-O'Hara Initiative, kind: program, in: docks}  # 1 mention in docks",
    ]
    result = run("review", "never", "Medicaid", "--in", "docks", folder=desk.root)
    assert result.exit_code == 1
    assert '"docks" does not name the program "Medicaid"' in result.stderr


def test_a_queue_older_than_the_documents_is_not_trusted(desk):
    run("review", folder=desk.root)
    (desk.seeds / "docks.txt").unlink()
    result = run("review", "accept", "Ministry of Cranes", folder=desk.root)
    assert result.exit_code == 1
    assert 'no candidate is named "Ministry of Cranes"' in result.stderr


def test_many_of_which_none_can_be_taken(small):
    settings = small(a="A\n\nThe U.S. Ports Program began.\n")
    run("review", "accept", "US Ports Program", folder=settings.root)
    settings.seeds.joinpath("b.txt").write_text("B\n\nThe Harbor Program began.\n")
    command = ("review", "alias", "--match", "Harbor*", "--of", "nothing", "--yes")
    result = run(*command, folder=settings.root)
    assert result.exit_code == 1
    assert "nothing written: none of 1 decision can be taken" in result.stderr
    result = run("review", "never", "--match", "Cranes*", "--yes", folder=settings.root)
    assert (result.exit_code, result.stderr) == (
        0,
        "no candidate fits\n0 new decisions, nothing written\n",
    )


def test_where_a_queue_is_written(desk):
    result = run("review", "-o", "later/x.yaml", folder=desk.root)
    assert "# Then run: builder review apply later/x.yaml\n" in result.stdout
    assert run("review", "apply", "later/x.yaml", folder=desk.root).exit_code == 0
    refused = run("review", "-o", "seeds/catalogue/programs.yaml", folder=desk.root)
    assert refused.exit_code == 1
    assert "a queue must not stand among the sources" in refused.stderr
    missing = run("review", "apply", folder=desk.root)
    assert 'review-queue.yaml: there is no queue yet; run "builder review"' in missing.stderr
    assert "\n# Then run: builder review apply\n" in run("review", folder=desk.root).stdout


def test_a_queue_with_a_byte_order_mark(desk):
    line = "- {never: Ministry of Docks, kind: organization}\n"
    (desk.root / "review-queue.yaml").write_text(line, encoding="utf-8-sig")
    assert run("review", "apply", folder=desk.root).exit_code == 0
    assert decided(desk) == [line.strip()]


def test_the_keys_for_aliases(desk):
    run("review", "accept", "Container Watch Initiative", "--key", "cwi", folder=desk.root)
    result = run("review", "--keys", "--kind", "program", "-m", "container*", folder=desk.root)
    assert result.stdout == "program cwi Container Watch Initiative\n"


def test_never_in_the_only_document_that_names_it_is_not_idle(desk):
    run("review", "accept", "Ministry of Cranes", folder=desk.root)
    run("review", "never", "Ministry of Cranes", "--in", "docks", folder=desk.root)
    run("pages", folder=desk.root)
    assert "does nothing" not in run("check", folder=desk.root).stderr


def test_check_lists_few_lines_without_effect(desk):
    desk.catalogue.mkdir()
    lines = (f"- {{never: Act {chr(n)}, kind: program}}\n" for n in range(ord("A"), ord("P")))
    (desk.catalogue / "review.yaml").write_text("".join(lines))
    run("pages", folder=desk.root)
    told = run("check", folder=desk.root).stderr.splitlines()
    assert len(told) == 11
    assert told[-1] == ("seeds/catalogue/review.yaml: warning: and 5 more decisions without effect")


def test_a_candidate_in_a_table_of_figures_is_told_apart(desk):
    run("review", "accept", "Container Watch Initiative", folder=desk.root)
    build_pages(desk, Run())
    page = (desk.content / "figures/index.md").read_text("utf-8")
    assert '<a class="mention program" href="../programs/container-watch-initiative/"' in page
    told = '<a class="mention program unreviewed" title="not yet reviewed" href="../programs/candi'
    assert told in page
