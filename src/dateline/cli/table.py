"""Events as a table for a reader at a terminal."""

from __future__ import annotations

from typing import Any

from dateline.view import COLUMNS, cells

PLAIN_WIDTH = 132  # of a table that goes to a file or a pipe

WIDTHS: dict[str, tuple[int | None, int | None]] = {  # least and most; the parties get what the others leave
    "date": (10, 12),
    "event": (9, 20),
    "words": (None, 16),
    "place": (None, 16),
    "stance": (None, 12),
    "according to": (None, 24),
}

STYLES = {"denied": "strike", "negated": "strike", "alleged": "yellow", "planned": "cyan", "hypothetical": "cyan"}


class TableWriter:
    """Prints one table a story."""

    def __init__(self) -> None:
        """Write to standard output, as wide as the terminal."""
        from rich.console import Console

        console = Console(highlight=False, soft_wrap=False)
        self.console = console if console.is_terminal else Console(highlight=False, width=PLAIN_WIDTH)
        self.stories = self.events = 0

    def write(self, rows: list[dict[str, Any]], title: str) -> None:
        """Print the events of one story."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        self.stories += 1
        self.events += len(rows)
        self.console.print(Text(title, style="bold"))
        if not rows:
            self.console.print(Text("  no events\n", style="dim"))
            return
        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
        for name in COLUMNS:
            least, most = WIDTHS.get(name, (None, None))
            table.add_column(name, overflow="fold", min_width=least, max_width=most)
        for row in rows:
            style = STYLES.get(row["factuality"], "dim" if row["background"] else "")
            table.add_row(*(Text(cell) for cell in cells(row)), style=style)
        self.console.print(table)
        self.console.print()

    def close(self) -> None:
        """Print how much there was."""
        from rich.text import Text

        plural = "story" if self.stories == 1 else "stories"
        self.console.print(Text(f"{self.events:,} events in {self.stories:,} {plural}", style="dim"))
