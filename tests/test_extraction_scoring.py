"""The scorer of the extraction benchmark: what counts as found, and as right."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks/extraction"))

from scoring import Score, score

GOLD = {"start": 0, "end": 12, "surface": "$1.5 billion", "value": 1.5e9, "unit": "USD"}
SAID = {"bound": "exact", "of": "treatment funding", "change": None, "period": None}


def scored(tmp_path: Path, gold: list[Any], found: list[Any]) -> Score:
    wanted = {"figures": gold, "countries": [], "programs": [], "people": []}
    (tmp_path / "a.txt.json").write_text(json.dumps(wanted), "utf-8")
    told = {"source": "a.txt", "bytes": 1, "seconds": 1.0, "mentions": [], "figures": found}
    return score(tmp_path, [told])


def figure(**changes: Any) -> dict[str, Any]:
    return {**GOLD, **SAID, "low": None, "high": None, **changes}


@pytest.mark.parametrize(
    ("changes", "strict"),
    [({}, 1), ({"value": 1.5e6}, 0), ({"unit": "EUR"}, 0), ({"value": None, "low": 1.5e9}, 0)],
)
def test_a_figure_is_right_when_value_and_unit_are(tmp_path, changes, strict):
    counts = scored(tmp_path, [{**GOLD, **SAID}], [figure(**changes)]).kinds["figures"]
    assert (counts.right, counts.strict, counts.extra, counts.missed) == (1, strict, 0, 0)


def test_extra_and_missed_count_and_debatable_does_not(tmp_path):
    unsure = {**GOLD, **SAID, "start": 30, "end": 35, "debatable": True}
    far = {**GOLD, **SAID, "start": 50, "end": 62}
    found = [figure(start=30, end=35), figure(start=90, end=95)]
    counts = scored(tmp_path, [unsure, far], found).kinds["figures"]
    assert (counts.right, counts.extra, counts.missed) == (0, 1, 1)


@pytest.mark.parametrize(
    ("of", "right"),
    [("the treatment funding", 1), ("funding", 1), ("agents", 0), (None, 0), ("treatment", 1)],
)
def test_a_phrase_is_right_when_half_its_words_agree(tmp_path, of, right):
    total = scored(tmp_path, [{**GOLD, **SAID}], [figure(of=of)])
    assert total.fields["of"] == right
    assert total.fields["period"] == total.asked["period"] == 1  # both are silent


def test_what_a_tool_does_not_tell_is_a_dash(tmp_path):
    found = figure()
    del found["of"]
    assert scored(tmp_path, [{**GOLD, **SAID}], [found]).rows()["of right, of right figures"] == "-"
