"""Reads one number, in digits or in words, and says what it is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from builder.numbers.phrases import is_plural, is_stop
from builder.strict_yaml import load_data

_LONGEST = 15  # digits; a longer run is an identifier, not an amount
_LONGEST_WORDS = 16

# The marks inside a digit token may group thousands or part the decimals: "1,234.5", "1.234,5".
_DIGITS = re.compile(r"[0-9]+(?:[.,'][0-9]+)*")
_SPACED = re.compile(r"(?: [0-9]{3})+(?![0-9]|[.,][0-9])")
_ENGLISH = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")  # 1,234.5
_EUROPEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|[0-9]{1,3}\.[0-9]{3},[0-9]{1,2}")
_SWISS = re.compile(r"[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]+)?")  # 1'234'567
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]{1,2}")  # 12,5
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")  # 1,23,456
_SIMPLE_FRACTION = re.compile(r"([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/])")  # 3/4 of voters


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `start` to `end`; `value` is None for "dozens".

    `mantissa` is the number before its scale ("5" in "5 million"), `scale` the factor (1 if none).
    `bare` is true for plain digits that could be a year or a label. `fraction` marks "two-thirds",
    `multiple` "doubled". `comma` marks "12,5", a number only if a unit stands beside it.
    """

    start: int
    end: int
    value: float | None
    mantissa: float = 0.0
    scale: float = 1.0
    words: bool = False
    bare: bool = False
    fraction: bool = False
    multiple: bool = False
    comma: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    small: dict[str, int]
    scales: dict[str, int]
    abbreviations: dict[str, int]
    money_abbreviations: dict[str, int]
    denominators: dict[str, int]
    multiples: dict[str, int]
    in_meters: frozenset[str]
    start: re.Pattern[str]
    run: re.Pattern[str]
    vague: re.Pattern[str]
    fraction: re.Pattern[str]
    scale_word: re.Pattern[str]
    scale_mark: re.Pattern[str]


def _any(words: object) -> str:
    assert isinstance(words, dict | list)
    return (
        "(?:" + "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + ")"
    )


def _by_letter(words: set[str]) -> str:
    """Return a pattern of the words that looks at each first letter once."""
    letters = sorted({word[0] for word in words})
    groups = (letter + _any([w[1:] for w in words if w[0] == letter]) for letter in letters)
    return f"(?:{'|'.join(groups)})"


@cache
def _words() -> _Words:
    data = load_data("numerals")
    small, scales = _any(data["small"]), _any(data["scales"])
    word = f"(?:{small}|{scales})"
    plural, before = _any(data["vague"]), _any(data["vague_before_scale"])
    halves = _any(data["denominators"])
    every = {
        w for name in ("small", "scales", "vague", "denominators", "multiples") for w in data[name]
    }
    marks = _any({**data["abbreviations"], **data["money_abbreviations"]})
    return _Words(
        small=data["small"],
        scales=data["scales"],
        abbreviations=data["abbreviations"],
        money_abbreviations=data["money_abbreviations"],
        denominators=data["denominators"],
        multiples=data["multiples"],
        in_meters=frozenset(data["measured_in_meters"]),
        # "forty", "a hundred", "dozens", "half", "doubled": where a number in words may begin.
        # Digits lead the alternatives and words are grouped by their first letter: this pattern is
        # tried at every character of every text.
        start=re.compile(
            r"[0-9½¼¾](?:(?<!\w[0-9½¼¾])|(?<=\b[a-z]{3}[0-9])|(?<=\$[a-z][0-9])"
            r"|(?<=\$[a-z]{2}[0-9])|(?<=\br[0-9]))|\.[0-9](?<!\w\.[0-9])"
            rf"|(?<!\w)(?:(?:an? (?!{small}\b))?{_by_letter(every)}|{before} {scales})(?!\w)"
        ),
        # "one hundred and five thousand", "half a million", "two and a half billion".
        run=re.compile(
            rf"(?P<lead>half an? |half[- ](?={scales})|a quarter of a |a half[- ]|an? )?"
            rf"(?P<run>{word}(?:(?:[- ]|(?<=hundred) and |(?<=thousand) and |"
            rf"(?<=million) and ){word}(?![\w]))*)"
            rf"(?![\w])(?P<half> and (?:a half|one[- ]half|a quarter|three[- ]quarters)(?![\w]))?"
            rf"(?P<more>[- ]{scales}(?![\w]))?"
        ),
        # "tens of millions", "hundreds of thousands", "dozens", "several hundred thousand".
        vague=re.compile(
            rf"(?:(?:{before}|many) {scales}(?:[- ]{scales})*|{plural}(?: of {plural}"
            rf"|, if not {plural},?| (?:and|or|to|upon) {plural})*)(?![\w])"
        ),
        # "two-thirds", "a third", "three quarters", "half".
        fraction=re.compile(rf"(?:(?P<top>an?|{small})[- ])?(?P<bottom>{halves})(?![\w]|-(?!of))"),
        scale_word=re.compile(rf"[- ](?P<scale>{scales}(?:[- ]{scales})*)(?![\w])"),
        scale_mark=re.compile(rf" ?(?P<mark>{marks})(?![\w])"),
    )


def number_start() -> re.Pattern[str]:
    """Return the pattern of every place at which `numeral_at` is worth asking."""
    return _words().start


def numeral_at(text: str, lower: str, at: int, *, money: bool = False) -> Numeral | None:
    """Read the number that begins at `at`, or return None.

    `lower` is `text` in lower case at equal length. `money` says that a currency stands before.
    """
    if text[at].isdigit() or text[at] in ".½¼¾":
        return _digits(text, lower, at, money)
    return _vague(lower, at) or _in_words(lower, at) or _fraction(lower, at) or _multiple(lower, at)


def numbers_at(lower: str) -> list[int]:
    """Return every place of a lower-case text at which a number begins.

    Digits that go on from digits ("1,234") begin no number of their own.
    """
    starts: list[int] = []
    end = 0
    for match in _words().start.finditer(lower):
        at = match.start()
        if at < end:
            continue
        starts.append(at)
        run = _DIGITS.match(lower, at)
        end = run.end() if run else at + 1
    return starts


def lowered(text: str) -> str:
    """Return `text` in lower case at equal length ("İ" would become two characters)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def run_end(lower: str, at: int) -> int:
    """Return where the run of digits or number words at `at` ends, read or not."""
    match = (
        _DIGITS.match(lower, at) or _words().run.match(lower, at) or _words().vague.match(lower, at)
    )
    return max(match.end(), at + 1) if match else at + 1


def _digits(text: str, lower: str, at: int, money: bool) -> Numeral | None:
    if text[at] in "½¼¾":
        return Numeral(at, at + 1, {"½": 0.5, "¼": 0.25, "¾": 0.75}[text[at]], fraction=True)
    simple = _SIMPLE_FRACTION.match(text, at)
    if simple:
        top, bottom = int(simple[1]), int(simple[2])
        return Numeral(at, simple.end(), top / bottom, fraction=True) if top < bottom else None
    first = at + 1 if text[at] == "." else at
    token = _DIGITS.match(text, first)
    if not token or token.end() - first > 2 * _LONGEST:
        return None
    end, surface = token.end(), text[at : token.end()]
    spaced = _SPACED.match(text, end) if len(surface) <= 3 and surface.isdigit() else None
    if spaced and end + 20 >= spaced.end():
        end, surface = spaced.end(), text[at : spaced.end()]
    mantissa = _worth(surface.replace(" ", ""))
    if mantissa is None:
        return None
    if text[end : end + 1] in ("½", "¼", "¾"):
        mantissa += {"½": 0.5, "¼": 0.25, "¾": 0.75}[text[end]]
        end += 1
    scale, scaled = _scale(text, lower, end, money)
    comma = _DECIMAL_COMMA.fullmatch(surface) is not None
    bare = surface.isdigit() and scaled == end
    return Numeral(at, scaled, _product(mantissa, scale), mantissa, scale, bare=bare, comma=comma)


def _worth(surface: str) -> float | None:
    if sum(map(str.isdigit, surface)) > _LONGEST:
        return None
    if surface.startswith("."):
        return float("0" + surface) if surface[1:].isdigit() else None
    if len(surface) > 1 and surface[0] == "0" and surface[1].isdigit():
        return None  # 007 is a label
    if _ENGLISH.fullmatch(surface) or _INDIAN.fullmatch(surface):
        return float(surface.replace(",", ""))
    if _SWISS.fullmatch(surface):
        return float(surface.replace("'", ""))
    if _EUROPEAN.fullmatch(surface):
        return float(surface.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.fullmatch(surface):
        return float(surface.replace(",", "."))
    return None


def _product(mantissa: float, scale: float) -> float:
    # 1.55 × 1e9 in binary is 1550000000.0000002; an amount has no such tail.
    return float(round(mantissa * scale, 6))


def _scale(text: str, lower: str, end: int, money: bool) -> tuple[float, int]:
    words = _words()
    match = words.scale_word.match(lower, end)
    if match:
        scale = 1.0
        for word in re.split(r"[- ]", match["scale"]):
            scale *= words.scales[word]
        return scale, match.end()
    match = words.scale_mark.match(text, end)
    if match:
        mark = match["mark"]
        if mark in words.abbreviations and (money or text[end] != " " or len(mark) > 1):
            return float(words.abbreviations[mark]), match.end()
        if money and mark in words.money_abbreviations:
            return float(words.money_abbreviations[mark]), match.end()
        if mark in ("k", "m") and text[end] != " " and _things_follow(text, match.end()):
            return float(words.money_abbreviations[mark]), match.end()
    return 1.0, end


_NEXT_WORDS = re.compile(r" ([A-Za-z-]+)(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?")


def _things_follow(text: str, end: int) -> bool:
    """Tell "1.2m young people" from "a 100m race", "400m hurdles" and "5m high"."""
    match = _NEXT_WORDS.match(text, end)
    for word in match.groups() if match else ():
        if word is None or is_stop(word) or word.lower() in _words().in_meters:
            return False
        if is_plural(word):
            return True
    return False


def _vague(lower: str, at: int) -> Numeral | None:
    words = _words()
    match = words.vague.match(lower, at)
    if not match:
        return None
    if match[0] in ("scores", "tens") and not lower.startswith(" of ", match.end()):
        return None  # "test scores"
    if match[0].startswith("many ") and lower[max(0, at - 4) : at] == "how ":
        return None
    return Numeral(at, match.end(), None, words=True)


def _in_words(lower: str, at: int) -> Numeral | None:
    words = _words()
    match = words.run.match(lower, at)
    if not match:
        return None
    tokens = re.split(r"[- ]", match["run"].replace(" and ", " "))
    if len(tokens) > _LONGEST_WORDS:
        return None
    lead = (match["lead"] or "").strip(" -")
    if tokens[0] in words.scales and not lead:
        return None  # "million-dollar homes", "per hundred"
    if lead in ("a", "an") and tokens[0] in words.small:
        return None  # "a two-day visit" is read from "two"
    value = _sum([*([] if tokens[0] in words.small else ["one"]), *tokens])
    end = match.end("run")
    if value is None:
        return None
    if lead.startswith(("half", "a half")):
        value /= 2
    elif lead.startswith("a quarter"):
        value /= 4
    if match["half"]:
        end = match.end("half")
        last = words.scales.get(tokens[-1], 1)
        part = 0.25 if "quarter" in match["half"] else 0.5
        value += (0.75 if "three" in match["half"] else part) * last
    if match["more"] and (match["half"] or match["more"][1:] not in tokens):
        value, end = value * words.scales[match["more"][1:]], match.end("more")
    if lower[end : end + 1] == "-" and _denominator_follows(lower, end + 1):
        return None  # "two-thirds"
    if lower[end : end + 1] == " " and len(tokens) == 1 and _denominator_follows(lower, end + 1):
        return None  # "two thirds"
    scale = float(words.scales.get(tokens[-1], 1)) if len(tokens) > 1 else 1.0
    return Numeral(at, end, float(value), float(value) / scale, scale, words=True)


def _denominator_follows(lower: str, at: int) -> bool:
    match = re.compile(r"[a-z]+").match(lower, at)
    return match is not None and match[0] in _words().denominators


def _sum(tokens: list[str]) -> float | None:
    words = _words()
    total, group, last_scale = 0, 0, 10**18
    fresh = True
    for token in tokens:
        if token in words.small:
            small = words.small[token]
            room = (
                fresh
                or (group % 100 == 0 and group and small > 0)
                or (small < 10 and small > 0 and group % 100 >= 20 and group % 10 == 0)
            )
            if not room:
                return None
            group, fresh = group + small, False
        elif token == "hundred":
            if not 0 < group < 100:
                return None
            group *= 100
        else:
            scale = words.scales[token]
            if group == 0 or scale >= last_scale:
                return None
            total, group, last_scale, fresh = total + group * scale, 0, scale, True
    return float(total + group)


def _fraction(lower: str, at: int) -> Numeral | None:
    words = _words()
    match = words.fraction.match(lower, at)
    if not match:
        return None
    top, bottom = match["top"], words.denominators[match["bottom"]]
    if top is None and bottom != 2:
        return None  # "the third", "quarters"
    count = 1 if top in (None, "a", "an") else words.small[top]
    if not 0 < count < bottom or (count > 1) != match["bottom"].endswith("s"):
        if match["bottom"] not in ("half", "halves"):
            return None
        if count != 1:
            return None
    return Numeral(at, match.end(), round(count / bottom, 4), words=True, fraction=True)


def _multiple(lower: str, at: int) -> Numeral | None:
    match = re.compile(r"[a-z]+(?:-fold)?").match(lower, at)
    if not match or match[0] not in _words().multiples:
        return None
    return Numeral(at, match.end(), float(_words().multiples[match[0]]), words=True, multiple=True)
