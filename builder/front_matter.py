"""Takes what a document's front matter states, and tells what in it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.dating.stated import DAY_FIRST, MONTH_FIRST, read_date
from builder.limits import USUAL, Limits
from builder.model import Known, Metadata, Place, Problem, Problems, Source
from builder.strict_yaml import Items, Record, load
from builder.web_address import is_web_address

FRONT_MATTER_KEYS = {
    "title": ("title",),
    "issuer": ("issuer", "publisher", "agency", "organization", "author"),
    "date": ("date", "published", "published_time", "publication_date", "pubdate"),
    "type": ("type", "document_type", "genre"),
    "url": ("source_url", "url", "original_url", "canonical_url", "link"),
    "rights": ("rights", "license", "licence"),
    "retrieved": ("retrieved", "accessed", "source_retrieved"),
    "language": ("language", "lang"),
    "archive": ("source_archive_url", "archive_url"),
}
FENCE = re.compile(r"---[ \t]*\r?\n")
FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
# "title: …"; of the keys that we know also "title:…", "'title': …", "title = …", which mean it too
FIRST_LINE = re.compile(
    r"[A-Za-z_][\w -]*:(?:\s|\Z)|[\"']?(?i:{})[\"']?[ \t]*[:=]".format(
        "|".join(key for keys in FRONT_MATTER_KEYS.values() for key in keys)
    )
)
# What a reader is told of a value that is none: 'the file’s header says "soon", which is no date …'
_UNREAD = re.compile(r"the file’s header says \"(?P<value>.*)\", which is (?P<what>[^\"]*)\Z")
_NUMBERS = re.compile(r"[-+]?\d+(?:-\d+)*(?:[T ?~%/]|\Z)")  # "99999", "2023-02-30", "0000-01-01"
_NO_DATE = "no date we can read"
_LONGEST_TOLD = 200  # characters of a value that is none


def read_front_matter(text: str, name: str, limits: Limits = USUAL) -> tuple[Record, int]:
    """Return the front matter and the offset at which it ends (0 where there is none).

    Raises Problems where it begins and does not end, or is not a mapping.
    """
    start = 1 if text.startswith("\ufeff") else 0
    fence = FENCE.match(text, start)
    if not fence or not FIRST_LINE.match(text, fence.end()):
        return Record(name, 1), 0
    limit = limits.of("max_front_matter")
    end = FENCE_END.search(text, fence.end())
    if not end:
        raise _problem(name, 1, "the front matter is not closed", 'end it with a line "---"')
    if limit.passed_by(end.start() - start):
        raise _problem(name, 1, *limit.told("the front matter holds more characters"))
    value = load(text[fence.end() : end.start()], name, first_line=2, limits=limits)
    if not isinstance(value, Record):
        raise _problem(name, 2, "the front matter is not a list of keys", 'write "key: value"')
    return value, end.end()


def stated_metadata(record: Record) -> Metadata:
    """Return what a front matter says of its document; keys that we do not know are kept."""
    known: dict[str, Known] = {}
    used = set()
    for field, keys in FRONT_MATTER_KEYS.items():
        key = next((k for k in keys if _is_readable(record.get(k), field)), None)
        if key is None:
            known |= _of_wrong_type(field, [record[k] for k in keys if record.get(k) is not None])
            continue
        # A list is one of issuers, who stand as in the manifest: "The White House; …".
        own = record[key]
        value = "; ".join(map(_shown, own)) if isinstance(own, list) else str(own)
        value = " ".join(value.split())
        if not value:
            continue
        used.add(key)
        known[field] = _stated(field, value)
    extra = tuple((key, _shown(value)) for key, value in record.items() if key not in used)
    return Metadata(**known, extra=extra)


def _is_readable(value: object, field: str) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, (str, int, float, list) if field == "issuer" else (str, int, float))


def _of_wrong_type(field: str, values: list[object]) -> dict[str, Known]:
    """Return what is known of a field for which there are only lists, mappings, true or false."""
    if not values:
        return {}
    kinds = {bool: "true or false, and no text", Items: "a list", Record: "a list of keys"}
    value = values[0]
    said = str(value).lower() if isinstance(value, bool) else _shown(value)
    return {field: _unread(said, kinds[type(value)])}


def _unread(value: str, what: str) -> Known:
    cut = value if len(value) <= _LONGEST_TOLD else value[:_LONGEST_TOLD] + "…"
    return Known(None, "unknown", f'the file’s header says "{cut}", which is {what}')


def _stated(field: str, value: str) -> Known:
    if field == "date":
        found = read_date(value)
        return Known(found, "stated", "front matter") if found else _unread(value, _NO_DATE)
    if field in ("url", "archive") and not is_web_address(value):
        return _unread(value, "no web address")
    return Known(value, "stated", "front matter")


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return "" if value is None else " ".join(str(value).split())


def is_unread(known: Known) -> bool:
    """Tell whether a file's header says something here that nobody can read."""
    return _UNREAD.search(known.how) is not None


def complaints(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with a front matter that a document can do without.

    What the manifest says in its place mends it.
    """
    for field, keys in FRONT_MATTER_KEYS.items():
        unread = _UNREAD.search(getattr(source.metadata, field).how)
        if unread is None:
            continue
        value, what = unread["value"], unread["what"]
        header = source.header
        line = re.search(rf"^(?:{'|'.join(keys)})[ \t]*:", header, re.MULTILINE)
        hint = f"mend it, or say the {field} in the manifest"
        # An address or a date in words may be all that is known; what cannot be is a mistake.
        warning = what == "no web address" or (what == _NO_DATE and not _is_impossible(value))
        above = header.count("\n", 0, line.start()) if line else 0
        place = Place(source.path, above + 1) if line else source.place
        yield Problem(place, f'the {field} "{value}" is {what}', hint, warning)


def _is_impossible(date: str) -> bool:
    """Tell whether a text has the form of a date: "2023-02-30" is none, nor is "May 32, 2023"."""
    return any(form.match(date) for form in (_NUMBERS, MONTH_FIRST, DAY_FIRST))


def _problem(path: str, line: int, what: str, hint: str) -> Problems:
    return Problems([Problem(Place(path, line), what, hint)])
