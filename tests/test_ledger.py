"""The ledger: first numbering, the file's form, what an edit does to addresses, what is asked."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.ledger import Anchored, Question, align, anchor, answer, forward, remove
from builder.ledger_file import parse_ledger, print_ledger
from builder.model import Annotated, Document, Figure, Mention, Problems, Span
from conftest import document

TEXT = (
    "# Ports\n\nThe police seized 120 tons of cocaine and 75% more heroin in the harbor.\n\n"
    "###\n\n- One item\n- Another item\n\n## Ports\n\nThe end of the text.\n"
)


def annotated(text: str, *literals: str, doc: Document | None = None) -> Annotated:
    """Structure a text and mark the given literals as figures."""
    doc = doc or document(text, "seeds/ports.md")
    doc = replace(doc, slug="ports")
    mentions = []
    for number, block in enumerate(doc.blocks):
        for literal in literals:
            at = block.text.find(literal)
            if at >= 0:
                span = Span(at, at + len(literal))
                figure = Figure(1, None, None, "exact", "=", "count")
                mentions.append(Mention("figure", "", span, span, literal, number, figure))
    return Annotated(doc, tuple(mentions))


TODAY = datetime.date(2026, 12, 2)
PATH = "seeds/anchors/ports.txt"


def first(text: str = TEXT, *literals: str) -> Anchored:
    return anchor(annotated(text, *literals), None, path=PATH, today=TODAY)


def again(
    ledger: str, text: str, *literals: str, accept: bool = False, bytes_: str = ""
) -> Anchored:
    return anchor(
        annotated(text, *literals),
        ledger,
        path=PATH,
        today=TODAY,
        accept=accept,
        recorded=bytes_,
    )


def ids(anchored: Anchored) -> list[str | None]:
    return [block.anchor for block in anchored.annotated.document.passages]


def test_a_first_build_numbers_all_but_the_furniture() -> None:
    done = first(TEXT, "120", "75%")
    blocks = done.annotated.document.blocks
    assert [block.anchor for block in blocks] == ["p1", "p2", None, "p3", "p4", "p5", "p6"]
    assert [mention.id for mention in done.annotated.mentions] == ["p2-f1", "p2-f2"]
    assert [block.aliases for block in blocks if block.kind == "heading"] == [
        ("ports",),
        ("ports-2",),
    ]


def test_the_file_is_the_one_of_the_design() -> None:
    lines = first(TEXT, "120", "75%").ledger.split("\n")
    assert lines[0:3] == ["anchors 1", "document ports", "splitter 1"]
    assert lines[3].startswith("source seeds/ports.md ")
    start = lines.index("p2 paragraph")
    assert lines[start - 1] == ""
    assert lines[start + 1].startswith("The police seized 120 tons")
    assert lines[start + 2 : start + 5] == [
        'f1 "120" | police seized _ tons',
        'f2 "75%" | cocaine and _ more',
        "",
    ]
    assert "p1 heading id=ports" in lines


def test_a_second_build_changes_nothing() -> None:
    done = first(TEXT, "120", "75%")
    assert again(done.ledger, TEXT, "120", "75%") == done


def test_moved_text_keeps_its_ids_and_markup_moves_nothing() -> None:
    ledger = first().ledger
    moved = TEXT.replace("- One item\n- Another item", "- **Another**   item\n- One item")
    blocks = again(ledger, moved).annotated.document.passages
    assert [block.anchor for block in blocks] == ["p1", "p2", "p4", "p3", "p5", "p6"]


LONG = """# Ports

The police seized 120 tons of cocaine in the harbor of the capital last year.

The ministers agreed to inspect every container that comes from the south of the continent.

- A new unit of forty officers
- Two scanners for the western quay
- Help for the port of the neighboring country

The plan will be paid for out of the fund that both houses approved.
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("seized 120 tons", "seized 130 tons", "p1 p2 p3 p4 p5 p6 p7"),
        ("The ministers", "**The** ministers", "p1 p2 p3 p4 p5 p6 p7"),
        ("inspect every container", "inspect\nevery  container", "p1 p2 p3 p4 p5 p6 p7"),
        ("- Two scanners", "- A patrol boat\n- Two scanners", "p1 p2 p3 p4 p4a p5 p6 p7"),
        ("# Ports\n", "A notice.\n\n# Ports\n", "p0a p1 p2 p3 p4 p5 p6 p7"),
        ("approved.\n", "approved.\n\nIt begins in May.\n", "p1 p2 p3 p4 p5 p6 p7 p8"),
        ("- Two scanners for the western quay\n", "", "p1 p2 p3 p4 p6 p7"),
        ("year.\n\nThe min", "year. The min", "p1 p3 p4 p5 p6 p7"),
        # The piece with most of the old words keeps the id.
        ("cocaine in", "cocaine.\n\nIt was in", "p1 p2 p2a p3 p4 p5 p6 p7"),
        ("120 tons", "120\n\ntons", "p1 p1a p2 p3 p4 p5 p6 p7"),
    ],
)
def test_what_an_edit_does_to_addresses(old: str, new: str, expected: str) -> None:
    done = again(first(LONG).ledger, LONG.replace(old, new))
    assert not done.problems
    assert ids(done) == expected.split()


def test_a_second_insertion_takes_the_next_letter_and_nothing_is_used_twice() -> None:
    ledger = first(LONG).ledger
    one = again(ledger, LONG.replace("- Two", "- A patrol boat of the navy\n- Two"))
    two = again(one.ledger, LONG.replace("- Two", "- A school for customs officers\n- Two"))
    assert ids(two)[4] == "p4b"
    assert [stone.anchor for stone in two.annotated.document.tombstones] == ["p4a"]
    three = again(two.ledger, LONG.replace("- Two", "- A patrol boat of the navy\n- Two"))
    assert ids(three)[4] == "p4a"


def test_what_is_gone_stays_as_a_tombstone_in_its_place() -> None:
    done = again(first(LONG).ledger, LONG.replace("- Two scanners for the western quay\n", ""))
    (stone,) = done.annotated.document.tombstones
    assert (stone.anchor, stone.after, stone.before) == ("p5", "p4", "p6")
    assert (stone.gone, stone.text) == ("2026-12-02", "Two scanners for the western quay")
    lines = done.ledger.split("\n")
    assert lines[lines.index("Two scanners for the western quay") - 1] == "p5 item gone=2026-12-02"


def test_what_was_merged_forwards_and_comes_back_when_it_is_parted() -> None:
    merged = again(first(LONG).ledger, LONG.replace("year.\n\nThe min", "year. The min"))
    (forwarded,) = merged.annotated.document.forwards
    assert (forwarded.anchor, forwarded.into) == ("p2", "p3")
    assert "p2" in merged.annotated.document.passages[1].aliases
    back = again(merged.ledger, LONG)
    assert ids(back) == ["p1", "p2", "p3", "p4", "p5", "p6", "p7"]
    assert not back.annotated.document.forwards


def test_a_heading_that_is_renamed_keeps_its_slug() -> None:
    done = again(first(LONG).ledger, LONG.replace("# Ports", "# Ports and harbors"))
    assert done.annotated.document.passages[0].aliases[0] == "ports"


def test_what_becomes_page_furniture_keeps_its_id_at_the_foot() -> None:
    text = LONG + "\nScroll to Top\n"
    doc = document(text, "seeds/ports.md")
    plain = replace(doc, blocks=tuple(
        replace(b, kind="paragraph") if b.text == "Scroll to Top" else b for b in doc.blocks
    ))  # fmt: skip
    before = anchor(annotated("", doc=plain), None, path=PATH, today=TODAY)
    after = anchor(annotated("", doc=doc), before.ledger, path=PATH, today=TODAY)
    assert not after.annotated.document.tombstones
    assert after.annotated.document.furniture[-1].anchor == "p8"
    assert anchor(annotated("", doc=doc), after.ledger, path=PATH, today=TODAY) == after


def test_too_much_gone_at_once_is_refused_until_accepted() -> None:
    ledger = first(LONG).ledger
    short = LONG.split("- A new unit")[0]
    refused = again(ledger, short)
    assert refused.ledger == ledger
    assert str(refused.problems[0]).startswith(
        "seeds/anchors/ports.txt:1: 4 of 7 passages are gone at once; "
    )
    assert '"builder anchors accept ports"' in str(refused.problems[0])
    taken = again(ledger, short, accept=True)
    assert len(taken.annotated.document.tombstones) == 4


def test_another_splitter_is_refused_until_accepted() -> None:
    ledger = first().ledger.replace("splitter 1", "splitter 99")
    done = again(ledger, TEXT)
    assert done.ledger == ledger
    assert str(done.problems[0]).startswith(
        "seeds/anchors/ports.txt:3: the document was cut by splitter 99, this version has 1"
    )
    assert again(ledger, TEXT, accept=True).ledger == first().ledger


def test_unchanged_bytes_that_are_cut_otherwise_are_refused() -> None:
    ledger = first(LONG).ledger
    doc = document(LONG, "seeds/ports.md")
    cut = replace(doc, blocks=doc.blocks[:-1])
    done = anchor(
        annotated("", doc=cut), ledger, path=PATH, today=TODAY, recorded=doc.source.sha256
    )
    assert [question.why for question in done.questions] == ["cut"]
    assert done.ledger == ledger


DOUBTFUL = LONG.replace(
    "The plan will be paid for out of the fund that both houses approved.",
    "Both houses will pay for what the plan needs.\n\nThe fund of the plan stays with both houses.",
)


def doubt() -> tuple[str, Question]:
    ledger = first(LONG).ledger
    refused = again(ledger, DOUBTFUL)
    assert refused.ledger == ledger
    (question,) = refused.questions
    assert question.why == "doubtful"
    return ledger, question


def test_a_doubtful_passage_is_asked_about_with_both_commands() -> None:
    ledger, question = doubt()
    assert question.id == "p7"
    message = str(again(ledger, DOUBTFUL).problems[0])
    assert message.startswith(
        f"seeds/ports.md:{13 if question.block == 7 else 11}: is this still p7?"
    )
    assert '"builder anchors accept ports p7"' in message
    assert '"builder anchors reject ports p7"' in message


@pytest.mark.parametrize("same", [True, False])
def test_an_answer_is_remembered(same: bool) -> None:
    ledger, question = doubt()
    settled = again(answer(ledger, question, same=same, today=TODAY, path=PATH), DOUBTFUL)
    assert not settled.problems
    passage = settled.annotated.document.passages[question.block]
    assert (passage.anchor == "p7") is same
    assert (
        [stone.anchor for stone in settled.annotated.document.tombstones] == [] if same else ["p7"]
    )
    assert again(settled.ledger, DOUBTFUL).ledger == settled.ledger


def test_without_an_answer_a_doubtful_passage_becomes_a_tombstone() -> None:
    ledger, _ = doubt()
    taken = again(ledger, DOUBTFUL, accept=True)
    assert [stone.anchor for stone in taken.annotated.document.tombstones] == ["p7"]


def test_a_lost_id_can_be_led_to_another_passage() -> None:
    gone = again(first(LONG).ledger, LONG.replace("- Two scanners for the western quay\n", ""))
    led = again(
        forward(gone.ledger, "p5", "p4", today=TODAY, path=PATH),
        LONG.replace("- Two scanners for the western quay\n", ""),
    )
    (one,) = led.annotated.document.forwards
    assert (one.anchor, one.into) == ("p5", "p4")
    assert one.led == TODAY.isoformat()
    assert not led.annotated.document.tombstones


@pytest.mark.parametrize(
    ("lost", "into", "message"),
    [
        ("p5", "q", 'no address "q" was ever issued here; "builder anchors log" lists them'),
        ("p4", "p6", "p4 is a passage of the document"),
        ("p5", "p5", "p5 is no passage of the document any more"),
    ],
)
def test_a_wrong_forward_is_refused(lost: str, into: str, message: str) -> None:
    gone = again(first(LONG).ledger, LONG.replace("- Two scanners for the western quay\n", ""))
    with pytest.raises(Problems) as caught:
        forward(gone.ledger, lost, into, today=TODAY, path=PATH)
    assert message in str(caught.value)


def test_a_removed_document_keeps_its_records_and_lives_again_when_it_is_back() -> None:
    ledger = first(LONG).ledger
    gone = remove(ledger, today=TODAY, path=PATH)
    assert "\ngone 2026-12-02\n" in gone
    assert again(gone, LONG).ledger == ledger


def test_align_is_what_outside_tools_call() -> None:
    blocks = [("heading", (), "Ports"), ("paragraph", ("Ports",), "The police seized 120 tons.")]
    one = align("", blocks, today=TODAY)
    assert (one.ids, one.forwards, one.gone, one.questions) == (("p1", "p2"), {}, {}, ())
    assert align(one.ledger, blocks, today=TODAY) == one
    two = align(one.ledger, blocks[1:], today=TODAY)
    assert (two.ids, two.gone) == (("p2",), {"p1": "2026-12-02"})


def test_the_kinds_of_others_are_kept() -> None:
    blocks = [("Heading 2", (), "Ports"), ("h2", (), "Harbors"), ("", (), "The end of it.")]
    one = align("", blocks, today=TODAY)
    assert align(one.ledger, blocks, today=TODAY).ids == one.ids == ("p1", "p2", "p3")


def test_figures_keep_their_ids_and_lost_ones_stay_addresses() -> None:
    ledger = first(TEXT, "120", "75%").ledger
    done = again(ledger, TEXT, "75%")
    assert [mention.id for mention in done.annotated.mentions] == ["p2-f2"]
    assert "p2-f1" in done.annotated.document.passages[1].aliases
    back = again(done.ledger, TEXT, "120", "75%", "One")
    assert [mention.id for mention in back.annotated.mentions] == ["p2-f1", "p2-f2", "p3-f1"]


def test_a_published_heading_slug_stays() -> None:
    ledger = first().ledger.replace("id=ports-2", "id=old-name")
    done = again(ledger, TEXT)
    assert "old-name" in done.annotated.document.passages[4].aliases


def test_own_ids_are_reserved_against_heading_slugs() -> None:
    done = first("# P12\n\n# P12 f1\n\n# P1a b\n\n# Plan\n")
    slugs = [block.aliases[0] for block in done.annotated.document.passages]
    assert slugs == ["section-p12", "section-p12-f1", "section-p1a-b", "plan"]


def test_an_unreadable_file_says_where() -> None:
    broken = "anchors 1\ndocument x\n\np1 paragraph\n\nnonsense\ntext\n\np2 item\ntext\nf1 bad\n"
    with pytest.raises(Problems) as caught:
        parse_ledger(broken, "a.txt")
    assert [str(problem.place) for problem in caught.value.problems] == [
        "a.txt:4", "a.txt:6", "a.txt:11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("anchors 2\n", 'a.txt:1: does not begin with "anchors 1"'),
        ("", "a.txt:1: is empty"),
        ("anchors 1\n<<<<<<< HEAD\ntitle x\n", 'a.txt:2: unknown key "<<<<<<<"'),
        (
            "anchors 1\n\np1 item\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> theirs\n",
            'a.txt:4: a merge left a conflict here; keep one side ("git checkout --theirs a.txt")',
        ),
        ("anchors 1\nslug-was ../../x\n", 'a.txt:2: "../../x" is no slug'),
        ("anchors 1\nslug-was a  b\n", 'a.txt:2: "" is no slug'),
        ("anchors 1\n\np99999999999 item\na\n", 'a.txt:3: cannot read "p99999999999 item"'),
        ("anchors 1\ndocument ../../evil\n", 'a.txt:2: "../../evil" is no slug'),
        ("anchors 1\nsource a.txt 123\n", "a.txt:2: names no source"),
        ("anchors 1\n\np1 item\na\n\np1 item\nb\n", "a.txt:6: the id p1 stands here twice"),
        ("anchors 1\n\np03 item\na\n", 'a.txt:3: cannot read "p03 item"'),
        ("anchors 1\n\np1 heading id=p2\na\n", 'a.txt:3: "p2" cannot be the id of a heading'),
        ("anchors 1\n\np1 heading id=x}{y\na\n", 'a.txt:3: "x}{y" cannot be the id'),
        ("anchors 1\n\np1 heading id=__search\na\n", 'a.txt:3: "__search" cannot be the id'),
        ("anchors 1\n\np1 item odd=1\na\n", 'a.txt:3: unknown field "odd"'),
        (
            "anchors 1\n\np1 heading id=a\na\n\np2 heading id=a\na\n",
            "a.txt:6: the id a stands here twice",
        ),
        (
            'anchors 1\n\np1 item\na\nf1 "1" | _ a\nf1 "1" | _ b\n',
            "a.txt:6: the id f1 stands here twice",
        ),
    ],
)
def test_whatever_is_not_of_the_form_is_refused(text: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        parse_ledger(text, "a.txt")
    assert str(caught.value).startswith(message)


@given(st.text(min_size=1, max_size=80))
def test_any_text_survives_the_file(text: str) -> None:
    try:
        doc = document(f"Start.\n\n{text}\n\nEnd of the text.", "seeds/a.md")
    except (Problems, UnicodeEncodeError):
        return
    done = anchor(annotated("", doc=doc), None, path="a.txt", today=TODAY)
    parsed = parse_ledger(done.ledger, "a.txt")
    assert print_ledger(parsed) == done.ledger
    assert anchor(annotated("", doc=doc), done.ledger, path="a.txt", today=TODAY) == done
