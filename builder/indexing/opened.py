"""Opens documents when a page shows their words: an index itself only knows where they are.

Of the documents opened last a few are kept, so that the rows of a page open each of theirs once,
and a collection of any size takes no more memory than they do.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property

from builder.claiming.statements import statements_in
from builder.claims import Claim, Statement, find_claims
from builder.indexing.contributed import Named, Who
from builder.indexing.quoted import Passage
from builder.model import Annotated, Mention
from builder.storing.lazy import whole

_KEPT = 16  # documents that stay open


class Opened:
    """A document with what is found in its text; each part is found when it is first asked for.

    Many pages open a document for one entity or one claim: no more of it is gone through than the
    index, which knows the numbers of its blocks and the ids of its figures, does not tell.
    """

    def __init__(self, one: Annotated) -> None:
        # Held whole, so that its blocks stay the same while it is open.
        self.one, self._whole = one, whole(one)
        self._passages: dict[Who, Sequence[Passage]] = {}
        self._statements: dict[str, Statement] = {}

    def passages(self, named: Named) -> Sequence[Passage]:
        """Return the passages that name an entity, in the order of the text."""
        who = (named.kind, named.key)
        if who not in self._passages:
            blocks = self._whole.document.blocks
            self._passages[who] = tuple(
                Passage(blocks[number], tuple(self._naming[number, *who]))
                for number in named.blocks
            )
        return self._passages[who]

    def claim(self, number: int, ids: Sequence[str], named: tuple[Who, ...]) -> Claim:
        """Return a claim by its number, the addresses of its statements, and whom it names."""
        if not all(ids):  # a text that has no addresses yet
            return self._claims[number]
        first, *further = (self._statement(name) for name in ids)
        return Claim(self.one.document, first, tuple(further), named)

    def _statement(self, name: str) -> Statement:
        if name not in self._statements:
            mentions = self._by_block[self._figures[name]]
            block = self._whole.document.blocks[mentions[0].block]
            for statement in statements_in(block, mentions):
                self._statements[statement.mention.id or ""] = statement
        return self._statements[name]

    @cached_property
    def _claims(self) -> Sequence[Claim]:
        """The claims of the document, in the order in which they are first stated."""
        return tuple(find_claims(self._whole))

    @cached_property
    def _by_block(self) -> Mapping[int, Sequence[Mention]]:
        """The mentions of each block, by its number."""
        found: dict[int, list[Mention]] = {}
        for mention in self._whole.mentions:
            found.setdefault(mention.block, []).append(mention)
        return found

    @cached_property
    def _naming(self) -> Mapping[tuple[int, str, str], Sequence[Mention]]:
        """The mentions of each entity in each block, by the block's number, kind and key."""
        found: dict[tuple[int, str, str], list[Mention]] = {}
        for mention in self._whole.mentions:
            found.setdefault((mention.block, mention.kind, mention.entity), []).append(mention)
        return found

    @cached_property
    def _figures(self) -> Mapping[str, int]:
        """The number of the block in which each figure stands, by its id."""
        return {mention.id: mention.block for mention in self._whole.mentions if mention.id}


_recent: OrderedDict[int, Opened] = OrderedDict()


def opened(one: Annotated) -> Opened:
    """Return a document opened; one that was opened a while ago is opened anew."""
    found = _recent.get(id(one))
    if found is None or found.one is not one:
        found = _recent[id(one)] = Opened(one)
        if len(_recent) > _KEPT:
            _recent.popitem(last=False)
    else:
        _recent.move_to_end(id(one))
    return found
