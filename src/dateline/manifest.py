"""The data manifest: where each shipped data file comes from, under which licence, and how it is rebuilt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dateline.rules.words import DATA
from dateline.rules.yamlfile import load


@dataclass(frozen=True, slots=True)
class DataFile:
    """An entry of the manifest; ``file`` may be a pattern."""

    file: str
    what: str
    origin: str
    licence: str
    rebuilt: str

    def paths(self) -> list[Path]:
        """The files that the entry covers."""
        return sorted(p for p in DATA.glob(self.file) if p.is_file())


def load_manifest() -> tuple[DataFile, ...]:
    """Every entry of ``data/MANIFEST.yaml``; DataError when a key is missing or unknown."""
    out = []
    keys = ("file", "what", "origin", "licence", "rebuilt")
    for table in load(DATA / "MANIFEST.yaml").tables("files"):
        table.check_keys(keys, keys)
        out.append(DataFile(*(" ".join(str(table[key]).split()) for key in keys)))
    return tuple(out)
