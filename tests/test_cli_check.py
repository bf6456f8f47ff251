"""dateline check: a failing example and a wrong data file are named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline import Coder
from dateline.check import check
from dateline.cli import main
from dateline.rules.codebook import shipped
from dateline.rules.words import DATA

AREAS = ("layouts", "tokens", "times", "places", "roles", "attribution", "factuality", "background", "codebook")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


@pytest.mark.parametrize("area", AREAS)
def test_the_examples_of_the_shipped_data_hold(coder, area):
    [found] = check(coder, [area])
    assert found.failures == []


@pytest.mark.parametrize("name", [name for name in shipped() if name != "plover"])
def test_the_examples_of_the_other_codebooks_hold(name):
    [found] = check(Coder(name), ["codebook"])
    assert found.failures == []


@pytest.fixture
def codebook(tmp_path) -> Path:
    folder = tmp_path / "data" / "own"
    shutil.copytree(DATA / "codebooks" / "plover", folder)
    return folder


def examples(codebook: Path, text: str) -> int:
    """Replace the examples of CONSULT; return the line that they start on."""
    path = codebook / "CONSULT.yaml"
    rules = path.read_text(encoding="utf-8").split("\n---\n")[0]
    path.write_text(f"{rules}\n---\n{text}", encoding="utf-8")
    return rules.count("\n") + 3


def run(*words: object):
    return CliRunner().invoke(main, [str(w) for w in words])


def test_a_failing_example_is_named_with_its_line(codebook):
    first = examples(
        codebook,
        "code:\n"
        "  - text: Kenya's president met the Ugandan foreign minister in Nairobi on Monday.\n"
        "    expect:\n"
        "      - {actor: KEN, recipient: none, place: Nairobi}\n"
        "  - text: Rain fell in Nairobi on Monday.\n"
        "never:\n"
        "  - Kenya's president met the Ugandan foreign minister.\n",
    )
    got = run("check", "--only", "codebook", "--codebook", codebook)
    assert got.exit_code == 1
    lines = [line for line in got.stdout.splitlines() if f"CONSULT.yaml:{first + 4}:" in line]
    assert "expected CONSULT" in lines[0]
    assert any(f"CONSULT.yaml:{first + 6}: must not be coded" in line for line in got.stdout.splitlines())
    assert not any(f"CONSULT.yaml:{first + 1}:" in line for line in got.stdout.splitlines())
    assert "CONSULT has 2 sentences that must be coded and 1 that must not" in got.stdout


def test_a_wrong_data_file_stops_at_once_with_status_2(codebook):
    line = examples(codebook, "code:\n  - text: Kenya met Uganda.\n    expects: []\n") + 2
    got = run("check", "--only", "codebook", "--codebook", codebook)
    assert got.exit_code == 2
    assert f"CONSULT.yaml:{line}" in got.stderr
    assert "did you mean 'expect'" in got.stderr


def test_rules_that_never_win_are_noted_when_asked(codebook):
    examples(codebook, "")
    got = run("check", "--only", "codebook", "--codebook", codebook, "--notes")
    assert "wins on none of the examples" in got.stdout
