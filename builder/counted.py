"""Finds the noun phrase that a figure counts or measures: "lethal doses of fentanyl"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.quantities import Quantity
from builder.strict_yaml import load_data

_WORD = re.compile(r"[^\W_](?:[\w'&/.-]*[\w])?(?:(?<=[A-Z])\.)?|[^\w\s]")
_LONGEST_PHRASE = 7  # words of one noun phrase
_REACH = 240  # characters before or after a figure in which its noun is sought
_PROPER = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class _Grammar:
    stop: frozenset[str]
    opening: frozenset[str]
    plurals: frozenset[str]
    not_plural: frozenset[str]
    relational: frozenset[str]
    change: frozenset[str]


@cache
def _grammar() -> _Grammar:
    data, claims = load_data("phrases"), load_data("claims")
    return _Grammar(
        stop=frozenset(data["stop"]),
        opening=frozenset(data["opening"]),
        plurals=frozenset(data["irregular_plurals"]),
        not_plural=frozenset(data["not_plural"]),
        relational=frozenset(data["relational"]),
        change=frozenset([*claims["increase_nouns"], *claims["decrease_nouns"]]),
    )


def is_plural(word: str) -> bool:
    """Tell whether a word looks like a plural noun."""
    grammar, low = _grammar(), word.lower()
    if low in grammar.plurals:
        return True
    return (
        low.endswith("s")
        and len(low) > 3
        and not low.endswith(("ss", "'s", "ous"))
        and low not in grammar.not_plural
        and low not in grammar.stop
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase by its offsets in the text; `last` is its head word."""

    start: int
    end: int
    last: str


def phrase_after(text: str, at: int, end: int) -> Phrase | None:
    """Read the noun phrase that begins right at `at` (one space allowed), not beyond `end`."""
    grammar = _grammar()
    start = last_end = -1
    head, plural = "", False
    words = 0
    position = at
    for match in _WORD.finditer(text, at, min(end, at + _REACH)):
        word, low = match[0], match[0].lower()
        if text[position : match.start()] not in ("", " "):
            break
        position = match.end()
        if start < 0 and low in grammar.opening:
            continue
        if not word[0].isalnum() or word[0].isdigit() and start >= 0 or low in grammar.stop:
            break
        if words and (_ends_phrase(low, head, plural) or words >= _LONGEST_PHRASE):
            break
        if word[0].isdigit():
            break
        start = match.start() if start < 0 else start
        last_end, head, words = match.end(), low, words + 1
        plural = plural or is_plural(word)
        if low.endswith("'s"):
            plural = False
    return None if start < 0 else Phrase(start, _trimmed(text, start, last_end), head)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".'":
        if text[end - 1] == "." and text[end - 2 : end - 1].isupper():
            break
        end -= 1
    return end


def _ends_phrase(low: str, head: str, plural: bool) -> bool:
    """Tell whether a word can no longer belong to the phrase whose last word is `head`."""
    if plural and is_plural(head):
        return not is_plural(low) or low.endswith("ly")
    if low.endswith("ed") and is_plural(head):
        return True
    return False


def counted(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    """Return what the quantity counts or measures, in the words of the text, or None.

    `sentence` bounds the search. `previous` is what the figure before it in the sentence counts:
    "– a 65.8% increase" speaks of that.
    """
    end = sentence[1]
    found: str | None
    if quantity.currency:
        found = _of_money(text, quantity, sentence)
    elif quantity.unit in ("percent", "percentage_point", "basis_point", "fraction", "times"):
        found = _of_share(text, quantity, sentence, previous)
    elif quantity.unit != "count":
        found = _of_measure(text, quantity, end)
    else:
        found = _of_count(text, quantity, end)
    return found or None


# — counts

_OF = re.compile(r" of (?:(?:the|these|those|our|all|its|their|his|a|an) )*")
_AND = re.compile(r" and ")
_COMMA = re.compile(r", (?:and |or )?")


def _of_count(text: str, quantity: Quantity, end: int) -> str | None:
    at = quantity.end
    if text[at : at + 1] == "-":
        at += 1
    skip = re.compile(
        r"(?: \x00+| or (?:more|fewer|less|so)| plus)?(?: (?:more|other|additional|new)(?= of ))?(?: of (?:the |these |those |our |its |their |all |such )*(?:more than |over |nearly )?(?:[0-9,]+ |two |three |four |five |six |seven |eight |nine |ten )?)?"
    ).match(text, at)
    start = skip.end() if skip else at
    phrase = phrase_after(text, start, end)
    if phrase is None:
        return None
    return text[phrase.start : _extended(text, phrase, end)]


def _extended(text: str, phrase: Phrase, end: int) -> int:
    """Extend a noun phrase over "of …" and over "and" with another plural noun."""
    last = phrase.end
    joined = _AND.match(text, last)
    if joined and is_plural(phrase.last):
        second = phrase_after(text, joined.end(), end)
        if (
            second
            and second.start == joined.end()
            and is_plural(second.last)
            and len(text[second.start : second.end].split()) <= 3
        ):
            last = second.end
    of = _OF.match(text, last)
    if of:
        second = phrase_after(text, of.end(), end)
        if second:
            last = second.end
            joined = _AND.match(text, last)
            third = phrase_after(text, joined.end(), end) if joined else None
            if (
                joined
                and third
                and third.start == joined.end()
                and is_plural(third.last) == is_plural(second.last)
                and len(text[third.start : third.end].split()) <= 3
                and _stops(text, third.end)
            ):
                last = third.end
    elif phrase.last in _grammar().relational or (phrase.last == "people" and False):
        related = re.compile(r" (?:in|on|for|to|from|into) (?:the |our |all |its )?").match(
            text, last
        )
        second = phrase_after(text, related.end(), end) if related else None
        if related and second:
            last = second.end
    return last


def _stops(text: str, at: int) -> bool:
    return (
        text[at : at + 1] in ("", ".", ",", ";", ")", ":")
        or re.compile(r" (?:in|for|on|at|to|from|by|with|across|during|since|under)\b").match(
            text, at
        )
        is not None
    )


# — measures: "120 metric tons of narcotics", "10-year drug strategy"


def _of_measure(text: str, quantity: Quantity, end: int) -> str | None:
    of = _OF.match(text, quantity.end)
    if of:
        phrase = phrase_after(text, of.end(), end)
        return text[phrase.start : _extended(text, phrase, end)] if phrase else None
    if quantity.hyphen:
        phrase = phrase_after(text, quantity.end, end)
        return text[phrase.start : phrase.end] if phrase else None
    if quantity.time:
        return None
    worth = re.compile(r" worth of ").match(text, quantity.end)
    phrase = phrase_after(text, worth.end(), end) if worth else None
    return text[phrase.start : phrase.end] if phrase else None


# — money

_PURPOSE = re.compile(
    r"(?:,? (?:including|along with|through)[^,.;]{1,60}, )?"
    r"(?: worth of| worth| of| in| for| into| toward| towards| on| dedicated to| to| against| from| across)? ?"
)
_MONEY_LEAD = re.compile(
    r"(?:,? (?:including|along|through)[^,.;]{1,60},)? (?P<word>worth of|of|in|for|into|toward|towards|on|dedicated to|to help|to support|to|against)(?: (?:the|our|its|their|all|new|a|an|help|support|supporting))* "
)
_FOR = re.compile(r" (?:for|to support|to help) (?:the |a |an |our |its )?")
_VERB = re.compile(r"[a-z]+ ")


def _of_money(text: str, quantity: Quantity, sentence: tuple[int, int]) -> str | None:
    end = sentence[1]
    at = quantity.end + (text[quantity.end : quantity.end + 1] == "-")
    rest = re.compile(
        r"(?:/[a-z]+| (?:a|per|each|every) [a-z]+|,? (?:or (?:more|less)|in total|annually|altogether|combined))+(?= )"
    ).match(text, at)
    at = rest.end() if rest else at
    at = _past_time(text, at)
    lead = _MONEY_LEAD.match(text, at)
    if lead:
        phrase = phrase_after(text, lead.end() - 1, end)
        if lead["word"].startswith("to") and phrase is None:
            return None
        if lead["word"] == "to" and phrase and phrase.start == lead.end():
            return text[phrase.start : _purpose_end(text, phrase, end)]
        if (
            phrase
            and lead["word"] in ("in", "into", "on", "of", "to")
            and _PROPER.match(text, phrase.start)
        ):
            purpose = _FOR.match(text, phrase.end)
            second = phrase_after(text, purpose.end() - 1, end) if purpose else None
            if second:
                phrase = second
        if phrase:
            return text[phrase.start : _listed(text, phrase, end)]
    direct = phrase_after(text, at, end)
    if direct:
        last = _extended(text, direct, end)
        if direct.last in _grammar().change:
            return _after_change(text, direct, end) or text[direct.start : last]
        return text[direct.start : last]
    return _noun_before(text, quantity, sentence[0])


def _past_time(text: str, at: int) -> int:
    match = re.compile(
        r",? (?:in (?:fiscal year |FY ?)?[12]?[0-9]{2,3}|over the (?:next|past|last|coming) [a-z0-9]+ (?:fiscal )?[a-z]+|this year|last year|annually|each year|every year|since [0-9]{4})(?=,? (?:for|to|in|on|of) )"
    ).match(text, at)
    if not match:
        return at
    return match.end() + (text[match.end() : match.end() + 1] == ",")


def _after_change(text: str, phrase: Phrase, end: int) -> str | None:
    related = re.compile(
        r" (?:in|for|to|on|of|from)(?: (?:support|help|fund|supporting|the|our|its|their|work of))* "
    ).match(text, phrase.end)
    second = phrase_after(text, related.end() - 1, end) if related else None
    if second is None:
        return None
    return text[second.start : _extended(text, second, end)]


def _purpose_end(text: str, phrase: Phrase, end: int) -> int:
    """ "to stop the flow of fentanyl": go on from the verb to its object."""
    last = phrase.end
    rest = re.compile(
        r" (?:the|these|those|our|its|their|a|an|all|and)(?: (?:these|the|new|our))* "
    ).match(text, last)
    second = phrase_after(text, rest.end() - 1, end) if rest else None
    if second:
        return _extended(text, second, end)
    of = _OF.match(text, last)
    second = phrase_after(text, of.end(), end) if of else None
    return second.end if second else last


_ITEM = re.compile(r",(?: and| or)? |(?<![,]) (?:and|or) ")


def _listed(text: str, phrase: Phrase, end: int) -> int:
    """Extend a phrase over the rest of its list: "prevention, treatment, and recovery services"."""
    last = _extended(text, phrase, end)
    place = last
    for _ in range(8):
        join = _ITEM.match(text, place)
        if not join:
            break
        item = phrase_after(text, join.end(), end)
        if item is None or item.start != join.end() or len(text[item.start : item.end].split()) > 5:
            break
        place = item.end
        if "and" in join[0] or "or" in join[0]:
            last = place
            break
    return last


# — shares, rates and changes

_ADJECTIVE = re.compile(
    r"(?: |-)(?P<word>[a-z-]+)(?: (?P<next>in|of|on|from|to|than|over|for|for|among|since|compared|versus))?\b"
)
_LAST = re.compile(r"[\w'&.-]+")


def _of_share(
    text: str, quantity: Quantity, sentence: tuple[int, int], previous: str | None
) -> str | None:
    start, end = sentence
    at = quantity.end
    of = re.compile(
        r"(?:\)| or (?:more|less))? of (?:(?:all|the|our|their|its|these|those|this|that|total|every|a|an|his|them|us|whom|which) ?)*"
    ).match(text, at)
    if of:
        phrase = phrase_after(text, of.end() - (text[of.end() - 1] == " "), end)
        if phrase is None or phrase.start > of.end() + 1:
            return previous
        return text[phrase.start : _clause_noun(text, phrase, end)]
    grammar = _grammar()
    direct = phrase_after(text, at, end)
    before = _object_before(text, quantity, start)
    if direct and direct.last in grammar.change:
        related = _after_change(text, direct, end)
        if related and not re.match(
            r" (?:over|from|since|compared|to)\b", text[direct.end : direct.end + 10]
        ):
            return related
        modifier = text[direct.start : direct.end].rsplit(" ", 1)
        return before or (modifier[0] if len(modifier) > 1 else None) or previous
    if direct and quantity.unit == "times":
        return text[direct.start : direct.end]
    if direct and not re.match(
        r"(?:higher|lower|more|less|fewer|greater|faster|year|annually|annual)\b",
        text[direct.start :],
    ):
        return text[direct.start : _extended(text, direct, end)]
    after = re.compile(r" (?:less|more|fewer|greater|higher|lower) (?!than)").match(text, at)
    if after:
        phrase = phrase_after(text, after.end() - 1, end)
        if phrase:
            return text[phrase.start : _extended(text, phrase, end)]
    return before or _noun_before(text, quantity, start) or previous


def _clause_noun(text: str, phrase: Phrase, end: int) -> int:
    last = _extended(text, phrase, end)
    rest = re.compile(r" (?:entering|coming into|in|from) (?:the )?").match(text, last)
    second = phrase_after(text, rest.end(), end) if rest and "entering" in rest[0] else None
    return second.end if second else last


_CHANGE_OF = re.compile(
    r"(?P<noun>[a-z]+) (?:in|on|for|of) (?P<what>[^,.;:()]{2,80}?) (?:of|by|to|from)(?: [a-z-]+){0,3} $"
)


def _object_before(text: str, quantity: Quantity, start: int) -> str | None:
    """Find what grew or fell before the number: "increased surveillance aircraft by 75%"."""
    grammar, data = _grammar(), _verbs()
    left = text[max(start, quantity.start - _REACH) : quantity.start]
    match = data[0].search(left)
    if match:
        return _clean(match["what"])
    match = data[1].search(left)
    if match:
        return _clean(match["what"])
    match = data[2].search(left)
    if match:
        return _clean(match["what"])
    match = data[3].search(left)
    if match:
        return _clean(match["what"])
    match = data[4].search(left)
    if match:
        return _backwards(left[: match.start()])
    del grammar
    return None


@cache
def _verbs() -> tuple[re.Pattern[str], ...]:
    claims = load_data("claims")
    nouns = "|".join([*claims["increase_nouns"], *claims["decrease_nouns"]])
    verbs = "|".join([*claims["increase_verbs"], *claims["decrease_verbs"]])
    bound = r"(?:(?:more than|less than|over|nearly|almost|about|at least|up to|an estimated|approximately|roughly|around|as much as|a|an|another|additional|just|under|fully|to|from|well|close|by) )*"
    return (
        # decline in overdose deaths of 10%
        re.compile(
            rf"\b(?:{nouns}) (?:in|on|of|to) (?P<what>[^,.;:()%$0-9]{{2,80}}?)(?: of| by| to| from)? {bound}$",
            re.I,
        ),
        # increased surveillance aircraft by 75%
        re.compile(
            rf"\b(?:{verbs}) (?P<what>(?!by|to|from|more|over|nearly|about|at|up|an|only|just|roughly|almost|approximately)[^,.;:()%$0-9]{{2,80}}?) (?:by|to|from) {bound}$",
            re.I,
        ),
        # … and ships by 65%
        re.compile(
            rf"(?:%|percent) (?:and|, and|,) (?P<what>[^,.;:()%$0-9]{{2,60}}?) by {bound}$", re.I
        ),
        # tariff on Canada from 25%; a transshipment tariff of 40%
        re.compile(
            rf"(?:\b(?:a|an|the|its|our|their|of|with|at|to|impose|imposing|imposed) )(?P<what>[^,.;:()%$0-9]{{2,80}}?) (?:of|to|at|by|from|is|was) {bound}$",
            re.I,
        ),
        # overdose deaths have fallen by 10%
        re.compile(
            rf"(?:,? (?:has|have|had|was|were|is|are|will|would|to|also|already|by|that|which))* (?:{verbs})(?: by| to| from| an?)? {bound}$",
            re.I,
        ),
    )


def _clean(what: str) -> str | None:
    words = what.split(" ")
    grammar = _grammar()
    for index in range(len(words) - 1, -1, -1):
        if words[index].lower() in (
            "the",
            "a",
            "an",
            "our",
            "its",
            "their",
            "his",
            "by",
            "and",
            "to",
            "is",
            "are",
            "that",
            "was",
            "were",
            "has",
            "have",
            "will",
            "would",
            "can",
            "who",
        ):
            words = words[index + 1 :]
            break
    while words and words[0].lower() in grammar.stop:
        words = words[1:]
    while words and words[-1].lower() in grammar.stop:
        words = words[:-1]
    return " ".join(words[-8:]) or None


def _backwards(left: str) -> str | None:
    """Return the noun phrase that ends where `left` ends."""
    grammar = _grammar()
    words = left.split(" ")
    taken: list[str] = []
    for word in reversed(words):
        low = word.lower()
        if not word or word[-1] in ",.;:)–—" or word[0] in "(–—":
            break
        if low in grammar.stop and not (low in ("in", "of", "for") and taken and len(taken) < 6):
            break
        if low in ("in", "of", "for") and not taken:
            break
        taken.append(word)
        if len(taken) >= 8:
            break
    while taken and taken[-1].lower() in ("in", "of", "for"):
        taken.pop()
    phrase = " ".join(reversed(taken))
    return (
        re.sub(r"^(?:number|amount|level|rate|share|total|volume) of (?:the )?", "", phrase) or None
    )


def _noun_before(text: str, quantity: Quantity, start: int) -> str | None:
    left = text[max(start, quantity.start - _REACH) : quantity.start]
    match = re.compile(
        r" (?:of|worth|totaling|totalling|at|to|was|is|were|are|reached|reaching|hit|by|costs?|costing|valued at|stood at|stands at)"
        r"(?: (?:more than|over|nearly|about|an|a|at least|up to|approximately|almost|around|roughly|some|estimated|just|under|less than|only|total of|average of|record))* $"
    ).search(left)
    return _backwards(left[: match.start()]) if match else None
