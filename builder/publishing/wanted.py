"""What the next site is to hold, and in what that is another than what stands.

Of two hundred thousand files a build changes some dozens, so nothing is asked of all of them that
can be told from those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.publishing.site_record import Listed, Record


@dataclass(slots=True)
class Wanted:
    """The files of the next site, path → key, beside those that `stood`."""

    stood: Record
    files: dict[str, str] = field(default_factory=dict)
    _others: set[str] = field(default_factory=set)  # of which another key may stand, or none

    def want(self, files: Mapping[str, str]) -> list[str]:
        """Let files be part of the next site; return which do not stand."""
        self.files |= files
        stands = self.stood.files.get
        others = [path for path, key in files.items() if stands(path) != key]
        self._others.update(others)
        return others

    def laid(self, path: str, key: str) -> None:
        """Let a file be part of the next site of which the bytes are laid."""
        self.files[path] = key
        self._others.add(path)

    def changes(self) -> dict[str, str | None]:
        """Return what is wanted otherwise than it stands: path → key, None for what is gone."""
        files, stood = self.files, self.stood.files
        changes: dict[str, str | None] = {
            path: files[path] for path in self._others if files[path] != stood.get(path)
        }
        # All others stand: whether anything is gone can be counted.
        if len(files) - len(changes.keys() - stood.keys()) < len(stood):
            changes |= dict.fromkeys(stood.keys() - files.keys())
        return changes

    def doubtful(self, record: Record) -> set[str]:
        """Return the paths at which a folder of this record may not hold what is wanted."""
        one, other = self.stood.differs, record.differs
        if one is None or other is None or self.stood.listed.name != record.listed.name:
            return {*self.files, *record.files}
        return {*one, *other, *self.changes()}

    def differs(self, listed: Listed) -> Mapping[str, str | None] | None:
        """Return in what the next site differs from a list, None where only all of it tells."""
        if self.stood.differs is None or self.stood.listed.name != listed.name:
            return None
        now = {**self.stood.differs, **self.changes()}
        return {path: key for path, key in now.items() if listed.files.get(path) != key}
