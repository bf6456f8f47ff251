"""What is known of a name, as a table for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.mentions.world_lookup import Known

COLUMNS = ("kind", "name", "country", "what", "status", "from", "to", "id", "table")
WIDE = 170  # of a table that goes to a file or a pipe


def print_known(found: Sequence[Known]) -> None:
    """Print one line a candidate, and under it a line for each of its terms when it has several."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in COLUMNS:
        table.add_column(column, overflow="fold", no_wrap=column not in ("name", "what", "id"))
    for known in found:
        for n, cells in enumerate(_lines(known)):
            table.add_row(*(Text(cell) for cell in cells), style="dim" if n else "")
    console.print(table)


def _lines(known: Known) -> list[tuple[str, ...]]:
    kind = known.kind if known.by in ("name", "other name") else f"{known.kind} ({known.by})"
    what = " ".join(x for x in (known.sector, known.office) if x)
    if known.where == "places.bin":
        what = ", ".join(x for x in (known.province, f"{known.lat:.2f} {known.lon:.2f}") if x)
    what = "; ".join(x for x in (what, known.note) if x)
    term = known.terms[known.read] if known.read is not None else None
    one = len(known.terms) == 1 and term is not None
    first = (
        kind,
        known.name,
        known.country or "",
        what,
        known.status or "",
        term.start if one and term else "",
        term.end if one and term else "",
        known.id,
        known.where,
    )
    lines: list[tuple[str, ...]] = [first]
    if len(known.terms) > 1:
        for n, spell in enumerate(known.terms):
            held = " ".join(x for x in (spell.sector, spell.office) if x)
            mark = "◂" if n == known.read and known.status != "undated" else ""
            lines.append(("", "", spell.country, held, mark, spell.start, spell.end, "", ""))
    return lines
