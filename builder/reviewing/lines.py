"""Writes decisions as YAML, one a line, and puts new lines at the end of their file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from builder.model import Entity
from builder.reviewing.decisions import Decision
from builder.slugs import slugify

# What may stand in a flow mapping without quotes and is read as the same text: "Merida Initiative",
# "AT&T", "U.S.-Mexico". Everything else is quoted: commas, colons, brackets, a dash in front.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.&'’/()+ -]*[\w.)])?")
_NO_TEXT = ("true", "false", "null")
# The indent of a list's items: "- {never: …}", "  - {never: …}"
_ITEM = re.compile(r"^(?P<indent> *)- ", re.MULTILINE)

HEADING = """\
# Decisions on candidates: names that are found and the catalogue does not hold. One a line;
# to undo one, delete its line. `builder review` shows the queue and writes these lines:
# - {accept: NAME, kind: KIND}          an entity of its own; as:, key:, name:, sort:
# - {alias: NAME, kind: KIND, of: KEY}  another name of an entity
# - {never: NAME, kind: KIND}           no name of anything; with in: DOCUMENT only there
"""


def candidate_fields(entity: Entity) -> dict[str, str]:
    """Return what a line says of a candidate beside its name."""
    other = {} if slugify(entity.name) == entity.key else {"candidate": entity.key}
    return {"kind": entity.kind, **other}


def decision_line(decision: Decision) -> str:
    """Return a decision as its line of YAML: "- {never: Board Room, kind: program}"."""
    fields = {decision.verb: decision.name, "kind": decision.kind}
    if slugify(decision.name) != decision.key:
        fields["candidate"] = decision.key
    kind, key = decision.entity
    if decision.verb == "alias":
        fields["of"] = key
    elif decision.verb == "accept" and key != decision.key:
        fields["key"] = key
    if kind != decision.kind:
        fields["as"] = kind
    fields |= {
        "name": decision.preferred,
        "sort": decision.sort,
        "in": decision.document,
        "note": decision.note,
    }
    return line_of(fields)


def line_of(fields: Mapping[str, str]) -> str:
    """Return a mapping as one item of a YAML list, on one line; what is empty is left out."""
    parts = (f"{name}: {_scalar(text)}" for name, text in fields.items() if text)
    return f"- {{{', '.join(parts)}}}"


def _scalar(text: str) -> str:
    """Return a text so that YAML reads exactly that text, on one line, whatever it holds."""
    if _PLAIN.fullmatch(text) and text.isprintable() and text.casefold() not in _NO_TEXT:
        return text
    # JSON is YAML; what does not print is escaped, so that no terminal and no merge stumbles on it.
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else _escaped(one) for one in quoted)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def with_lines(text: str, lines: Iterable[str]) -> str:
    """Return a file's text with further lines at its end; what stands in it stays as it is."""
    text = text if text.strip() else HEADING
    end = "\r\n" if "\r\n" in text else "\n"
    items = list(_ITEM.finditer(text))
    indent = items[-1]["indent"] if items else ""
    if not text.endswith("\n"):
        text += end
    return text + "".join(f"{indent}{line}{end}" for line in lines)
