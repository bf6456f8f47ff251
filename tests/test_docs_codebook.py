"""docs/your-own-codebook.md is followed to the letter: its files are written, its commands run, their output compared."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from dateline.cli import main

PAGE = Path(__file__).resolve().parents[1] / "docs" / "your-own-codebook.md"
BLOCK = re.compile(r"```(console|yaml|text)\n(.*?)```", re.S)
FILE = re.compile(r"`([\w/.]+\.(?:yaml|txt|csv))`(?::| is)\n\n\Z")


def steps(text: str):
    """The files and commands of the page in order: ("write", name, text) and ("run", command, output)."""
    for block in BLOCK.finditer(text):
        if block[1] == "console":
            for part in re.split(r"^\$ ", block[2], flags=re.M)[1:]:
                command, _, output = part.partition("\n")
                yield "run", command, output
        else:
            yield "write", FILE.search(text[: block.start()])[1], block[2]


def do(command: str) -> str:
    program, *words = shlex.split(command)
    if program == "rm":
        Path(words[0]).unlink()
        return ""
    if program == "sed":
        pattern = re.fullmatch(r"s/(.*)/(.*)/", words[1])
        path = Path(words[2])
        text, changed = re.subn(pattern[1], pattern[2], path.read_text(), flags=re.M)
        assert changed == 1
        path.write_text(text)
        return ""
    assert program == "dateline"
    return CliRunner().invoke(main, words).output


def test_the_page_is_followed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    found = list(steps(text))
    runs = [step for step in found if step[0] == "run"]
    assert len(runs) >= 10
    assert text.count("\n$ ") == len(runs)
    for kind, name, content in found:  # what the text shows after it is used
        if kind == "write" and name.endswith((".txt", ".csv")):
            Path(name).write_text(content)
    for kind, name, content in found:
        if kind == "write":
            Path(name).write_text(content)
        else:
            got = do(name)
            flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            assert doctest.OutputChecker().check_output(content, got, flags), f"$ {name}\n{got}"
