"""Tells what on a page the policy of `builder.html.policy` forbids, tag by tag.

A browser says nothing of it to a reader: it leaves the style or the script out. So a page that a
collection's own template or hand-written text gives such a thing is told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.html.policy import POLICY

# What stands in a `<script>` that browsers never run: data for programs.
_DATA = frozenset({"application/json", "application/ld+json"})
_IN_A_FILE = "put it into a file of its own: extra_css, extra_javascript"
_ALIGNED = 'in a table of Markdown: "tables: {use_align_attribute: true}" in mkdocs.yml'
_POLICY_NAME = "content-security-policy"


@dataclass(slots=True)
class PolicyCheck:
    """Follows one page from its first tag to its last."""

    stated: bool = False
    _loaded: str = ""  # what was loaded before the policy

    def faults(self, tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Yield what one tag has that the policy forbids, and what to do about it."""
        if tag == "meta" and attributes.get("http-equiv", "").lower() == _POLICY_NAME:
            yield from self._of_policy(attributes.get("content", ""))
        elif not self.stated and (tag in ("script", "style") or _is_style_sheet(tag, attributes)):
            self._loaded = self._loaded or tag
        if tag == "style":
            yield "a style that is written into the page is not applied", _IN_A_FILE
        if tag == "script" and "src" not in attributes and attributes.get("type", "") not in _DATA:
            yield "a script that is written into the page is not run", _IN_A_FILE
        for name in attributes:
            if name == "style":
                hint = _ALIGNED if tag in ("th", "td") else "give it a class"
                yield f'the style of a <{tag}> ("style=") is not applied', hint
            elif name.startswith("on"):
                yield f'the script of a <{tag}> ("{name[:40]}=") is not run', _IN_A_FILE
            elif name == "srcdoc":
                yield f"a <{tag}> holds a page in itself", "link to a page of its own"

    def at_the_end(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a page that has been read to its end."""
        if not self.stated:
            yield (
                "the page does not say what it may load and run",
                "state the policy in its head, as site_overrides/main.html does",
            )

    def _of_policy(self, policy: str) -> Iterator[tuple[str, str]]:
        if self.stated:
            yield "the page states a second policy", "one is enough"
        elif self._loaded:
            yield f"a <{self._loaded}> stands before the policy", "state the policy first"
        if policy != POLICY:
            yield f'the policy of the page is "{policy[:200]}"', f'it has to be "{POLICY}"'
        self.stated = True


def _is_style_sheet(tag: str, attributes: dict[str, str]) -> bool:
    return tag == "link" and "stylesheet" in attributes.get("rel", "").lower().split()
