"""Reads one measure of `measures.yaml`, and says by line what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from builder.kinds import KINDS
from builder.measuring.rules import Address, Measure, Rule
from builder.measuring.unit_names import wrong_units
from builder.measuring.words import Words
from builder.model import Problem, Status
from builder.naming.entries import former_keys
from builder.slugs import is_reserved, slugify
from builder.strict_yaml import Record

FIELDS = ("key", "name", "about", "units", "rules", "include", "exclude", "examples", "not", "was")
_WORDS = ("of", "sentence", "passage", "period")
_NAMES = ("named_in_sentence", "named_in_passage")
RULE_FIELDS = (*_WORDS, *_NAMES, "status", "change", "least", "most")
_WORD_FIELDS = ("any", "all", "none")
_KINDS = tuple(kind.name for kind in KINDS if kind.pages)
_ALLOWED = {"status": get_args(Status), "change": ("increase", "decrease", "none")}

# "global-coalition-summit#p1-f1"
_ADDRESS = re.compile(r"(?P<document>[a-z0-9-]+)#(?P<figure>p\d+[a-z]*-f\d+)")


# A star that is no ending of a word: "*death", "de*th", "death**", " * "
_STAR_INSIDE = re.compile(r"(?<![^\W_])\*|\*(?=[^\s-])")


def read_measure(record: Any, where: Record) -> tuple[Measure | None, list[Problem]]:
    """Turn one mapping into a measure, or say what is wrong with it."""
    if not isinstance(record, Record):
        hint = "write key, name, about, units, …"
        return None, [Problem(where.place(), f"{record!r} is not a measure", hint)]
    problems = [*record.unknown_keys(FIELDS), *_missing(record)]
    for name in ("units", "include", "exclude", "examples", "not", "was"):
        problems += _no_texts(record, name)
    if problems:
        return None, problems
    key = str(record.get("key") or slugify(str(record["name"])))
    if key != slugify(key):
        hint = f'write "{slugify(key)}"'
        problems.append(Problem(record.place("key"), f'the key "{key}" is no slug', hint))
    elif is_reserved(key):
        what = f'the key "{key}" is the address of another page'
        problems.append(Problem(record.place("key"), what, f'for example "measure-{key}"'))
    problems += former_keys(record, key)
    measure = Measure(
        key=key,
        name=str(record["name"]),
        about=str(record["about"]),
        units=_texts(record, "units"),
        rules=tuple(_rules(record, problems)),
        include=tuple(_addresses(record, "include", problems)),
        exclude=tuple(_addresses(record, "exclude", problems)),
        examples=_texts(record, "examples"),
        counterexamples=_texts(record, "not"),
        was=_texts(record, "was"),
        place=record.place(),
    )
    problems += wrong_units(measure.units, record.place("units"))
    problems += _settled_twice(measure, record)
    return measure, problems


def _settled_twice(measure: Measure, record: Record) -> Iterator[Problem]:
    for address in measure.include:
        if address in measure.exclude:
            what = f'"{"#".join(address)}" is both in "include" and in "exclude"'
            yield Problem(record.place("exclude"), what, "take it out of one of them")


def _missing(record: Record) -> Iterator[Problem]:
    for name in ("name", "about"):
        if not str(record.get(name) if isinstance(record.get(name), str) else "").strip():
            hint = f"add `{name}:` with one line of text"
            yield Problem(record.place(name), f"a measure has no {name}", hint)
    if not record.get("units"):
        hint = "add `units: [count]`, or USD, percent, metric_ton, …"
        yield Problem(record.place(), "a measure has no units", hint)
    if not (record.get("rules") or record.get("include")):
        hint = "add `rules:`, or `include:` with addresses of figures"
        yield Problem(record.place(), "a measure gathers nothing", hint)
    if record.get("rules") and not record.get("examples"):
        hint = "add `examples:` with a sentence that its rules gather"
        yield Problem(record.place(), "a measure with rules has no examples", hint)


def _no_texts(record: Record, name: str) -> Iterator[Problem]:
    items = record.get(name) or []
    if not isinstance(items, list):
        yield Problem(record.place(name), f'"{name}" is not a list', "write `- …` lines")
    elif any(not isinstance(item, str) or not item.strip() for item in items):
        yield Problem(record.place(name), f'an item of "{name}" is not a text', "quote it")


def _texts(record: Record, name: str) -> tuple[str, ...]:
    return tuple(record.get(name) or ())


def _addresses(record: Record, name: str, problems: list[Problem]) -> Iterator[Address]:
    for address in _texts(record, name):
        match = _ADDRESS.fullmatch(address)
        if match:
            yield match["document"], match["figure"]
        else:
            what = f'"{address}" is no address of a figure'
            hint = 'write it as "document-slug#p12-f1"'
            problems.append(Problem(record.place(name), what, hint))


def _rules(record: Record, problems: list[Problem]) -> Iterator[Rule]:
    rules = record.get("rules") or []
    if not isinstance(rules, list):
        problems.append(Problem(record.place("rules"), '"rules" is not a list', "write `- of: …`"))
        return
    for rule in rules:
        if not isinstance(rule, Record) or not rule:
            what, hint = f"{rule!r} is not a rule", f"allowed here: {', '.join(RULE_FIELDS)}"
            problems.append(Problem(record.place("rules"), what, hint))
            continue
        wrong = list(_wrong_in_rule(rule))
        problems += wrong
        if not wrong:
            yield _rule(rule)


def _wrong_in_rule(rule: Record) -> Iterator[Problem]:
    yield from rule.unknown_keys(RULE_FIELDS)
    for name in _WORDS:
        if name in rule:
            yield from _wrong_lists(rule, name, _WORD_FIELDS)
    for name in _NAMES:
        if name in rule:
            yield from _wrong_lists(rule, name, _KINDS)
    for name, allowed in _ALLOWED.items():
        yield from _no_texts(rule, name)
        if isinstance(rule.get(name), list):
            yield from _not_allowed(rule, name, allowed)
    for name in ("least", "most"):
        if isinstance(rule.get(name), bool) or not isinstance(rule.get(name, 0), int | float):
            hint = "write digits without commas"
            yield Problem(rule.place(name), f'"{name}" is not a number', hint)


def _wrong_lists(rule: Record, name: str, allowed: Iterable[str]) -> Iterator[Problem]:
    lists = rule[name]
    if not isinstance(lists, Record) or not lists:
        hint = f"allowed in it: {', '.join(allowed)}"
        yield Problem(rule.place(name), f'"{name}" is not a mapping', hint)
        return
    yield from lists.unknown_keys(allowed)
    for key in lists:
        if not lists[key]:
            yield Problem(lists.place(key), f'"{key}" is empty', "give it a list, or drop it")
        yield from _no_texts(lists, key)
        if allowed is _WORD_FIELDS and isinstance(lists[key], list):
            yield from _wrong_stars(lists, key)


def _wrong_stars(lists: Record, key: str) -> Iterator[Problem]:
    for phrase in lists[key]:
        if isinstance(phrase, str) and _STAR_INSIDE.search(phrase):
            what = f'"{phrase}" has a star that is not at the end of a word'
            yield Problem(lists.place(key), what, 'write "death*" for every word that begins so')


def _not_allowed(rule: Record, name: str, allowed: Iterable[str]) -> Iterator[Problem]:
    for value in rule[name]:
        if value not in allowed:
            hint = f"allowed here: {', '.join(allowed)}"
            yield Problem(rule.place(name), f'"{value}" is no {name}', hint)


def _rule(rule: Record) -> Rule:
    words = {name: _words(rule[name]) for name in _WORDS if name in rule}
    return Rule(
        **words,
        beside=_keys(rule.get("named_in_sentence")),
        named=_keys(rule.get("named_in_passage")),
        status=_texts(rule, "status"),
        change=_texts(rule, "change"),
        least=rule.get("least"),
        most=rule.get("most"),
    )


def _words(lists: Record) -> Words:
    return Words(**{name: tuple(lists.get(name) or ()) for name in _WORD_FIELDS})


def _keys(lists: Record | None) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(keys) for kind, keys in (lists or {}).items()}
