"""Tells what became of an entity or a measure whose page nothing makes any more.

An editor gives an entry another key and says so (`was: [old-key]`), makes an accepted name an alias
of something else, or lists it among the names of an entry: the former address leads there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from builder.anchoring.register import DOCUMENTS
from builder.catalogue import Catalogue
from builder.kinds import KINDS
from builder.measuring.rules import Measure
from builder.naming.typography import outline

_PLURALS = {kind.name: kind.plural for kind in KINDS}
MEASURES = "figures"

Addresses = Mapping[str, str]
"""A name or another address, by address from the site's root: "programs/container-watch/"."""


def former_addresses(
    register: Addresses, made: Container[str], catalogue: Catalogue, measures: Sequence[Measure]
) -> Iterator[tuple[str, str, str]]:
    """Yield (address, last known name, address that it leads to or "") of pages no longer made.

    `register` holds what was published, `made` the addresses of the pages of today. Documents are
    another matter.
    """
    missing = {
        address: name
        for address, name in register.items()
        if address not in made and not address.startswith(f"{DOCUMENTS}/")
    }
    if not missing:
        return
    leads = _by_name(missing, catalogue) | dict(_by_key(catalogue, measures))
    for address, name in missing.items():
        yield address, name, _end_of(address, leads, made)


def _end_of(address: str, leads: Addresses, made: Container[str]) -> str:
    """Return the first page of today to which an address leads, over others; "" for none."""
    passed = {address}
    while (address := leads.get(address, "")) and address not in passed:
        if address in made:
            return address
        passed.add(address)
    return ""


def _by_key(catalogue: Catalogue, measures: Iterable[Measure]) -> Iterator[tuple[str, str]]:
    for line in catalogue.decisions.lines:
        if line.verb == "alias" and not line.document:
            yield _address((line.kind, line.key)), _address(line.entity)
    for measure in measures:
        yield from ((f"{MEASURES}/{was}/", f"{MEASURES}/{measure.key}/") for was in measure.was)
    for kind in catalogue.entries:
        for entry in catalogue.of_kind(kind):
            yield from (
                (_address((kind, was)), _address((kind, entry.entity.key))) for was in entry.was
            )


def _by_name(missing: Addresses, catalogue: Catalogue) -> dict[str, str]:
    """Return where the last known names lead that are names of something else now."""
    named: dict[tuple[str, str], str] = {}
    for kind in catalogue.entries:
        for entry in catalogue.of_kind(kind):
            for name in (entry.entity.name, *entry.entity.aliases):
                named[_PLURALS[kind], outline(name)] = _address((kind, entry.entity.key))
    found = {}
    for address, name in missing.items():
        leads = named.get((address.partition("/")[0], outline(name))) if name else None
        if leads:
            found[address] = leads
    return found


def _address(who: tuple[str, str]) -> str:
    return f"{_PLURALS[who[0]]}/{who[1]}/"
