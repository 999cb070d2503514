"""Reads `seeds/catalogue/review.yaml`: one decision a line, each checked for itself.

- {accept: Container Watch Initiative, kind: program, sort: initiative}
- {alias: Container Watch, kind: program, of: container-watch-initiative}
- {never: Board Room, kind: program, in: port-security-plan, note: The room of the meeting.}
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from builder.kinds import KINDS
from builder.model import Entity, Place, Problem
from builder.naming.typography import WORD
from builder.reviewing.decisions import FILE, VERBS, Decision, Verb
from builder.slugs import is_reserved, slugify
from builder.strict_yaml import Items, Record, load

UNDECIDED = "decide"
"""What stands in the queue where the decision has to be written."""

REVIEWED_KINDS = tuple(kind.name for kind in KINDS if kind.listed and kind.pages)
"""The kinds whose candidates can be decided on: those that the catalogue may list."""

# Words that alone are no name of anything.
_NO_NAME = frozenset(("a", "an", "and", "for", "in", "of", "on", "or", "the", "to"))

_COMMON = ("kind", "candidate", "sort", "note")
FIELDS: dict[Verb, tuple[str, ...]] = {
    "accept": ("as", "key", "name", *_COMMON),
    "alias": ("of", "as", *_COMMON),
    "never": ("in", *_COMMON),
}


def read_decisions(content: Any, path: str) -> tuple[list[Decision], list[Problem]]:
    """Turn the file's YAML into decisions, and say what is wrong with any of its lines."""
    problems: list[Problem] = []
    decisions = []
    for item in _items(content, path, problems):
        wrong = list(_complaints(item))
        if not wrong:
            decision = _decision(item)
            wrong = list(_impossible(decision, item))
            decisions += [] if wrong else [decision]
        problems += wrong
    return decisions, problems


@lru_cache(maxsize=4)
def loaded(text: str, path: str) -> Any:
    """Return the YAML of a file of decisions; a command needs the same text several times."""
    return load(text, path)


def undecided(content: Any) -> list[Entity]:
    """Return the candidates of a queue that still wait for a decision."""
    items = content if isinstance(content, list) else ()
    waiting = [item for item in items if isinstance(item, Record) and _is_undecided(item)]
    return [
        Entity(
            kind=_text(item.get("kind")),
            key=_text(item.get("candidate")) or slugify(_text(item[UNDECIDED])),
            name=_text(item[UNDECIDED]),
            sort=_text(item.get("sort")),
            reviewed=False,
        )
        for item in waiting
    ]


def decided(content: Any) -> Any:
    """Return the content of a queue without the lines that still wait for a decision."""
    if not isinstance(content, list):
        return content
    lines = content.lines if isinstance(content, Items) else [1] * len(content)
    left = [
        (item, line)
        for item, line in zip(content, lines, strict=True)
        if not (isinstance(item, Record) and _is_undecided(item))
    ]
    return Items((item for item, _ in left), (line for _, line in left))


def _is_undecided(item: Record) -> bool:
    return UNDECIDED in item and not any(verb in item for verb in VERBS)


def _items(content: Any, path: str, problems: list[Problem]) -> Iterator[Record]:
    """Yield the mappings of the file, which is a list, or a list named `review`."""
    if isinstance(content, Record):
        problems += content.unknown_keys((FILE,))
        content = content.get(FILE)
    hint = f"write - {{{VERBS[-1]}: NAME, kind: {REVIEWED_KINDS[0]}}}"
    if content is not None and not isinstance(content, list):
        problems.append(Problem(Place(path, 1), "not a list of decisions", hint))
        return
    lines = content.lines if isinstance(content, Items) else ()
    for item, line in zip_longest(content or (), lines, fillvalue=1):
        if isinstance(item, Record):
            yield item
        else:
            problems.append(Problem(Place(path, line), f"{item!r} is not a decision", hint))


def _complaints(item: Record) -> Iterator[Problem]:
    """Yield what is wrong with the form of a line."""
    verbs = [verb for verb in VERBS if verb in item]
    if len(verbs) != 1:
        yield _not_one_decision(item, verbs)
        return
    allowed = (verbs[0], *FIELDS[verbs[0]])
    yield from item.unknown_keys(allowed)
    for name in allowed:
        yield from _no_text(item, name)
    for name in ("kind", "as"):
        if (name in item or name == "kind") and item.get(name) not in REVIEWED_KINDS:
            what = f'unknown kind "{item[name]}"' if name in item else "a decision needs `kind:`"
            yield Problem(item.place(name), what, "allowed here: " + ", ".join(REVIEWED_KINDS))
    if verbs[0] == "alias" and "of" not in item:
        yield Problem(item.place(), "an alias needs `of:`", "write the key of what it is a name of")


def _no_text(item: Record, name: str) -> Iterator[Problem]:
    value = item.get(name, "-")
    if name == "note" and value in (None, ""):
        return  # a note that nobody has written yet
    if isinstance(value, bool | int | float):
        what = f'{value} is not a text ("{name}")'
        yield Problem(item.place(name), what, "write it in quotes")
    elif not isinstance(value, str) or not value.strip():
        yield Problem(item.place(name), f'"{name}" is not a text', "write it in quotes")


def _not_one_decision(item: Record, verbs: list[Verb]) -> Problem:
    if verbs:
        what = "two decisions on one line: " + " and ".join(verbs)
        return Problem(item.place(), what, "leave one of them")
    first = next(iter(item), "")
    what = f'unknown decision "{first}"'
    if first == UNDECIDED:
        what = f'"{item[first]}" is not decided on'
    return Problem(item.place(), what, "begin the line with one of: " + ", ".join(VERBS))


def _text(value: Any) -> str:
    """Return a value as text on one line; what is not said is empty."""
    return "" if value is None else " ".join(str(value).split())


def _decision(item: Record) -> Decision:
    verb = next(verb for verb in VERBS if verb in item)
    text = {name: _text(value) for name, value in item.items()}
    kind, name = text["kind"], text[verb]
    key = text.get("candidate") or slugify(name)
    entity = (kind, key)
    if verb == "accept":
        # With a name of its own and no key, its key is still the candidate's.
        entity = (text.get("as", kind), text.get("key") or key)
    elif verb == "alias":
        entity = (text.get("as", kind), text["of"])
    return Decision(
        verb=verb,
        name=name,
        kind=kind,
        key=key,
        entity=entity,
        document=text.get("in", ""),
        preferred=text.get("name", "") if verb == "accept" else "",
        sort=text.get("sort", "") if verb == "accept" else "",
        note=text.get("note", ""),
        place=item.place(),
    )


def _impossible(decision: Decision, item: Record) -> Iterator[Problem]:
    """Yield what is wrong with the names and keys of a line."""
    names = (decision.name, decision.preferred) if decision.verb != "never" else ()
    for name in filter(None, names):
        words = WORD.findall(name.casefold())
        if not words or _NO_NAME.issuperset(words):
            yield Problem(decision.place, f'"{name}" is no name', "write the name as it is printed")
            return
    if not decision.key:
        what = f'"{decision.name}" has no letter or digit that an address can hold'
        yield Problem(decision.place, what, "add `candidate:` with the key that the queue shows")
    elif decision.key != slugify(decision.key):
        yield _no_slug(item, "candidate", decision.key)
    if decision.verb != "accept" or not decision.key:
        return
    kind, key = decision.entity
    field = "key" if "key" in item else None
    if key != slugify(key):
        yield _no_slug(item, "key", key)
    elif is_reserved(key):
        what = f'the key "{key}" is the address of another page'
        yield Problem(item.place(field), what, f'add for example "key: {kind}-{key}"')


def _no_slug(item: Record, field: str, key: str) -> Problem:
    write = f'"{slugify(key)}"' if slugify(key) else 'lower-case letters, digits, "-": "ports-act"'
    return Problem(item.place(field), f'the key "{key}" is no slug', f"write {write}")
