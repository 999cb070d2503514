"""`builder check` says what stays unknown although somebody could state it."""

from __future__ import annotations

from collections.abc import Callable

from builder.model import Problem
from builder.read import source_from_bytes
from builder.structure import structure
from builder.unknown_facts import unknown_facts, unknown_keys


def warnings(*texts: str, of: Callable[..., list[Problem]] = unknown_facts) -> list[str]:
    documents = [
        structure(source_from_bytes(text.encode(), f"seeds/{number}.txt"))
        for number, text in enumerate(texts)
    ]
    found = of(documents)
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


def test_a_key_that_is_not_known_is_told_once_however_many_have_it() -> None:
    text = "---\ntitle: A\nlayout: wide\n{}\n---\nHarbors open at seven.\n"
    texts = [text.format(more) for more in ("isuer: B", "publisher: B\nauthor: C", "x: 1")]
    assert warnings(*texts * 3, *[text.format("Tags: [a]")] * 9, of=unknown_keys) == [
        'seeds/0.txt:3: the key "layout" of the header is not known (in 18 documents): '
        "it is shown, and not understood",
        'seeds/9.txt:4: the key "Tags" of the header is not known (in 9 documents): '
        "it is shown, and not understood",
        'seeds/0.txt:4: the key "isuer" of the header is not known (in 3 documents): '
        'it is shown, and not understood; is "issuer" meant? The manifest can say it',
        'seeds/2.txt:4: the key "x" of the header is not known (in 3 documents): '
        "it is shown, and not understood",
    ]


def test_of_many_keys_that_are_not_known_the_rest_is_told_together() -> None:
    keys = "\n".join(f"key{number}: x" for number in range(2000))
    found = warnings(f"---\ntitle: A\n{keys}\n---\nHarbors.\n", of=unknown_keys)
    assert len(found) == 21
    assert "and 1,980 more keys" in found[-1]
    assert len(found[-1]) < 400
