"""A world table from a Wikidata dump: a small one, written by hand, with everything that real ones get wrong."""

from __future__ import annotations

import bz2
import datetime as dt
import doctest
import gzip
import json
import re
import tracemalloc
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline import DataError, InputError, SettingError
from dateline.cli import main, progress
from dateline.mentions.countries import load_countries
from dateline.mentions.world import load_world
from dateline.wikidata import build, build_table, claims, classes
from dateline.wikidata import dump as dump_file
from dateline.wikidata.build import kinds_of
from dateline.wikidata.claims import day_of, label, names
from dateline.wikidata.classes import load_classes
from dumps import NOVALUE, SOMEVALUE, claim, day, dump, entity, item, line, text

# Persons come first: their offices and countries stand further down, as in the real dump they may.
ENTITIES = [
    entity(
        "Q900001", "Adaeze Okonjo", "Ada Okonjo", "Okonjo", P31="Q5", P27="Q1033",
        P39=[
            claim(item("Q900101"), P580=day("2015-05-29"), P582=day("2019-05-28")),
            claim(item("Q900101"), P580=day("2019-05-29"), P582=day("2023-05-28")),
            claim(item("Q900102"), P580=day("2011"), P582=day("2015-05")),
            claim(item("Q900103"), rank="deprecated", P580=day("2001")),
        ],
    ),
    entity("Q900002", "Temitope Bello", P31="Q5", P27="Q1033", P39=[claim(item("Q900103"), P580=day("2019-06-12"))]),
    entity(  # two citizenships: the party says which; the office is known only as a class
        "Q900003", "Lena Varga", P31="Q5", P27=["Q28", "Q40"], P102="Q900201",
        P39=[claim(item("Q83307"), P580=day("2018-02-01"), P582=SOMEVALUE)],
    ),
    entity("Q900004", "Ivo Brandt", P31="Q5", P27="Q40", P39=[claim(item("Q900104"), P580=day("2020-01-07"), P582=NOVALUE)]),
    entity("Q900005", "Old Statesman", P31="Q5", P27="Q40", P39=[claim(item("Q83307"), P580=day("1900"), P582=day("1910"))]),
    entity(  # died in office; no end is stated
        "Q900006", "Zoltan Halmos", P31="Q5", P27="Q28", P570=day("2004-03-02"),
        P39=[claim(item("Q900105"), P580=day("1998-06-18"))],
    ),
    entity("Q900007", "Ines Pintor", P31="Q5", P39=[claim(item("Q900106"), P580=day("2017"))]),  # of a body
    entity("Q900008", "A Painter", P31="Q5", P27="Q40", P39=[claim(item("Q900301"))]),  # no political office
    entity("Q900009", None, P31="Q5", P27="Q40", P39=[claim(item("Q83307"))]),  # the label is gone
    entity("Q900010", "Nobody Knows", P31="Q5", P27="Q40", P39=[claim(SOMEVALUE), claim(item("Q83307"), P582=SOMEVALUE)]),
    entity("Q900013", "Bela Sarkadi", P31="Q5", P39=[claim(item("Q900108"), P580=day("2015"), P582=day("2019"))]),
    {"type": "item", "id": "Q900011", "missing": ""},
    {"entity": "Q900199", "redirect": "Q900103"},
    entity("Q900012", "Musa Garba", P31="Q5", P27="Q1033", P39=[claim(item("Q900199"), P580=day("2007"), P582=day("2008"))]),
    # offices
    entity("Q900101", "President of Nigeria", P279="Q30461", P1001="Q1033", P17="Q1033"),
    entity("Q900102", "Governor of Anambra State", P31="Q4164871", P279="Q132050", P1001="Q900401", P17="Q1033"),
    entity("Q900103", "Minister of Water Resources of Nigeria", P31=["Q294414", "Q900107"], P17="Q1033"),
    entity("Q900104", "Foreign Minister of Austria", P279="Q7330070", P1001="Q40"),
    entity("Q900105", "Minister of Culture", P279="Q83307", P1001="Q28"),
    entity("Q900106", "Secretary-General of the United Nations", P279="Q108290289", P2389="Q1065"),
    entity("Q900107", "minister of water resources", P279="Q83307"),
    entity("Q900108", "leader of the Danubian Renewal Party", P279="Q1553195", P2389="Q900201"),
    entity("Q900301", "court painter", P279="Q1028181"),
    # countries
    entity("Q1033", "Nigeria", P31="Q6256", P298=text("NGA")),
    entity("Q28", "Hungary", P31="Q6256", P298=text("HUN")),
    entity("Q40", "Austria", P31="Q6256", P298=text("AUT")),
    entity("Q900401", "Anambra State", P31="Q900402", P17="Q1033"),
    # organisations
    entity("Q900201", "Danubian Renewal Party", "DRP", "Renewal", P31="Q7278", P17="Q28", P571=day("1999")),
    entity("Q900202", "Sahel Liberation Brigade", P31="Q900210", P571=day("2012-04"), P576=day("2019")),  # no country
    entity("Q900210", "jihadist group", P279="Q17127659"),
    entity("Q900203", "Federal Signals Directorate", "FSD", P31=["Q327333", "Q47913"], P17="Q40"),
    entity("Q900204", "Baltic Grain Council", P31="Q245065", P17="Q40"),
    entity("Q900205", "Old Imperial Guard", P31="Q772547", P17="Q40", P576=day("1918")),
    entity("Q900206", "Lagos Evening Courier", P31="Q11032", P17="Q1033"),
    entity("Q900207", "National Assembly", P31="Q11204", P17="Q1033"),  # a role noun, no name
    entity("Q900208", "A Village", P31="Q532", P17="Q40"),
]  # fmt: skip
BROKEN = '{"type":"item","id":"Q900500","claims":{"P39":[{"mainsnak":'
LINES = [line(e) for e in ENTITIES]
LINES.insert(5, BROKEN)
LINES.insert(9, '{"id":"Q900501","claims":{"P279":[}}')


def write(path: Path, data: bytes) -> Path:
    pack = {".gz": gzip.compress, ".bz2": bz2.compress}.get(path.suffix, bytes)
    path.write_bytes(pack(data))
    return path


@pytest.fixture(params=["dump.json", "dump.json.gz", "dump.json.bz2"])
def table(request, tmp_path):
    problems = []
    out = tmp_path / "built.tsv"
    built = build_table(write(tmp_path / request.param, dump(LINES)), out, problems.append)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["built.tsv", request.param])
    return out, built, problems


def test_every_broken_line_is_named_once_and_the_run_goes_on(table):
    _, built, problems = table
    assert [int(p.source.rsplit(":", 1)[1]) for p in problems] == [7, 11]
    assert "is not one JSON object" in problems[0].message
    assert "is not valid JSON" in problems[1].message
    assert (built.broken, built.lines) == (2, len(LINES) + 2)
    assert (built.persons, built.organisations) == (8, 5)


def test_office_holders_with_their_days(table):
    out, _, _ = table
    world = load_world([out])

    def on(name: str, when: str, **more):
        found = world.lookup(name, on=dt.date.fromisoformat(when), **more)
        return [(e.country, e.sector, e.office, e.status, e.id) for e in found if e.row.user]

    ada = "Q900001"
    assert on("Adaeze Okonjo", "2019-05-28") == [("NGA", "GOV", "president", "current", ada)]
    assert on("Ada Okonjo", "2013-01-01") == [("NGA", "GOV", "governor", "current", ada)]
    assert on("Adaeze Okonjo", "2024-01-01") == [("NGA", "ELI", None, "former", ada)]
    assert on("Okonjo", "2020-01-01", surname=True)[0][2] == "president"  # heads are known by surname
    assert [s.start for s in world.lookup("Adaeze Okonjo")[0].row.spells()] == ["2011-01-01", "2015-05-29"]
    assert on("Bello", "2020-01-01", surname=True) == []
    minister = "minister of water resources"
    assert on("Temitope Bello", "2020-01-01") == [("NGA", "GOV", minister, "current", "Q900002")]
    assert on("Temitope Bello", "2031-01-01")[0][3] == "unknown"  # no end is stated: not for ever
    assert on("Lena Varga", "2018-02-01") == [("HUN", "GOV", "minister", "current", "Q900003")]
    assert on("Lena Varga", "2019-01-01")[0][3] == "unknown"  # it ended, nobody knows when
    assert on("Ivo Brandt", "2045-01-01") == [("AUT", "GOV", "foreign minister", "current", "Q900004")]
    assert on("Zoltan Halmos", "2004-03-02")[0][2:4] == ("minister of culture", "current")
    assert on("Zoltan Halmos", "2004-03-03")[0][3] == "former"
    assert on("Ines Pintor", "2018-01-01")[0][:2] == ("UNO", None)
    assert on("Bela Sarkadi", "2016-01-01") == [("HUN", "PTY", "party leader", "current", "Q900013")]
    assert on("Musa Garba", "2007-06-01") == [("NGA", "GOV", minister, "current", "Q900012")]  # by redirection
    for name in ("Old Statesman", "A Painter", "Nobody Knows"):
        assert on(name, "2020-01-01") == []


def test_organisations_with_sector_and_country(table):
    out, _, _ = table
    world = load_world([out])

    def of(name: str, when: str = "2015-01-01"):
        return [
            (e.country, e.sector, e.status) for e in world.lookup(name, on=dt.date.fromisoformat(when)) if e.row.user
        ]

    assert of("Danubian Renewal Party") == of("DRP") == [("HUN", "PTY", "current")]
    assert of("Renewal") == []  # one plain word is no name to look for
    assert of("Sahel Liberation Brigade") == [("IMG", "REB", "current")]
    assert of("Sahel Liberation Brigade", "2021-01-01") == [("IMG", "REB", "former")]
    assert of("Federal Signals Directorate") == [("AUT", "SPY", "undated")]
    assert of("Baltic Grain Council") == [("IGO", None, "undated")]
    assert of("Lagos Evening Courier") == [("NGA", "JRN", "undated")]
    for name in ("Old Imperial Guard", "National Assembly", "A Village"):
        assert of(name) == []


def test_the_same_dump_gives_the_same_bytes(tmp_path):
    outs = []
    for n in range(2):
        outs.append(tmp_path / f"{n}.tsv")
        build_table(write(tmp_path / "dump.json", dump(LINES)), outs[-1], lambda problem: None)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_spaces_and_other_orders_of_keys_are_read_too(tmp_path):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(inner) for key, inner in reversed(value.items())}
        return [turned(inner) for inner in value] if isinstance(value, list) else value

    spaced = [json.dumps(turned(e)) for e in ENTITIES]
    build_table(write(tmp_path / "a.json", dump(spaced)), tmp_path / "a.tsv", lambda problem: None)
    build_table(write(tmp_path / "b.json", dump([line(e) for e in ENTITIES])), tmp_path / "b.tsv", lambda problem: None)
    one, other = ((tmp_path / f"{n}.tsv").read_text().splitlines()[1:] for n in "ab")
    assert one == other
    assert len(one) == 1 + 13


def test_a_plain_dump_that_is_cut_between_two_lines_is_noticed(tmp_path):
    path = write(tmp_path / "dump.json", dump(LINES).removesuffix(b"\n]\n"))
    with pytest.raises(InputError, match=rf"ends after line {len(LINES) + 1} without the bracket"):
        build_table(path, tmp_path / "built.tsv", lambda problem: None)
    path.write_text("\n".join(line(e) for e in ENTITIES), encoding="utf-8")  # no array at all: JSON Lines
    assert build_table(path, tmp_path / "built.tsv", lambda problem: None).persons == 8


@pytest.mark.parametrize("suffix", [".gz", ".bz2"])
def test_a_dump_that_ends_in_the_middle_leaves_nothing_behind(tmp_path, suffix):
    path = write(tmp_path / f"dump.json{suffix}", dump(LINES * 50))
    path.write_bytes(path.read_bytes()[:-200])
    out = tmp_path / "built.tsv"
    out.write_text("# the one before\n")
    with pytest.raises(InputError, match=r"dump\.json\.\w+: cannot be read after line [\d,]+: "):
        build_table(path, out, lambda problem: None)
    assert out.read_text() == "# the one before\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["built.tsv", path.name])


def test_what_is_no_dump_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.json: cannot be read"):
        build_table(tmp_path / "none.json", tmp_path / "a.tsv", lambda problem: None)
    path = tmp_path / "plain.json.gz"
    path.write_bytes(dump(LINES))
    with pytest.raises(InputError, match="is not packed as its suffix says"):
        build_table(path, tmp_path / "a.tsv", lambda problem: None)
    with pytest.raises(SettingError, match=r"a built table is a \.tsv"):
        build_table(path, tmp_path / "a.yaml", lambda problem: None)


def test_memory_does_not_grow_with_the_dump(tmp_path):
    """Ten times the persons, none of whose lines is kept: the same memory."""
    peaks = []
    offices = [e for e in ENTITIES if e.get("id") in ("Q1033", "Q900101")]
    for size in (300, 3000):
        people = [
            entity(f"Q{2_000_000 + n}", f"Person {n} Name", P31="Q5", P39=[claim(item("Q900101"), P580=day("2001"))])
            for n in range(size)
        ]
        path = write(tmp_path / f"{size}.json", dump([line(e) for e in (*people, *offices)]))
        del people
        build_table(path, tmp_path / "warm.tsv", lambda problem: None)
        tracemalloc.start()
        built = build_table(path, tmp_path / f"{size}.tsv", lambda problem: None)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert built.persons == size
    assert peaks[1] < 1.2 * peaks[0]


def test_the_command_says_what_it_did(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "dump.json.gz", dump(LINES))
    got = CliRunner().invoke(main, ["world", "build", "dump.json.gz", "--out", "mine.tsv"])
    assert got.exit_code == 1
    assert "dump.json.gz:7: dump: is not one JSON object" in got.stderr
    assert f"2 of {len(LINES) + 2} lines could not be read" in got.stderr
    assert "8 persons and 5 organisations written to mine.tsv" in got.stderr
    got = CliRunner().invoke(main, ["world", "lookup", "Ivo Brandt", "--on", "2024-01-01", "--world", "mine.tsv"])
    assert "foreign minister" in got.output
    assert "Q900004" in got.output


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(progress, "QUIET", -1.0)
    monkeypatch.setattr(dump_file, "EVERY", 20)
    path = write(tmp_path / "dump.json", dump(LINES))
    with progress.DumpProgress() as bar:
        build_table(path, tmp_path / "built.tsv", lambda problem: None, bar.report)
    told = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"reading offices and classes \(pass 1 of 2\): 20 lines, \d+% of the file", told[0])
    assert told[-1] == f"writing the table (pass 2 of 2): {len(LINES) + 2} lines, 100% of the file"
    assert len(told) == 6


# --- the parts ---------------------------------------------------------------------------------------------------


def test_what_a_line_is_can_be_told_without_reading_it():
    assert kinds_of(line(ENTITIES[0]).encode()) >= {5}
    assert kinds_of(line(entity("Q1", "x", P17="Q40", P31=["Q7278", "Q43229"])).encode()) >= {7278, 43229}
    assert 40 not in kinds_of(line(entity("Q1", "x", P31="Q7278", P17="Q40")).encode())
    assert kinds_of(line(entity("Q1", "x", P17="Q40")).encode()) == set()
    assert kinds_of(b'{"claims":{"P31":[{"rank":"normal","mainsnak":{}}]}}') is None


@pytest.mark.parametrize(
    ("snak", "first", "last"),
    [
        (day("2013-12-17"), "2013-12-17", "2013-12-17"),
        (day("2012-02"), "2012-02-01", "2012-02-29"),
        (day("2013"), "2013-01-01", "2013-12-31"),
        ({"datavalue": {"value": {"time": "+2010-00-00T00:00:00Z", "precision": 8}}}, "", ""),
        ({"datavalue": {"value": {"time": "-0044-03-15T00:00:00Z", "precision": 11}}}, "", ""),
        ({"datavalue": {"value": {"time": "+2013-02-31T00:00:00Z", "precision": 11}}}, "2013-02-28", "2013-02-28"),
        (SOMEVALUE, "", ""),
        (None, "", ""),
        ({"datavalue": {"value": "2013"}}, "", ""),
    ],
)
def test_days(snak, first, last):
    assert (day_of(snak), day_of(snak, last=True)) == (first, last)


def test_names_come_in_english_or_for_all_languages():
    assert label({"labels": {"de": {"value": "Wien"}, "mul": {"value": "Vienna"}}}) == "Vienna"
    assert label({"labels": {"de": {"value": "Wien"}}}) is None
    assert names({"labels": [], "aliases": {"en": [{"value": " VIC "}, {"value": None}]}}) == ["VIC"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("sector: SPY", "sector: SPIES", r":\d+: sector 'SPIES'"),
        ("class: Q47913", "class: 47913", r":\d+: class '47913': allowed: a Wikidata number"),
        ("Q1065: UNO", "Q1065: UN", r":\d+: Q1065 'UN'"),
        ("open_years: 10", "open_years: ten", r"is not a number"),
    ],
)
def test_the_file_of_classes_is_read_strictly(tmp_path, old, new, expected):
    shipped = (Path(__file__).resolve().parents[1] / "src/dateline/data/world/wikidata.yaml").read_text("utf-8")
    assert old in shipped
    path = tmp_path / "wikidata.yaml"
    path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=expected):
        load_classes(load_countries(), path)


def test_the_examples_in_docstrings_run():
    for module in (build, claims, classes):
        failed, tried = doctest.testmod(module)
        assert tried
        assert failed == 0
