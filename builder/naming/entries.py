"""One entry of a catalogue: what an editor knows about an entity and how it is named in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from builder.model import Entity, Fact, Problem
from builder.naming.names import Form
from builder.naming.typography import fold_name
from builder.slugs import is_reserved, slugify
from builder.strict_yaml import Record
from builder.web_address import is_web_address

_TEXTS = ("key", "name", "sort", "about")
_LISTS = ("aliases", "short", "titles", "except", "examples", "not", "was")
FIELDS = (
    *_TEXTS[:3],
    "aliases",
    "short",
    "titles",
    "except",
    "about",
    "facts",
    "links",
    *_LISTS[4:],
)
_FACT_FIELDS = ("label", "value", "source")
_SOURCE_FIELDS = ("document", "quote", "url")

# What a link may be besides an address, shown as it stands: "Q1" of Wikidata
_IDENTIFIER = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity with the forms by which texts name it.

    `short` forms count once the document has introduced the entity, `titles` are the titles under
    which a person's short form needs no introduction, `denied` are longer names of other things.
    `context_aliases` count only before the words in brackets ("Summit [of the Global Coalition]");
    one with the words of a name tells which of them are the mention.
    The entry matches each of `examples` and none of `counterexamples`. `unsearched` are names that
    say too little to be looked for; they count where a finder's own rules lead to the entity.
    `was` are keys that it had before: their addresses lead to its page.
    """

    entity: Entity
    short: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    context_aliases: tuple[str, ...] = ()
    unsearched: tuple[str, ...] = ()
    was: tuple[str, ...] = ()

    def forms(self) -> Iterator[Form]:
        """Yield every form that a search has to know."""
        key, exact = self.entity.key, self.entity.kind == "person"
        in_context = [Form.of(text, key, exact=exact) for text in self.context_aliases]
        yield from in_context
        parted = {fold_name(form.text) for form in in_context}
        for text in (self.entity.name, *self.entity.aliases):
            if fold_name(text) not in parted and text not in self.unsearched:
                yield Form.of(text, key, exact=exact)
        for text in self.short:
            yield Form(text, key, short=True, exact=True)
        for text in self.denied:
            yield Form(text, key, denied=True)


def read_entry(record: Any, kind: str, where: Record) -> tuple[Entry | None, list[Problem]]:
    """Turn one mapping of a catalogue file into an entry, or say what is wrong with it."""
    if not isinstance(record, Record):
        return None, [Problem(where.place(), f"{record!r} is not an entry", "write key, name, …")]
    problems = [*record.unknown_keys(FIELDS), *_wrong_types(record)]
    if not record.get("name"):
        problems.append(Problem(record.place(), "an entry has no name", "add `name:`"))
    if problems:
        return None, problems
    key = str(record.get("key") or slugify(str(record["name"])))
    if key != slugify(key):
        hint = f'write "{slugify(key)}"'
        problems.append(Problem(record.place("key"), f'the key "{key}" is no slug', hint))
    elif is_reserved(key):
        what = f'the key "{key}" is the address of another page'
        problems.append(Problem(record.place("key"), what, f'for example "{kind}-{key}"'))
    problems += former_keys(record, key)
    facts = tuple(_facts(record, problems))
    links = record.get("links") or {}
    lists = {name: tuple(str(item) for item in record.get(name) or ()) for name in _LISTS}
    entity = Entity(
        kind=kind,
        key=key,
        name=str(record["name"]),
        sort=str(record.get("sort") or ""),
        about=str(record.get("about") or ""),
        aliases=tuple(alias for alias in lists["aliases"] if "[" not in alias),
        facts=facts,
        links=tuple((str(name), str(address)) for name, address in links.items()),
        place=record.place(),
    )
    return (
        Entry(
            entity=entity,
            short=lists["short"],
            titles=lists["titles"],
            denied=lists["except"],
            examples=lists["examples"],
            counterexamples=lists["not"],
            context_aliases=tuple(alias for alias in lists["aliases"] if "[" in alias),
            was=lists["was"],
        ),
        problems,
    )


def former_keys(record: Record, key: str) -> Iterator[Problem]:
    """Yield a problem for each former key, under `was`, that cannot have been one."""
    for former in record.get("was") or ():
        if former == key or slugify(str(former)) != former:
            what = (
                f'"{former}" is the key that it has' if former == key else f'"{former}" is no key'
            )
            yield Problem(record.place("was"), what, "write the last part of its page's address")


def _wrong_types(record: Record) -> Iterator[Problem]:
    for name in _TEXTS:
        if isinstance(record.get(name), (list, dict)):
            yield Problem(record.place(name), f'"{name}" is not a text', "write one line of text")
    for name in (*_LISTS, "facts"):
        if not isinstance(record.get(name) or [], list):
            yield Problem(record.place(name), f'"{name}" is not a list', "write `- …` lines")
    for name in _LISTS:
        items = record.get(name)
        if isinstance(items, list) and any(isinstance(i, (list, dict)) or not i for i in items):
            yield Problem(record.place(name), f'an item of "{name}" is not a text', "quote it")
    if not isinstance(record.get("links") or {}, dict):
        yield Problem(record.place("links"), '"links" is not a mapping', "write `wikidata: …`")
        return
    for name, target in (record.get("links") or {}).items():
        if not _IDENTIFIER.fullmatch(str(target)):
            yield from _no_address(record["links"], name, target)


def _no_address(record: Record, key: str, address: object) -> Iterator[Problem]:
    if not is_web_address(str(address)):
        yield Problem(record.place(key), f'"{address}" is no web address', "begin with https://")


def _facts(record: Record, problems: list[Problem]) -> Iterator[Fact]:
    for item in record.get("facts") or ():
        if not isinstance(item, Record):
            hint = "write `label:`, `value:` and `source:`"
            problems.append(Problem(record.place("facts"), f"{item!r} is not a fact", hint))
            continue
        problems += item.unknown_keys(_FACT_FIELDS)
        if not (item.get("label") and item.get("value")):
            problems.append(Problem(item.place(), "a fact needs label and value"))
        fact = Fact(str(item.get("label")), str(item.get("value")), place=item.place())
        yield _with_source(fact, item, problems)


def _with_source(fact: Fact, item: Record, problems: list[Problem]) -> Fact:
    """Return the fact with its source: words, an address, or a document's words."""
    source = item.get("source")
    if not isinstance(source, Record):
        if not source:
            problems.append(Problem(item.place(), "a fact needs a source"))
        return replace(fact, source=str(source or ""))
    problems += source.unknown_keys(_SOURCE_FIELDS)
    document, quote, url = (str(source.get(name) or "") for name in _SOURCE_FIELDS)
    if bool(document and quote) == bool(url) or bool(document) != bool(quote):
        hint = "write `document:` and `quote:`, or `url:`"
        problems.append(Problem(item.place("source"), "a source is not complete", hint))
    if url:
        problems += _no_address(source, "url", url)
    return replace(fact, source=url, document=document, quote=quote)


def proof(entry: Entry, keys_in: Iterable[tuple[str, bool, set[str]]]) -> Iterator[Problem]:
    """Yield a problem for each example that the entry does not prove.

    `keys_in` gives, for each phrase, whether it is an example, and the keys found in it.
    """
    place, key = entry.entity.place, entry.entity.key
    assert place is not None  # entries are read from files
    for phrase, wanted, keys in keys_in:
        if wanted and keys != {key}:
            others = ", ".join(sorted(keys - {key}))
            what = (
                f'the example "{phrase}" does not name "{key}"'
                if key not in keys
                else (f'the example "{phrase}" also names {others}')
            )
            yield Problem(place, what, "add an alias, or mend the example")
        elif not wanted and key in keys:
            hint = "add a longer name under `except`, or drop the alias"
            yield Problem(place, f'"{key}" is found in "{phrase}", where it must not be', hint)
