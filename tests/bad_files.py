"""Bad files of every class, and what is told of each: name, bytes, the message after the name."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

TEXT = "The ministers met in Lisbon.\n\nThey agreed to spend $5 million on harbors.\n"
DASHES = "“dashes” — and naïve cafés"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
ZIP = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00"


def front(lines: str, text: str = TEXT) -> bytes:
    return f"---\n{lines}\n---\n{text}".encode()


def laughing() -> str:
    """Return YAML that would be a list of a billion words, were its aliases followed."""
    lines = ["title: Ports", 'a0: &a0 ["ha"]']
    lines += [f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]" for i in range(9)]
    return "\n".join(lines)


# What cannot be built: one message, which begins with this; the line stands first.
REFUSED: dict[str, tuple[bytes, str]] = {
    "cp1252.txt": (
        f"Line one.\nThey said {DASHES}.\n".encode("cp1252"),
        "2: not UTF-8 (byte 0x93, which is '\u201c' in Windows-1252); save it in the encoding"
        ' UTF-8: "iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"',
    ),
    "mixed.txt": (
        f"{DASHES}\nAnd a".encode() + b"\x92b\n",
        "2: not UTF-8 (byte 0x92, which is '\u2019' in Windows-1252); the rest of the file is",
    ),
    "shift-jis.txt": ("東京で会議を開いた。".encode("shift-jis"), "1: not UTF-8 (byte 0x93"),
    "utf-16-le.txt": (TEXT.encode("utf-16-le"), "1: is UTF-16LE, not UTF-8; save it in the"),
    "utf-16-be.txt": (TEXT.encode("utf-16-be"), "1: is UTF-16BE, not UTF-8; save it in the"),
    "utf-16-le-marked.txt": (b"\xff\xfe" + TEXT.encode("utf-16-le"), "1: is UTF-16LE, not UTF-8"),
    "utf-16-be-marked.txt": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "1: is UTF-16BE, not UTF-8"),
    "utf-32.txt": (TEXT.encode("utf-32"), "1: is UTF-32LE, not UTF-8"),
    "nul.txt": (b"One line.\nTwo \0 lines.\n", "2: holds a NUL byte, as no text does; take it out"),
    "empty.txt": (b"", "1: holds no text"),
    "blank.txt": (b" \n\t\r\n\xc2\xa0\xe3\x80\x80\n", "1: holds no text"),
    "unseen.txt": ("\ufeff\u200b\u2060\n\u200d\x07\n".encode(), "1: holds no text"),
    "header-only.txt": (front("title: Ports", ""), "1: holds no text"),
    "image.txt": (PNG, "1: is a PNG image, and no text; put its text there, or take the file away"),
    "paper.txt": (b"%PDF-1.7\n1 0 obj\n", "1: is a PDF, and no text"),
    "archive.txt": (ZIP + b"seeds/a.txt", "1: is a ZIP archive, and no text"),
    "letter.txt": (ZIP + b"word/document.xml", "1: is a Word document (.docx), and no text"),
    "rich.txt": (b"{\\rtf1\\ansi The text.}", "1: is a rich-text file (RTF), and no text"),
    "bytes.txt": (bytes(range(256)) * 4, "1: is binary, and no text"),
    "conflict.txt": (b"<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> b\n", "1: a merge left a"),
    "open.txt": (b"---\ntitle: Ports\nNo end.\n", "1: the front matter is not closed"),
    "doubled.txt": (front("title: a\ntitle: b"), '3: YAML: the key "title" stands here twice'),
    "indent.txt": (front("title: a\n   date: b"), "3: YAML: mapping values are not allowed"),
    "tab.txt": (front("title: a\nx:\n\t- b"), "4: YAML: found character '\\t' that cannot start"),
    "spaceless.txt": (front("title:Ports\ndate:2023"), "2: the front matter is not a list of keys"),
    "laughs.txt": (front(laughing()), "4: YAML: aliases are not allowed"),
    "circle.txt": (front("title: &a [*a]"), "2: YAML: aliases are not allowed"),
    "brackets.txt": (front("title: " + "[" * 40_000), "2: YAML: nested more than 50 levels deep"),
    "braces.txt": (front("title: " + "{a: " * 20_000), "2: YAML: nested more than 50 levels deep"),
    "dashes.txt": (front("title: x\ny:\n " + "- " * 40_000 + "x"), "4: YAML: nested more than 50"),
    "tag.txt": (
        front("title: !!python/object/apply:os.getcwd []"),
        '2: YAML: the tag "!!python/object/apply:os.getcwd" is not allowed',
    ),
    "stamp.txt": (front("date: !!timestamp 99999-01-01"), '2: YAML: the tag "!!timestamp" is not'),
    "sexagesimal.txt": (front("x: !!int " + "9:" * 9_000 + "9"), '2: YAML: the tag "!!int" is not'),
    "key.txt": (front("title: x\n? [a, b]\n: c"), "3: YAML: a key has to be a text"),
    "scalar.txt": (front("title: " + "x" * 100_000), "1: the front matter holds more characters"),
    "line.txt": (b"x" * 1_000_001, "1: this line holds more characters than 1,000,000; make it"),
    "lines.txt": (b"Line.\n" * 50_001, "50001: holds more lines than 50,000; make it smaller, or"),
    "a\nb.txt": (b"text", "1: the file's name holds a control character"),
    "a\x1b[31mb.txt": (b"text", "1: the file's name holds a control character"),
    os.fsdecode(b"caf\xe9.txt"): (b"text", "1: the file's name holds bytes that are not UTF-8"),
}

# What is built, and of which something is told all the same.
TOLD: dict[str, tuple[bytes, str]] = {
    "no-day.txt": (front("title: A\ndate: 2023-02-30"), '3: the date "2023-02-30" is no date we'),
    "year-zero.txt": (front("date: 0000-01-01"), '2: the date "0000-01-01" is no date we can read'),
    "far.txt": (front("date: 99999"), '2: the date "99999" is no date we can read'),
    "words.txt": (front('date: "May 32, 2023"'), '2: the date "May 32, 2023" is no date we can'),
    "2023-05-04-named.txt": (front("date: 2023-05-32"), '2: the date "2023-05-32" is no date we'),
    "list.txt": (
        front("title: [a, b]"),
        '2: the title "a, b" is a list; mend it, or say the title',
    ),
    "mapping.txt": (front("x: y\ntype: {a: b}"), '3: the type "a: b" is a list of keys'),
    "truth.txt": (front("title: true"), '2: the title "true" is true or false, and no text'),
    "a.txt": (TEXT.encode(), '1: on many disks this is the same file as "'),
    "caf\u00e9.txt": (TEXT.encode(), '1: on many disks this is the same file as "'),
}

# What is as good as any other.
BUILT: dict[str, bytes] = {
    "A.txt": TEXT.encode(),
    "cafe\u0301.txt": TEXT.encode(),
    "marked.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "marked-header.txt": b"\xef\xbb\xbf" + front("title: Marked"),
    "returns.txt": TEXT.replace("\n", "\r\n").encode(),
    "old-returns.txt": TEXT.replace("\n", "\r").encode(),
    "huge-numbers.txt": front("title: 1e999999\nx: 0xFFFFFFFFFFFFFFFFFFFF\ny: 190:20:30"),
    "merge-key.txt": front("title: T\n<<: {a: 1}"),
    "norway.txt": front("title: NO\nx: 2023-02-30 25:61:61"),
    "a b  c.txt": TEXT.encode(),
    "🚢 ships 🚢.txt": TEXT.encode(),
    "日本.txt": TEXT.encode(),
    "-rf.txt": TEXT.encode(),
    "--help.txt": TEXT.encode(),
    "a..b.txt": TEXT.encode(),
    "a\u202eb.txt": TEXT.encode(),
    "$(reboot);'\"&<b>.txt": TEXT.encode(),
    "{{ title }}.txt": TEXT.encode(),
    "con.txt": TEXT.encode(),
    "aux.md": TEXT.encode(),
    "index.md": TEXT.encode(),
    "index.txt": TEXT.encode(),
    "readme.md": TEXT.encode(),
    "versions.txt": TEXT.encode(),
    "source.txt": TEXT.encode(),
    "candidates.txt": TEXT.encode(),
    "removed.txt": TEXT.encode(),
    "2.txt": TEXT.encode(),
    "404.txt": TEXT.encode(),
    "x" * 251 + ".txt": TEXT.encode(),
    "deep/" * 30 + "a.txt": TEXT.encode(),
    "lists.txt": "\n".join(f"{'  ' * i}- item {i}" for i in range(300)).encode(),
    "quotes.txt": (">" * 3_000 + " quoted\n").encode(),
    "bracketed.txt": ("[" * 20_000 + "x" + "](https://a.example)" * 2_000).encode(),
    "tags.txt": ("<b><i>" * 5_000 + "x" + "</i></b>" * 5_000).encode(),
    "boxes.txt": ("<div><blockquote>" * 5_000 + "x").encode(),
    "tables.txt": ("<table><tr><td>" * 2_000 + "x").encode(),
    "stars.txt": ("*a **b " * 5_000).encode(),
}


def _folder(path: Path) -> None:
    path.mkdir()


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket must not be long
        try:
            one.bind(path.name)
        finally:
            os.chdir(here)


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


# What is no file with bytes of its own, how it is made, and what is told of it.
ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "dangling.txt": (lambda path: path.symlink_to("nowhere"), "1: cannot be read (No such file or"),
    "loop.txt": (lambda path: path.symlink_to("loop.txt"), "1: cannot be read (Too many levels of"),
    "out.txt": (
        lambda path: path.symlink_to("/etc/hosts"),
        "1: is a link that leads out of seeds/",
    ),
    "outside": (lambda path: path.symlink_to("/etc"), "1: is a link to a folder, which is not"),
    "parent": (lambda path: path.symlink_to(".."), "1: is a link to a folder, which is not"),
    "itself": (lambda path: path.symlink_to("."), "1: is a link to a folder, which is not"),
    "folder.txt": (_folder, "1: is a folder, and is named as a document; give it another name"),
    "pipe.txt": (lambda path: os.mkfifo(path), "1: is not a regular file"),
    "socket.txt": (_socket, "1: is not a regular file"),
    "zero.txt": (
        lambda path: path.symlink_to("/dev/zero"),
        "1: is a link that leads out of seeds/",
    ),
    "large.txt": (
        _large,
        "1: holds more bytes than 10,000,000; make it smaller, or set max_source",
    ),
}
