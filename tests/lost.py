"""Documents with lost addresses, made by hand: passages buried, merged, figures that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from builder.editorial import Editorial
from builder.index import build_index
from builder.model import (
    Annotated,
    Block,
    Figure,
    Forward,
    Past,
    RemovedDocument,
    Tombstone,
    Version,
)
from builder.pages import pages, publication_of
from builder.publishing.render import render
from builder.publishing.search import finish_search
from builder.publishing.staging import write_pages
from builder.publishing.starter import is_starter_page, starter_pages
from builder.publishing.twins import lay_twins
from builder.publishing.writing import read_list
from builder.settings import Settings, read_settings
from made import made, stated

GONE = "2026-12-02"
DAY = "2 December 2026"
COUNT = Figure(26e9, None, None, "exact", "=", "USD")
EVIL = "<script>alert(1)</script> {#x .y} [a](javascript:b) \u202e & \"'> *b*"
HARBOR = f"""# REPORT ON THE HARBOR

The harbor was dredged in spring.

## What was found

The channel is deeper than the charts say, and cost $26 billion.

A second survey is planned.

- gravel from the eastern bank
- timber of two old jetties
- an anchor without a chain
- {EVIL}
- ropes

1. first the lights
2. then the buoys
3. last the pier

| Depth | Place |
|---|---|
| nine | quay |
| four | bank |

## What comes next

> Nothing is as patient as silt.

The pilots were asked.

The report ends here.
"""


def harbor() -> Annotated:
    """Return a document in which nothing is lost yet, with every kind of passage."""
    named = [("figure", "", "$26 billion", COUNT), ("country", "mx", "pilots")]
    title = stated("Report on the harbor")
    return made("harbor", HARBOR, *named, title=title, date=stated("2023-11-16"))  # type: ignore[arg-type]


def anchor_of(one: Annotated, words: str) -> str:
    """Return the address of the passage that holds some words."""
    (block,) = (block for block in one.document.passages if words in block.text)
    return block.anchor or ""


def bury(one: Annotated, *words: str) -> Annotated:
    """Remove the passages that hold these words, and leave tombstones."""
    gone = {anchor_of(one, each) for each in words}
    blocks, anchors = one.document.passages, [block.anchor for block in one.document.passages]
    standing = [None, *(name if name not in gone else None for name in anchors), None]
    tombstones = []
    for number, block in enumerate(blocks, 1):
        if block.anchor in gone:
            after = next((name for name in reversed(standing[:number]) if name), None)
            before = next((name for name in standing[number + 1 :] if name), None)
            stone = Tombstone(
                block.anchor or "", block.kind, block.text, GONE, block.aliases, after, before
            )
            tombstones.append(replace(stone, behind=after))
    document = replace(one.document, tombstones=(*one.document.tombstones, *tombstones))
    return _without(replace(one, document=document), gone)


def merge(one: Annotated, lost: str, into: str) -> Annotated:
    """Let the passage with the words `lost` become part of the one with the words `into`."""
    name, target = anchor_of(one, lost), anchor_of(one, into)
    (block,) = (block for block in one.document.blocks if block.anchor == name)
    forwards = (*one.document.forwards, Forward(name, target, GONE, block.text))
    one = replace(one, document=replace(one.document, forwards=forwards))
    return with_aliases(_without(one, {name}), target, name, *block.aliases)


def with_aliases(one: Annotated, anchor: str, *aliases: str) -> Annotated:
    """Give a passage further ids."""
    blocks = [
        replace(block, aliases=(*block.aliases, *aliases)) if block.anchor == anchor else block
        for block in one.document.blocks
    ]
    return replace(one, document=replace(one.document, blocks=tuple(blocks)))


def with_figure(one: Annotated, name: str, *aliases: str, was: str | None = None) -> Annotated:
    """Give a figure further ids and an earlier form."""
    mentions = [
        replace(mention, aliases=aliases, was=was) if mention.id == name else mention
        for mention in one.mentions
    ]
    return replace(one, mentions=tuple(mentions))


def _without(one: Annotated, gone: set[str]) -> Annotated:
    kept = [n for n, block in enumerate(one.document.blocks) if block.anchor not in gone]
    places = {number: place for place, number in enumerate(kept)}
    blocks: tuple[Block, ...] = tuple(one.document.blocks[number] for number in kept)
    mentions = tuple(
        replace(mention, block=places[mention.block])
        for mention in one.mentions
        if mention.block in places
    )
    return replace(one, document=replace(one.document, blocks=blocks), mentions=mentions)


LOST_WORDS = (
    *("REPORT ON THE HARBOR", "dredged in spring", "What was found"),
    *("timber of two", "javascript", "the buoys", "nine", "The report ends"),
)


def damaged() -> Annotated:
    """Return the document with losses of every kind, and its own title among them."""
    one = merge(harbor(), "A second survey", "deeper than")
    one = merge(one, "an anchor", "gravel")
    one = with_aliases(one, anchor_of(one, "What comes next"), "what-follows", "p90")
    one = with_figure(one, f"{anchor_of(one, 'deeper than')}-f1", "p91-f1", was="$2  billion")
    one = with_aliases(one, anchor_of(one, "patient"), "p92-f3")
    return bury(one, *LOST_WORDS)


PINNED_FIRST = Version(
    "0123456789ab" + "0" * 52,
    "",
    "2025-01-31",
    (("p1", "The pier"), ("p2", "An earlier word."), ("p4", "a lamp")),
    aliases=(("p1", ("the-pier",)), ("p2", ("p2-f1",))),
)
PINNED_LAST = Version(
    "ba9876543210" + "0" * 52,
    "2025-01-31",
    GONE,
    (("p1", "The pier"), ("p2", EVIL)),
    after="0123456789ab",
    aliases=(("p1", ("the-pier",)), ("p2", ("p2-f1", "p3"))),
    tombstones=(Tombstone("p4", "item", "a lamp", "2025-01-31", (), "p2", None, "p2"),),
)


def removed(slug: str = "pier", title: str = "The <pier> & its lamps") -> RemovedDocument:
    """Return a removed document of three passages, one of which went before it."""
    return RemovedDocument(
        slug,
        title,
        "Office of Piers",
        "2019-06?",
        GONE,
        (
            Tombstone("p1", "heading", "The pier", GONE, ("the-pier",), None, "p2"),
            Tombstone("p2", "paragraph", EVIL, GONE, ("p2-f1", "p3"), "p1", "p4"),
            Tombstone("p4", "item", "a lamp", "2025-01-31", (), "p2", None),
        ),
        (PINNED_LAST, PINNED_FIRST),
    )


def past() -> Past:
    """Return two removed documents, and names that lead to the harbor and to the pier."""
    again = replace(removed("quay"), title="The <pier> & its lamps")
    renamed = (("port", "haven"), ("haven", "harbor"), ("old-pier", "pier"), ("harbor", "nowhere"))
    return Past((removed(), again), renamed)


def files(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield every generated file of a collection with lost addresses."""
    index = build_index([damaged(), long_one(), whole()], {})
    return pages(index, Editorial(), settings, past())


def whole() -> Annotated:
    """Return a document that has lost nothing."""
    return made("whole", "A WHOLE ONE\n\nNothing is lost here.\n", title=stated("A whole one"))


def long_one() -> Annotated:
    """Return a document of many screens under its own title, with losses far down."""
    lines = [f"Line {number} of the log says that nothing happened." for number in range(120)]
    one = made("log", "# THE LOG\n\n" + "\n\n".join(lines), title=stated("The log"))
    return bury(merge(one, "Line 71 ", "Line 70 "), "Line 0 ", "Line 80 ", "Line 81 ")


def build_lost_site(root: Path, site_url: str = "") -> Settings:
    """Build a site with lost addresses in a folder, as `builder build` does."""
    (root / "seeds").mkdir(parents=True)
    config = f"site_name: Small\n{site_url and f'site_url: {site_url}'}\n"
    (root / "mkdocs.yml").write_text(config)
    settings = read_settings(root / "mkdocs.yml")
    made_pages = chain(files(settings), starter_pages(settings))
    written = write_pages(settings.content, made_pages, yields=is_starter_page)
    assert written.problems == []
    assert render(settings, settings.site, date=date(2026, 12, 2)) == []
    generated = {path for path in read_list(settings.content) if not is_starter_page(path)}
    found = finish_search(
        settings.site, [damaged(), long_one()], lambda page: f"{page}index.md" in generated
    )
    assert found == []
    documents = (one.document for one in (damaged(), long_one(), whole()))
    lay_twins(settings.site, documents, publication_of(settings))
    return settings
