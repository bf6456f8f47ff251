"""The docs run: every line of Python in them, and every page that is generated is up to date."""

from __future__ import annotations

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

import dateline
from dateline import pipeline, writers
from dateline.cli import options
from dateline.parse import base, vectors

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("one-sentence.md", 20),
        ("claims.md", 8),
        ("language-model.md", 4),
        ("cameo.md", 8),
        ("confidence.md", 8),
        ("actors.md", 4),
    ],
)
def test_the_pages_run(page, lines):
    failed, tried = doctest.testfile(str(ROOT / "docs" / page), module_relative=False, encoding="utf-8")
    assert tried > lines
    assert failed == 0


def test_the_examples_in_docstrings_run():
    for module in (dateline, pipeline, writers, options, base, vectors):
        failed, tried = doctest.testmod(module)
        assert tried
        assert failed == 0


def test_the_page_of_fields_is_up_to_date():
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert build.PAGE.read_text(encoding="utf-8") == build.fields_page()


def test_the_readme_opens_with_two_commands_and_its_files_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .+$", text, flags=re.M)
    assert len(commands) == 2
    assert "dateline code examples/stories" in commands[0]
    assert commands[1].endswith("-m pytest")
    assert text.index(commands[0]) < text.index(commands[1]) < 1500
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / link).exists(), link


def test_the_readme_python_runs():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.S)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
