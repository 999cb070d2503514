"""Writes what stays at the address of an entity or a measure whose page nothing makes any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.html.addresses import entity_folder, measure_folder
from builder.html.escape import escape, one_line, own_address
from builder.html.redirect_pages import leading_on
from builder.html.rendering import Page, root_of
from builder.index import Index
from builder.kinds import KINDS

_TITLES = {kind.plural: kind.title for kind in KINDS}


def published_pages(index: Index) -> Mapping[str, str]:
    """Return the name of each entity and measure that has a page, by the page's folder."""
    entities = (entry for listed in index.entries.values() for entry in listed)
    measures = (gathered.measure for gathered in index.measures)
    return {
        **{entity_folder(entry.who): one_line(entry.entity.name) for entry in entities},
        **{measure_folder(measure): one_line(measure.name) for measure in measures},
    }


def former_pages(
    former: Iterable[tuple[str, str, str]], made: Mapping[str, str], site_url: str
) -> Iterator[tuple[str, bytes]]:
    """Yield the files at former addresses, by their paths relative to `content/`.

    `former` gives address, last known name, and the address to which it leads, "" for none; `made`
    the names of the pages of today.
    """
    for address, name, target in former:
        shown = name or address.split("/")[1]
        if not target:
            page = _lost_page(address, shown)
            yield page.path, bytes(page)
            continue
        title = f"{shown} ({address.strip('/')}) is now listed as {made[target]}"
        data = leading_on(
            address,
            target,
            title=title,
            description=f"What was at {address} is now at {target}",
            headline=f"{shown} is listed under another name",
            name=made[target],
            note="Old links stay good: this address leads there.",
            ids=(),
            site_url=site_url,
        )
        yield f"{address}index.html", data


def _lost_page(address: str, name: str) -> Page:
    folder, key, _ = address.split("/")
    root, listed = root_of(address), _TITLES.get(folder, folder.capitalize())
    states = "states" if folder == "figures" else "names"
    said = f"No document of this collection {states} it now, or editors have taken it out."
    link = f'<a href="{own_address(f"{root}{folder}/")}">{escape(listed)}</a>'
    about = f'<a href="{own_address(f"{root}about/addresses/")}">What this site promises</a>'
    return Page(
        folder=address,
        title=f"No longer listed: {name} ({folder}, {key})",
        description=f"What was listed here as {name} ({key}) is not in the index of {folder} now",
        body=f"<p>{escape(said)}</p>\n<p>{link} · {about}</p>",
        headline=f"{escape(one_line(name))} {{#_title}}",
        kind="removed",
    )
