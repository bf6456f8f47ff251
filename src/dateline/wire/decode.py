"""bytes -> text: byte-order marks, UTF-8, and a stated guess for anything else."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a rich text (RTF) document"),
)

# Copy in Latin letters that is not UTF-8 is nearly always cp1252: among encodings of one byte a letter it is believed
# over any other guess where at least this share of the bytes is ASCII.
_WESTERN = "cp1252"
_LATIN_SHARE, _LATIN_SHARE_WIDE = 0.7, 0.9  # the second where the guess has two bytes a letter
_WIDE = ("utf", "big5", "gb", "hz", "shift_jis", "euc", "cp932", "cp949", "cp950", "johab", "iso2022")


def binary_kind(head: bytes) -> str | None:
    """What the first bytes of a file say it is, if it is no text: "a PDF document"; None for text.

    >>> binary_kind(b"%PDF-1.7"), binary_kind(b"OSLO (NTB) -- ")
    ('a PDF document', None)
    """
    for magic, kind in _BINARY:
        if head.startswith(magic):
            return kind
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return None
    return "a binary file (it holds NUL bytes)" if b"\0" in head else None


def encoding_of(sample: bytes, *, whole: bool) -> tuple[str, str | None]:
    """The encoding of a sample of bytes, and a note where it had to be guessed.

    >>> encoding_of("Jane met José".encode(), whole=True)
    ('utf-8', None)
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name, None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=whole)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", None
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:200_000]).best()
    name = best.encoding if best is not None else _WESTERN
    plain = sum(byte < 128 for byte in sample) / len(sample)
    needed = _LATIN_SHARE_WIDE if name.startswith(_WIDE) else _LATIN_SHARE
    if plain >= needed and _decodes(sample, _WESTERN):
        name = _WESTERN
    return name, f"encoding guessed: {name}"


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of some bytes, newlines normalised, and notes on what had to be guessed or replaced.

    >>> decode(b"Caf\\xe9s in the capital were closed for the day, the owner Ren\\xe9e said.")[1]
    ['encoding guessed: cp1252']
    """
    name, note = encoding_of(data, whole=True)
    notes = [note] if note else []
    text = data.decode(name, errors="replace")
    if "\ufffd" in text and note:
        notes.append("some bytes fit no encoding and were replaced")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes
