"""What is known of a name: in Python and at the command line."""

from __future__ import annotations

import datetime as dt
import doctest
import json
import re
import shlex
import shutil
import time
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli import main
from dateline.cli.world_command import command
from dateline.mentions import countries, gazetteer, world, world_lookup, world_names, world_rows
from dateline.mentions.gazetteer import open_gazetteer
from dateline.mentions.world import load_world
from dateline.mentions.world_lookup import Known, look_up, near

ROOT = Path(__file__).resolve().parents[1]
ONCE = [
    (module, name, cache(getattr(module, name)))
    for module, name in ((world, "load_world"), (gazetteer, "open_gazetteer"))
]


@pytest.fixture(autouse=True)
def _in_a_clone(monkeypatch):
    monkeypatch.chdir(ROOT)
    for module, name, loader in ONCE:
        monkeypatch.setattr(module, name, loader)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["world", *map(str, words)])


def find(name: str, day: str | None = None) -> tuple[Known, ...]:
    tables = world.load_world(())
    return look_up(name, tables, None, dt.date.fromisoformat(day) if day else None)


def test_a_person_has_every_term_and_the_one_that_is_read():
    [ban, *_] = find("Ban Ki-moon", "2008-05-01")
    assert (ban.kind, ban.country, ban.status) == ("person", "UNO", "current")
    assert [t.country for t in ban.terms] == ["KOR", "UNO"]
    assert ban.terms[ban.read].office == "secretary-general"
    table, line = ban.where.split(":")
    text = (world.DATA / table).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "Ban Ki-moon" in text


@pytest.mark.parametrize(
    ("name", "kind", "by", "code"),
    [
        ("Zaire", "country", "name", "COD"),
        ("Chechnya", "part", "name", "RUS"),
        ("Nairobi", "capital", "name", "KEN"),
        ("Iraqis", "demonym", "many", "IRQ"),
        ("Dane", "demonym", "one", "DNK"),
        ("Kenyan", "demonym", "adjective", "KEN"),
    ],
)
def test_names_of_countries(name, kind, by, code):
    known = next(k for k in find(name) if k.kind == kind)
    assert (known.by, known.country) == (by, code)
    table, line = known.where.split(":")
    assert (world.DATA / table).read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith(code)


def test_an_ambiguous_name_has_all_its_readings():
    known = find("Congolese")
    assert [(k.kind, k.by, k.country) for k in known] == [
        ("demonym", "adjective", "COD"),
        ("demonym", "adjective", "COG"),
    ]
    assert all("one of several" in k.note for k in known)
    assert [(k.kind, k.by, k.country) for k in find("Korea")] == [
        ("country", "ambiguous", "KOR"),
        ("country", "ambiguous", "PRK"),
    ]


def test_a_surname_alone_is_looked_up_as_such():
    assert {(k.by, k.country) for k in find("Mugabe", "2000-01-01") if k.kind == "person"} == {("surname", "ZWE")}


def test_places_come_with_province_and_position():
    known = look_up("Gulu", world.load_world(()), open_gazetteer())
    city = next(k for k in known if k.kind == "city")
    assert city.country == "UGA"
    assert city.id.startswith("geonames/")
    assert city.lat == pytest.approx(2.77, abs=0.1)


def test_spellings_that_are_near():
    tables = world.load_world(())
    assert "Zimbabwe" in near("Zimbabwee", tables)
    assert "Robert Mugabe" in near("Robert Mugabbi", tables)
    assert near("Xqzvw Prtl", tables) == ()
    assert near("...", tables) == ()


def test_the_table_shows_the_terms_and_where_they_stand():
    got = run("lookup", "Ban Ki-moon", "--on", "2008-05-01")
    assert got.exit_code == 0
    assert re.search(
        r"person +Ban Ki-moon +UNO +secretary-general +current .*person/ban-ki-moon +leaders-own\.tsv:\d+", got.output
    )
    assert re.search(r"UNO +secretary-general +◂ +2007-01-01 +2016-12-31", got.output)


def test_json_has_the_same_and_its_blanks_are_null():
    got = run("lookup", "Taliban", "--on", "2010-01-01", "--format", "json")
    row = json.loads(got.output)
    assert (row["name"], row["on"], row["near"]) == ("Taliban", "2010-01-01", [])
    first = row["found"][0]
    assert (first["country"], first["sector"], first["status"]) == ("AFG", "REB", "current")
    assert first["terms"][first["read"]] == {
        "country": "AFG",
        "sector": "REB",
        "office": None,
        "start": "2001-11-14",
        "end": "2021-09-06",
    }


def test_an_unknown_name_has_status_1_and_what_may_be_meant():
    got = run("lookup", "Zimbabwee")
    assert (got.exit_code, got.stdout) == (1, "")
    assert "Zimbabwee: not in the tables" in got.stderr
    assert "did you mean: Zimbabwe" in got.stderr
    row = json.loads(run("lookup", "Zimbabwee", "--format", "json").stdout)
    assert row["found"] == []
    assert "Zimbabwe" in row["near"]


def test_a_common_name_is_cut_short_unless_asked():
    got = run("lookup", "San Jose")
    assert re.search(r"… and [\d,]+ more; --all shows them", got.stderr)
    every = run("lookup", "San Jose", "--all")
    assert every.stderr == ""
    assert every.stdout.count("places.bin") > got.stdout.count("places.bin") == 12


def test_wrong_days_and_files_are_refused():
    got = run("lookup", "Kenya", "--on", "May 2020")
    assert got.exit_code == 2
    assert "--on: 'May 2020' is not a date" in got.stderr
    got = run("lookup", "Kenya", "--world", "none.yaml")
    assert got.exit_code == 2
    assert "none.yaml: cannot be read" in got.stderr


def test_files_of_ones_own_are_looked_into():
    got = run("lookup", "Aurelio", "Bastidas", "--on", "2022-05-01", "--world", "examples/world.yaml")
    assert re.search(r"BOL +GOV mining minister +current .*examples/world\.yaml:9", got.output)


@pytest.mark.parametrize("name", sorted(command.commands))
def test_help_ends_with_an_example_that_works(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # `build` writes where it stands
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    got = run(name, "--help")
    line = re.search(r"Example:\n\s+dateline world (.+)\n\Z", got.output).group(1)
    done = run(*shlex.split(line))
    assert done.exit_code == 0, done.output
    assert done.output.strip()


def test_the_tables_load_fast():
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        load_world()
        best = min(best, time.process_time() - start)
    assert best < 0.3


def test_the_examples_in_docstrings_run():
    for module in (countries, world, world_lookup, world_names, world_rows):
        failed, tried = doctest.testmod(module)
        assert tried
        assert failed == 0
