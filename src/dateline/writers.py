"""Rows to files: JSON Lines, CSV and Parquet; and the flat columns and pairs that tables want.

JSON Lines and CSV are written in place, one story at a time, each story in one write that is flushed: whatever ends
the run, the rows of every finished story are on disk. Parquet cannot be appended to: its row groups go to
``NAME.part``, which becomes ``NAME`` when the run ends, also when it is interrupted.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol

from dateline.errors import OutputError, SettingError

Row = dict[str, Any]
FORMATS = ("table", "jsonl", "csv", "parquet")
SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
}
ROW_GROUP = 5_000


class Writer(Protocol):
    """Takes the rows of one story after another."""

    def write(self, rows: list[Row]) -> None:
        """Write the rows of one story."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


def format_of(path: Path) -> str:
    """The format that a file's suffix asks for; SettingError when it asks for none.

    >>> format_of(Path("events.parquet"))
    'parquet'
    """
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        raise SettingError(
            f"{path}: the suffix {path.suffix!r} names no format; use .jsonl, .csv or .parquet, or give --format"
        )
    return found


def check_writable(path: Path) -> None:
    """Raise OutputError, before anything is coded, when ``path`` cannot be written; an existing file is not touched."""
    new = not path.exists()
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it, for example {path / 'events.jsonl'}")
    try:
        with path.open("ab"):
            pass
    except FileNotFoundError:
        raise OutputError(f"{path}: the folder {path.parent} does not exist; create it first") from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}; choose another --output") from None
    if new:
        path.unlink()


def open_writer(kind: str, path: Path | None, *, resume: bool = False) -> Writer:
    """A writer of a format to a file, or to standard output when ``path`` is None."""
    if kind == "parquet":
        if path is None:
            raise SettingError("parquet cannot be written to standard output; name a file with --output FILE.parquet")
        return ParquetWriter(path)
    if path is None:
        stream: IO[str] = sys.stdout
    else:
        stream = path.open("a" if resume else "w", encoding="utf-8", newline="")
    return CsvWriter(stream) if kind == "csv" else JsonlWriter(stream)


class JsonlWriter:
    """One JSON object a line."""

    def __init__(self, stream: IO[str]) -> None:
        """Write to an open text stream."""
        self.stream = stream

    def write(self, rows: list[Row]) -> None:
        """Write the rows of one story in one go."""
        if rows:
            self.stream.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
            self.stream.flush()

    def close(self) -> None:
        """Close the file."""
        _close(self.stream)


class CsvWriter:
    """Flat columns first, nested values as JSON in the last ones."""

    def __init__(self, stream: IO[str]) -> None:
        """Write the column names to an open text stream."""
        self.stream = stream
        self._line([*FLAT, *NESTED])

    def write(self, rows: list[Row]) -> None:
        """Write the rows of one story in one go."""
        if rows:
            self._line(*(list(flatten(row).values()) for row in rows))

    def _line(self, *lines: list[Any]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(lines)
        self.stream.write(buffer.getvalue())
        self.stream.flush()

    def close(self) -> None:
        """Close the file."""
        _close(self.stream)


class ParquetWriter:
    """Row groups in the published schema."""

    def __init__(self, path: Path) -> None:
        """Open ``path``.part beside ``path``."""
        import pyarrow.parquet as pq

        from dateline.record import arrow_schema

        self.path, self.part = path, path.with_name(path.name + ".part")
        self.schema = arrow_schema()
        self.rows: list[Row] = []
        self.writer = pq.ParquetWriter(self.part, self.schema)

    def write(self, rows: list[Row]) -> None:
        """Take the rows of one story; a row group is written when enough have come."""
        self.rows += rows
        if len(self.rows) >= ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        from dateline.record import arrow_rows

        if self.rows:
            self.writer.write_table(pa.Table.from_pylist(arrow_rows(self.rows), schema=self.schema))
            self.rows = []

    def close(self) -> None:
        """Write what is left and give the file its name."""
        self._flush()
        self.writer.close()
        self.part.replace(self.path)


def _close(stream: IO[str]) -> None:
    if stream is sys.stdout:
        stream.flush()
    else:
        stream.close()


# --- going on where a run stopped --------------------------------------------------------------------------------


def finished(path: Path) -> frozenset[str]:
    """Ids of the stories whose rows are complete in a JSON Lines file, after cutting a torn end.

    The rows of a story are written together, so only the last story of an interrupted run can be torn: a line
    without its end is cut, with the other rows of that story. Raises OutputError when a line is no row.
    """
    if not path.exists():
        return frozenset()
    ids: dict[str, int] = {}  # story -> where its first row starts
    last, at, torn = "", 0, False
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            torn = not line.endswith(b"\n")
            if torn:
                break
            try:
                last = json.loads(line)["story_id"]
            except (ValueError, KeyError, TypeError):
                raise OutputError(
                    f"{path}:{number}: is no row that dateline wrote; --resume needs a file of its own"
                ) from None
            ids.setdefault(last, at)
            at += len(line)
    if torn:
        cut = ids.pop(last, at) if last else at
        with path.open("r+b") as stream:
            stream.truncate(cut)
    return frozenset(ids)


# --- shapes ------------------------------------------------------------------------------------------------------

FLAT = (
    "id", "story_id", "date_start", "date_end", "date_grain", "date_basis", "type", "mode", "context", "quad", "score",
    "trigger", "actors", "actor_countries", "actor_sectors", "recipients", "recipient_countries", "recipient_sectors",
    "place", "place_country", "place_admin1", "lat", "lon", "geonameid", "place_precision", "place_basis",
    "dead_low", "dead_high", "injured_low", "injured_high", "arrested_low", "arrested_high",
    "displaced_low", "displaced_high", "crowd_low", "crowd_high",
    "factuality", "factuality_cues", "sources", "source_kinds", "background", "in", "confidence", "codebook", "schema",
)  # fmt: skip
NESTED = (
    "actors_json",
    "recipients_json",
    "date_json",
    "place_json",
    "magnitude_json",
    "attribution_json",
    "rules",
    "context_evidence_json",
    "claims_json",
)


def flatten(row: Row) -> Row:
    """A row with one value a column: lists joined by ``;`` (an unknown member is empty), nested values as JSON."""
    date, place, counts = row["date"] or {}, row["place"] or {}, row["magnitude"]
    flat: Row = {
        "id": row["id"],
        "story_id": row["story_id"],
        **{f"date_{k}": date.get(k) for k in ("start", "end", "grain", "basis")},
        "type": row["type"],
        "mode": ";".join(row["mode"]),
        "context": ";".join(row["context"]),
        "quad": row["quad"],
        "score": row["score"],
        "trigger": row["trigger"]["text"],
        **_parties("actor", row["actors"]),
        **_parties("recipient", row["recipients"]),
        "place": place.get("name"),
        "place_country": place.get("country"),
        "place_admin1": place.get("admin1"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "geonameid": place.get("geonameid"),
        "place_precision": place.get("precision"),
        "place_basis": place.get("basis"),
        **{
            f"{k}_{b}": (counts[k] or {}).get(b)
            for k in ("dead", "injured", "arrested", "displaced", "crowd")
            for b in ("low", "high")
        },
        "factuality": row["factuality"],
        "factuality_cues": ";".join(row["factuality_cues"]),
        "sources": ";".join(s["name"] or s["text"] for s in row["attribution"]),
        "source_kinds": ";".join(s["kind"] for s in row["attribution"]),
        "background": row["background"],
        "in": row["in"],
        "confidence": row["confidence"],
        "codebook": row["codebook"],
        "schema": row["schema"],
    }
    nested = {
        f"{k}_json": None if row[k] is None else json.dumps(row[k], ensure_ascii=False)
        for k in ("actors", "recipients", "date", "place", "magnitude", "attribution")
    }
    later = {f"{k}_json": json.dumps(row[k], ensure_ascii=False) for k in ("context_evidence", "claims")}
    return {**flat, **nested, "rules": ";".join(row["rules"]), **later}


def _parties(role: str, parties: list[Row]) -> Row:
    return {
        f"{role}s": ";".join(p["name"] or p["text"] for p in parties),
        f"{role}_countries": ";".join(p["country"] or "" for p in parties),
        f"{role}_sectors": ";".join(p["sector"] or "" for p in parties),
    }


def dyads(rows: Iterable[Row]) -> Iterator[Row]:
    """One row for each pair of parties: actor and recipient, or each two actors of a joint event.

    The pairs of an event share its id. An event with parties on one side only gives one row for each of them.
    """
    for row in rows:
        actors, recipients = row["actors"], row["recipients"]
        if actors and recipients:
            pairs = [([a], [r]) for a in actors for r in recipients]
        elif len(actors) > 1:
            pairs = [([a], [b]) for i, a in enumerate(actors) for b in actors[i + 1 :]]
        elif recipients:
            pairs = [([], [r]) for r in recipients]
        else:
            pairs = [(actors, [])]
        for pair in pairs:
            yield {**row, "actors": pair[0], "recipients": pair[1]}
