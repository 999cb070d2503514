"""The texts of all ledgers, each read when it is asked for: they do not stand in memory together.

What a run asks of every ledger (its header, its newest date, a digest) is known without its text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.anchoring.heads import Head, read_head
from builder.files import read_bytes
from builder.model import Place, Problem, Problems
from builder.versioning.git_history import blob_name, is_blob

_UTF8 = ("utf-8", "surrogatepass")

# The dates in a ledger: `new=2026-12-02`, `gone=2026-12-02`, and `gone 2026-12-02` in its header.
_DATE = re.compile(r"\b(?:new|gone|led|changed)[= ](?P<date>\d{4}-\d\d-\d\d)\b")
# The end of a date, which is found much faster: "-12-02"
_DAY = re.compile(r"-\d\d-\d\d\b")
_BEFORE = len("changed 2026")


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a ledger: its header, and of its text the digest, the name that git gives
    it, and the newest ISO date in it, "" without any.
    """

    head: Head
    digest: str
    blob: str
    newest: str


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger as it stands on disk; `name` is what messages call it."""

    path: str
    name: str
    digest: str = ""

    def text(self) -> str:
        """Return the text of the ledger, with LF at the end of lines.

        Raises Problems where it is no file or cannot be read, and where it is not the text of that
        digest any more.
        """
        text = read_bytes(Path(self.path), self.name).decode("utf-8", "replace")
        text = text.replace("\r\n", "\n")
        if self.digest and text_digest(text) != self.digest:
            what, hint = "changed while it was read", "run this again"
            raise Problems([Problem(Place(self.name, 1), what, hint)])
        return text


@dataclass(frozen=True, slots=True)
class Filed:
    """A document's ledger as a run takes it up.

    `stands` is the slug under which its file stands, `text` what the file holds with the header
    made ready: a renamed document knows its former slug, a returned one is no longer gone.
    """

    slug: str
    stands: str
    text: str

    @property
    def digest(self) -> str:
        """A digest of the text."""
        return text_digest(self.text)

    @property
    def is_late(self) -> bool:
        """Whether the text is what the file holds, and read when it is asked for."""
        return False

    def whole(self) -> Filed:
        """Return this with its text. Raises Problems where the file has changed since."""
        return self


class LateFiled(Filed):
    """A ledger that a run takes up as it stands."""

    __slots__ = ("file",)
    file: LedgerFile

    def __new__(cls, *values: Any, **named: Any) -> Any:
        """Return a plain value: whoever replaces a field of this one has its text in memory."""
        return Filed(*values, **named)

    def __reduce__(self) -> tuple[Any, ...]:
        return late_filed, (self.slug, self.stands, self.file)

    @property
    def digest(self) -> str:
        """A digest of the text."""
        return self.file.digest

    @property
    def is_late(self) -> bool:
        """Whether the text is what the file holds, and read when it is asked for."""
        return True

    def whole(self) -> Filed:
        """Return this with its text. Raises Problems where the file has changed since."""
        return Filed(self.slug, self.stands, self.text)


# It stands in the place of a field.
for _name in ("text",):
    setattr(LateFiled, _name, property(lambda filed: filed.file.text()))


def late_filed(slug: str, stands: str, file: LedgerFile) -> Filed:
    """Return what a file holds as a run takes it up, to be read when it is asked for."""
    made = object.__new__(LateFiled)
    for name, value in (("slug", slug), ("stands", stands), ("file", file)):
        object.__setattr__(made, name, value)
    return made


class LedgerTexts(MutableMapping[str, str]):
    """The texts of ledgers by slug: those in the files of a folder, and those that are set here.

    `folder` is where the files stand, `name` what messages call it.
    """

    def __init__(self, folder: Path, name: str, told: Mapping[str, Told | None]) -> None:
        self._folder, self._name = os.fspath(folder), name
        self._told: dict[str, Told | None] = dict(told)  # None: not known yet
        self._set: dict[str, str] = {}

    def copy(self) -> LedgerTexts:
        """Return texts that can be changed and leave these as they are."""
        made = LedgerTexts(Path(self._folder), self._name, self._told)
        made._set = dict(self._set)
        return made

    def __getitem__(self, slug: str) -> str:
        return self._set[slug] if slug in self._set else self._file(slug).text()

    def __setitem__(self, slug: str, text: str) -> None:
        self._told[slug] = None
        self._set[slug] = text

    def __delitem__(self, slug: str) -> None:
        del self._told[slug]
        self._set.pop(slug, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __contains__(self, slug: object) -> bool:
        return slug in self._told

    def filed(self, slug: str, stands: str) -> Filed:
        """Return the ledger that stands under a slug as a run takes it up."""
        if stands in self._set:
            return Filed(slug, stands, self._set[stands])
        return late_filed(slug, stands, self._file(stands))

    def digest(self, slug: str) -> str:
        """Return a digest of a ledger's text, "" where there is none."""
        return self.told(slug).digest if slug in self else ""

    def head(self, slug: str) -> Head:
        """Return what the header of a ledger says."""
        if slug in self._set:
            return read_head(slug, self._set[slug])
        return self.told(slug).head

    @property
    def heads(self) -> Iterator[Head]:
        """The headers of all ledgers."""
        return map(self.head, self._told)

    def is_blob(self, slug: str, blob: str) -> bool:
        """Tell whether git stores a ledger's text under that name."""
        if slug in self and len(blob) == len(self.told(slug).blob):
            return self.told(slug).blob == blob
        return is_blob(self.get(slug, "").encode(), blob)

    def told(self, slug: str) -> Told:
        """Return what is known of a ledger."""
        told = self._told[slug]
        if told is None:
            told = self._told[slug] = told_of(slug, self._set[slug])
        return told

    def _file(self, slug: str) -> LedgerFile:
        name = f"{slug}.txt"
        digest = self.told(slug).digest
        return LedgerFile(f"{self._folder}/{name}", f"{self._name}/{name}", digest)


def told_of(slug: str, text: str) -> Told:
    """Return what is known of a ledger's text."""
    blob = blob_name(text.encode(*_UTF8), 40)
    return Told(read_head(slug, text), text_digest(text), blob, newest_of(text))


def text_digest(text: str) -> str:
    """Return a digest of a ledger's text."""
    return sha256(text.encode(*_UTF8)).hexdigest()


def newest_of(ledger: str) -> str:
    """Return the newest ISO date in a ledger's text, "" where it has none."""
    newest = ""
    for day in _DAY.finditer(ledger):
        if found := _DATE.search(ledger, max(0, day.start() - _BEFORE), day.end()):
            newest = max(newest, found["date"])
    return newest
