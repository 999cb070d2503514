"""Scores what a tool found against annotations made by hand.

Found and gold are matched one to one by overlap, longest overlap first; what the gold calls
debatable counts neither for nor against. A figure is strictly right when its value (or low and
high) and its unit are; what it says (bound, of, change, period, status) is looked at on strictly
right figures only. A country is right when its ISO code is, a program or person when its span is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Item = Mapping[str, Any]

KINDS = {"figures": "", "countries": "country", "programs": "program", "people": "person"}
FIELDS = ("bound", "of", "change", "period", "status", "comparator")
_SAME_UNIT = {"factor": "times", "multiple": "times", "ratio": "fraction", "tonne": "metric_ton"}
_ARTICLES = frozenset(["a", "an", "the"])
_ENOUGH = 0.5  # token F1 from which a phrase counts as the same


@dataclass(slots=True)
class Counts:
    """What was found of one kind: right places, strictly right ones, extra and missed ones."""

    right: int = 0
    strict: int = 0
    extra: int = 0
    missed: int = 0

    def f1(self, *, strict: bool) -> float:
        """Return F1 of the places, or of what is strictly right."""
        wrong = 2 * (self.right - self.strict) if strict else 0
        hits = self.strict if strict else self.right
        total = 2 * hits + wrong + self.extra + self.missed
        return 2 * hits / total if total else 0.0


@dataclass(slots=True)
class Score:
    """The score of one tool on one set of documents."""

    kinds: dict[str, Counts] = field(default_factory=dict)
    fields: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    seconds: float = 0.0

    def rows(self) -> dict[str, str]:
        """Return what the table prints, row by row; what a tool does not tell is a dash."""
        rows = {}
        for kind, counts in self.kinds.items():
            told = kind == "figures" or counts.right
            rows[f"{kind}: F1"] = f"{counts.f1(strict=False):.3f}" if told else "-"
            rows[f"{kind}: strict F1"] = f"{counts.f1(strict=True):.3f}" if told else "-"
        for name in FIELDS:
            told = self.asked[name] and self.asked["told " + name]
            share = self.fields[name] / self.asked[name] if self.asked[name] else 0
            rows[f"{name} right, of right figures"] = f"{share:.3f}" if told else "-"
        rows["figures in the gold"] = str(
            self.kinds["figures"].right + self.kinds["figures"].missed
        )
        rows["kB of text a second"] = f"{self.bytes / 1000 / self.seconds:,.0f}"
        return rows


def score(gold: Path, found: Iterable[Item], *, show: str = "") -> Score:
    """Return the score of what was `found` in the documents of a gold folder.

    `show` names a kind or a field whose misses are printed.
    """
    total = Score(kinds={kind: Counts() for kind in KINDS})
    for one in found:
        name = Path(one["source"]).name
        wanted = json.loads((gold / f"{name}.json").read_text(encoding="utf-8"))
        total.bytes += one["bytes"]
        total.seconds += one["seconds"]
        for kind, ours in KINDS.items():
            mentions = one["mentions"] if ours else one["figures"]
            mine = [item for item in mentions if not ours or item["kind"] == ours]
            _count(kind, wanted[kind], mine, total, show and f"{show} {name[:30]}")
    return total


def _count(kind: str, gold: Sequence[Item], found: Sequence[Item], total: Score, show: str) -> None:
    counts, right = total.kinds[kind], _RIGHT[kind]
    pairs = _matched(gold, found)
    for i, j in pairs.items():
        if gold[i].get("debatable"):
            continue
        counts.right += 1
        if right(gold[i], found[j]):
            counts.strict += 1
            if kind == "figures":
                _count_fields(gold[i], found[j], total, show)
        elif show.startswith(kind):
            print(f"WRONG  {show}: {gold[i]['surface']!r}, found {dict(found[j])}")
    used = set(pairs.values())
    for i, item in enumerate(gold):
        if i not in pairs and not item.get("debatable"):
            counts.missed += 1
            if show.startswith(kind):
                print(f"MISSED {show}: {item['surface']!r}")
    for j, item in enumerate(found):
        if j not in used:
            counts.extra += 1
            if show.startswith(kind):
                print(f"EXTRA  {show}: {item['surface']!r}")


def _count_fields(gold: Item, found: Item, total: Score, show: str) -> None:
    for name in FIELDS:
        if name not in gold:
            continue
        total.asked[name] += 1
        total.asked["told " + name] += name in found
        same = _same_phrase if name in ("of", "period") else _same_value
        right = name in found and same(gold[name], found[name])
        total.fields[name] += right
        if not right and show.startswith(f"{name} "):
            print(f"{show}: {gold['surface']!r} gold {gold[name]!r}, found {found.get(name)!r}")


def _matched(gold: Sequence[Item], found: Sequence[Item]) -> dict[int, int]:
    """Return for each gold item that is found the number of what found it."""
    pairs = sorted(
        (-min(g["end"], f["end"]) + max(g["start"], f["start"]), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if min(g["end"], f["end"]) > max(g["start"], f["start"])
    )
    matched: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in pairs:
        if i not in matched and j not in used:
            matched[i] = j
            used.add(j)
    return matched


def _figure_right(gold: Item, found: Item) -> bool:
    unit = _SAME_UNIT.get(gold["unit"], gold["unit"])
    if unit != _SAME_UNIT.get(found["unit"], found["unit"]):
        return False
    low, high = gold.get("range") or (gold.get("lo"), gold.get("hi"))
    if low is not None or high is not None:
        return _same_number(low, found["low"]) and _same_number(high, found["high"])
    # Two thirds are 0.667 to one annotator and 0.6667 to another.
    return _same_number(gold["value"], found["value"], 2e-3 if unit == "fraction" else 1e-6)


def _same_number(gold: float | None, found: float | None, tolerance: float = 1e-6) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    return abs(gold - found) <= tolerance * max(1.0, abs(gold))


def _same_country(gold: Item, found: Item) -> bool:
    return bool(gold["iso2"].lower() == found["entity"])


def _same_span(gold: Item, found: Item) -> bool:
    return bool((gold["start"], gold["end"]) == (found["start"], found["end"]))


_RIGHT: dict[str, Callable[[Item, Item], bool]] = {
    "figures": _figure_right,
    "countries": _same_country,
    "programs": _same_span,
    "people": _same_span,
}


def _same_value(gold: str | None, found: str | None) -> bool:
    return gold == found


def _same_phrase(gold: str | None, found: str | None) -> bool:
    """Tell whether two phrases share enough words; where both are silent they agree."""
    if not gold or not found:
        return not gold and not found
    ours, theirs = _words(found), _words(gold)
    shared = sum((ours & theirs).values())
    return 2 * shared / (ours.total() + theirs.total() or 1) >= _ENOUGH


def _words(phrase: str) -> Counter[str]:
    return Counter(w for w in re.findall(r"[\w'.$%-]+", phrase.lower()) if w not in _ARTICLES)
