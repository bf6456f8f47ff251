"""Made-up wire stories, the same for the same seed: for measuring, not for judging quality."""

from __future__ import annotations

import random
from collections.abc import Iterator

PLACES = (
    ("OSLO", "Norway", "Norwegian", "NTB"), ("ACCRA", "Ghana", "Ghanaian", "GNA"), ("LIMA", "Peru", "Peruvian", "AFP"),
    ("HANOI", "Vietnam", "Vietnamese", "VNA"), ("DHAKA", "Bangladesh", "Bangladeshi", "Reuters"),
    ("SEOUL", "South Korea", "South Korean", "Yonhap"), ("RABAT", "Morocco", "Moroccan", "MAP"),
    ("TBILISI", "Georgia", "Georgian", "AP"), ("LUSAKA", "Zambia", "Zambian", "Xinhua"),
)  # fmt: skip
NAMES = ("Ada Lindqvist", "Tomas Reyes", "Minh Tran", "Grace Mensah", "Omar Haddad", "Nino Beridze", "Joon Park")
OFFICES = ("foreign minister", "president", "defense minister", "prime minister", "interior minister")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SENTENCES = (
    "{a_adj} {office} {name} met {b_adj} officials in {b_city} on {day} to discuss border security, a spokesman said.",
    "{a} accused {b} of shelling two villages near the frontier, killing {n} people.",
    "Police in {a_city} arrested {n} protesters on {day} after clashes outside parliament, state television reported.",
    "{b}'s government denied that its troops had crossed the border, and called on {a} to withdraw its forces.",
    "{name}, the {a_adj} {office}, will travel to {b_city} next week to sign a trade agreement.",
    '"We will respond to any attack," {name} told reporters in {a_city}.',
    "The two countries have been at odds since {year}, when a treaty on fishing rights collapsed.",
    "The United Nations urged both sides to return to talks and offered {n} million dollars in aid.",
    "Thousands of people marched through {a_city} on {day} to demand the release of opposition leaders.",
    "Analysts said the dispute could hurt exports of copper, which make up a third of {a}'s earnings.",
)


def stories(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """``count`` stories of 5 to 25 sentences in paragraphs of one to three."""
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")
        a, b = rng.sample(PLACES, 2)
        words = {
            "a": a[1], "b": b[1], "a_adj": a[2], "b_adj": b[2], "a_city": a[0].title(), "b_city": b[0].title(),
        }  # fmt: skip
        month, date = rng.choice(("March", "June", "Oct.")), rng.randint(1, 28)
        text = f"{a[0]}, {month} {date} ({a[3]}) -- "
        for _ in range(rng.randint(5, 25)):
            text += rng.choice(SENTENCES).format(
                **words,
                name=rng.choice(NAMES),
                office=rng.choice(OFFICES),
                day=rng.choice(DAYS),
                n=rng.randint(2, 60),
                year=rng.randint(1990, 2015),
            )
            text += "\n\n" if rng.random() < 0.5 else " "
        yield {"id": f"g{number}", "text": text.strip(), "published": f"2019-{rng.randint(1, 12):02d}-{date:02d}"}
