"""What names of persons are made of: titles, given names, particles, and where a name ends.

Knowledge is in `data/titles.yaml` and `data/given_names.yaml`; this module compiles it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.naming.typography import capitals
from builder.strict_yaml import load_data

# what parts a given name: "Na'ama", "Jean-Pierre"
_PARTS = re.compile(r"['-]")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The words of the two data files; `titles` holds the titles by their first word.

    `compound` holds the first parts of given names such as "Na'ama", which are none by themselves.
    """

    titles: dict[str, list[str]]
    given: frozenset[str]
    compound: frozenset[str]
    guarded: frozenset[str]
    places: frozenset[str]
    never: frozenset[str]
    things: frozenset[str]
    before_places: frozenset[str]
    royal: frozenset[str]
    surnames_too: frozenset[str]
    family_first: frozenset[str]
    family_sure: frozenset[str]
    family_pinyin: frozenset[str]
    wordlike: frozenset[str]
    towns: frozenset[str]
    not_people: frozenset[str]
    unmistakable: frozenset[str]
    speakers: frozenset[str]
    single_offices: frozenset[str]
    surnames_but: frozenset[str]
    place_surnames: frozenset[str]
    given_but: frozenset[str]
    short_names: dict[str, str]


@cache
def knowledge() -> Knowledge:
    """Return what the data files say, each word also in capitals; read once."""
    titles, given = load_data("titles"), load_data("given_names")

    def words(name: str) -> frozenset[str]:
        return _with_capitals(titles[name])

    names = _with_capitals(f"{given['names']} {given['guarded']}".split())
    return Knowledge(
        titles=_by_first_word(titles["titles"]),
        given=names,
        compound=frozenset(_PARTS.split(name)[0] for name in names if _PARTS.search(name)) - names,
        guarded=_with_capitals(given["guarded"].split()),
        places=_with_capitals(given["places"].split()),
        never=words("never") | _plain_titles(titles),
        things=words("things"),
        before_places=words("before_places"),
        royal=words("royal"),
        surnames_too=words("surnames_too"),
        family_first=words("family_first"),
        family_sure=words("family_sure") | words("family_pinyin"),
        family_pinyin=words("family_pinyin"),
        wordlike=words("wordlike"),
        towns=words("places"),
        not_people=frozenset(titles["not_people"]),
        unmistakable=frozenset(titles["unmistakable"]),
        speakers=frozenset(titles["speakers"]),
        single_offices=frozenset(title.casefold() for title in titles["single_offices"]),
        surnames_but=words("surnames_but"),
        place_surnames=words("place_surnames"),
        given_but=words("given_but"),
        short_names=titles["short_names"],
    )


def _with_capitals(words: list[str]) -> frozenset[str]:
    return frozenset(words) | frozenset(word.upper() for word in words)


@cache
def beginnings() -> frozenset[str]:
    """Return the words with which a title or a name can begin."""
    known = knowledge()
    first = known.given | known.compound | known.family_sure
    return frozenset(known.titles) | first | known.places


@cache
def title_pattern(first: str) -> re.Pattern[str]:
    """Return the pattern of the titles that begin with a word; compiled when first needed."""
    titles = knowledge().titles[first]
    forms = {form for title in titles for form in (title, _plural(title), _plural_first(title))}
    choice = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?:{choice})(?!\w)")


def _by_first_word(titles: list[str]) -> dict[str, list[str]]:
    """Return the titles by their first word, which may stand in the plural."""
    groups: dict[str, list[str]] = {}
    for title in (*titles, *(title.upper() for title in titles)):
        first = re.split(r"[\s.-]", title)[0]
        groups.setdefault(first, []).append(title)
        groups.setdefault(_plural(first), []).append(title)
    return groups


def _plain_titles(titles: dict[str, list[str]]) -> frozenset[str]:
    """Return titles of one word, and all their plurals: no name goes on over them."""
    plain = {title for title in titles["titles"] if title.isalpha()} - set(titles["royal"])
    plain |= {_plural(title) for title in titles["titles"] if title.isalpha()}
    return frozenset(plain | {title.upper() for title in plain})


def _plural(word: str) -> str:
    if word.isupper():
        return word + "S"
    return word[:-1] + "ies" if word.endswith("ry") else word + "s"


def _plural_first(title: str) -> str:
    first, space, rest = title.partition(" ")
    return f"{_plural(first)}{space}{rest}"


@cache
def name_word() -> re.Pattern[str]:
    """Return the pattern of one part of a name: "O'Brien", "J.", "de la", '"El Nini"'."""
    word = rf"[{capitals()}][^\W\d_]*(?:-[^\W\d_]+|'(?![sS]\b)[^\W\d_]+)*"
    word = rf"(?:(?:al|el|ad|an|ar|as|ash|at|az)-(?=[{capitals()}]))?{word}"  # "al-Sharaa"
    particles = "|".join(sorted(load_data("titles")["particles"], key=len, reverse=True))
    return re.compile(
        rf"(?P<gap> |)(?:(?P<nick>\"[^\W\d_](?:[^\W\d_]|[ .'-]){{1,22}}\")"
        rf"|(?P<initial>(?:[A-Z]\.){{1,2}}(?![A-Za-z]{{2}}))"
        rf"|(?P<particle>(?:{particles})(?= [{capitals()}]))|(?P<word>{word}))"
    )


_SYLLABLE = (
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang?|i?ong?|u?ang?|i?ao|ia|ie|iu|ing?|i|uai|uan|uo|ui|ua"
    r"|ue|un|u|eng?|ei|er|e|ai|a|ou|o)"
)
# "Jinping", "Yi": what a Chinese given name is made of
PINYIN = re.compile(rf"(?:{_SYLLABLE}){{1,2}}", re.IGNORECASE)
# ", Jr.", " III" behind a name
SUFFIXES = ("Jr", "Sr", "JR", "SR", "II", "III", "IV")
SUFFIX = re.compile(r",? (?:[JS][Rr]\.?|II|III|IV)(?!\w)")


@cache
def office_pattern() -> re.Pattern[str]:
    """Return the pattern of a title's office: " of State", " of the Treasury"."""
    offices = sorted(load_data("titles")["offices"], key=len, reverse=True)
    choice = "|".join(re.escape(office) for office in (*offices, *(o.upper() for o in offices)))
    return re.compile(rf" (?:of|OF|for|FOR) (?:the )?(?:{choice})(?!\w)(?: \([A-Z]{{2,6}}\))?")
