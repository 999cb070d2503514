"""Tells which documents a change of the catalogue can touch, so that only these are made again.

What an entry or a decision says counts in a document only where one of its names stands, or where
a name makes the same key. So the words of a form, all of them, are in every document in which the
form means anything. What editors say beside that (facts, links, examples) is no part of it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from hashlib import blake2b

from builder.catalogue import Catalogue
from builder.compact_json import compact
from builder.kept_documents import TEXT
from builder.naming.entries import Entry
from builder.naming.typography import WORD, fold_word, spellings, variants
from builder.reviewing.decisions import Decision, Who
from builder.storing.store import Store

_KEPT = "catalogue"
_UTF8 = ("utf-8", "surrogatepass")
# A key has no apostrophe and no dots between initials: "the People's", "U.S." is "the-peoples-us".
_NOT_IN_KEYS = ".'\u2018\u2019\u201a\u201b\u02bc\u2032"

_FOREIGN = re.compile(r"[^\x00-\x7f]+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An entry or a decision: a digest of what it says, and the words of each of its forms."""

    digest: str
    forms: tuple[Words, ...]


def forget_touched(store: Store, catalogue: Catalogue) -> None:
    """Let a store forget the documents that may be other ones under this catalogue.

    It keeps the catalogue with which all that it still has was made. Where it knows of none, every
    document goes.
    """
    now = parts_of(catalogue)
    digest = _digest(repr([(name, part.digest) for name, part in now.items()]))
    kept = next((row for row in store.results(_KEPT) if row[0] == _KEPT), None)
    if kept is not None and kept[1] == digest:
        return
    forms = changed_forms(_read(kept[2]), now) if kept else None
    told = compact([(name, *astuple(part)) for name, part in now.items()]).encode(*_UTF8)
    texts = ((name.removeprefix(TEXT), value) for name, _, value in store.results(TEXT))
    gone = None if forms is None else list(touched(texts, forms))
    store.drop_documents(gone, (_KEPT, digest, told))


def parts_of(catalogue: Catalogue) -> Mapping[str, Part]:
    """Return the entries and the decisions of a catalogue, in their order, by names of their own.

    To a decision belong the forms of the entities that it is about.
    """
    parts: dict[str, Part] = {}
    of_entity: dict[Who, tuple[Words, ...]] = {}
    for kind, entries in catalogue.entries.items():
        for entry in entries:
            who = (kind, entry.entity.key)
            of_entity[who] = tuple(_forms_of(entry))
            parts["/".join(who)] = Part(_digest(repr(_said(entry))), of_entity[who])
    for line in catalogue.decisions.lines:
        about = [form for who in (line.candidate, line.entity) for form in of_entity.get(who, ())]
        forms = (*_forms_of_line(line), *about)
        name = "/".join(("decision", *line.about, line.verb))
        # Of two on one thing the first counts (`Decisions.of`).
        parts.setdefault(name, Part(_digest(repr((_told(line), about))), forms))
    return parts


def changed_forms(before: Mapping[str, Part], now: Mapping[str, Part]) -> Collection[Words] | None:
    """Return the forms of all that was added, changed or taken out; None where that is no answer.

    So it is where what stayed stands in another order: the first of two that share a name counts.
    """
    if [name for name in before if name in now] != [name for name in now if name in before]:
        return None
    names = {
        name for name in {**before, **now} if _digest_in(before, name) != _digest_in(now, name)
    }
    parts = [held[name] for held in (before, now) for name in held if name in names]
    return {form for part in parts for form in part.forms}


def touched(texts: Iterable[tuple[str, bytes]], forms: Collection[Words]) -> Iterator[str]:
    """Yield the slugs of the documents in which all words of a form stand, wherever they do.

    Each document comes with its texts as `kept_documents` has them. Words are looked for as mere
    letters: a document too many is found, now and then, and none is missed.
    """
    for slug, data in texts:
        text = _as_searched(data.decode(*_UTF8))
        if any(all(_stands_in(word, text) for word in form) for form in forms):
            yield slug


def _digest_in(parts: Mapping[str, Part], name: str) -> str:
    return parts[name].digest if name in parts else ""


def _as_searched(text: str) -> str:
    text = _FOREIGN.sub(lambda found: _plain(found[0]), text).lower()
    in_keys = text
    for sign in _NOT_IN_KEYS:
        in_keys = in_keys.replace(sign, "")
    if not in_keys.isascii():
        in_keys = in_keys.encode("ascii", "ignore").decode()
    return f"{text}\n{in_keys}"


@lru_cache(maxsize=4096)
def _plain(letters: str) -> str:
    """Return letters without accents and ligatures, as `fold_word` has them but for their case."""
    decomposed = unicodedata.normalize("NFKD", letters)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _stands_in(word: str, text: str) -> bool:
    return any(spelled in text for spelled in spellings(word))


def _said(entry: Entry) -> tuple[object, ...]:
    """Return what of an entry decides what a document's names mean."""
    entity = entry.entity
    own = (entity.name, entity.sort, entity.aliases, entity.reviewed)
    searched = (entry.short, entry.titles, entry.denied)
    return (*own, *searched, entry.context_aliases, entry.unsearched)


def _told(line: Decision) -> tuple[object, ...]:
    own = (line.verb, line.name, line.candidate, line.entity)
    return (*own, line.document, line.preferred, line.sort)


def _forms_of(entry: Entry) -> Iterator[Words]:
    """Yield the words of everything by which a text may name an entity."""
    texts = [form.text for form in entry.forms()]
    for text in (*texts, entry.entity.name, *entry.entity.aliases, *entry.unsearched):
        yield from _words_of(text)
    yield from _words_of(entry.entity.key)


def _forms_of_line(line: Decision) -> Iterator[Words]:
    keys = (line.key, line.entity[1])
    for text in (line.name, line.preferred, *keys):
        yield from _words_of(text)
    if line.kind == "person":  # "Marsh" may be "Alan R. Marsh"
        yield from ((word,) for words in _words_of(line.name) for word in words if len(word) > 1)


def _words_of(text: str) -> Iterator[Words]:
    for variant in variants(text):
        if words := tuple(dict.fromkeys(map(fold_word, WORD.findall(variant)))):
            yield words


def _digest(text: str) -> str:
    return blake2b(text.encode(*_UTF8), digest_size=16).hexdigest()


def _read(data: bytes) -> Mapping[str, Part]:
    rows: Sequence[tuple[str, str, list[list[str]]]] = json.loads(data)
    return {name: Part(digest, tuple(map(tuple, forms))) for name, digest, forms in rows}
