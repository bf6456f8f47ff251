"""Files, folders, patterns and standard input -> the texts of stories: :func:`read_inputs`.

Formats: plain text (one story a file), HTML, JSON Lines, JSON, CSV/TSV, Parquet, and each of them gzipped.
"""

from __future__ import annotations

import datetime as dt
import glob
import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.errors import InputError, SettingError, did_you_mean
from dateline.model import Problem
from dateline.wire.decode import binary_kind, decode

FIELDS = ("text", "date", "id", "title")
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_SNIFF = 65536


@dataclass(frozen=True, slots=True)
class Raw:
    """The text of one story, and what its file says about it."""

    text: str
    id: str | None = None
    source: str | None = None  # file, or file:line
    published: dt.date | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()


def read_inputs(
    paths: Iterable[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    published: dt.date | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Raw | Problem]:
    """Read the stories of files, folders (with everything in them, sorted), patterns, or ``-`` (standard input).

    ``fields`` names the columns of JSON, CSV and Parquet rows: ``{"text": "body", "date": "pub_date"}``; common names are
    found without it. ``published`` is the day of every story whose file gives none. A story or a file that cannot be
    read comes out as a Problem. Raises InputError where a path does not exist, or a column that was asked for (or that
    the only file should have) is missing, and SettingError for a field that is not one of text, date, id, title.

    >>> import io
    >>> [raw.text for raw in read_inputs(["-"], stdin=io.BytesIO(b"OSLO (NTB) -- Rain fell."))]
    ['OSLO (NTB) -- Rain fell.']
    """
    wanted = dict(fields or {})
    for name in wanted:
        if name not in FIELDS:
            raise SettingError(f"no field {name!r}{did_you_mean(name, FIELDS)}; allowed: {', '.join(FIELDS)}")
    files = [file for path in paths for file in _expand(str(path))]
    return _read_all(files, wanted, published, stdin)


def _expand(path: str) -> list[str]:
    if path == "-":
        return [path]
    if not path.strip():
        raise InputError("an empty path: name a file, a folder, a pattern, or - for standard input")
    place = Path(path)
    if place.is_dir():
        found = sorted(
            str(file)
            for file in place.rglob("*")
            if file.is_file() and not any(p.startswith(".") for p in file.relative_to(place).parts)
        )
        if not found:
            raise InputError(f"{path}: the folder holds no files")
        return found
    if place.exists():
        return [path]
    if glob.has_magic(path):
        found = sorted(f for f in glob.glob(path, recursive=True) if Path(f).is_file())
        if found:
            return found
        raise InputError(f"{path}: no file matches the pattern")
    near = [p.name for p in place.parent.iterdir()] if place.parent.is_dir() else []
    raise InputError(f"{path}: no such file or folder{did_you_mean(place.name, near)}")


def _read_all(
    files: list[str], fields: Mapping[str, str], published: dt.date | None, stdin: IO[bytes] | None
) -> Iterator[Raw | Problem]:
    for file in files:
        if file == "-":
            yield from _read_stdin(stdin or sys.stdin.buffer, fields, published)
            continue
        try:
            with open(file, "rb", buffering=0) as stream:
                yield from _read_stream(io.BufferedReader(stream, _SNIFF), file, fields, published)
        except InputError as error:  # among other files, one that has no stories is one problem
            if len(files) == 1 or fields:
                raise
            yield Problem(None, file, "read", str(error))
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            yield Problem(None, file, "read", f"{file}: cannot be read: {reason}")


def _read_stdin(stream: IO[bytes], fields: Mapping[str, str], published: dt.date | None) -> Iterator[Raw | Problem]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(io.BytesIO(stream.read()))
    if buffered.peek(4)[:4] == b"PAR1":  # Parquet is read from its end
        buffered = io.BufferedReader(io.BytesIO(buffered.read()))
    yield from _read_stream(buffered, "-", fields, published)


def _read_stream(
    buffered: io.BufferedReader, file: str, fields: Mapping[str, str], published: dt.date | None
) -> Iterator[Raw | Problem]:
    from dateline.wire import tables

    source = "standard input" if file == "-" else file
    name = file
    if buffered.peek(2)[:2] == b"\x1f\x8b":
        buffered = io.BufferedReader(gzip.GzipFile(fileobj=buffered), _SNIFF)
        name = name[:-3] if name.lower().endswith(".gz") else name
    head = buffered.peek(_SNIFF)[:_SNIFF]
    kind = SUFFIXES.get(Path(name).suffix.lower())
    sniffed = _sniff(head)
    if kind is None or (sniffed == "parquet" and kind != "parquet"):
        kind = sniffed
    if not head:
        yield Problem(None, source, "read", f"{source}: the file is empty")
        return
    if kind != "parquet" and (what := binary_kind(head)):
        yield Problem(
            None,
            source,
            "read",
            f"{source}: this is {what}, not text; convert it to text, HTML, JSONL, CSV or Parquet first",
        )
        return
    if kind == "jsonl":
        yield from tables.read_jsonl(buffered, source, fields, published)
    elif kind == "json":
        yield from tables.read_json(buffered, source, fields, published)
    elif kind == "csv":
        yield from tables.read_csv(buffered, source, fields, published, tab=Path(name).suffix.lower() == ".tsv")
    elif kind == "parquet":
        yield from tables.read_parquet(buffered, source, fields, published)
    elif kind == "html":
        yield _read_html(buffered.read(), source, published)
    else:
        text, notes = decode(buffered.read())
        if not text.strip():
            yield Problem(None, source, "read", f"{source}: the file holds no text, only blanks")
        else:
            yield Raw(text, None, source, published, None, tuple(notes))


def _sniff(head: bytes) -> str:
    """The format of a file whose name does not tell it."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    if head.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"{") and not start.startswith(b"{\\rtf"):
        return "jsonl"
    if start.startswith(b"[{"):
        return "json"
    low = start.lower()
    if low.startswith((b"<!doctype html", b"<html")) or (low.startswith(b"<") and b"<html" in low):
        return "html"
    return "text"


def _read_html(data: bytes, source: str, published: dt.date | None) -> Raw | Problem:
    """The article of a page: its text with the title on top, and the date the page states. Scripts are never run."""
    import trafilatura

    from dateline.wire.days import read_day

    page = trafilatura.bare_extraction(
        data, with_metadata=True, include_comments=False, include_tables=False, include_images=False
    )
    body = (getattr(page, "text", None) or "").strip() if page is not None else ""
    if not body:
        return Problem(
            None, source, "read", f"{source}: no article text found on the page; save the story as plain text"
        )
    title = " ".join((getattr(page, "title", None) or "").split()) or None
    notes: list[str] = ["text extracted from HTML: spans refer to the extracted text"]
    day = published
    try:
        day = read_day(getattr(page, "date", None)) or published
    except ValueError as error:
        notes.append(str(error))
    text = body if title is None or body.startswith(title) else f"{title}\n\n{body}"
    return Raw(text, None, source, day, title, tuple(notes))
