"""Tells headings: bold paragraphs, lines in title case, and those that run into their paragraph."""

from __future__ import annotations

import re
from collections import Counter

from builder.blocks.attributions import ATTRIBUTION_LINE
from builder.blocks.drafts import Draft, letters_of, split_at
from builder.blocks.furniture import knowledge, plain
from builder.model import Source

RUN_IN_HEADING = re.compile(
    r"(?P<heading>[A-Z][A-Z0-9&,'’.\-–/ ]{4,90}[A-Z0-9.’']:)\s(?=[A-Z0-9“\"‘'$])"
)
SPEAKER = re.compile(
    r"\b(?:MR|MS|MRS|DR|THE (?:PRESIDENT|VICE PRESIDENT|FIRST LADY|PRIME MINISTER|CHANCELLOR)|"
    r"PRESIDENT|VICE PRESIDENT|SECRETARY|SENATOR|GENERAL|ADMIRAL|GOVERNOR|MAYOR|AMBASSADOR|"
    r"DIRECTOR|ADMINISTRATOR|CHANCELLOR|PRIME MINISTER|REPRESENTATIVE|CONGRESS(?:MAN|WOMAN)|"
    r"OFFICIALS?|PARTICIPANTS?|AUDIENCE(?: MEMBERS?)?|MODERATOR|REPORTER|INTERPRETER|SPEAKER|"
    r"OPERATOR|QUESTION|ANSWER|HOST|Q|A)\b\.?"
)
SPEAKER_LABEL = re.compile(
    rf"(?=[A-Z .'’-]{{2,60}}:)(?:[A-Z'’-]+ )*?{SPEAKER.pattern}"
)  # "THE PRESIDENT: "
# "FACT SHEET: …", "SUBJECT: …" open a headline or a letter, not a section.
GENRE_LABEL = re.compile(
    r"(?:FACT SHEETS?|SUBJECT|MEMORANDUM.*|TO|FROM|RE|NOTE|UPDATE|BREAKING|VIDEO|WATCH|READ"
    r"|[A-Z]+, D\.C\.)[: ]*:\Z"
)
# "Ottawa, Ontario, August 2023": where and when, not what about.
DATELINE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s(?:\d{1,2},\s)?\d{4}\W*\Z"
)
TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}\s?[AP]\.?M", re.I)
SENTENCE_END = re.compile(r"""[.!?;:,…—–-]["'”’)\]]*\Z""")
QUESTION_LABEL = re.compile(r"Q[\s:.]")  # "Q    Jake, on the …"
WORD = re.compile(r"[^\W\d_][\w'’.-]*")
LABEL = re.compile(r"[A-Z][\w'’-]*(?: [a-z][\w'’-]*){0,3}:?")  # "Notes to editors", "Key findings:"
SMALL_WORDS = frozenset(
    "a an and as at but by for from in into nor of on or over per the to up upon via with".split()
)
HEADLINE_WORDS = 30
HEADING_WORDS = 16
BOLD_HEADING_WORDS = 25
LABEL_WORDS = 4
TRANSCRIPT_LABELS = 3  # speakers' labels that make a document a transcript


def run_in_headings(drafts: list[Draft], source: Source) -> list[Draft]:
    """Part "PROTECTING AMERICANS: The President …" into a heading and its paragraph."""
    found = [RUN_IN_HEADING.match(d.text) if d.block.kind == "paragraph" else None for d in drafts]
    if _is_transcript(drafts):
        return drafts
    times = Counter(match["heading"] for match in found if match)
    result: list[Draft] = []
    for draft, match in zip(drafts, found, strict=True):
        if match is None or not _is_run_in(match, times):
            result.append(draft)
            continue
        heading, paragraph = split_at(draft, match.end("heading"), match.end(), source)
        result += [heading.but(kind="heading", level=2), paragraph.but(join=True)]
    return result


def _is_transcript(drafts: list[Draft]) -> bool:
    """Tell whether people speak in turn: their labels and short lines are no headings."""
    labels = 0
    for draft in drafts:
        if draft.block.kind == "paragraph" and (
            QUESTION_LABEL.match(draft.text) or SPEAKER_LABEL.match(draft.text)
        ):
            labels += 1
            if labels >= TRANSCRIPT_LABELS:
                return True
    return False


def _is_run_in(match: re.Match[str], times: Counter[str]) -> bool:
    label = match["heading"]
    if times[label] > 1 or len(label.split()) < 2:
        return False
    if SPEAKER.match(label) or GENRE_LABEL.match(label):
        return False
    return len(match.string[match.end() :].split()) >= 5


def bold_headings(drafts: list[Draft], source: Source) -> list[Draft]:
    """Take a short paragraph that is bold from end to end as a heading."""
    return [
        draft.but(kind="heading", level=2) if _is_bold_heading(draft) else draft for draft in drafts
    ]


def _is_bold_heading(draft: Draft) -> bool:
    block = draft.block
    if block.kind != "paragraph" or draft.chunk.in_item or not block.marks:
        return False
    bold = sum(len(m.span) for m in block.marks if m.tag == "strong")
    words = len(block.text.split())
    if bold < len(block.text) - block.text.count(" ") or words > BOLD_HEADING_WORDS:
        return False
    # Bold whole sentences are emphasis, not headings, unless they are as short as one.
    return not block.text.rstrip("”\"'’").endswith((".", "!", "?", ",")) or words <= 6


def headlines(drafts: list[Draft], source: Source) -> list[Draft]:
    """Tell plain-text headings: a line of its own in title case that a text follows."""
    result = list(drafts)
    first = True
    titled = source.metadata.title.value is not None
    transcript = _is_transcript(drafts)
    genre_line = knowledge().genre_line
    for i, draft in enumerate(drafts):
        kind = draft.block.kind
        if kind == "furniture":
            continue
        if first and kind == "paragraph" and genre_line.fullmatch(plain(draft.text)):
            continue
        # Under a stated title the first short line says where and when ("South Lawn").
        place = transcript if not first else titled and not _is_title(draft, source)
        if (
            kind == "paragraph"
            and not place
            and not draft.chunk.in_item
            and _is_headline(drafts, i, first=first)
        ):
            level = 1 if first and (not titled or _is_title(draft, source)) else 2
            result[i] = draft.but(kind="heading", level=level)
        first = False
    return result


def _is_title(draft: Draft, source: Source) -> bool:
    return letters_of(draft.text) == letters_of(source.metadata.title.value or "")


def _is_headline(drafts: list[Draft], i: int, *, first: bool) -> bool:
    draft = drafts[i]
    text = draft.text
    if draft.chunk.lines != 1 or not draft.chunk.alone:
        return False
    words = WORD.findall(text)
    if not any(len(w) > 2 for w in words):
        return False
    if _is_label(drafts, i, first=first):
        return True
    if len(words) > (HEADLINE_WORDS if first else HEADING_WORDS) or SENTENCE_END.search(text):
        return False
    if (
        TIME_OF_DAY.search(text)
        or DATELINE.search(text)
        or not (text[0].isupper() or text[0] in "“\"‘'0123456789$")
    ):
        return False
    if RUN_IN_HEADING.match(text + " X") or ATTRIBUTION_LINE.fullmatch(text):
        return False
    large = [word for word in words if word.lower() not in SMALL_WORDS]
    capital = sum(1 for word in large if word[0].isupper())
    if not large or capital * 3 < len(large) * 2:
        return False
    return any(_is_body(later) for later in drafts[i + 1 : i + (6 if first else 2)])


def _is_label(drafts: list[Draft], i: int, *, first: bool) -> bool:
    """Tell a short heading in sentence case: "Next steps", "Key findings:"."""
    text = drafts[i].text
    body = drafts[i + 1] if i + 1 < len(drafts) else None
    return (
        not first
        and len(text.split()) <= LABEL_WORDS
        and text[0].isupper()
        and bool(LABEL.fullmatch(text))
        and body is not None
        and _is_body(body)
        and not (text.endswith(":") and body.block.kind == "item")  # it leads in the list
        and not drafts[i - 1].text.endswith(":")
    )


def _is_body(draft: Draft) -> bool:
    return (
        draft.block.kind in ("paragraph", "item", "quote", "table")
        and len(draft.text.split()) >= 6
        and not draft.text.isupper()
    )
