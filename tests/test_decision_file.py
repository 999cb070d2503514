"""The file of decisions: what is wrong with a line is told with its line; new lines read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.catalogue import load_catalogue
from builder.kinds import KINDS
from builder.model import Problems
from builder.reviewing.decision_file import read_decisions, undecided
from builder.reviewing.decisions import Decision
from builder.reviewing.lines import HEADING, decision_line, line_of, with_lines
from builder.reviewing.take_up import repeated
from builder.slugs import slugify
from builder.strict_yaml import load

CASES: list[Any] = load(
    (Path(__file__).parent / "cases" / "decision_problems.yaml").read_text(encoding="utf-8"),
    "decision_problems.yaml",
)
HOSTILE = (
    *('The "Ports" Act', "Ports: the Act", "-Ports Act", "Ports Act #1", "Ports, Act", "a: b"),
    *("{Ports} [Act]", "Smith's Act", "& Ports", "* Ports", "! Ports", "? Ports", "| Ports"),
    *("> Ports", "% Ports", "@ Ports", "`Ports`", "no", "Null", "true", "~", "1.50", "0x1F"),
    *("2024-01-01", "Über-Gesetz", "Ports\\Act", "Ports\u200bAct", "Ports\u202eAct", "Act\u0007"),
    *("港湾法", "Ports\U0001f6a2"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " / ".join(case["lines"]))
def test_what_is_wrong_is_told(tmp_path: Path, case: Any) -> None:
    (tmp_path / "programs.yaml").write_text("- {key: cwi, name: Container Watch Initiative}\n")
    (tmp_path / "organizations.yaml").write_text("- {key: hcb, name: Harbor Control Bureau}\n")
    (tmp_path / "review.yaml").write_text("\n".join(case["lines"]) + "\n", encoding="utf-8")
    with pytest.raises(Problems) as raised:
        load_catalogue(tmp_path, tmp_path)
    assert [str(problem) for problem in raised.value.problems] == case["told"]


def decisions(text: str) -> list[Decision]:
    found, problems = read_decisions(load(text, "review.yaml"), "review.yaml")
    assert problems == []
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_reads_back(name: str) -> None:
    fields = {"never": name, "kind": "program", "candidate": "ports", "note": name}
    line = line_of(fields)
    assert line.isprintable()
    (decision,) = decisions(line)
    assert (decision.name, decision.note) == (" ".join(name.split()), " ".join(name.split()))
    assert decisions(decision_line(decision)) == [decision]


@given(st.text(min_size=1))
def test_any_text_is_one_line_of_yaml(text: str) -> None:
    line = line_of({"never": text})
    assert "\n" not in line
    assert load(line, "review.yaml") == [{"never": text}]


def test_every_field_reads_back() -> None:
    text = (
        "- {accept: Ports Act, kind: program, key: pa, as: organization, name: Act, sort: law}\n"
        "- {alias: Ports Bill, kind: program, of: pa, as: organization, note: of the draft}\n"
        "- {never: Alan R. Marsh, kind: person, candidate: alan-marsh, in: one}\n"
    )
    assert "".join(f"{decision_line(one)}\n" for one in decisions(text)) == text


def test_lines_over_several_lines_are_read_too() -> None:
    one = decisions("review:\n- never: Ports Act\n  kind: program\n  note: a ship\n")
    assert (one[0].name, one[0].key, one[0].place.line) == ("Ports Act", "ports-act", 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{HEADING}- x\n"),
        ("\n \n", f"{HEADING}- x\n"),
        ("# a note\n", "# a note\n- x\n"),
        ("- a # why\n\n# more\n- b\n", "- a # why\n\n# more\n- b\n- x\n"),
        ("- a", "- a\n- x\n"),
        ("- a\r\n", "- a\r\n- x\r\n"),
        ("review:\n  - a\n", "review:\n  - a\n  - x\n"),
    ],
)
def test_lines_are_added_at_the_end(before: str, after: str) -> None:
    assert with_lines(before, ["- x"]) == after


def test_a_line_that_stands_twice_is_a_warning() -> None:
    text = "- {never: Ports Act, kind: program}\n"
    found = list(repeated(decisions(text * 2)))
    assert [str(problem) for problem in found] == [
        'review.yaml:2: the decision on "Ports Act" stands here again; '
        "delete this line; the other one stands at review.yaml:1"
    ]
    assert found[0].warning


def test_what_waits_for_a_decision() -> None:
    text = "- {decide: Alan R. Marsh, kind: person, candidate: alan-marsh}\n- {never: B, kind: x}\n"
    waiting = undecided(load(text, "queue.yaml"))
    assert [(one.kind, one.key, one.name) for one in waiting] == [
        ("person", "alan-marsh", "Alan R. Marsh")
    ]
    assert undecided(None) == []


def test_the_kinds_are_those_of_the_table() -> None:
    """A kind that a collection adds can be decided on like the others."""
    listed = {kind.name for kind in KINDS if kind.listed and kind.pages}
    found = decisions("".join(f"- {{never: X, kind: {kind}}}\n" for kind in sorted(listed)))
    assert {one.kind for one in found} == listed
    assert {one.key for one in found} == {slugify("X")}


def test_many_wrong_keys_are_told_soon(tmp_path: Path) -> None:
    """Only the first of them are compared with all keys that there are."""
    lines = (f"- {{alias: Act {n}, kind: program, of: medicaid-{n}}}\n" for n in range(1500))
    (tmp_path / "review.yaml").write_text("".join(lines))
    with pytest.raises(Problems) as raised:
        load_catalogue(tmp_path, tmp_path)
    hints = [problem.hint for problem in raised.value.problems]
    assert len(hints) == 1500
    assert sum(hint == "perhaps medicaid" for hint in hints) <= 20
