"""Edits of a document whose truth is known exactly, because each passage knows who it is.

An editor changes its passages one operation at a time, as people and programs do. `OPERATIONS` is
the table of them; whatever an editor removes it may bring back later.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from invented import NOBODY, Passage, Voice

SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z“])")  # between two sentences
NUMBER = re.compile(r"\d+")
TELLING = 6  # words: fewer do not tell a passage that has moved from one that is new
NEARLY = 0.9  # pieces of nearly the size of the largest may keep the id as well
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Triple = tuple[str, tuple[str, ...], str]


def triples(passages: Iterable[Passage]) -> list[Triple]:
    """Return what the aligner gets to see: kind, headings above, text."""
    above: list[tuple[int, str]] = []
    blocks = []
    for passage in passages:
        if passage.kind == "heading":
            above = [pair for pair in above if pair[0] < passage.level]
        blocks.append((passage.kind, tuple(text for _, text in above), passage.text))
        if passage.kind == "heading":
            above.append((passage.level, passage.text))
    return blocks


class Editor:
    """A document in work: its passages, what was taken out of it, and the hand that edits."""

    def __init__(self, passages: Iterable[Passage], seed: int) -> None:
        self.random = Random(seed)
        self.voice = Voice(Random(seed + 7))
        self.passages = list(passages)
        self.next = max(passage.who for passage in self.passages) + 1
        self.removed: list[tuple[int | None, Passage]] = []
        self.texts = {passage.text.lower() for passage in self.passages}
        self.joined: dict[int, tuple[Passage, Passage]] = {}
        self.similar: tuple[int, ...] = ()

    def somebody(self) -> int:
        """Return an identity that no passage had before."""
        self.next += 1
        return self.next - 1

    def change(self, at: int, text: str) -> None:
        """Give a passage another text."""
        if text.strip():
            self.passages[at] = replace(self.passages[at], text=text)
            self.texts.add(text.lower())

    def is_new(self, text: str) -> bool:
        """Tell whether no passage ever read so: else a new one would rightly be taken for it."""
        return text.lower() not in self.texts

    def pick(self, fits: Callable[[Passage], bool] = lambda _: True) -> int | None:
        """Draw one passage that can be told from all others by its text and neighbors."""
        texts = ["", *(p.text.lower() for p in self.passages), ""]
        around = [tuple(texts[i : i + 3]) for i in range(len(self.passages))]
        times = Counter(around)
        fitting = [
            i
            for i, passage in enumerate(self.passages)
            if fits(passage)
            and times[around[i]] == 1
            and texts[i + 1] not in (texts[i], texts[i + 2])
        ]
        return self.random.choice(fitting) if fitting else None


def _sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text)


# What changes the look of a text alone.


def rewrapped(text: str, random: Random) -> str:
    """Break the lines elsewhere."""
    return "".join(random.choice(("\n", "\n  ", " ", " ")) if c == " " else c for c in text)


def spaced(text: str, random: Random) -> str:
    """Write other spaces."""
    return "".join(random.choice(("  ", "\u00a0", " ", "\u2009")) if c == " " else c for c in text)


def marked_up(text: str, random: Random) -> str:
    """Mark some words bold, italic or as code, as Markdown does."""
    words = text.split(" ")
    first = random.randrange(len(words))
    last = min(len(words), first + random.randint(1, 4))
    mark = random.choice(("**", "*", "_", "`", "__"))
    words[first:last] = [mark + " ".join(words[first:last]) + mark]
    return " ".join(words)


def curled(text: str, random: Random) -> str:
    """Turn straight quotation marks into curly ones and back, and put some words in quotes."""
    if random.random() < 0.5:
        for old, new in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'")):
            text = text.replace(old, new)
    else:
        text = re.sub(r'(?<!\S)"', "“", text).replace('"', "”").replace("'", "’")
    words = text.split(" ")
    at = random.randrange(len(words))
    words[at] = random.choice(("“{}”", '"{}"', "‘{}’", "«{}»")).format(words[at])
    return " ".join(words)


def punctuated(text: str, random: Random) -> str:
    """Change the mark at the end, add or drop a comma between words."""
    body = text.rstrip(".;:,")
    text = body + random.choice(("", ".", ";", ":", ","))
    if ", " in body and random.random() < 0.5:
        return text.replace(", ", " ", 1)
    words = text.split(" ")
    if len(words) > 2:
        at = random.randrange(len(words) - 1)
        words[at] = words[at].rstrip(",;") + ","
    return " ".join(words)


def dashed(text: str, random: Random) -> str:
    """Write dashes and hyphens in another way."""
    text = text.replace("-", random.choice(("-", "\u2011", "–", "\u2010")))
    return text.replace(", ", random.choice((" – ", " — ", " - ")), 1)


def cased(text: str, random: Random) -> str:
    """Write capitals elsewhere."""
    return random.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def joined_letters(text: str, _: Random) -> str:
    """Write the same letters with other characters, as text from a PDF has them."""
    return text.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("...", "…")


def mistyped(text: str, random: Random) -> str:
    """Damage one to three characters, at most one a word."""
    words = text.split(" ")
    for at in random.sample(range(len(words)), min(len(words), random.randint(1, 3))):
        words[at] = _slip(words[at], random)
    return " ".join(words)


def _slip(word: str, random: Random) -> str:
    at = random.randrange(len(word)) if word else 0
    letter = random.choice(LETTERS)
    forms = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :] if len(word) > 1 else word + letter,
        word[:at] + letter + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )
    return random.choice(forms)


LOOKS = {
    "rewrap": rewrapped,
    "spaces": spaced,
    "markup": marked_up,
    "quotes": curled,
    "punctuation": punctuated,
    "dashes": dashed,
    "case": cased,
    "letters": joined_letters,
}


def look(name: str, share: float) -> Callable[[Editor], None]:
    """Return the operation that changes the look of so many of the passages, at least of one."""

    def operation(editor: Editor) -> None:
        certain = editor.random.randrange(len(editor.passages))
        for i, passage in enumerate(editor.passages):
            if i == certain or editor.random.random() < share:
                editor.change(i, LOOKS[name](passage.text, editor.random))

    return operation


# What is said is changed a little.


def typo(editor: Editor) -> None:
    """Mistype something in one passage."""
    if (at := editor.pick()) is not None:
        editor.change(at, mistyped(editor.passages[at].text, editor.random))


def typo_in_short(editor: Editor) -> None:
    """Mistype something in a passage of two to seven words."""
    if (at := editor.pick(lambda p: 2 <= len(p.text.split()) <= 7)) is not None:
        editor.change(at, mistyped(editor.passages[at].text, editor.random))


def number(editor: Editor) -> None:
    """Change one number."""
    at = editor.pick(lambda p: NUMBER.search(p.text) is not None)
    if at is not None:
        text = editor.passages[at].text
        found = editor.random.choice(list(NUMBER.finditer(text)))
        other = str(int(found[0]) + editor.random.randint(1, 9))
        editor.change(at, text[: found.start()] + other + text[found.end() :])


def words(editor: Editor) -> None:
    """Replace, drop or add one to three words of a passage of six or more."""
    if (at := editor.pick(lambda p: len(p.text.split()) >= 6)) is None:
        return
    said = editor.passages[at].text.split(" ")
    for _ in range(editor.random.randint(1, 3 if len(said) > 12 else 1)):
        where = editor.random.randrange(len(said))
        new = editor.voice.say("{thing}").split()[0]
        kept = editor.random.choice(((new,), (), (new, said[where])))
        said[where : where + 1] = kept
    editor.change(at, " ".join(said))


def add_sentence(editor: Editor) -> None:
    """Add a sentence to a paragraph."""
    if (at := editor.pick(lambda p: p.kind == "paragraph")) is not None:
        said = _sentences(editor.passages[at].text)
        said.insert(editor.random.randint(0, len(said)), editor.voice.sentence())
        editor.change(at, " ".join(said))


def drop_sentence(editor: Editor) -> None:
    """Take the shortest sentence from a paragraph of two or more."""
    if (at := editor.pick(lambda p: len(_sentences(p.text)) > 1)) is not None:
        said = _sentences(editor.passages[at].text)
        said.remove(min(said, key=len))
        editor.change(at, " ".join(said))


def reword_sentence(editor: Editor) -> None:
    """Say the shortest sentence of three or more in other words."""
    if (at := editor.pick(lambda p: len(_sentences(p.text)) > 2)) is not None:
        said = _sentences(editor.passages[at].text)
        said[said.index(min(said, key=len))] = editor.voice.sentence()
        editor.change(at, " ".join(said))


def rename_heading(editor: Editor) -> None:
    """Add a word to a heading, or exchange one of four or more."""
    if (at := editor.pick(lambda p: p.kind == "heading" and p.level > 1)) is not None:
        said = editor.passages[at].text.split(" ")
        where = editor.random.randrange(len(said))
        new = editor.voice.say("{Topic}").split()[0]
        said[where : where + (len(said) > 3)] = [new]
        editor.change(at, " ".join(said))


def change_kind(editor: Editor) -> None:
    """Make a paragraph an item, or an item a paragraph."""
    if (at := editor.pick(lambda p: p.kind in ("paragraph", "item"))) is not None:
        passage = editor.passages[at]
        kind, level = ("item", 1) if passage.kind == "paragraph" else ("paragraph", 0)
        editor.passages[at] = replace(passage, kind=kind, level=level)


# What stands there, and where.


def insert(editor: Editor) -> None:
    """Insert one to three new passages, anywhere."""
    for _ in range(editor.random.randint(1, 3)):
        kind, text = editor.random.choice(
            (
                ("paragraph", editor.voice.paragraph()),
                ("item", editor.voice.item()),
                ("heading", editor.voice.heading()),
            )
        )
        at = editor.random.randint(0, len(editor.passages))
        new = Passage(kind, 3 if kind == "heading" else 0, text, editor.somebody())
        if editor.is_new(text):
            editor.passages.insert(at, new)
            editor.texts.add(text.lower())


def insert_similar(editor: Editor) -> None:
    """Insert beside a passage one that reads like it but for its numbers and a word or two."""
    if (at := editor.pick(lambda p: len(p.text.split()) > 3)) is None:
        return
    passage = editor.passages[at]
    said = NUMBER.sub(lambda m: str(int(m[0]) + 3), passage.text).split(" ")
    said[editor.random.randrange(len(said))] = editor.voice.say("{Place}")
    said[-1] = editor.voice.say("{place}")
    new = replace(passage, text=" ".join(said), who=editor.somebody(), also=NOBODY, near=NOBODY)
    if editor.is_new(new.text):
        editor.passages.insert(at + editor.random.randint(0, 1), new)
        editor.similar = (passage.who, new.who)
        editor.texts.add(new.text.lower())


def move(editor: Editor) -> None:
    """Move one passage of six words or more elsewhere."""
    if (at := editor.pick(lambda p: len(p.text.split()) >= TELLING)) is not None:
        passage = editor.passages.pop(at)
        editor.passages.insert(editor.random.randint(0, len(editor.passages)), passage)


def move_short(editor: Editor) -> None:
    """Move one passage of less than six words elsewhere."""
    if (at := editor.pick(lambda p: len(p.text.split()) < TELLING)) is not None:
        passage = editor.passages.pop(at)
        editor.passages.insert(editor.random.randint(0, len(editor.passages)), passage)
        editor.similar = (passage.who,)


def move_section(editor: Editor) -> None:
    """Move a heading with all that stands under it to another place between sections."""
    starts = [i for i, p in enumerate(editor.passages) if p.kind == "heading" and p.level == 2]
    if len(starts) < 3:
        return
    first = editor.random.randrange(len(starts) - 1)
    section = editor.passages[starts[first] : starts[first + 1]]
    del editor.passages[starts[first] : starts[first + 1]]
    starts = [i for i, p in enumerate(editor.passages) if p.kind == "heading" and p.level == 2]
    at = editor.random.choice((*starts, len(editor.passages)))
    editor.passages[at:at] = section


def _take_out(editor: Editor, at: int | None) -> None:
    if at is not None and len(editor.passages) > 3:
        before = editor.passages[at - 1].who if at else None
        editor.removed.append((before, editor.passages.pop(at)))


def delete(editor: Editor) -> None:
    """Remove one passage."""
    _take_out(editor, editor.pick())


def delete_some(editor: Editor) -> None:
    """Remove up to one passage of ten, of those that do not stand twice."""
    times = Counter(p.text.lower() for p in editor.passages)
    for _ in range(editor.random.randint(1, max(1, len(editor.passages) // 10))):
        _take_out(editor, editor.pick(lambda p: times[p.text.lower()] == 1))


def delete_first(editor: Editor) -> None:
    """Remove the first passage."""
    _take_out(editor, 0)


def delete_last(editor: Editor) -> None:
    """Remove the last passage, unless one just like it stands above it."""
    if editor.passages[-1].text != editor.passages[-2].text:
        _take_out(editor, len(editor.passages) - 1)


def delete_look_alike(editor: Editor) -> None:
    """Remove one of the two that `insert_similar` has made of one."""
    if not editor.similar:
        return
    one = editor.random.choice(editor.similar)
    _take_out(editor, next(i for i, p in enumerate(editor.passages) if p.who == one))


def delete_item(editor: Editor) -> None:
    """Remove one of several items in a row."""
    _take_out(editor, editor.pick(lambda p: p.kind == "item"))


def replace_one(editor: Editor) -> None:
    """Put a new passage of the same kind in the place of one of six words or more."""
    at = editor.pick(lambda p: p.kind in ("paragraph", "item") and len(p.text.split()) >= TELLING)
    if at is None:
        return
    kind = editor.passages[at].kind
    text = editor.voice.paragraph() if kind == "paragraph" else editor.voice.item()
    if editor.is_new(text):
        _take_out(editor, at)
        editor.passages.insert(at, Passage(kind, 0, text, editor.somebody()))
        editor.texts.add(text.lower())


def replace_section(editor: Editor) -> None:
    """Put new passages in the place of all that stand under a heading."""
    starts = [i for i, p in enumerate(editor.passages) if p.kind == "heading"]
    if not starts:
        return
    first = editor.random.choice(starts)
    end = next((i for i in starts if i > first), len(editor.passages))
    new = [Passage("paragraph", 0, editor.voice.paragraph(), editor.somebody()) for _ in "1234"]
    editor.passages[first + 1 : end] = new


def new_numbers(editor: Editor) -> None:
    """Change every number of the document, as the report of the next year does."""
    for at, passage in enumerate(editor.passages):
        editor.change(at, NUMBER.sub(lambda m: str(int(m[0]) + 1), passage.text))


def bring_back(editor: Editor) -> None:
    """Put a removed passage back where it stood."""
    if editor.removed:
        before, passage = editor.removed.pop(editor.random.randrange(len(editor.removed)))
        at = next((i + 1 for i, p in enumerate(editor.passages) if p.who == before), 0)
        editor.passages.insert(at, passage)


def bring_back_elsewhere(editor: Editor) -> None:
    """Put a removed passage of six words or more back anywhere."""
    long = [pair for pair in editor.removed if len(pair[1].text.split()) >= TELLING]
    if long:
        editor.removed.remove(long[0])
        editor.passages.insert(editor.random.randint(0, len(editor.passages)), long[0][1])


def split(editor: Editor) -> None:
    """Cut a passage at a sentence, and sometimes reword its beginning a little."""
    at = editor.pick(lambda p: len(_sentences(p.text)) > 1 and not p.also and not p.near)
    if at is None:
        return
    said = _sentences(editor.passages[at].text)
    where = editor.random.randrange(1, len(said))
    pieces = [" ".join(said[:where]), " ".join(said[where:])]
    if editor.random.random() < 0.3:
        pieces[1] = f"Also, {pieces[1][0].lower()}{pieces[1][1:]}"
    editor.passages[at : at + 1] = pieces_of(editor, editor.passages[at], pieces)


def pieces_of(editor: Editor, passage: Passage, texts: list[str]) -> list[Passage]:
    """Return a passage's pieces: the largest is who it was, the others are new."""
    largest = max(range(len(texts)), key=lambda i: len(texts[i]))
    pieces = []
    for i, text in enumerate(texts):
        if i == largest:
            pieces.append(replace(passage, text=text))
        else:
            close = len(text) >= NEARLY * len(texts[largest])
            near = frozenset({passage.who}) if close else NOBODY
            pieces.append(
                replace(passage, text=text, who=editor.somebody(), also=NOBODY, near=near)
            )
    return pieces


def together(one: Passage, other: Passage, text: str) -> Passage:
    """Return the passage that two became: it is who the larger was, and the other as well."""
    larger, smaller = sorted((one, other), key=lambda p: len(p.text), reverse=True)
    also = larger.also | smaller.also | {smaller.who}
    return replace(larger, text=text, also=also - {larger.who}, near=one.near | other.near)


def merge(editor: Editor) -> None:
    """Join two neighbors of one kind."""
    pairs = [
        i
        for i, (one, other) in enumerate(zip(editor.passages, editor.passages[1:], strict=False))
        if one.kind == other.kind != "heading" and not one.near and not other.near
    ]
    if pairs:
        at = editor.random.choice(pairs)
        one, other = editor.passages[at : at + 2]
        both = together(one, other, f"{one.text} {other.text}")
        editor.joined[both.who] = (one, other)
        editor.passages[at : at + 2] = [both]


def unmerge(editor: Editor) -> None:
    """Part again two passages that were joined, if nothing has touched them since."""
    for i, passage in enumerate(editor.passages):
        one, other = editor.joined.get(passage.who, (None, None))
        if one and other and passage.text == f"{one.text} {other.text}":
            del editor.joined[passage.who]
            editor.passages[i : i + 1] = [one, other]
            return


# A splitter of another version cuts every document of a collection in another way.


def cut_sentences(editor: Editor, passages: list[Passage]) -> list[list[Passage]]:
    """Make a passage of its own of each sentence of a long paragraph."""
    return [
        pieces_of(editor, p, _sentences(p.text)) if len(p.text) > 120 else [p] for p in passages
    ]


def cut_in_two(editor: Editor, passages: list[Passage]) -> list[list[Passage]]:
    """Cut each paragraph of three or more sentences after the second."""
    cut = []
    for passage in passages:
        said = _sentences(passage.text)
        texts = [" ".join(said[:2]), " ".join(said[2:])]
        cut.append(pieces_of(editor, passage, texts) if texts[1] else [passage])
    return cut


def join_items(_: Editor, passages: list[Passage]) -> list[list[Passage]]:
    """Make one passage of all items of a list."""
    return _joined(passages, lambda one, other: one.kind == other.kind == "item")


def glue_headings(_: Editor, passages: list[Passage]) -> list[list[Passage]]:
    """Run each heading into the paragraph below it."""
    return _joined(passages, lambda one, other: one.kind == "heading" and other.kind == "paragraph")


def _joined(
    passages: list[Passage], belong: Callable[[Passage, Passage], bool]
) -> list[list[Passage]]:
    done: list[list[Passage]] = []
    last = None
    for passage in passages:
        if last is not None and belong(last, passage):
            before = done[-1][0]
            done[-1] = [together(before, passage, f"{before.text} {passage.text}")]
        else:
            done.append([passage])
        last = passage
    return done


SPLITTERS = {
    "sentences": cut_sentences,
    "in two": cut_in_two,
    "items": join_items,
    "headings": glue_headings,
}


def cut_back(passages: list[Passage], cut: list[list[Passage]]) -> list[Passage]:
    """Return the passages as they were before; each is also what its pieces have become."""
    if len(cut) < len(passages):  # they were joined, and nobody new came of it
        return passages
    return [
        replace(whole, also=whole.also | {p.who for p in pieces} - {whole.who})
        for whole, pieces in zip(passages, cut, strict=True)
    ]


Operation = Callable[[Editor], None]

LIGHT: tuple[tuple[Operation, int], ...] = (
    (words, 6),
    (number, 3),
    (typo, 3),
    (insert, 3),
    (insert_similar, 1),
    (delete, 2),
    (look("punctuation", 0.0), 1),
    (look("quotes", 0.0), 1),
    (move, 1),
    (add_sentence, 1),
    (drop_sentence, 1),
    (rename_heading, 1),
    (change_kind, 1),
    (split, 1),
    (merge, 1),
    (bring_back, 1),
)


def light_round(editor: Editor) -> None:
    """Edit two to four places, as one revision of a published document does."""
    operations, weights = zip(*LIGHT, strict=True)
    for operation in editor.random.choices(operations, weights, k=editor.random.randint(2, 4)):
        operation(editor)
