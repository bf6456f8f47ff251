"""docs/world.md is followed to the letter, and the figures that it gives of the shipped tables are theirs."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

from dateline.mentions.world import DATA
from test_docs_codebook import do, steps

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "world.md"


def test_the_page_is_followed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    text = PAGE.read_text(encoding="utf-8")
    found = list(steps(text))
    runs = [step for step in found if step[0] == "run"]
    assert len(runs) == text.count("\n$ ") >= 8
    for kind, name, content in found:  # what the text shows after it is used
        if kind == "write" and name.endswith(".txt"):
            Path(name).write_text(content)
    for kind, name, content in found:
        if kind == "write":
            Path(name).write_text(content)
        else:
            got = do(name)
            flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            assert doctest.OutputChecker().check_output(content, got, flags), f"$ {name}\n{got}"


def test_the_numbers_of_lines_are_those_of_the_tables():
    text = PAGE.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w-]+\.tsv)` \| over ([\d,]+) ", text, flags=re.M))
    assert len(told) == 5
    for name, number in told.items():
        lines = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        held = len(lines) - (name == "countries.tsv")  # its first line names the columns
        assert 0.9 * held < int(number.replace(",", "")) < held, name


def test_its_python_runs():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 3
    assert failed == 0
