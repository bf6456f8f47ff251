"""Rows of JSON Lines, JSON, CSV and Parquet -> Raw stories, one at a time."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from dateline.errors import InputError, did_you_mean
from dateline.model import Problem
from dateline.wire.days import read_day
from dateline.wire.decode import decode, encoding_of
from dateline.wire.inputs import Raw

# Column names that are understood without being told, best first.
COMMON = {
    "text": [
        "text",
        "body",
        "content",
        "article",
        "fulltext",
        "full_text",
        "article_text",
        "maintext",
        "story",
        "news",
        "sentence",
    ],
    "date": [
        "date",
        "published",
        "pub_date",
        "publish_date",
        "published_date",
        "publication_date",
        "date_publish",
        "published_at",
        "pubdate",
        "datetime",
        "dct",
    ],
    "id": ["id", "doc_id", "docid", "story_id", "article_id", "docno", "guid", "uid"],
    "title": ["title", "headline", "head", "heading"],
}


def choose_columns(found: Iterable[str], fields: Mapping[str, str], source: str) -> dict[str, str]:
    """Which column holds the text, the date, the id and the title. InputError where the one asked for is missing.

    >>> choose_columns(["Body", "pub_date"], {}, "news.csv")
    {'text': 'Body', 'date': 'pub_date'}
    """
    names = list(found)
    lower = {name.strip().casefold(): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for field, common in COMMON.items():
        if field in fields:
            if fields[field] not in names:
                hint = did_you_mean(fields[field], names)
                raise InputError(
                    f"{source}: no column {fields[field]!r} for the field {field}{hint}; found: {', '.join(names) or 'none'}"
                )
            chosen[field] = fields[field]
        else:
            name = next((lower[c] for c in common if c in lower), None)
            if name is not None:
                chosen[field] = name
    if "text" not in chosen:
        raise InputError(
            f"{source}: no column holds the text of the stories; found: {', '.join(names) or 'none'}; name it with --field text=COLUMN"
        )
    return chosen


def row_to_raw(
    row: Mapping[str, Any], columns: Mapping[str, str], where: str, published: dt.date | None, notes: Iterable[str] = ()
) -> Raw | Problem:
    """One row as a Raw; a Problem where its text is missing or its date cannot be read."""
    given = row.get(columns["id"]) if "id" in columns else None
    id = str(given) if given not in (None, "") else None
    text = row.get(columns["text"])
    if not isinstance(text, str) or not text.strip():
        what = "is empty" if text is None or isinstance(text, str) else f"is no text but {type(text).__name__}"
        return Problem(id, where, "read", f"{where}: the field {columns['text']!r} {what}")
    day = published
    if "date" in columns:
        try:
            day = read_day(row.get(columns["date"])) or published
        except ValueError as error:
            return Problem(id, where, "read", f"{where}: field {columns['date']!r}: {error}")
    title = row.get(columns["title"]) if "title" in columns else None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Raw(text, id, where, day, title.strip() or None if isinstance(title, str) else None, tuple(notes))


def read_jsonl(
    stream: IO[bytes], source: str, fields: Mapping[str, str], published: dt.date | None
) -> Iterator[Raw | Problem]:
    """One story a line; a line that is no JSON object is a Problem and the rest is read on."""
    columns: dict[str, str] | None = None
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        text, notes = decode(line)
        try:
            row = json.loads(text)
        except json.JSONDecodeError as error:
            yield Problem(None, where, "read", f"{where}: not valid JSON: {error.msg} at column {error.colno}")
            continue
        except RecursionError:
            yield Problem(None, where, "read", f"{where}: not readable JSON: nested too deeply")
            continue
        if not isinstance(row, dict):
            yield Problem(None, where, "read", f"{where}: a JSON object expected, found {type(row).__name__}")
            continue
        if columns is None:
            columns = choose_columns(row, fields, where)
        elif columns["text"] not in row or any(fields[f] not in row for f in fields if f != "date"):
            missing = next((c for c in (columns["text"], *fields.values()) if c not in row), columns["text"])
            yield Problem(None, where, "read", f"{where}: no field {missing!r}; found: {', '.join(row)}")
            continue
        yield row_to_raw(row, columns, where, published, notes)


def read_json(
    stream: IO[bytes], source: str, fields: Mapping[str, str], published: dt.date | None
) -> Iterator[Raw | Problem]:
    """A JSON file: one object, or a list of them (read whole; use JSON Lines for large data)."""
    text, notes = decode(stream.read())
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("{") and "\n{" in text:  # JSON Lines under another name
            yield from read_jsonl(io.BytesIO(text.encode()), source, fields, published)
            return
        yield Problem(
            None, source, "read", f"{source}:{error.lineno}: not valid JSON: {error.msg} at column {error.colno}"
        )
        return
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, dict) for row in rows):
        yield Problem(None, source, "read", f"{source}: a JSON object or a list of objects expected")
        return
    for number, row in enumerate(rows, 1):
        where = f"{source}#{number}" if isinstance(value, list) else source
        yield row_to_raw(row, choose_columns(row, fields, where), where, published, notes)


def read_csv(
    stream: io.BufferedReader, source: str, fields: Mapping[str, str], published: dt.date | None, *, tab: bool = False
) -> Iterator[Raw | Problem]:
    """One story a row, under a header row; streamed in blocks. A row with the wrong number of cells is a Problem."""
    import pyarrow as pa
    from pyarrow import csv as pacsv

    sample = stream.peek(65536)[:65536]
    encoding, note = encoding_of(sample, whole=False)
    header = sample.decode(encoding, errors="replace").lstrip("\ufeff").splitlines()[0]
    delimiter = "\t" if tab else max((",", ";", "\t", "|"), key=header.count)
    names = next(csv.reader([header], delimiter=delimiter))
    columns = choose_columns(names, fields, source)
    bad: list[Problem] = []

    def refuse(row: Any) -> str:
        where = f"{source}:row {row.number}" if row.number is not None else source
        bad.append(
            Problem(None, where, "read", f"{where}: {row.expected_columns} cells expected, found {row.actual_columns}")
        )
        return "skip"

    try:
        reader = pacsv.open_csv(
            stream,
            read_options=pacsv.ReadOptions(
                use_threads=False, block_size=1 << 25, encoding="utf-8" if encoding == "utf-8-sig" else encoding
            ),
            parse_options=pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=refuse),
            convert_options=pacsv.ConvertOptions(
                column_types={name: pa.string() for name in names},
                include_columns=list(dict.fromkeys(columns.values())),
                strings_can_be_null=False,
            ),
        )
        number = 1
        for batch in reader:
            yield from bad
            bad.clear()
            for row in batch.to_pylist():
                number += 1
                yield row_to_raw(row, columns, f"{source}:row {number}", published, [note] if note else [])
        yield from bad
    except pa.ArrowInvalid as error:
        yield from bad
        yield Problem(None, source, "read", f"{source}: not readable as CSV: {' '.join(str(error).split())}")


def read_parquet(
    stream: IO[bytes], source: str, fields: Mapping[str, str], published: dt.date | None
) -> Iterator[Raw | Problem]:
    """One story a row, read in batches of the needed columns only."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.PythonFile(stream, mode="r"))
        columns = choose_columns(file.schema_arrow.names, fields, source)
        number = 0
        for batch in file.iter_batches(batch_size=256, columns=list(dict.fromkeys(columns.values()))):
            for row in batch.to_pylist():
                number += 1
                yield row_to_raw(row, columns, f"{source}:row {number}", published)
    except (pa.ArrowInvalid, pa.ArrowException) as error:
        yield Problem(None, source, "read", f"{source}: not readable as Parquet: {' '.join(str(error).split())}")
