"""What holds for every ledger, whatever the texts: numbering, refusals, hostile input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.ledger import Aligned, align, answer
from builder.ledger_file import parse_ledger
from builder.structure import SPLITTER
from edits import Editor, light_round, triples
from followed import Followed
from invented import Passage, invented

FIRST, LATER = date(2026, 1, 5), date(2026, 2, 6)
EXAMPLES = settings().max_examples // 3  # of texts of no words, of which few are like another
Block = tuple[str, tuple[str, ...], str]
ONE = "The coast watch seized ninety tons of powder near the old harbor in May."
TWO = "A registry of vessels is kept by the council and read by three ministries."
THREE = "Grants to rural clinics were doubled after the long winter of that year."
NEW = "Nobody had expected scanners to find so little among the parcels examined."
NEWER = "Families asked for shelters, and shelters were opened in eleven counties."


def paragraphs(*texts: str) -> list[Block]:
    return [("paragraph", (), text) for text in texts]


def built(*versions: tuple[str, ...]) -> Aligned:
    """Build a document version after version, everything accepted as proposed."""
    ledger = ""
    for texts in versions:
        aligned = align(ledger, paragraphs(*texts), today=FIRST, accept=True)
        ledger = aligned.ledger
    return aligned


@pytest.mark.parametrize(
    ("versions", "ids"),
    [
        (((ONE, TWO, THREE),), "p1 p2 p3"),
        (((ONE, TWO), (ONE, NEW, TWO)), "p1 p1a p2"),
        (((ONE, TWO), (ONE, NEW, NEWER, TWO)), "p1 p1a p1b p2"),
        (((ONE, TWO), (ONE, NEW, TWO), (ONE, NEWER, NEW, TWO)), "p1 p1b p1a p2"),
        (((ONE, TWO), (ONE, NEW, TWO), (ONE, NEW, NEWER, TWO)), "p1 p1a p1b p2"),
        (((ONE, TWO), (NEW, ONE, TWO)), "p0a p1 p2"),
        (((ONE, TWO), (NEW, ONE, TWO), (NEWER, NEW, ONE, TWO)), "p0b p0a p1 p2"),
        (((ONE, TWO), (ONE, TWO, NEW)), "p1 p2 p3"),
        (((ONE, TWO), (ONE, TWO, NEW, NEWER)), "p1 p2 p3 p4"),
        (((ONE, TWO), (TWO, ONE)), "p2 p1"),
        (((ONE, TWO, THREE), (TWO, THREE, ONE)), "p2 p3 p1"),
        (((ONE, TWO, THREE), (ONE, TWO), (ONE, TWO, THREE)), "p1 p2 p3"),
        (((ONE, TWO, THREE), (ONE, THREE), (ONE, THREE), (ONE, TWO, THREE)), "p1 p2 p3"),
        (((ONE, TWO, THREE), (ONE, TWO), (ONE, TWO, NEW)), "p1 p2 p4"),  # p3 is not given again
        (((ONE, TWO), (ONE, NEW, TWO), (ONE, TWO), (ONE, NEWER, TWO)), "p1 p1b p2"),
        (((ONE, TWO), (ONE, f"{TWO} {NEW}")), "p1 p2"),
        (((ONE, f"{TWO} {NEW}"), (ONE, TWO, NEW)), "p1 p1a p2"),
        (((ONE, TWO, THREE), (ONE, f"{TWO} {THREE}"), (ONE, TWO, THREE)), "p1 p2 p3"),
    ],
)
def test_numbering(versions: tuple[tuple[str, ...], ...], ids: str | tuple[str, ...]) -> None:
    assert " ".join(built(*versions).ids) in (ids if isinstance(ids, tuple) else (ids,))


def test_letters_run_on_after_z() -> None:
    many = [f"{word} {NEW}" for word in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ12345"]
    texts = [f"{n} {text[::-1]}" for n, text in enumerate(many)]
    aligned = built((ONE, TWO), (ONE, *texts, TWO))
    assert aligned.ids[0] == "p1"
    assert aligned.ids[1:28] == (*(f"p1{c}" for c in "abcdefghijklmnopqrstuvwxyz"), "p1aa")
    assert aligned.ids[28] == "p1ab"
    assert aligned.ids[53:55] == ("p1ba", "p1bb")
    assert aligned.ids[-1] == "p2"


def test_gone_and_forwarded_ids_are_told() -> None:
    aligned = built((ONE, TWO, THREE), (ONE, f"{TWO} {THREE}"))
    assert aligned.ids == ("p1", "p3") or aligned.ids == ("p1", "p2")
    (lost,) = {"p2", "p3"} - {*aligned.ids}
    assert aligned.forwards == {lost: aligned.ids[1]}
    assert aligned.gone == {}
    aligned = built((ONE, TWO, THREE), (ONE, f"{TWO} {THREE}"), (ONE,))
    assert aligned.forwards == {}
    assert set(aligned.gone) == {"p2", "p3"}
    assert set(aligned.gone.values()) == {"2026-01-05"}


@pytest.mark.parametrize("seed", range(20))
def test_the_same_is_done_twice(seed: int) -> None:
    followed = Followed(invented(seed, 30))
    editor = Editor(followed.passages, seed)
    light_round(editor)
    light_round(editor)
    blocks = triples(editor.passages)
    one = align(followed.ledger, blocks, today=LATER)
    assert one == align(followed.ledger, list(blocks), today=LATER)
    if one.questions:
        assert one.ledger == followed.ledger
    accepted = align(followed.ledger, blocks, today=LATER, accept=True)
    assert not accepted.questions
    assert accepted.ids == one.ids
    assert align(accepted.ledger, blocks, today=date(2027, 1, 1)).ledger == accepted.ledger
    assert align(accepted.ledger, blocks, today=LATER, accept=True).ledger == accepted.ledger


def test_another_splitter_is_refused_until_it_is_accepted() -> None:
    blocks = paragraphs(ONE, TWO, THREE)
    first = align("", blocks, today=FIRST).ledger
    old = first.replace(f"splitter {SPLITTER}\n", f"splitter {SPLITTER + 6}\n")
    for now in (blocks, paragraphs(ONE, f"{TWO} {THREE}")):
        aligned = align(old, now, today=LATER)
        assert aligned.questions
        assert aligned.ledger == old
        accepted = align(old, now, today=LATER, accept=True)
        assert not accepted.questions
        assert f"\nsplitter {SPLITTER}\n" in accepted.ledger


def test_a_document_cut_down_is_refused_until_it_is_accepted() -> None:
    passages = invented(5, 40)
    first = Followed(passages)
    less = triples(passages[:20])
    aligned = align(first.ledger, less, today=LATER)
    assert aligned.questions
    assert aligned.ledger == first.ledger
    accepted = align(first.ledger, less, today=LATER, accept=True)
    assert not accepted.questions
    assert accepted.ids == tuple(f"p{n}" for n in range(1, 21))
    assert set(accepted.gone) == {f"p{n}" for n in range(21, 41)}


def doubtful() -> tuple[str, list[Block]]:
    """Return a ledger and blocks of which one may be the one that was there, or not."""
    around = (ONE, TWO, THREE, NEW, NEWER)
    before = paragraphs("Six million dollars to Peru for courts and judges", *around)
    after = paragraphs(
        "Nine million dollars to Chad for courts", "Six dollars to Peru for its judges", *around
    )
    return align("", before, today=FIRST).ledger, after


@pytest.mark.parametrize("same", [True, False])
def test_a_question_is_asked_once(same: bool) -> None:
    ledger, blocks = doubtful()
    aligned = align(ledger, blocks, today=LATER)
    (question,) = aligned.questions
    assert (question.why, question.id) == ("doubtful", "p1")
    assert aligned.ledger == ledger
    settled = align(
        answer(ledger, question, same=same, today=LATER, path="ledger"), blocks, today=LATER
    )
    assert not settled.questions
    assert (settled.ids[question.block] == "p1") is same
    assert ("p1" in settled.gone) is not same
    assert not align(settled.ledger, blocks, today=LATER).questions


def test_equal_text_is_never_asked() -> None:
    near = ONE.replace("ninety", "sixty")
    ledger = align("", paragraphs(near, ONE, NEW, ONE, TWO), today=FIRST).ledger
    aligned = align(ledger, paragraphs("Key fact", ONE), today=LATER)
    assert [question.why for question in aligned.questions] == ["buried"]


HOSTILE = (
    "", " ", "\u00a0", "_", "p12 paragraph", "p12", "f1 \"1\" | a _ b", "anchors 1", "###", "—",
    "?!", "\u202eright to left\u202c", "\u200b", "\u200b\u200b", "\ufeff", "\u0301", "💊💊",
    "a\nb", "a\n\nb", "a\r\n\r\nb", "a\x0bb\x0cc", "a\u2028b\u2029c\x85d", "\x00", "\ud7ff", "|",
    "p1 heading id=x gone=2026-01-01\n\np2 item\nx", "gone=2026-01-01", "<<<<<<< HEAD", "=======",
    "word " * 20_000, "x" * 100_000, "é" * 5000, "İ", "ß", "ﬁ", "1,000,000", "٣٤", "中文" * 400,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_survive(text: str) -> None:
    follow = [
        Passage(kind, 2, words, who)
        for who, (kind, words) in enumerate(
            (("heading", ONE), ("paragraph", text), ("item", TWO), ("heading", text))
        )
    ]
    followed = Followed(follow)
    names = list(followed.issued)
    followed.publish([follow[0], follow[2], follow[1], follow[3]])
    followed.publish([follow[0], follow[2]], accept=True)
    followed.publish([replace(follow[1], text=f"{text} {text}"), *follow], accept=True)
    assert parse_ledger(followed.ledger, "ledger")
    for name in (names[0], names[2]):
        assert followed.outcome(name) == "right"


@settings(max_examples=EXAMPLES)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), min_size=2, max_size=4))
def test_any_texts_keep_the_laws(versions: list[list[str]]) -> None:
    followed = Followed([])
    for texts in versions:
        followed.publish([Passage("paragraph", 0, text, hash(text)) for text in texts], accept=True)


POOL = (
    ONE, TWO, THREE, NEW, NEWER, f"{ONE} {TWO}", f"{TWO} {THREE}", f"{ONE} {TWO} {THREE}",
    ONE.replace("ninety", "sixty"), TWO.replace("council", "board"), NEW.upper(), "Background",
    "Background facts", "Key facts", "Key fact", "", "—", "Not applicable", THREE[:40],
    f"{THREE[:40]} {ONE}",
)  # fmt: skip
Versions = list[tuple[list[int], bool]]


def versions_of(*, unique: bool) -> st.SearchStrategy[Versions]:
    """Return versions of a document, as numbers of texts, and whether each is accepted."""
    numbers = st.lists(st.sampled_from(range(len(POOL))), max_size=9, unique=unique)
    return st.lists(st.tuples(numbers, st.booleans()), min_size=2, max_size=6)


@given(versions_of(unique=True))
def test_any_versions_keep_the_laws(versions: Versions) -> None:
    publish_all(versions)


@given(versions_of(unique=False))
def test_any_versions_with_twins_keep_the_laws(versions: Versions) -> None:
    publish_all(versions)


def publish_all(versions: Versions) -> None:
    """Publish version after version; the laws are checked on the way."""
    followed = Followed([])
    for numbers, accept in versions:
        passages = [
            Passage(("paragraph", "item", "heading")[who % 3], 2, POOL[who], who) for who in numbers
        ]
        followed.publish(passages, accept=accept)


def test_five_thousand_equal_blocks() -> None:
    blocks = paragraphs(*["Not applicable"] * 5000)
    first = align("", blocks, today=FIRST)
    assert align(first.ledger, blocks, today=LATER).ledger == first.ledger
    fewer = align(first.ledger, blocks[:4900], today=LATER)
    assert len(set(fewer.ids)) == 4900
    mixed = [*blocks[:2500], *paragraphs(NEW), *blocks[:2499]]
    assert set(align(first.ledger, mixed, today=LATER, accept=True).ids) <= {
        *first.ids, "p2499a", "p2500a", "p2501a", "p5001",
    }  # fmt: skip
