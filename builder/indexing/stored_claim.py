"""A claim as an index has it: its figure, its names, where it stands; its words when asked for."""

from __future__ import annotations

from collections.abc import Sequence

from builder.claims import Claim, Statement
from builder.indexing.contributed import Claimed, Who
from builder.indexing.contribution import Contribution
from builder.indexing.opened import opened
from builder.indexing.quoted import Texts, quoted_statement
from builder.model import Annotated, Figure


class StoredClaim(Claim):
    """A claim whose statements are found in its document's text when they are asked for.

    It is known by its `number` among those that a document adds, and holds no more than its
    addresses, for lists hold a hundred thousand. Where `texts` are kept apart, statements are what
    pages quote of them (`quoted`), and `whole` opens the document.
    """

    __slots__ = ("_added", "_number", "_one", "_texts", "ids")
    _added: Contribution
    _number: int
    _one: Annotated
    _texts: Texts | None
    ids: Sequence[str]

    def __init__(
        self,
        one: Annotated,
        added: Contribution,
        number: int,
        ids: Sequence[str],
        texts: Texts | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "document", one.document)
        put(self, "_one", one)
        put(self, "_added", added)
        put(self, "_number", number)
        put(self, "ids", ids)
        put(self, "_texts", texts)

    def __reduce__(self) -> tuple[object, ...]:
        return StoredClaim, (self._one, self._added, self._number, self.ids, self._texts)

    @property
    def _claimed(self) -> Claimed:
        return self._added.claims[self._number]

    @property
    def id(self) -> str:
        """The claim's address in its document, which is its first figure's: "p12-f1"."""
        return self.ids[0]

    @property
    def figure(self) -> Figure:
        """The figure as first stated."""
        return self._claimed.figure()

    @property
    def named(self) -> tuple[Who, ...]:
        """The programs and countries of the passages of its statements, the first's first."""
        return tuple(self._claimed.named)

    @property
    def gathering(self) -> Sequence[str]:
        """The keys of the measures whose rules gather it."""
        return self._claimed.measures

    @property
    def length(self) -> int:
        """How many characters the sentence of its first statement has."""
        return self._claimed.length

    @property
    def stated(self) -> Statement:
        """Where the document first states it."""
        return self._quoted(0) if self._texts else self.whole.stated

    @property
    def repeats(self) -> tuple[Statement, ...]:
        """Where the document says it again."""
        count = len(self.ids)
        if not self._texts:
            return self.whole.repeats if count > 1 else ()
        return tuple(self._quoted(place) for place in range(1, count))

    @property
    def whole(self) -> Claim:
        """The claim with all that its document tells of it."""
        return opened(self._one).claim(self._number, self.ids, self.named)

    def _quoted(self, place: int) -> Statement:
        assert self._texts is not None
        return quoted_statement(self._texts(self._one.document.slug), self._claimed, place)
