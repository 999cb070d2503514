"""Cells of CSV files: numbers plain, lists in one notation, no text that a spreadsheet runs."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.cells import cell_of, guarded, json_of, unguarded
from builder.exporting.cells import value_of
from builder.exporting.schema import Field
from builder.table_files import TableText, as_csv, as_json

CASES = yaml.safe_load((Path(__file__).parent / "cases/formulas.yaml").read_text("utf-8"))
RUN_BY_SPREADSHEETS = re.compile(
    '["\ufeff\u200b\u202e]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20].', re.DOTALL
)


@pytest.mark.parametrize(("text", "cell"), [(case["text"], case["cell"]) for case in CASES])
def test_texts_that_would_be_formulas(text: str, cell: str) -> None:
    assert cell_of(text) == cell
    assert unguarded(cell) == text
    assert json.loads(json_of(text)) == text


@given(st.text("'\"\ufeff=+-@\t\r\n a1|＝", max_size=6) | st.text())
def test_no_text_is_a_formula_and_every_text_comes_back(text: str) -> None:
    cell = guarded(text)
    assert not RUN_BY_SPREADSHEETS.match(cell)
    assert unguarded(cell) == text.replace("\0", "\ufffd")


NUMBERS = [
    (1550000000, "1550000000"),
    (26.0, "26"),
    (-3.0, "-3"),
    (0.1, "0.1"),
    (1e-07, "0.0000001"),
    (2.5e-05, "0.000025"),
    (1e21, "1000000000000000000000"),
    (12345678901234567890, "12345678901234567890"),
    (1.5e16, "15000000000000000"),
    (float("inf"), ""),
    (float("nan"), ""),
    (True, "true"),
    (False, "false"),
    (None, ""),
    ((), ""),
    (("mx",), "mx"),
    (("mx", "cn"), "mx|cn"),
    (("a|b", "c"), "a¦b|c"),
    (("=1+1", "x"), "'=1+1|x"),
]


@pytest.mark.parametrize(("value", "cell"), NUMBERS)
def test_values_that_are_no_texts(value: object, cell: str) -> None:
    assert cell_of(value) == cell  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "cell"), [one for one in NUMBERS if not isinstance(one[0], tuple)]
)
def test_json_writes_them_as_csv_does(value: object, cell: str) -> None:
    assert json_of(value) == (cell or "null")  # type: ignore[arg-type]


def test_lists_are_arrays_in_json() -> None:
    assert json.loads(json_of(("a|b", '"c"', "\n"))) == ["a|b", '"c"', "\n"]
    assert json_of(()) == "[]"


HOSTILE = (
    'He said "no", then left',
    "two\r\nlines",
    "</script>\u202e{{ x }}%#&\\",
    "\u2028 \x85 \x0b",
    "😀",
    "a\ud800b",
    "",
)


def test_files_of_hostile_rows() -> None:
    rows = [{"n": number, "text": text} for number, text in enumerate(HOSTILE)]
    text = TableText(("n", "text"))
    text.add(rows)
    csv_file, json_file, count = text.files()
    assert count == len(rows)
    assert (csv_file, json_file) == (as_csv(rows), as_json(rows))
    assert csv_file.startswith(b"n,text\r\n")
    read = list(csv.DictReader(io.StringIO(csv_file.decode(), newline="")))
    whole = [text.replace("\ud800", "\\ud800") for text in HOSTILE]
    assert [row["text"] for row in read] == whole
    assert [row["text"] for row in json.loads(json_file)] == list(HOSTILE)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.5, 3.0, 1e30, 1e-9, float("nan")]),
    st.sampled_from(["", "=1", "a", "a\0b", "%s", 'b,"c"', "|"]),
    st.sampled_from([(), ("a",), ("a|b", "=c")]),
)


@given(st.lists(st.tuples(VALUES, VALUES), max_size=6))
def test_columns_of_any_values_are_written_as_rows_are(values: list[tuple[Any, Any]]) -> None:
    rows = [dict(zip(("50%", "b"), row, strict=True)) for row in values]
    text = TableText(("50%", "b"))
    text.add(rows)
    assert text.files() == (as_csv(rows, ("50%", "b")), as_json(rows), len(rows))


def test_a_table_of_many_rows_has_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.table_files._GROUP", 2)
    rows = [{"n": number} for number in range(5)]
    text = TableText(("n",))
    text.add(rows)
    assert text.files() == (as_csv(rows), as_json(rows), 5)


def test_a_table_without_rows_has_its_header() -> None:
    assert TableText(("a", "b")).files() == (b"a,b\r\n", b"[\n\n]\n", 0)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("string", "'=1", "=1"),
        ("string", "", None),
        ("integer", "12", 12),
        ("number", "0.5", 0.5),
        ("number", "3", 3),
        ("boolean", "true", True),
        ("list", "a|b", ("a", "b")),
        ("list", "", ()),
        ("edtf", "2019-06?", "2019-06?"),
    ],
)
def test_cells_are_read_back(kind: str, cell: str, value: object) -> None:
    field = Field("x", kind, "X", "X.", None)  # type: ignore[arg-type]
    assert value_of(field, cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"), [("integer", "1.5"), ("number", "true"), ("boolean", "1")]
)
def test_cells_of_another_type_are_refused(kind: str, cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        value_of(Field("x", kind, "X", "X.", None), cell)  # type: ignore[arg-type]


@given(st.lists(st.text(st.sampled_from(list("ab,\"\r\n'\u00e9;\x0b\u2028 "))), min_size=1))
def test_a_row_is_quoted_as_the_standard_library_does(cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell_of(cell) for cell in cells])
    names = [str(number) for number in range(len(cells))]
    header, row = ",".join(names) + "\r\n", dict(zip(names, cells, strict=True))
    assert as_csv([row]).decode() == header + out.getvalue()
