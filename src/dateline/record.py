"""The published row: one coded event as plain values, and the schemas derived from its class.

The field names are a promise: fields may be added, none renamed or removed within a schema version. What is not
known is None (or an empty list). Spans are ``[start, end)`` in code points of the story's text as received.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from dateline.model import Actor, Event, EventClaim, Magnitude, Parse, Place, Source, Span, Story, When

SCHEMA = 1
LONGEST_TRIGGER = 60  # characters of one stretch that may name an event


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """The words that name the event."""

    text: Annotated[str, "the words that name the event at its first mention"]
    span: Annotated[list[int], "from the first to the last of these words"]


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """The sentence of the first mention."""

    index: Annotated[int, "number of the sentence in the story, from 0"]
    span: Annotated[list[int], "the whole sentence"]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One party of the event."""

    text: Annotated[str, "the phrase as printed"]
    span: Annotated[list[int], "the phrase"]
    name: Annotated[str | None, "the fullest name the story gives, null for a common noun"]
    entity: Annotated[str | None, "id in the world tables: Dateline's, or those given with --world"]
    country: Annotated[str | None, "ISO 3166-1 alpha-3, or UNO EUR IGO NGO MNC IMG ISM KOS PSE"]
    sector: Annotated[str | None, "PLOVER sector: GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL …"]
    other_sectors: Annotated[list[str], "further sectors that fit"]
    office: Annotated[str | None, "office held, in the words of the role tables"]
    basis: Annotated[
        str | None, "how country and sector are known: title in text, capital for government, coreference …"
    ]


@dataclass(frozen=True, slots=True)
class DateRow:
    """When it happened, or is to happen."""

    start: Annotated[dt.date, "first day of the interval"]
    end: Annotated[dt.date, "last day of the interval"]
    grain: Annotated[str, "how exact the story is: time day week month season year …"]
    basis: Annotated[
        str, "stated (a time expression of this event), speech (the day its speaker spoke), dateline or published"
    ]
    text: Annotated[str | None, "the time expression as printed"]
    span: Annotated[list[int] | None, "the time expression"]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where it happened."""

    text: Annotated[str, "the place as printed"]
    span: Annotated[list[int], "the place name"]
    name: Annotated[str, "name in the gazetteer, or the words where the place has no name"]
    country: Annotated[str | None, "ISO 3166-1 alpha-3"]
    admin1: Annotated[str | None, "first-level division"]
    lat: Annotated[float | None, "latitude, degrees north"]
    lon: Annotated[float | None, "longitude, degrees east"]
    geonameid: Annotated[int | None, "id in GeoNames"]
    precision: Annotated[str | None, "facility city district province country region sea"]
    basis: Annotated[str | None, "stated, recipient, or context where other words say the country"]


@dataclass(frozen=True, slots=True)
class CountRow:
    """A number bound to the event."""

    low: Annotated[int, "lowest number that the words allow"]
    high: Annotated[int, "highest number that the words allow"]
    text: Annotated[str, "the number as printed"]
    span: Annotated[list[int], "the number"]
    bound: Annotated[str | None, "at least, at most or about, where the words say so"]


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One number told of the event."""

    kind: Annotated[str, "dead injured arrested displaced crowd money"]
    low: Annotated[int, "lowest number that the words allow"]
    high: Annotated[int, "highest number that the words allow"]
    text: Annotated[str, "the number as printed"]
    span: Annotated[list[int], "the number"]
    bound: Annotated[str | None, "at least, at most or about, where the words say so"]
    source: Annotated[str | None, "who gives the number"]


@dataclass(frozen=True, slots=True)
class MagnitudeRow:
    """How many, how much: of each kind the first number told; ``told`` has them all."""

    dead: Annotated[CountRow | None, "people killed"]
    injured: Annotated[CountRow | None, "people injured"]
    arrested: Annotated[CountRow | None, "people arrested or detained"]
    displaced: Annotated[CountRow | None, "people driven from their homes"]
    crowd: Annotated[CountRow | None, "people taking part"]
    money: Annotated[CountRow | None, "amount of money, in the currency of its text"]
    told: Annotated[list[ToldRow], "every number told of the event, with who gives it"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One link of the chain of sources."""

    text: Annotated[str, "the source as printed"]
    span: Annotated[list[int], "the source"]
    name: Annotated[str | None, "its fullest name"]
    kind: Annotated[str, "official military police court party armed group media organisation expert witness … other"]
    country: Annotated[str | None, "ISO 3166-1 alpha-3 or an organisation code"]
    cue: Annotated[str | None, "the reporting word"]
    quoted: Annotated[bool, "whether the content stands in quotation marks"]


@dataclass(frozen=True, slots=True)
class ContextRow:
    """One piece of evidence of a context."""

    context: Annotated[str, "the context that it speaks for"]
    text: Annotated[str, "the words that say so: in the event's sentences, or a party of a telling sector"]
    span: Annotated[list[int], "these words"]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What one claimant says of the event."""

    text: Annotated[str | None, "the claimant as printed, null where nobody is named (reportedly)"]
    span: Annotated[list[int] | None, "the claimant"]
    name: Annotated[str | None, "the fullest name, or the noun for which a pronoun stands"]
    kind: Annotated[str, "as in attribution; anonymous where nobody is named"]
    country: Annotated[str | None, "ISO 3166-1 alpha-3 or an organisation code"]
    sector: Annotated[str | None, "PLOVER sector"]
    stance: Annotated[
        str, "asserted alleged denied planned hypothetical negated; reported: passes on what another claimant says"
    ]
    cue: Annotated[str | None, "the words that say so, as printed"]
    cue_span: Annotated[list[int] | None, "these words"]
    quoted: Annotated[bool, "whether the content stands in quotation marks"]
    via: Annotated[
        int | None, "place in this list, from 0, of the claimant who passes this claim on; null: the story does"
    ]


@dataclass(frozen=True, slots=True)
class Record:
    """One coded event, as ``dateline code`` writes it."""

    id: Annotated[str, "stable id: story and trigger, not the code"]
    story_id: Annotated[str, "id of the story"]
    happening_id: Annotated[str | None, "id of the happening that several stories report, null before linking"]
    schema: Annotated[int, "version of this schema"]
    codebook: Annotated[str, "codebook and its version"]
    type: Annotated[str, "event type of the codebook"]
    mode: Annotated[list[str], "modes of the type"]
    context: Annotated[list[str], "contexts: military, economic, diplomatic …"]
    quad: Annotated[
        str | None,
        "verbal cooperation, material cooperation, verbal conflict or material conflict; null in a codebook without quads",
    ]
    score: Annotated[float | None, "conflict to cooperation, -10 to 10; null in a codebook without scores"]
    trigger: Annotated[TriggerRow, "the words that name the event"]
    sentence: Annotated[SentenceRow, "where its first mention stands"]
    actors: Annotated[list[ActorRow], "who initiates; for joint events everybody"]
    recipients: Annotated[list[ActorRow], "to whom"]
    date: Annotated[DateRow | None, "when it happened or is to happen, null when the story does not say"]
    place: Annotated[PlaceRow | None, "where, null when the story does not say"]
    magnitude: Annotated[MagnitudeRow, "numbers bound to the event"]
    factuality: Annotated[str, "asserted alleged denied planned hypothetical negated"]
    factuality_cues: Annotated[list[str], "the words that decided it"]
    attribution: Annotated[list[SourceRow], "according to whom, nearest source first; empty: the reporter's own voice"]
    background: Annotated[bool, "older history or context rather than the news of the day"]
    in_: Annotated[str, "headline, body or caption"]
    confidence: Annotated[float, "probability that type, actors and recipients are right"]
    rules: Annotated[list[str], "ids of every rule or model version that contributed"]
    context_evidence: Annotated[list[ContextRow], "why it has its contexts: at least one for each"]
    claims: Annotated[list[ClaimRow], "who says what of it, at any mention, in text order: each claimant once a stance"]

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON-ready values, in the published order of keys."""
        row = _plain(self)
        assert isinstance(row, dict)
        return row


def to_record(event: Event, story: Story, parse: Parse, codebook: str) -> Record:
    """The published row of an event; ``codebook`` is its name and version, ``plover@1``."""
    hull = trigger_span(event, parse)
    sentence = parse.sentences[event.sentence]
    return Record(
        id=event.id,
        story_id=story.id,
        happening_id=None,
        schema=SCHEMA,
        codebook=codebook,
        type=event.type,
        mode=list(event.modes),
        context=list(event.contexts),
        quad=event.quad,
        score=event.score,
        trigger=TriggerRow(text=story.text[hull.start : hull.end], span=list(hull)),
        sentence=SentenceRow(index=event.sentence, span=list(sentence.span)),
        actors=[_actor(a) for a in event.actors],
        recipients=[_actor(a) for a in event.recipients],
        date=_date(event.when),
        place=_place(event.place, event.place_basis),
        magnitude=_magnitude(event, story),
        factuality=event.factuality.stance,
        factuality_cues=[c.text for c in event.factuality.cues],
        attribution=[_source(s) for s in event.attribution],
        background=event.background,
        in_=event.region,
        confidence=round(event.confidence, 4),
        rules=list(event.rules),
        context_evidence=[ContextRow(c.context, c.text, list(c.span)) for c in event.context_evidence],
        claims=[claim_row(c) for c in event.claims],
    )


def trigger_span(event: Event, parse: Parse) -> Span:
    """From the first to the last of the words that name an event; its head alone when they stand far apart."""
    hull = Span(event.trigger[0].start, max(s.end for s in event.trigger))
    if hull.end - hull.start <= LONGEST_TRIGGER:
        return hull
    head = parse.sentences[event.sentence].tokens[event.head]  # a light verb far from its noun: the noun names it
    return Span(head.start, head.end)


def story_record(story: Story) -> dict[str, Any]:
    """The row of a story, as ``dateline read`` writes it."""
    line, mark = story.dateline, story.revision
    return {
        "id": story.id,
        "source": story.source,
        "agency": story.agency,
        "headline": story.headline,
        "dateline": None
        if line is None
        else {
            "text": line.text,
            "span": list(line.span),
            "place": line.place,
            "country": line.country,
            "date": _iso(line.date),
        },
        "published": _iso(story.published),
        "byline": story.byline,
        "contact": story.contact,
        "revision": None if mark is None else {"text": mark.text, "kind": mark.kind, "number": mark.number},
        "captions": [
            {"text": c.text, "span": list(c.span), "date": _iso(c.date), "credit": c.credit, "rights": c.rights}
            for c in story.captions
        ],
        "rights": story.rights,
        "language": story.language,
        "notes": list(story.notes),
        "text": story.text,
    }


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the row, derived from :class:`Record`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Dateline event record, schema {SCHEMA}",
        **_json_type(Record),
    }


def arrow_schema() -> Any:
    """The ``pyarrow.Schema`` of the row, derived from :class:`Record`; field help is stored as metadata."""
    import pyarrow as pa

    fields = []
    for name, hint, text in _fields(Record):
        kind, nullable = _unwrap(hint)
        fields.append(pa.field(name, _arrow_type(kind), nullable=nullable, metadata={"help": text}))
    return pa.schema(fields, metadata={"dateline.schema": str(SCHEMA)})


def arrow_rows(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """JSON-ready rows with their dates as dates, as the Arrow schema wants them."""
    out = []
    for row in records:
        date = row["date"]
        if date is not None:
            date = {**date, "start": dt.date.fromisoformat(date["start"]), "end": dt.date.fromisoformat(date["end"])}
        out.append({**row, "date": date})
    return out


def field_help() -> Iterator[tuple[str, str, str]]:
    """Every field of the row: dotted name, type in words, help."""
    yield from _help(Record, "")


# --- from nouns to rows ------------------------------------------------------------------------------------------


def _actor(a: Actor) -> ActorRow:
    return ActorRow(
        text=a.text,
        span=list(a.span),
        name=a.name,
        entity=a.entity,
        country=a.country,
        sector=a.sector,
        other_sectors=list(a.other_sectors),
        office=a.office,
        basis=a.basis,
    )


def _date(when: When | None) -> DateRow | None:
    if when is None:
        return None
    span = None if when.span is None else list(when.span)
    return DateRow(start=when.start, end=when.end, grain=when.grain, basis=when.basis, text=when.text, span=span)


def _place(place: Place | None, basis: str | None) -> PlaceRow | None:
    if place is None:
        return None
    return PlaceRow(
        text=place.text,
        span=list(place.span),
        name=place.name,
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        geonameid=place.geonameid,
        precision=place.precision,
        basis=basis,
    )


def _magnitude(event: Event, story: Story) -> MagnitudeRow:
    counts = {f.name: _count(event.magnitudes.get(f.name), story) for f in dataclasses.fields(MagnitudeRow)}
    told = [
        ToldRow(
            kind=kind,
            low=m.low,
            high=m.high,
            text=story.text[m.span.start : m.span.end],
            span=list(m.span),
            bound=m.bound,
            source=m.source,
        )
        for kind, m in event.counts
    ]
    return MagnitudeRow(**{**counts, "told": told})  # type: ignore[arg-type]


def _count(m: Magnitude | None, story: Story) -> CountRow | None:
    """The words are those of the story, not of the tokens: "$1,200"."""
    return (
        None
        if m is None
        else CountRow(
            low=m.low,
            high=m.high,
            text=story.text[m.span.start : m.span.end],
            span=list(m.span),
            bound=m.bound,
        )
    )


def _source(s: Source) -> SourceRow:
    return SourceRow(
        text=s.text, span=list(s.span), name=s.name, kind=s.kind, country=s.country, cue=s.cue, quoted=s.quoted
    )


def claim_row(c: EventClaim) -> ClaimRow:
    """The published form of a claim."""
    return ClaimRow(
        text=c.text,
        span=None if c.span is None else list(c.span),
        name=c.name,
        kind=c.kind,
        country=c.actor.country if c.actor is not None else None,
        sector=c.actor.sector if c.actor is not None else None,
        stance=c.stance,
        cue=c.cue,
        cue_span=None if c.cue_span is None else list(c.cue_span),
        quoted=c.quoted,
        via=c.via,
    )


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name.rstrip("_"): _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


# --- from the class to its schemas -------------------------------------------------------------------------------


def _fields(row: Any) -> Iterator[tuple[str, Any, str]]:
    """Published name, type and help of the fields of a row class; ``in_`` is published as ``in``."""
    for name, hint in get_type_hints(row, include_extras=True).items():
        kind, text = get_args(hint)
        yield name.rstrip("_"), kind, text


def _unwrap(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not type(None)]
        return rest[0], True
    return hint, False


_JSON = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    dt.date: {"type": "string", "format": "date"},
}


def _json_type(hint: Any) -> dict[str, Any]:
    kind, nullable = _unwrap(hint)
    if nullable:
        return {"anyOf": [_json_type(kind), {"type": "null"}]}
    if get_origin(kind) is list:
        return {"type": "array", "items": _json_type(get_args(kind)[0])}
    if dataclasses.is_dataclass(kind):
        rows = list(_fields(kind))
        properties = {name: {**_json_type(hint), "description": text} for name, hint, text in rows}
        return {"type": "object", "properties": properties, "required": [name for name, _, _ in rows]}
    return dict(_JSON[kind])


def _arrow_type(hint: Any) -> Any:
    import pyarrow as pa

    simple = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32()}
    if get_origin(hint) is list:
        return pa.list_(_arrow_type(get_args(hint)[0]))
    if dataclasses.is_dataclass(hint):
        fields = []
        for name, inner, _ in _fields(hint):
            kind, nullable = _unwrap(inner)
            fields.append(pa.field(name, _arrow_type(kind), nullable=nullable))
        return pa.struct(fields)
    return simple[hint]


_WORDS = {str: "text", int: "integer", float: "number", bool: "true or false", dt.date: "date"}


def _help(row: type, prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, hint, text in _fields(row):
        kind, nullable = _unwrap(hint)
        many = get_origin(kind) is list
        inner = get_args(kind)[0] if many else kind
        nested = dataclasses.is_dataclass(inner)
        word = "object" if nested else "span" if name.endswith("span") else _WORDS[inner]
        plural = word if word == "span" else f"list of {word}s" if many else word
        yield prefix + name, plural + (" or null" if nullable else ""), text
        if nested:
            yield from _help(inner, f"{prefix}{name}{'[]' if many else ''}.")
