"""Where the pages are published: what the site is called, and its address if it is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publication:
    """The site that readers read: its name, and its address, which ends in "/" or is "".

    `description` is a sentence on what it holds. `license` is the name of the license of what the
    site adds to the documents, `license_url` its address; "" where none is granted.
    """

    name: str
    url: str = ""
    description: str = ""
    license: str = ""
    license_url: str = ""

    def address(self, path: str) -> str:
        """Return the address of a page or file of the site; relative to its root without `url`."""
        return self.url + path
