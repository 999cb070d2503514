"""`builder check` says what stays unknown although somebody could state it."""

from __future__ import annotations

from builder.read import source_from_bytes
from builder.structure import structure
from builder.unknown_facts import unknown_facts


def warnings(*texts: str) -> list[str]:
    documents = [
        structure(source_from_bytes(text.encode(), f"seeds/{number}.txt"))
        for number, text in enumerate(texts)
    ]
    found = unknown_facts(documents)
    assert all(problem.warning for problem in found)
    return list(map(str, found))


def test_what_is_said_and_not_read() -> None:
    text = "---\ntitle: A plan\ndate: March 5th, 2021\nurl: nowhere\n---\nHarbors open.\n"
    assert warnings(text) == [
        'seeds/0.txt:1: the file’s header says "March 5th, 2021", which is no date we can read;'
        " write it as 2021-03-05",
        'seeds/0.txt:1: the file’s header says "nowhere", which is no web address;'
        " mend it, or take it away",
    ]


def test_what_is_read_and_what_is_not_there() -> None:
    assert (
        warnings("---\ntitle: A plan\ndate: 2021-03-05\n---\nHarbors open.\n", "Harbors.\n") == []
    )


def test_many_alike_are_told_of_a_few() -> None:
    found = warnings(*["---\ntitle: A\ndate: soon\n---\nHarbors open at seven.\n"] * 50)
    assert len(found) == 21
    assert "and 29 more" in found[-1]


def test_issuers_may_be_a_list() -> None:
    text = (
        "---\ntitle: A plan\nissuer:\n  - The White House\n  - Government of Japan\n---\nHarbors.\n"
    )
    source = source_from_bytes(text.encode(), "seeds/a.txt")
    assert source.metadata.issuer.value == "The White House; Government of Japan"
