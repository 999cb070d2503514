"""Tells which language a document and its passages are in, by their script and small words.

What is not English is structured, addressed and searchable, and not annotated. In doubt a text is
English: a short note, a list of names, a quotation or two do not make it anything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from builder.language_names import ENGLISH, UNKNOWN, language_code, languages_known
from builder.model import Block, Known, Metadata

# Fewer characters than these say nothing of their own: they are of their neighbors' language. In a
# document that is English on the whole a foreign sentence is a quotation.
_SHORT, _LONG = 100, 300
# No more of a passage, and of a document as a whole, is looked at.
_SAMPLE, _SAMPLE_OF_ALL = 600, 20_000
# English has one of these small words in every 35 characters; one in so many is enough.
_ENGLISH_WORDS = (" the ", " of ", " and ", " to ")
_ENGLISH_EVERY, _ENGLISH_ON_THE_WHOLE = 150, 100
# So many words of a text, and so many different ones, must be small words of another language.
_FEWEST_WORDS, _FEWEST_DIFFERENT, _SHARE = 20, 4, 0.18
# A short text tells when small words are closer together and none is English; where words bear
# marks that English has not ("não"), three different ones are enough.
_FEWEST_OF_SHORT, _SHARE_OF_SHORT, _MARKED = 8, 0.3, 0.1
# So many letters of another script make even a short passage one of that script.
_FEWEST_LETTERS = 5
# Without these, signs are words: "l'état", "(2023)", "—"
_WORD = re.compile(r"[^\s.,;:!?()\[\]«»\"'’“”„…–—/|0-9<>*#-]+")  # signs as printed


def in_languages(metadata: Metadata, blocks: Sequence[Block]) -> tuple[Metadata, list[Block]]:
    """Return the metadata with the document's language, and the blocks each with its own.

    What a front matter, a manifest or an editor says wins over what the words tell.
    """
    known = metadata.language
    if known != Metadata().language:  # it is stated, supplied, or inferred by an editor
        code = language_code(known.value or "")
        stated = replace(known, value=code if code != UNKNOWN else known.value)
        return metadata.but(language=stated), [_in(block, code) for block in blocks]
    passages = [block for block in blocks if block.kind != "furniture"]
    language, languages = languages_of([block.text for block in passages])
    found = Known(language, "inferred", "from its words")
    if set(languages) <= {ENGLISH}:
        return metadata.but(language=found), list(blocks)
    by_block = {id(block): own for block, own in zip(passages, languages, strict=True)}
    own = [_in(block, by_block.get(id(block), ENGLISH)) for block in blocks]
    return metadata.but(language=found), own


def _in(block: Block, language: str) -> Block:
    return block if block.language == language else replace(block, language=language)


def languages_of(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language of a document with these passages, and that of each passage."""
    whole = " ".join(_beginning_of(texts))
    english = _is_english(whole, _ENGLISH_ON_THE_WHOLE) and not _by_script(whole)
    # In a document that is English on the whole only long passages are looked at one by one.
    told = [_told_from(text, _LONG if english else _SHORT) for text in texts]
    if english:
        if set(told) <= {"", ENGLISH}:
            return ENGLISH, [ENGLISH] * len(texts)
        told = [_told_from(text, _SHORT) for text in texts]
    most = ENGLISH if english else _by_script(whole) or _most_of(texts, told) or language_of(whole)
    return most, list(_filled(texts, told, most))


def _told_from(text: str, length: int) -> str:
    """Return the language that a passage of at least `length` shows, a shorter one by letters."""
    if len(text) >= length:
        return _told(text)
    return "" if text.isascii() else _by_script(text, _FEWEST_LETTERS)


def _beginning_of(texts: Sequence[str]) -> Iterator[str]:
    length = 0
    for text in texts:
        yield text[: _SAMPLE_OF_ALL - length]
        length += len(text)
        if length >= _SAMPLE_OF_ALL:
            break


def _most_of(texts: Sequence[str], told: Sequence[str]) -> str:
    """Return the language of most of the text, English where half as much is; "" if none tells."""
    lengths: Counter[str] = Counter()
    for text, language in zip(texts, told, strict=True):
        if language:
            lengths[language] += len(text) * (2 if language == ENGLISH else 1)
    return max(lengths, key=lambda language: (lengths[language], language), default="")


def _is_english(text: str, every: int) -> bool:
    return sum(map(text.count, _ENGLISH_WORDS)) * every > len(text)


def _told(text: str) -> str:
    """Return the language that a passage shows by itself, "" where it is too short to tell."""
    start = text[:_SAMPLE]
    if _is_english(start, _ENGLISH_EVERY):
        return ENGLISH
    return _by_script(start) or _by_words(start)


def _filled(texts: Sequence[str], told: Sequence[str], most: str) -> Iterator[str]:
    """Yield a language for each passage; a short one is of its neighbors' language.

    Between two languages its few words decide, and where they do not, the document's language.
    """
    before, number = most, 0
    while number < len(texts):
        end = number
        while end < len(texts) and not told[end]:
            end += 1
        after = told[end] if end < len(texts) else before
        for text in texts[number:end]:
            near = before if before == after else _leaning(text, before, after, most)
            yield near if _may_be_in(near, text) else ENGLISH
        if end < len(texts):
            yield told[end]
            before = told[end]
        number = end + 1


def _may_be_in(language: str, text: str) -> bool:
    """Tell whether a text has letters of its language's script; one without letters may be."""
    letters = any(map(str.isalpha, text))
    return not letters or language not in _of_scripts() or bool(_any_script().search(text))


def _leaning(text: str, before: str, after: str, most: str) -> str:
    words = _words_in(text)
    hits = {code: sum(word in _small_words()[code] for word in words) for code in (before, after)}
    if hits[before] == hits[after]:
        return most
    return max(hits, key=lambda code: hits[code])


def language_of(text: str) -> str:
    """Return the language of a text as ISO 639-1 code; "en" where it is too short or in doubt."""
    start = text[:_SAMPLE_OF_ALL]
    return _by_script(start) or _by_words(start) or ENGLISH


def _by_script(text: str, fewest: int = 1) -> str:
    """Return the language of a text in another script than the Latin, "" for Latin or none.

    Fewer than `fewest` letters of that script tell nothing.
    """
    if text.isascii() or not _any_script().search(text):
        return ""
    counts = Counter(match.lastgroup or "" for match in _scripts().finditer(text))
    letters = sum(map(str.isalpha, text))
    if counts.total() < fewest or counts.total() * 2 < letters:
        return ""
    name = max(counts, key=lambda name: counts[name])
    languages = languages_known()["scripts"][int(name.removeprefix("script"))]["languages"].split(
        ", "
    )
    kana = next(
        counts[f"script{number}"]
        for number, row in enumerate(languages_known()["scripts"])
        if row["languages"] == "ja"
    )
    if kana * 10 > counts.total():
        return "ja"
    return _most_hits(_words_in(text), languages)[0] or str(languages[0])


def _by_words(text: str) -> str:
    """Return the language whose small words a Latin text holds, "" where they do not tell."""
    words = _words_in(text)
    if len(words) < _FEWEST_OF_SHORT:
        return ""
    language, hits, different = _most_hits(words, _latin())
    # "a" and "in" are words of other languages too.
    only_english = _small_words()[ENGLISH] - _shared_words().get(language, frozenset())
    english = sum(word in only_english for word in words)
    if english >= hits:
        return ENGLISH if english else ""
    if english == 0 and hits >= _SHARE_OF_SHORT * len(words):
        marked = sum(not word.isascii() for word in words) >= _MARKED * len(words)
        return language if different >= _FEWEST_DIFFERENT - marked else ""
    enough = hits >= _SHARE * len(words) and different >= _FEWEST_DIFFERENT
    long = len(words) >= _FEWEST_WORDS
    return language if long and enough and hits > 2 * english else ""


def _words_in(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(text.lower())]


def _most_hits(words: Sequence[str], languages: Sequence[str]) -> tuple[str, int, int]:
    """Return the language with most small words among `words`, how many, how many different.

    Among the different ones those do not count that stand in names as well ("de la Cruz").
    """
    counts = Counter(words)
    best = ("", 0, 0)
    for language in languages:
        found = [word for word in _small_words()[language] if word in counts]
        hits = sum(counts[word] for word in found)
        if hits > best[1]:
            best = (language, hits, sum(word not in _words_of_names() for word in found))
    return best


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {
        code: frozenset(words.split(", ")) for code, words in languages_known()["words"].items()
    }


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    """Return the small words of each language; of other languages those that English has not."""
    english = _lists()[ENGLISH]
    own = {code: words - english for code, words in _lists().items()}
    return {**dict.fromkeys(languages_known()["names"], frozenset()), **own, ENGLISH: english}


@cache
def _shared_words() -> Mapping[str, frozenset[str]]:
    return {code: words & _lists()[ENGLISH] for code, words in _lists().items()}


@cache
def _words_of_names() -> frozenset[str]:
    return frozenset(languages_known()["in_names"].split(", "))


@cache
def _of_scripts() -> frozenset[str]:
    rows = languages_known()["scripts"]
    return frozenset(code for row in rows for code in row["languages"].split(", "))


@cache
def _latin() -> tuple[str, ...]:
    others = {*_of_scripts(), ENGLISH}
    return tuple(code for code in languages_known()["words"] if code not in others)


@cache
def _scripts() -> re.Pattern[str]:
    rows = enumerate(languages_known()["scripts"])
    return re.compile("|".join(f"(?P<script{number}>[{row['range']}])" for number, row in rows))


@cache
def _any_script() -> re.Pattern[str]:
    return re.compile(f"[{''.join(row['range'] for row in languages_known()['scripts'])}]")
