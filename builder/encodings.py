"""Tells what bytes are that are not UTF-8: in which encoding a text came, or what kind of file."""

from __future__ import annotations

import re

from builder.model import Place, Problem, Problems

# By how a file begins. The first two may be plain ASCII all through, and are no texts all the same.
_NEVER_TEXT = ((b"%PDF-", "a PDF"), (b"{\\rtf", "a rich-text file (RTF)"))
_KINDS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"RIFF", "a RIFF file, such as a WebP image or a sound"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, such as .doc"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (b"word/", "a Word document (.docx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"epub+zip", "an e-book (EPUB)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
)
_MARKS = (  # the longer ones first: UTF-32's begins as UTF-16's does
    (b"\xff\xfe\0\0", "UTF-32LE"),
    (b"\0\0\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_LOOKED_AT = 4096  # bytes at a file's beginning
# Of each pair of bytes so many have the same half zero where UTF-16 holds Latin text.
_LATIN_SHARE = 0.4
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What programs call Latin-1 is Windows-1252, in which these five bytes are nothing.
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_ESCAPED = re.compile("[\udc80-\udcff]+")  # bytes that are not UTF-8, as Python escapes them
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(rb"[A-Za-z]")
_HINT = 'save it in the encoding UTF-8: "iconv -f {} -t UTF-8 OLD > NEW"'


def decode(data: bytes, name: str) -> str:
    """Return the text that bytes hold as UTF-8, with or without a byte-order mark.

    `name` is the path told to people. Raises Problems for all else, and says what it looks like.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _problem(name, data, *(_as_whole(data) or _as_bytes(data, error.start))) from error


def refuse_no_text(data: bytes, name: str) -> None:
    """Raise Problems for bytes that might be read as UTF-8, and are no text all the same."""
    kind = next((kind for sign, kind in _NEVER_TEXT if data.startswith(sign)), "")
    if kind:
        raise _problem(name, data, f"is {kind}, and no text", _EXPORT)
    if 0 in data:
        nul = "holds a NUL byte, as no text does", "take it out, or save the file anew as UTF-8"
        raise _problem(name, data, *(_as_whole(data) or (*nul, data.index(0))))


def _problem(name: str, data: bytes, what: str, hint: str, at: int = 0) -> Problems:
    return Problems([Problem(Place(name, data.count(b"\n", 0, at) + 1), what, hint)])


_EXPORT = "put its text there, or take the file away"


def _as_whole(data: bytes) -> tuple[str, str] | None:
    """Return what is told of a file that is something else as a whole, and the hint."""
    encoding = _wide(data)
    if encoding:
        return f"is {encoding}, not UTF-8", _HINT.format(encoding)
    kind = _kind(data)
    return (f"is {kind}, and no text", _EXPORT) if kind else None


def _wide(data: bytes) -> str:
    """Return the encoding of two or four bytes a character that a file has, "" for none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if _kind_by_sign(data):
        return ""
    beginning = data[:_LOOKED_AT]
    pairs = max(1, len(beginning) // 2)
    for encoding, half, other in (("UTF-16LE", 1, 0), ("UTF-16BE", 0, 1)):
        zeros, others = beginning[half::2].count(0), beginning[other::2].count(0)
        if zeros >= max(3, _LATIN_SHARE * pairs) and others <= zeros / 10:
            return encoding
    return ""


def _kind_by_sign(data: bytes) -> str:
    if data.startswith(_ZIP):
        beginning = data[:_LOOKED_AT]
        return next((kind for sign, kind in _IN_ZIP if sign in beginning), "a ZIP archive")
    return next((kind for sign, kind in _KINDS if data.startswith(sign)), "")


def _kind(data: bytes) -> str:
    beginning = data[:_LOOKED_AT]
    many = len(_CONTROLS.findall(beginning)) > max(2, len(beginning) / 20)
    return _kind_by_sign(data) or ("binary" if many else "")


def _as_bytes(data: bytes, at: int) -> tuple[str, str, int]:
    """Return what is told of a text with a byte that UTF-8 has not, the hint, and where it is."""
    what = f"not UTF-8 (byte 0x{data[at]:02x}"
    wrong = _wrong_bytes(data)
    windows = not _NOT_WINDOWS.search(wrong)
    if windows:
        what += f", which is '{data[at : at + 1].decode('cp1252')}' in Windows-1252"
    what += ")"
    high = len(_HIGH.findall(data))
    if high > 2 * len(wrong):
        return f"{what}; the rest of the file is", "write these characters anew in UTF-8", at
    if windows and high <= len(_LETTER.findall(data)):
        return what, _HINT.format("WINDOWS-1252"), at
    return what, "find out its encoding, and " + _HINT.format("THAT"), at


def _wrong_bytes(data: bytes) -> bytes:
    """Return the bytes that stand for nothing in UTF-8."""
    escaped = "".join(_ESCAPED.findall(data.decode("utf-8", "surrogateescape")))
    return escaped.encode("utf-8", "surrogateescape")
