"""The address of everything that has one, from the site's root."""

from __future__ import annotations

from collections.abc import Mapping

from builder.index import Index, Who
from builder.kinds import KINDS
from builder.measures import Measure
from builder.model import Block, Document
from builder.site_files import folder_of

PLURALS = {kind.name: kind.plural for kind in KINDS}
CANDIDATES = "candidates"
CANDIDATE_ROWS = 100
"""How many candidates a page holds at most: each takes as much room as three rows."""


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


def entity_addresses(index: Index) -> Mapping[Who, str]:
    """Return the address of each named entity; a candidate's is its row on a candidates page."""
    addresses = {
        entry.who: entity_folder(entry.who)
        for entries in index.entries.values()
        for entry in entries
    }
    for kind, candidates in index.candidates.items():
        for position, entry in enumerate(candidates):
            number = position // CANDIDATE_ROWS + 1
            page = f"{number}/" if number > 1 else ""
            addresses[entry.who] = f"{candidates_folder(kind)}{page}#{entry.entity.key}"
    return addresses
