"""Finds the documents and addresses that somebody names on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from builder.anchoring.heads import Head
from builder.ledger_file import BLOCK_ID
from builder.model import Place, Problem, Problems
from builder.settings import Settings

_ID = re.compile(rf"(?:{BLOCK_ID.pattern})(?:-f\d+)?")  # p12, p12a, p12-f1

Asked = Mapping[str, tuple[str, ...]]
"""The ids that are asked about, by the slug of their document; none stands for the whole."""


def names_of(slugs: Iterable[str], heads: Iterable[Head]) -> dict[str, str]:
    """Return the slug of each document by its names: slug, path of the source, former slugs."""
    heads = list(heads)
    known = {head.path: head.slug for head in heads}
    known |= {was: head.slug for head in heads for was in head.former}
    return known | {slug: slug for slug in slugs}


def grouped(words: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return each document named with the ids behind it: `a p3 p4 b` is a: p3, p4, and b.

    The first word is a document, whatever it looks like.
    """
    groups: list[tuple[str, list[str]]] = []
    for word in words:
        if groups and _ID.fullmatch(word):
            groups[-1][1].append(word)
        else:
            groups.append((word, []))
    return [(name, tuple(ids)) for name, ids in groups]


def chosen(words: Sequence[str], known: Mapping[str, str], settings: Settings) -> Asked:
    """Return the documents that words name, with the ids that stand behind them.

    `known` gives a document's slug by every name that it has. Raises Problems for what names none,
    with what comes near.
    """
    found: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for word, ids in grouped(words):
        slug = known.get(word) or known.get(_as_path(word, settings))
        if slug is None:
            problems.append(_unknown(word, known, settings.relative(settings.seeds)))
        else:
            found[slug] = (*found.get(slug, ()), *ids)
    if problems:
        raise Problems(problems)
    return found


def _as_path(word: str, settings: Settings) -> str:
    return settings.relative(Path.cwd() / word)


def _unknown(word: str, known: Iterable[str], seeds: str) -> Problem:
    near = get_close_matches(word, list(known), n=3)
    hint = (
        f"did you mean {' or '.join(near)}?" if near else f"name its slug, or its file in {seeds}/"
    )
    return Problem(Place(word, 0), "there is no such document", hint)


def unknown_id(name: str, issued: Iterable[str], path: str) -> Problem:
    """Return what is told of an id that a ledger does not hold."""
    near = get_close_matches(name, list(issued), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else '"builder anchors log" lists them'
    return Problem(Place(path, 1), f'no address "{name}" was ever issued here', hint)
