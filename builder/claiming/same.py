"""Decides which figures of a document state the same; where that is doubtful, they stay apart.

Two statements are the same when number, unit, bound and change are equal, nothing speaks against it
(another name, date, period, status, deed), and something speaks for it: a number that is no round
one, what is counted, the words around it, or that one of them is a heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from builder.claiming.context import Context
from builder.claiming.names import lower_case_words
from builder.claiming.statements import Statement
from builder.claiming.words import counted_head
from builder.model import Document, Figure

# How many statements of the same number before it a statement is compared with: what a document
# says more often in between says little, and the work stays linear.
_NEAREST = 8

_NAME_LINE = 60  # characters of a line that names whom the lines below are about

# Fewer words ("Up to $5 million") may stand in a list under different headings.
_WHOLE_SENTENCE = 5

Key = tuple[object, ...]


def number_key(figure: Figure) -> Key:
    """Return what figures must share to state the same number, by or to which something changes."""
    return (
        figure.value,
        figure.low,
        figure.high,
        figure.unit,
        figure.bound,
        figure.comparator,
    )


def statement_key(figure: Figure) -> Key:
    """Return what figures of two documents must share for their documents to share a figure."""
    return (*number_key(figure), figure.change, counted_head(figure.of))


def same_statements(
    statements: Sequence[Statement], document: Document
) -> Iterator[list[Statement]]:
    """Yield the statements of each claim, in text order, claims by their first statement."""
    claims = [[number] for number in range(len(statements))]
    of_one_number = _of_one_number(statements)
    no_names = lower_case_words(document) if of_one_number else frozenset()
    under = _lines_above(document) if of_one_number else ()
    for numbers in of_one_number:
        some = (statements[number] for number in numbers)
        contexts = (Context(one, no_names, under[one.mention.block]) for one in some)
        _gather(_nodes(numbers, contexts), claims)
    for claim in claims:
        if claim:
            yield [statements[number] for number in sorted(claim)]


def _lines_above(document: Document) -> list[str]:
    """Return for each block the heading, or the short line that is no sentence, above it."""
    above, line = [], ""
    for block in document.blocks:
        above.append(line)
        short = block.kind != "item" and len(block.text) <= _NAME_LINE
        if block.kind == "heading" or (short and not block.text.endswith((".", "?", "!"))):
            line = block.text
    return above


def _of_one_number(statements: Iterable[Statement]) -> list[list[int]]:
    by_key: dict[Key, list[int]] = {}
    for number, statement in enumerate(statements):
        by_key.setdefault(number_key(statement.figure), []).append(number)
    return [numbers for numbers in by_key.values() if len(numbers) > 1]


@dataclass(eq=False, slots=True)
class _Node:
    """One or more statements in the very same words, and what they are linked to."""

    context: Context
    numbers: list[int]
    linked: list[_Node] = field(default_factory=list)
    against: dict[int, bool] = field(default_factory=dict)

    @property
    def doubtful(self) -> bool:
        """Whether it could as well be the same as one thing as as another that is not the same."""
        return any(
            one.contradicts(other)
            for position, one in enumerate(self.linked)
            for other in self.linked[:position]
        )

    def contradicts(self, other: _Node) -> bool:
        """Tell whether the two say different things; each pair is looked at once."""
        if id(other) not in self.against:
            self.against[id(other)] = self.context.contradicts(other.context)
        return self.against[id(other)]


def _nodes(numbers: Iterable[int], contexts: Iterable[Context]) -> list[_Node]:
    """Return a node for each statement; sentences that are word for word the same share one."""
    nodes: dict[Key, _Node] = {}
    for number, context in zip(numbers, contexts, strict=True):
        key: Key = (number,)
        if len(context.words) >= _WHOLE_SENTENCE and not context.label:
            statement = context.statement
            place = statement.mention.at.start - statement.sentence.start
            key = (statement.words, place, frozenset(context.names), context.countries)
        nodes.setdefault(key, _Node(context, [])).numbers.append(number)
    return list(nodes.values())


def _gather(nodes: Sequence[_Node], claims: list[list[int]]) -> None:
    """Move the numbers of statements that are the same into the claim of the first."""
    for position, node in enumerate(nodes):
        for other in nodes[max(0, position - _NEAREST) : position]:
            if node.context.says_the_same(other.context):
                node.linked.append(other)
                other.linked.append(node)
    doubtful = {id(node) for node in nodes if node.doubtful}
    claim_of: dict[int, list[_Node]] = {}
    for node in nodes:
        members = [node]
        if id(node) not in doubtful:
            members = next(_claims_to_join(node, doubtful, claim_of), members)
            if node not in members:
                members.append(node)
        claim_of[id(node)] = members
        first = members[0].numbers[0]
        for number in node.numbers:
            if number != first:
                claims[number] = []
                claims[first].append(number)


def _claims_to_join(
    node: _Node, doubtful: set[int], claim_of: dict[int, list[_Node]]
) -> Iterator[list[_Node]]:
    for other in node.linked:
        members = claim_of.get(id(other))
        if members is None or id(other) in doubtful:
            continue
        if not any(node.contradicts(member) for member in members[-_NEAREST:]):
            yield members
