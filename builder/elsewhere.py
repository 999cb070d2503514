"""What stands for an entity elsewhere: its item of Wikidata, its codes in ISO 3166-1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from builder.model import Entity
from builder.naming.country_table import country_table
from builder.strict_yaml import load_data
from builder.web_address import is_web_address


def same_as(entity: Entity) -> tuple[str, ...]:
    """Return the addresses elsewhere that stand for the same thing as an entity."""
    return tuple(dict.fromkeys(_addresses(entity)))


def _addresses(entity: Entity) -> Iterator[str]:
    authorities = load_data("authorities")
    for label, target in entity.links:
        authority = authorities.get(label.casefold())
        if authority is None:
            continue
        if re.fullmatch(authority["id"], target):
            yield authority["address"] + target
        elif is_web_address(target) and _host(target) == _host(authority["address"]):
            yield target


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("sws.")


def iso_codes(entity: Entity) -> tuple[str | None, str | None]:
    """Return the codes of a country in three letters and in three digits, as far as it has them."""
    country = country_table().get(entity.key) if entity.kind == "country" else None
    return (country.alpha3, country.number) if country else (None, None)
