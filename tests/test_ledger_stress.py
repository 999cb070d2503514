"""Addresses under every kind of edit, against exact truth: the promises of the ledger."""

from __future__ import annotations

import pytest

from conftest import SEEDS
from edits import SPLITTERS
from trials import DEV, ROWS, Row, Tally, documents, try_rounds, try_row, try_splitter

FEW, MANY = 12, 300  # invented documents
SLOW = pytest.mark.slow


def shown(name: str, tally: Tally) -> str:
    """Return for a person what a trial came to."""
    counts = f"touched {dict(tally.touched)}, others {dict(tally.others)}"
    return "\n".join((f"{name}: {counts}", *tally.told[:8]))


def test_the_real_documents_are_among_them() -> None:
    if not DEV.is_dir():
        pytest.skip("the ten documents of ../shared/corpus/dev are not at hand")
    assert len(documents(FEW)) == FEW + len(SEEDS) + 10


def judge(row: Row, many: int) -> None:
    """Assert what a row promises."""
    tally = try_row(row, many)
    touched, others = tally.touched, tally.others
    # Of few documents' few addresses one that is lost is more than some percent.
    missed = (touched.total() - touched["right"]) * 100
    one = 100 if row.right < 100 else 0
    assert missed <= max(one, (100 - row.right) * touched.total()), shown(row.name, tally)
    assert touched["wrong"] * 100 <= row.wrong * touched.total(), shown(row.name, tally)
    assert others["right"] * 100 >= row.others * others.total(), shown(row.name, tally)
    wrong = min(0.1, 100 - row.others)
    assert others["wrong"] * 100 <= wrong * others.total(), shown(row.name, tally)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_edit(row: Row) -> None:
    judge(row, FEW)


@SLOW
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_an_edit_of_many_documents(row: Row) -> None:
    judge(row, MANY)


@pytest.mark.parametrize(
    ("many", "answering", "right"),
    [
        (0, True, 98.0),
        (0, False, 98.0),
        pytest.param(MANY, True, 99.0, marks=SLOW),
        pytest.param(MANY, False, 98.8, marks=SLOW),
    ],
)
def test_ten_rounds_of_light_edits(many: int, answering: bool, right: float) -> None:
    tally = try_rounds(many, answering=answering)
    found = tally.touched
    assert found["right"] * 100 >= right * found.total(), shown("ten rounds", tally)
    assert found["wrong"] * 100 <= 0.1 * found.total(), shown("ten rounds", tally)


@pytest.mark.parametrize(
    ("splitter", "many"),
    [
        *((name, FEW) for name in SPLITTERS if name != "sentences"),
        *(pytest.param(name, MANY, marks=SLOW) for name in SPLITTERS),
    ],
)
def test_another_splitter_there_and_back(splitter: str, many: int) -> None:
    for way, tally in zip(("there", "back"), try_splitter(splitter, many), strict=True):
        found = tally.touched
        assert found["right"] * 100 >= 93 * found.total(), shown(f"{splitter}, {way}", tally)
        assert found["wrong"] * 100 <= 0.2 * found.total(), shown(f"{splitter}, {way}", tally)
