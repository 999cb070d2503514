"""Reads a shell from a specimen that the theme has rendered.

Lists are learned from their pieces. Where exactly the text after one item ends and the text before
the next begins cannot be seen, and need not be: any cut at which all pieces fit together again
gives the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from builder.rendering.placeholders import Specimen, UnreadableError
from builder.rendering.shell import Part, row_key

_Values = Sequence[tuple[str, str]]


def learn(specimen: Specimen, output: str) -> list[Part]:
    """Return the parts of what a template made of a specimen; raises UnreadableError."""
    literals, values = specimen.placeholders.found_in(output)
    parts: list[Part] = [["is", literals[0]]]
    for kind, start, end in _runs(values):
        inside, after = literals[start + 1 : end], literals[end]
        here = values[start:end]
        before = parts.pop()[1]
        if kind in ("tags", "links"):
            before, part, after = _learn_rows(specimen, kind, here, [before, *inside, after])
            parts += [["is", before], part, ["is", after]]
        elif kind == "toc":
            before, part, after = _learn_toc(specimen, here, [before, *inside, after])
            parts += [["is", before], part, ["is", after]]
        else:
            parts += [["is", before], ["value", *here[0]], ["is", after]]
    return [part for part in parts if part != ["is", ""]]


def common_start(texts: Sequence[str]) -> str:
    """Return the text with which all of some texts begin."""
    first, last = min(texts), max(texts)
    length = next(
        (n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(last)),
    )
    return first[:length]


def _runs(values: _Values) -> Iterator[tuple[str, int, int]]:
    """Yield the single values and the lists among them: kind, start and end."""
    seen, start = set(), 0
    for kind, group in groupby(values, key=lambda value: _kind(value[0])):
        length = len(list(group))
        if kind:
            if kind in seen:
                raise UnreadableError(f"{kind} are printed twice")
            seen.add(kind)
            yield kind, start, start + length
        else:
            yield from (("", place, place + 1) for place in range(start, start + length))
        start += length


def _kind(meaning: str) -> str:
    name, _, number = meaning.partition(" ")
    return name.partition(".")[0] if number else ""


def _one_form(values: _Values) -> str:
    forms = {form for _, form in values}
    if len(forms) != 1:
        raise UnreadableError("items of a list are printed in several ways")
    return forms.pop()


def _learn_rows(
    specimen: Specimen, which: str, values: _Values, literals: Sequence[str]
) -> tuple[str, Part, str]:
    """Return what stands before a list of tags or links, the list, and what stands after it."""
    rows = specimen.meta["tags_for_programs" if which == "tags" else "links"]
    if [meaning for meaning, _ in values] != [f"{which} {n}" for n in range(len(rows))]:
        raise UnreadableError(f"{which} are not printed one by one")
    keys = [row_key(row, which) for row in rows]
    steps = dict(zip(pairwise(keys), literals[1:-1], strict=True))
    after = {
        key: common_start([text for (left, _), text in steps.items() if left == key])
        for key in keys
    }
    # What all rows begin with may not be how the text behind the list begins.
    shared = len(after[keys[-1]]) - len(common_start([after[keys[-1]], literals[-1]]))
    after = {key: text[: len(text) - shared] for key, text in after.items()}
    before = {right: text[len(after[left]) :] for (left, right), text in steps.items()}
    for (left, right), text in steps.items():
        if after[left] + before[right] != text:
            raise UnreadableError(f"{which} are not printed each for itself")
    learned = {"before": before, "after": after, "form": _one_form(values)}
    start = _cut(literals[0], "", before[keys[0]])
    return start, ["rows", which, learned], _cut(literals[-1], after[keys[-1]], "")


def _learn_toc(
    specimen: Specimen, values: _Values, literals: Sequence[str]
) -> tuple[str, Part, str]:
    """Return what stands before the contents, the contents, and what stands after them."""
    depths = [depth for depth, _, _ in specimen.toc]
    expected = [f"toc.{what} {n}" for n in range(len(depths)) for what in ("id", "title")]
    if [meaning for meaning, _ in values] != expected:
        raise UnreadableError("entries of the contents are not printed one by one")
    middle = set(literals[1:-1:2])
    steps: dict[int, set[str]] = {}
    for (here, following), text in zip(pairwise(depths), literals[2:-1:2], strict=True):
        steps.setdefault(following - here, set()).add(text)
    if len(middle) != 1 or any(len(texts) != 1 for texts in steps.values()):
        raise UnreadableError("entries of the contents are printed in several ways")
    step = {change: texts.pop() for change, texts in steps.items()}
    last = depths[-1]
    closing = common_start([step[0], step[-1], literals[-1]])
    opening = step[0][len(closing) :]
    up = _cut(step[-1], closing, opening)
    down = _cut(step[1], "", opening)
    for change, text in step.items():
        if change <= 0 and text != closing + up * -change + opening:
            raise UnreadableError("levels of the contents are printed in several ways")
    learned = {
        "id": _one_form(values[::2]),
        "title": _one_form(values[1::2]),
        "opening": opening,
        "middle": middle.pop(),
        "closing": closing,
        "down": down,
        "up": up,
    }
    before = _cut(literals[0], "", opening)
    return before, ["toc", learned], _cut(literals[-1], closing + up * last, "")


def _cut(text: str, start: str, end: str) -> str:
    """Return a text without its start and end, which it must have."""
    inner: Any = text.startswith(start) and text.endswith(end) and len(text) >= len(start + end)
    if not inner:
        raise UnreadableError("the pieces of a list do not fit together")
    return text[len(start) : len(text) - len(end)]
