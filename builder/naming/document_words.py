"""The words of a document and where they stand: read once, asked by every finder of names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from builder.naming.runs import is_title_case

# The words that finders ask for: those that begin with a capital or a digit, those of four letters
# and more, and three others. So a third of the words of a text costs nothing.
_LETTER = "A-Za-z0-9\u00c0-\u1eff\ufb00-\ufb06"  # with the ligatures of converted files
_INDEXED = re.compile(rf"[{_LETTER}]{{4,}}|[A-Z0-9\u00c0-\u024f][{_LETTER}]*|(?:who|son|led)\b")


@dataclass(frozen=True, eq=False, slots=True)
class DocumentWords:
    """A document's blocks as one text, parted by line breaks, with the places of its words.

    `starts` holds where each block begins in `text`; `places` the offsets of each word in `text`,
    in order, but for short words in lower case; `foreign` are the words with letters beyond ASCII.
    No block's text has a line break, so that no name reaches over the end of a block.
    """

    texts: tuple[str, ...]
    text: str
    starts: tuple[int, ...]
    places: Mapping[str, list[int]]
    foreign: tuple[str, ...]
    headlines: dict[int, bool]

    @classmethod
    def of(cls, texts: tuple[str, ...]) -> DocumentWords:
        """Read the blocks of a document."""
        starts, end = [], 0
        for text in texts:
            starts.append(end)
            end += len(text) + 1
        whole = "\n".join(texts)
        places = defaultdict[str, list[int]](list)
        for match in _INDEXED.finditer(whole):
            places[match[0]].append(match.start())
        places.default_factory = None
        return cls(
            texts=texts,
            text=whole,
            starts=tuple(starts),
            places=places,
            foreign=() if whole.isascii() else tuple(w for w in places if not w.isascii()),
            headlines={},
        )

    def block_at(self, offset: int) -> tuple[int, int]:
        """Return the block at an offset of the whole text, and where the block begins."""
        block = bisect_right(self.starts, offset) - 1
        return block, self.starts[block]

    def where(self, words: Iterable[str]) -> list[tuple[int, int, str]]:
        """Return where these words stand: block, offset in the block, word; in order."""
        found = [(at, word) for word in words for at in self.places.get(word, ())]
        found.sort()
        out = []
        block, start, following = -1, 0, 0
        for at, word in found:
            if at >= following:
                block, start = self.block_at(at)
                following = start + len(self.texts[block]) + 1
            out.append((block, at - start, word))
        return out

    def among(self, words: Container[str]) -> list[tuple[int, int, str]]:
        """Return where words of a large set stand, as `where` does."""
        return self.where([word for word in self.places if word in words])

    def everywhere(self, word: str) -> list[int]:
        """Return the offsets of a word that is not among `places`."""
        if word not in self.text:  # as most that are asked for
            return []
        return [match.start() for match in _whole(word).finditer(self.text)]

    def is_headline(self, block: int) -> bool:
        """Tell whether a block is printed like a headline, so that capitals tell nothing in it."""
        known = self.headlines.get(block)
        if known is None:
            known = self.headlines[block] = is_title_case(self.texts[block])
        return known


@lru_cache(maxsize=1024)
def _whole(word: str) -> re.Pattern[str]:
    """Return the pattern of a word by itself; it opens with letters, which the engine skips to."""
    return re.compile(rf"{word}(?<![^\W_]{word})(?![^\W_])")


def is_indexed(word: str) -> bool:
    """Tell whether the places of a word are read with the document: not those of "el"."""
    return _INDEXED.fullmatch(word) is not None


@lru_cache(maxsize=2)
def document_words(texts: tuple[str, ...]) -> DocumentWords:
    """Return the words of a document; the finders of one document share what is read here."""
    return DocumentWords.of(texts)
