"""The register of published addresses: `seeds/anchors/published.list`.

One line for each page that has been published: `documents/port-security-plan/`,
`programs/container-watch-initiative/ Container Watch Initiative`. Behind a document that was added
later stands the day (see `added`). A ledger that is lost, or a page that nothing makes any more, is
noticed by it in a fresh clone. Two branches that publish merge as a
union of their lines, so doubles and any order are read without complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder.files import read_bytes
from builder.model import Place, Problem, Problems

NAME = "published.list"
DOCUMENTS = "documents"
COPY = ".published"  # beside the pages: what is left when the register is lost

# documents/port-security-plan/, people/ana-silva/ Ana Silva
_LINE = re.compile(r"(?P<address>[a-z0-9_-]+/[a-z0-9-]+/)(?: (?P<name>\S.*))?")

Register = Mapping[str, str]
"""The name of what a page shows, by the page's address from the site's root; for a document the ISO
date on which it was added, or ""."""


def read_register(file: Path, path: str) -> dict[str, str]:
    """Read a register; no file is an empty one. `path` is told in messages.

    Of an address that stands twice the later line's name counts. Raises Problems with each line
    that is none.
    """
    if not file.exists():
        return {}
    lines = read_bytes(file, path).decode("utf-8", "replace").splitlines()
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line.rstrip())
        if match:
            found[match["address"]] = match["name"] or ""
        elif line.strip():
            what, hint = f'cannot read "{line[:60]}"', "a line is an address, and perhaps a name"
            problems.append(Problem(Place(path, number), what, hint))
    if problems:
        raise Problems(problems)
    return found


def print_register(register: Register) -> str:
    """Return the text of a register, sorted; `read_register` reads it back."""
    lines = (f"{address} {name}".rstrip() for address, name in register.items())
    return "".join(f"{line}\n" for line in sorted(lines))


def document_address(slug: str) -> str:
    """Return the line of a document: "documents/port-security-plan/"."""
    return f"{DOCUMENTS}/{slug}/"


def registered_slugs(register: Register) -> frozenset[str]:
    """Return the slugs of the documents that have been published."""
    begin = f"{DOCUMENTS}/"
    return frozenset(
        address.removeprefix(begin).rstrip("/") for address in register if address.startswith(begin)
    )


def lost_documents(
    register: Register, ledgers: Iterable[str], former: Iterable[str]
) -> frozenset[str]:
    """Return the slugs that were published and have no ledger now, nor a document that follows."""
    return registered_slugs(register) - frozenset(ledgers) - frozenset(former)
