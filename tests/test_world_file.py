"""Files of the user's own: what they add, what they replace, and how mistakes in them are named."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline import Coder, DataError
from dateline.cli import main
from dateline.mentions.world import World, load_world

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "world.yaml"


@pytest.fixture
def mine(tmp_path):
    def write(text: str, name: str = "mine.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def one(world: World, name: str, day: str | None = None, **more):
    found = world.lookup(name, on=dt.date.fromisoformat(day) if day else None, **more)
    assert found, name
    return found[0]


def test_the_example_file_says_what_it_says():
    world = load_world([EXAMPLE])
    minister = one(world, "Aurelio Bastidas", "2022-05-01")
    assert (minister.country, minister.sector, minister.office, minister.status) == (
        "BOL",
        "GOV",
        "mining minister",
        "current",
    )
    assert minister.where == f"{EXAMPLE}:9"
    assert one(world, "Bastidas Rojas", "2024-01-01", surname=True).id == "person/aurelio-bastidas"
    assert one(world, "Aurelio Bastidas Rojas", "2024-01-01").sector == "OPP"
    assert one(world, "FLWF", "2010-01-01").sector == "REB"
    assert one(world, "Lowlands Front", "2023-01-01").sector == "PTY"
    assert world.geo("Somalilanders") == ("SOL", "people")
    assert world.geo("Ivorien") == ("CIV", "adjective")
    assert world.geo("Ivorian") == ("CIV", "adjective")
    assert world.countries.state("SOL") == "SOL"
    assert world.lookup("Hermit Kingdom") == []
    assert load_world().lookup("Hermit Kingdom") != []
    assert world.countries.readings("Guinean") == ("GIN", "GNB")


def test_an_entry_takes_the_place_of_the_shipped_ones_of_its_name_and_country(mine):
    path = mine(
        "persons:\n  - name: Robert Mugabe\n    terms:\n"
        "      - {country: ZWE, sector: OPP, from: 1970}\n"
        "  - {name: Angela Merkel, country: AUT, sector: EDU}\n"
    )
    world = load_world([path])
    assert {e.sector for e in world.lookup("Robert Mugabe", on=dt.date(2000, 1, 1))} == {"OPP"}
    merkels = world.lookup("Angela Merkel", on=dt.date(2010, 1, 1))  # of another country: somebody else, and first
    assert [(e.country, e.sector) for e in merkels][:2] == [("AUT", "EDU"), ("DEU", "GOV")]
    surnames = {e.name for e in world.lookup("Mugabe", on=dt.date(2000, 1, 1), surname=True) if e.row.user}
    assert surnames == {"Robert Mugabe"}


def test_later_files_come_first(mine):
    first = mine("persons:\n  - {name: Ewa Lisowska, country: POL, sector: GOV}\n", "a.yaml")
    second = mine("persons:\n  - {name: Ewa Lisowska, country: POL, sector: JUD}\n", "b.yaml")
    assert one(load_world([first, second]), "Ewa Lisowska").sector == "JUD"
    assert one(load_world([second, first]), "Ewa Lisowska").sector == "GOV"


def test_a_name_that_was_ambiguous_is_what_the_file_says(mine):
    world = load_world([mine("countries:\n  - {code: COD, adjectives: [Congolese]}\n")])
    assert world.geo("Congolese") == ("COD", "adjective")
    assert load_world().geo("Congolese") is None
    kept = world.countries["COD"]
    assert kept.iso2 == "CD"
    assert "Zaire" in kept.former


def test_what_is_removed_is_gone_and_the_rest_stays(mine):
    world = load_world(
        [
            mine(
                "remove:\n  - {name: Taliban, country: AFG}\n  - {name: Persia, kind: country}\n"
                "  - {name: Nairobi, kind: capital}\n  - {name: Iraqis, kind: demonym}\n"
            )
        ]
    )
    assert not [e for e in world.lookup("Taliban") if e.country == "AFG"]
    assert world.geo("Persia") is None
    assert world.geo("Iran") == ("IRN", "country")
    assert world.geo("Nairobi") is None
    assert world.geo("Iraqis") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people: []\n", r":1: unknown key 'people'.*allowed: persons, organisations, countries, remove"),
        ("persons:\n  - {country: KEN}\n", r":2: missing key 'name'"),
        ("persons:\n  - {name: A. Kamau}\n", r":2: missing key 'country'"),
        (
            "persons:\n  - name: Ann Kamau\n    country: KNE\n",
            r":3: country 'KNE' \(did you mean .*allowed: ISO 3166-1",
        ),
        ("persons:\n  - name: Ann Kamau\n    country: Kenya\n", r":3: country 'Kenya' \(did you mean 'KEN'\?\)"),
        (
            "persons:\n  - name: Ann Kamau\n    country: KEN\n    sector: GVO\n",
            r":4: sector 'GVO'.*'GOV'.*allowed: AGR",
        ),
        ("persons:\n  - {name: Ann Kamau, country: KEN, from: May 2020}\n", r":2: from 'May 2020' is no date; allowed"),
        (
            "persons:\n  - {name: Ann Kamau, country: KEN, to: 2021-02-30}\n",
            r":2: to '2021-02-30': there is no such day",
        ),
        ("persons:\n  - {name: Ann Kamau, country: KEN, from: 2020, to: 2019}\n", r":2: the term ends \(2019-12-31\)"),
        ("persons:\n  - {name: Ann Kamau, country: KEN, office: a/b}\n", r":2: office 'a/b' may not hold '/'"),
        (
            "persons:\n  - name: Ann Kamau\n    sector: GOV\n    terms:\n      - {country: KEN}\n",
            r":3: 'sector' stands beside 'terms'",
        ),
        ("persons:\n  - name: Ann Kamau\n    terms:\n      - {land: KEN}\n", r":4: unknown key 'land'"),
        ("persons:\n  - name: '...'\n    country: KEN\n", r":2: '...' is no name"),
        (
            "organisations:\n  - {name: Uhuru Front, acronyms: [UF], country: KEN}\n",
            r":2: unknown key 'acronyms' \(did you mean 'acronym'\?\)",
        ),
        ("countries:\n  - {code: ZZZ, adjectives: [Zedlander]}\n", r":2: ZZZ is a new country: it needs a name"),
        ("countries:\n  - {code: zed, name: Zedland}\n", r":2: code 'zed': allowed: three capital letters"),
        ("countries:\n  - {code: ZZZ, name: Zedland, people: [Zedlanders]}\n", r":2: people: 'Zedlanders': write one"),
        ("countries:\n  - {code: ZZZ, name: Zedland, state: XXX}\n", r":2: country 'XXX'"),
        ("remove:\n  - Quentin Abernathy\n", r":2: remove: no shipped person or organisation has the name"),
        ("remove:\n  - {name: Kenya, kind: nation}\n", r":2: kind 'nation'.*allowed: person, organisation, country"),
        (
            "remove:\n  - {name: Kenyan, kind: demonym, country: UGA}\n",
            r":2: remove: no shipped demonym of UGA has the name",
        ),
        ("remove:\n  - {name: Congolese, kind: demonym, country: UGA}\n", r":2: remove: no shipped demonym of UGA"),
        ("remove: Kenya\n", r":1: 'remove' must be a list"),
        ("persons:\n  - name: A\n   x: [\n", r":3: not valid YAML"),
    ],
)
def test_every_mistake_is_named_with_file_and_line(mine, text, expected):
    with pytest.raises(DataError, match=r"mine\.yaml" + expected):
        load_world([mine(text)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a table\np\tAnn Kamau\n", r":2: expected 3 columns \(by hand\) or 5 \(built\), found 2"),
        ("x\tAnn Kamau\tannkamau\tkamau\tKEN/GOV///\n", r":1: kind 'x'; allowed: p, o"),
        ("p\tAnn Kamau\tannkamau\tkamau\tKEN/GOV\n", r":1: a spell is country/sector/office/start/end, found 2 parts"),
        ("p\tAnn Kamau\tannkamau\tkamau\tKEN/GVO///\n", r":1: sector 'GVO'"),
        ("p\tAnn Kamau\tannkamau\tkamau\tKEN/GOV//2020/\n", r":1: '2020' is no date"),
        ("p\tAnn Kamau\tannkamau\tkamau\tKNE/GOV///\n", r":1: country 'KNE'"),
    ],
)
def test_every_mistake_in_a_table_is_named_too(mine, text, expected):
    with pytest.raises(DataError, match=r"mine\.tsv" + expected):
        load_world([mine(text, "mine.tsv")])


def test_a_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"mine\.csv: a world file is \.yaml"):
        load_world([tmp_path / "mine.csv"])
    for name in ("mine.yaml", "mine.tsv"):
        with pytest.raises(DataError, match="cannot be read"):
            load_world([tmp_path / name])


def test_a_built_table_replaces_persons_but_no_organisation_written_by_hand(mine):
    table = mine(
        "p\tMark Rutte\tmarkrute\trute\tIGO//secretary-general of NATO/2024-10-01/2026-01-01\tQ57792\n"
        "o\tTaliban\ttaliban\t\tAFG/UAF///\tQ42418\n",
        "mine.tsv",
    )
    world = load_world([table])
    rutte = one(world, "Mark Rutte", "2026-06-01")
    assert (rutte.status, rutte.id, rutte.where) == ("former", "Q57792", f"{table}:1")
    assert one(world, "Taliban", "2010-01-01").sector == "REB"
    by_hand = mine("persons:\n  - {name: Mark Rutte, country: IGO}\n", "later.yaml")
    assert one(load_world([table, by_hand]), "Mark Rutte", "2026-06-01").status == "undated"


TEXT = (
    "LA PAZ, May 3 (AFP) -- Aurelio Bastidas met Somaliland officials on Monday. "
    "The Free Lowlands Front attacked a police post, Radio Thar reported."
)


def test_a_story_is_coded_with_the_file_and_its_rows_name_the_line():
    coder = Coder(world=[EXAMPLE])
    meet, attack = coder.code(TEXT, published="2022-05-03").events
    minister = next(a for a in meet.actors if a.name == "Aurelio Bastidas")
    assert (minister.country, minister.sector, minister.office) == ("BOL", "GOV", "mining minister")
    assert {"SOL"} <= {a.country for a in (*meet.actors, *meet.recipients)}
    assert [(a.country, a.sector) for a in attack.actors] == [("COL", "REB")]
    assert f"rule world/{EXAMPLE}:9   {EXAMPLE}:9" in meet.explain()
    plain = Coder().code(TEXT, published="2022-05-03").events
    assert not any(a.country == "BOL" for a in plain[0].actors)


def test_workers_carry_the_files():
    coder = Coder(world=EXAMPLE)
    assert pickle.loads(pickle.dumps(coder.settings)).world == (str(EXAMPLE),)
    story = {"text": TEXT, "published": "2022-05-03", "id": "s"}
    alone, pooled = ([r.records for r in coder.code_many([story], workers=n)] for n in (1, 2))
    assert alone == pooled
    assert [a["country"] for a in alone[0][1]["actors"]] == ["COL"]


def test_a_wrong_file_stops_the_command_before_the_first_story(mine):
    path = mine("persons:\n  - {name: Ann Kamau, country: KEN, sector: GVO}\n")
    got = CliRunner().invoke(main, ["code", str(ROOT / "examples" / "stories"), "--world", str(path)])
    assert (got.exit_code, got.stdout) == (2, "")
    assert f"{path}:2: sector 'GVO'" in got.stderr


def test_the_command_codes_with_the_file(tmp_path):
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    got = CliRunner().invoke(
        main, ["code", str(story), "--published", "2022-05-03", "--world", str(EXAMPLE), "--format", "jsonl"]
    )
    rows = [json.loads(line) for line in got.stdout.splitlines()]
    assert [a["country"] for a in rows[1]["actors"]] == ["COL"]
    assert f"world/{EXAMPLE}:23" in rows[1]["rules"]
