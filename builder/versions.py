"""What changed between two versions of a source, and how a passage read before.

Versions come as a document holds them (`Document.versions`): newest first, the first of them the
one that stands now. Passages are compared by address, their texts as the ledger keeps them, so that
front matter, markup and white space change nothing here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from builder.model import Version

What = Literal["changed", "new", "gone", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one address from a version to the next.

    `old` is "" for a new passage, `new` for one that is gone. `moved` tells of a changed passage
    that it stands elsewhere too.
    """

    anchor: str
    what: What
    old: str
    new: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """How a passage read once: its text, the ISO date until which, and the version to look at.

    `until` is "" where the day is not known. `digits` are those of the newest version with this
    text.
    """

    text: str
    until: str
    digits: str


@dataclass(frozen=True, slots=True)
class LastPlace:
    """Where a passage last stood: the version, and the addresses before and after it there."""

    digits: str
    after: str | None
    before: str | None


def last_places(versions: Sequence[Version]) -> Mapping[str, LastPlace]:
    """Return for each address that ever had a passage where it last stood."""
    places: dict[str, LastPlace] = {}
    for version in versions:
        names = [name for name, _ in version.passages]
        for after, name, before in zip([None, *names], names, [*names[1:], None], strict=False):
            if name not in places:
                places[name] = LastPlace(version.digits, after, before)
    return places


def changes(older: Version, newer: Version) -> tuple[Change, ...]:
    """Return what happened to each address, in the newer version's order.

    A passage that is gone comes behind the one it followed. Empty where no passage changed: the
    versions differ in front matter, markup or white space only.
    """
    before, after = dict(older.passages), dict(newer.passages)
    moved = _moved([name for name in before if name in after], list(after))
    gone = _gone(before, after)
    found = list(gone.get("", ()))
    for name, text in after.items():
        old = before.get(name)
        if old is None:
            found.append(Change(name, "new", "", text))
        elif old != text:
            found.append(Change(name, "changed", old, text, moved=name in moved))
        elif name in moved:
            found.append(Change(name, "moved", old, text, moved=True))
        found += gone.get(name, ())
    return tuple(found)


def version_before(versions: Sequence[Version], version: Version) -> Version | None:
    """Return the version that a version took the place of, None for the first or one not listed.

    After a merge of two branches that is not always the next in the list.
    """
    at = versions.index(version)
    before = next((one for one in versions if one.digits == version.after), None)
    if before is None and (version.after or not at):
        # The first version stands again, or the one before was lost: what is listed next.
        before = next(iter(versions[at + 1 :]), None)
    return before


def earlier_wordings(versions: Sequence[Version]) -> Mapping[str, tuple[Wording, ...]]:
    """Return for each address the other texts that it had, newest first, each of them once.

    Addresses that always read the same, or never had another text, are left out.
    """
    wordings: dict[str, dict[str, Wording]] = {}
    now = dict(versions[0].passages) if versions else {}
    for version in versions[1:]:
        for name, text in version.passages:
            if text != now.get(name):
                wording = Wording(text, version.until, version.digits)
                wordings.setdefault(name, {}).setdefault(text, wording)
    return {name: tuple(texts.values()) for name, texts in wordings.items()}


def _gone(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[Change]]:
    """Return what is gone, by the address that stays and that it stood behind, "" for none."""
    gone: dict[str, list[Change]] = {}
    behind = ""
    for name, text in before.items():
        if name in after:
            behind = name
        else:
            gone.setdefault(behind, []).append(Change(name, "gone", text, ""))
    return gone


def _moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the fewest names whose places must change to turn one order into the other."""
    place = {name: number for number, name in enumerate(after)}
    return frozenset(before) - frozenset(_rising(before, place))


def _rising(names: Sequence[str], place: Mapping[str, int]) -> Iterator[str]:
    """Yield a longest run of names, from the last to the first, whose places rise."""
    ends: list[int] = []  # by length: the lowest place that a run of this length ends with
    last: list[str] = []
    behind: dict[str, str] = {}
    for name in names:
        length = bisect_left(ends, place[name])
        if length:
            behind[name] = last[length - 1]
        ends[length : length + 1] = [place[name]]
        last[length : length + 1] = [name]
    name = last[-1] if last else ""
    while name:
        yield name
        name = behind.get(name, "")
