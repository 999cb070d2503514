"""The address of everything that has one, from the site's root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.cuts import Cutting
from builder.html.paging import WEIGHT, Name, Pager, by_key, paged
from builder.index import Entry, Index, Who
from builder.kinds import KINDS
from builder.measures import Measure
from builder.model import Block, Document
from builder.remembering import remembered
from builder.site_files import folder_of

PLURALS = {kind.name: kind.plural for kind in KINDS}
CANDIDATES = "candidates"
CANDIDATE_ROWS = 100
"""How many candidates a page holds at most: each takes as much room as three rows."""
SENTENCES = 3
"""A sentence each from so many documents tells what a candidate may be."""
# What a candidate weighs beside its sentences, and each of them beside the title of its document.
_CANDIDATE, _SENTENCE = 600, 680


def document_folder(document: Document) -> str:
    """Return a document's folder: "documents/002-fact-sheet/"."""
    return folder_of(document.slug)


def passage_address(document: Document, block: Block) -> str:
    """Return a passage's address: "documents/002-fact-sheet/#p12"."""
    return folder_of(document.slug) + (f"#{block.anchor}" if block.anchor else "")


def kind_folder(kind: str) -> str:
    """Return the folder of a kind's index: "programs/"."""
    return f"{PLURALS[kind]}/"


def entity_folder(who: Who) -> str:
    """Return the folder of a reviewed entity's page: "programs/merida-initiative/"."""
    return f"{PLURALS[who[0]]}/{who[1]}/"


def measure_folder(measure: Measure) -> str:
    """Return the folder of a measure's page: "figures/overdose-deaths-a-year/"."""
    return f"figures/{measure.key}/"


def candidates_folder(kind: str) -> str:
    """Return the folder of a kind's candidates: "programs/candidates/"."""
    return f"{PLURALS[kind]}/{CANDIDATES}/"


@remembered
def listed_candidates(candidates: Sequence[Entry]) -> Sequence[tuple[Pager, Sequence[Entry]]]:
    """Return the candidates of each page with its pager; they are all of one kind."""
    if not candidates:
        return ()
    cutting = Cutting(_key, CANDIDATE_ROWS, WEIGHT, _weight)
    return tuple(paged(candidates, candidates_folder(candidates[0].entity.kind), cutting, _name))


def _key(entry: Entry) -> str:
    return entry.entity.key


def _name(entry: Entry) -> Name:
    return by_key(entry.entity.key, entry.entity.name)


def _weight(entry: Entry) -> int:
    weight = _CANDIDATE
    for one in entry.indexed[:SENTENCES]:
        weight += _SENTENCE + len(one.one.document.metadata.title.value or "")
    return weight


def entity_addresses(index: Index) -> Mapping[Who, str]:
    """Return the address of each named entity; a candidate's is its row on a candidates page."""
    addresses = {
        entry.who: entity_folder(entry.who)
        for entries in index.entries.values()
        for entry in entries
    }
    for candidates in index.candidates.values():
        for pager, listed in listed_candidates(candidates):
            own = pager.own
            for entry in listed:
                addresses[entry.who] = f"{own}#{entry.entity.key}"
    return addresses
