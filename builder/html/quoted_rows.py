"""Writes the rows of index pages that quote the documents: passages, and claims with their figure.

A page has hundreds of them. They are written here and not in a template, which takes several times
as long; `macros.jinja` and `quotation_macros.jinja` hand them on to the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from builder.claiming.printed import printed_words
from builder.claims import Claim, Statement
from builder.counting import counted
from builder.html.addresses import candidates_folder, measure_folder, passage_address
from builder.html.block_html import number_of
from builder.html.escape import escape, escape_attribute, own_address
from builder.html.figure_words import bound_sign, bound_words, unit_words, value_words
from builder.html.quotation import quote_all
from builder.html.quoted_figure import quote_figure
from builder.html.rendering import html
from builder.html.titles import date_of, known_in_words, short_title
from builder.index import Passage, Who
from builder.measures import Measure
from builder.model import Block, Document, Figure, Mention
from builder.site_files import folder_of

NAMES = 8
"""How many names stand beside a claim; a passage that lists fifty countries is one click away."""

Names = Mapping[Who, str]
MeasuresOf = Callable[[Claim], Iterable[Measure]]


def passage_link(document: Document, block: Block, mention: Mention | None = None) -> str:
    """Return the address of a passage, or of a figure in it that has its own."""
    if mention is not None and mention.id:
        return f"{folder_of(document.slug)}#{mention.id}"
    return passage_address(document, block)


def printed(statement: Statement) -> str:
    """Return the words of the text that state a figure and its bound, in quotation marks."""
    return f"“{printed_words(statement)}”"


def names_in_row(claim: Claim, addresses: Names) -> tuple[list[Who], int]:
    """Return the names that stand beside a claim, and how many more there are."""
    named = [who for who in claim.named if who in addresses]
    return named[:NAMES], max(0, len(named) - NAMES)


def passages(root: str, document: Document, rows: Sequence[Passage], limit: int = 3) -> Markup:
    """Return the passages of a document that name an entity, those after `limit` folded.

    `root` is the way from the page to the site's root.
    """
    written = [_passage(root, document, passage) for passage in rows]
    lines = ['<ol class="quotations">', *written[:limit], "</ol>"]
    if more := len(written) - limit if len(written) > limit else 0:
        words = f"{counted(more, 'more passage')} in this document"
        lines += [f'<details class="more"><summary>{words}</summary>', '<ol class="quotations">']
        lines += [*written[limit:], "</ol></details>"]
    return html("\n".join(lines))


def _passage(root: str, document: Document, passage: Passage) -> str:
    """Return a passage with all its mentions in their sentences."""
    quoted = quote_all(passage.block, passage.mentions)
    more = ""
    if quoted.more:
        words = f"{counted(quoted.more, 'more mention')} in this passage"
        more = (
            f' <details class="more-mentions"><summary>{words}</summary>'
            f'<span class="sentence">{quoted.folded}</span></details>'
        )
    link = _link(root + passage_address(document, passage.block), passage.block)
    return f'<li>{link} <span class="sentence">{quoted.sentence}</span>{more}</li>'


def _link(address: str, block: Block) -> str:
    number = number_of(block)
    return (
        f'<a class="passage-link" href="{own_address(address)}" data-number="{number}"'
        f' aria-label="Paragraph {number}"></a>'
    )


def claim_row(
    root: str,
    claim: Claim,
    titles: Mapping[str, str],
    addresses: Names,
    names: Names,
    measures_of: MeasuresOf,
) -> Markup:
    """Return a claim as a row of a table: figure, what is counted, sentence, source."""
    figure, stated = claim.figure, claim.stated  # each is made when it is asked for
    value = f'{figure_value(figure)}<small class="printed">{escape(printed(stated))}'
    quoted = quote_figure(stated)
    beside = _beside(root, claim, addresses, names)
    measures = "".join(_measure(root, measure) for measure in measures_of(claim))
    lines = (
        "<tr>",
        f'<td class="figure-value">{value}</small></td>',
        f'<td class="figure-of">{escape(figure.of or "")}',
        f"{_said(figure)}  </td>",
        f'<td class="figure-sentence"><span class="sentence">{quoted}</span>',
        f"{beside}{measures}  </td>",
        f'<td class="figure-source">{_source(root, claim, stated, titles)}</td>',
        "</tr>\n",
    )
    return html("\n".join(lines))


def figure_value(figure: Figure) -> Markup:
    """Return a figure's value with the sign of its bound and its unit."""
    value, sign, unit = value_words(figure), bound_sign(figure), ""
    bound = ""
    if sign and value:
        title = escape_attribute(bound_words(figure))
        bound = f'<span class="bound" title="{title}">{escape(sign)}</span> '
    percent = "%" if figure.unit == "percent" and value else ""
    if figure.unit not in ("percent", "count"):
        unit = f' <span class="unit">{escape(unit_words(figure))}</span>'
    said = escape(value or "no exact number")
    return html(f'<span class="value">{bound}{said}{percent}</span>{unit}')


def _said(figure: Figure) -> str:
    """Return what else is said of a figure: change, period, status."""
    said = ""
    if figure.change:
        said += f'<small class="change {figure.change}">{figure.change}</small>'
    if figure.period:
        said += f'<small class="period">{escape(figure.period)}</small>'
    if figure.status != "reported":
        said += f'<small class="status">{figure.status}</small>'
    return said


def _beside(root: str, claim: Claim, addresses: Names, names: Names) -> str:
    """Return the names that stand beside a claim, those that no editor has reviewed marked."""
    named, more = names_in_row(claim, addresses)
    if not named:
        return ""
    links = ", ".join(_name(root, who, addresses[who], names[who]) for who in named)
    further = f" and {more:,} more" if more else ""
    return f'<small class="with">{links}{further}</small>'


def _name(root: str, who: Who, address: str, name: str) -> str:
    waits = address.startswith(candidates_folder(who[0]))
    mark = ' unreviewed" title="not yet reviewed' if waits else ""
    link = own_address(root + address)
    return f'<a class="mention {who[0]}{mark}" href="{link}">{escape(name)}</a>'


def _measure(root: str, measure: Measure) -> str:
    link = f'<a href="{own_address(root + measure_folder(measure))}">{escape(measure.name)}</a>'
    return f'<small class="of-measure">Measure: {link}</small>'


def claim_source(root: str, claim: Claim, titles: Mapping[str, str]) -> Markup:
    """Return where a claim stands, and where it is said again."""
    return _source(root, claim, claim.stated, titles)


def _source(root: str, claim: Claim, stated: Statement, titles: Mapping[str, str]) -> Markup:
    document, metadata = claim.document, claim.document.metadata
    issuer = f" · {escape(known_in_words(metadata.issuer))}" if metadata.issuer.value else ""
    # Few words of a title are enough beside a row; the whole one is a click away.
    title = escape(short_title(titles[document.slug]))
    address = own_address(root + passage_link(document, stated.block, stated.mention))
    number = number_of(stated.block)
    link = f'<a class="passage-link titled" href="{address}" data-number="{number}">{title}</a>'
    again = ", ".join(_again(root, claim, stated))
    repeats = f'<small class="repeats">said again: {again}</small>' if again else ""
    return html(f"{link}\n<small>{escape(date_of(metadata))}{issuer}</small>\n{repeats}")


def _again(root: str, claim: Claim, stated: Statement) -> Iterator[str]:
    for one in claim.repeats:
        first, words = printed(stated), printed(one)
        link = _link(root + passage_link(claim.document, one.block, one.mention), one.block)
        yield link if words == first else f"{link} {escape(words)}"
