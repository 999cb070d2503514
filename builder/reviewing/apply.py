"""Applies the editors' decisions to what the finders of a document have found.

It comes before overlaps are settled, so a name that is never marked makes room for what it covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from builder.model import Entity, Found, Span
from builder.naming.following import IN_CATALOGUE
from builder.naming.names import Names
from builder.naming.typography import WORD, fold_name, outline
from builder.reviewing.decisions import VERBS, Decision, Decisions, Who
from builder.slugs import slugify

Item = tuple[str, Found]
"""Something found, with the name of the kind under which it was found."""

RULES = {verb: f"{verb}: the editor's decision" for verb in VERBS}
"""What `builder annotate --explain` says of a decision, by its verb."""


def apply_decisions(
    found: Iterable[Item],
    decisions: Decisions,
    names: Mapping[str, Names],
    texts: Sequence[str],
    document: str,
) -> tuple[list[Item], list[Item], frozenset[Decision]]:
    """Return what is marked, what the editors do not want marked, and the decisions that counted.

    `names` are the catalogue's by kind, `texts` what the finders have read, `document` is its slug.
    """
    if not decisions.lines:
        return list(found), [], frozenset()
    marked: list[Item] = []
    dropped: list[Item] = []
    counted: set[Decision] = set()
    for kind, item in found:
        surface = texts[item.block][item.at.start : item.at.end]
        line = decisions.on((kind, item.entity), surface, document)
        if line is None or not _is_meant(line, kind, item, surface):
            marked.append((kind, item))
            continue
        if _is_swallowed(line, kind, item, surface):
            other = Entity(kind=kind, key=item.entity, name=surface, reviewed=False)
            marked.append((kind, replace(item, candidate=other)))
            continue
        counted.add(line)
        rules = (*item.rules, RULES[line.verb])
        if line.verb == "never":
            dropped.append((kind, replace(item, rules=rules)))
            inside = _uncovered(kind, item, names[kind], surface) if kind in names else ()
            marked += (one for one in inside if not _is_unwanted(one, decisions, texts, document))
        else:
            moved = replace(item, entity=line.entity[1], candidate=None, rules=rules)
            marked.append((line.entity[0], moved))
    return marked, dropped, frozenset(counted)


def _is_meant(line: Decision, kind: str, item: Found, surface: str) -> bool:
    """Tell whether a line is about a candidate, and not about another one that has its key."""
    candidate = item.candidate
    return candidate is None or is_about(line, (kind, item.entity), (surface, candidate.name))


def _is_swallowed(line: Decision, kind: str, item: Found, surface: str) -> bool:
    """Tell whether a finder's own name has the very key that a line gives to something else.

    Finders make no candidate of it, for the catalogue holds the key.
    """
    who = (kind, item.entity)
    chosen = line.verb == "accept" and who == line.entity != line.candidate
    return chosen and slugify(surface) == item.entity and not is_about(line, who, (surface,))


def is_about(line: Decision, who: Who, names: Iterable[str]) -> bool:
    """Tell whether a line is about the candidate of this kind and key and one of these names."""
    if who == line.candidate and line.key == slugify(line.name):
        return True
    if who == line.entity != line.candidate:
        said = {outline(line.name), outline(line.preferred)}
    else:
        said = {outline(line.name)}
    return any(outline(name) in said or _is_same_person(line, name) for name in names)


def _is_same_person(line: Decision, name: str) -> bool:
    """Tell whether one name of a person has all words of the other: "Marsh", "Alan R. Marsh"."""
    one, other = (
        {word for word in WORD.findall(fold_name(text)) if len(word) > 1}
        for text in (line.name, name)
    )
    return line.kind == "person" and (one <= other or other <= one)


def _uncovered(kind: str, item: Found, names: Names, surface: str) -> Iterator[Item]:
    """Yield the catalogue's names inside a longer one that is never marked."""
    for match in names.find(surface):
        if not match.form.short and match.form.key != item.entity:
            start = item.at.start
            at = Span(start + match.start, start + match.end)
            yield kind, Found(item.block, at, match.form.key, rules=(IN_CATALOGUE,))


def _is_unwanted(one: Item, decisions: Decisions, texts: Sequence[str], document: str) -> bool:
    kind, item = one
    surface = texts[item.block][item.at.start : item.at.end]
    line = decisions.on((kind, item.entity), surface, document)
    return line is not None and line.verb == "never"
