"""A codebook to start from: a folder with one commented type whose examples hold."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.errors import OutputError, SettingError
from dateline.rules.codebook import META, shipped
from dateline.rules.words import DATA

SKELETON = DATA / "skeleton"


def new_codebook(folder: Path) -> tuple[Path, ...]:
    """Write a new codebook into ``folder`` and return the files, ``codebook.yaml`` first.

    The folder's name becomes the codebook's. SettingError for a name that rule ids cannot begin with or that a shipped
    codebook has; OutputError when the folder already holds something or cannot be written.
    """
    name = folder.name
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        raise SettingError(
            f"codebook name {name!r}: begin with a small letter; allowed after it: small letters, digits, - and _"
        )
    if name in shipped():
        raise SettingError(
            f"codebook name {name!r} is that of a shipped codebook ({', '.join(shipped())}); take another"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder} is already there and not empty; name a new folder, or remove it first")
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(SKELETON.glob("*.yaml"), key=lambda p: (p.name != META, p.name)):
            target = folder / source.name
            text = source.read_text(encoding="utf-8")
            target.write_text(text.replace("name: NAME", f"name: {name}", 1), encoding="utf-8")
            written.append(target)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    return tuple(written)
