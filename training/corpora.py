"""Read the corpora into training examples: one sentence each, with the layers that its corpus annotates.

A layer that a corpus does not annotate is None, and the loss leaves it out. Entity tags use one label set (PER ORG
LOC NORP); each reader maps and cleans its corpus. A tag of ``None`` inside a layer is left out of the loss too.
"""

from __future__ import annotations

import collections
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import conllu

from dateline.parse.base import data_folder
from dateline.parse.sentences import sentence_starts
from dateline.parse.tokens import Tokenizer, read_token_rules
from dateline.rules import yamlfile

Span = tuple[int, int, str]

LISTS = yamlfile.load(Path(__file__).with_name("words.yaml"))
TITLES = frozenset(map(str, LISTS.texts("titles")))
PERSON_TITLES = frozenset(map(str, LISTS.texts("person_titles")))
PARTICLES = frozenset(map(str, LISTS.texts("particles")))
GROUPS = frozenset(map(str, LISTS.texts("groups")))
PLACES = frozenset(map(str, LISTS.texts("places")))
BODIES = frozenset(map(str, LISTS.texts("bodies")))
_LEAD = frozenset(map(str, LISTS.texts("lead")))
_INSIDE = frozenset(map(str, LISTS.texts("inside")))
_PRONOUNS = frozenset(map(str, LISTS.texts("pronouns")))
_LINK = frozenset(map(str, LISTS.texts("link")))
_COMPASS = frozenset(map(str, LISTS.texts("compass")))


@dataclass
class Example:
    """One sentence; ``ner`` holds BIO tags or None per word, ``silver`` marks machine-made entity tags."""

    source: str
    words: list[str]
    upos: list[str] | None = None
    xpos: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    ner: list[str | None] | None = None
    silver: bool = False
    spans: list[Span] = field(default_factory=list)


def bio(size: int, spans: list[Span]) -> list[str | None]:
    tags: list[str | None] = ["O"] * size
    for first, last, label in spans:
        for k in range(first, last):
            tags[k] = ("B-" if k == first else "I-") + label
    return tags


def spans_of(tags: list[str]) -> list[Span]:
    out, first, label = [], -1, ""
    for k, tag in enumerate([*tags, "O"]):
        if first >= 0 and not (tag[0] == "I" and tag[2:] == label):
            out.append((first, k, label))
            first = -1
        if tag != "O" and first < 0:
            first, label = k, tag[2:]
    return out


def columns(path: Path, sep: str | None = "\t") -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# "):
            continue
        if line.strip():
            rows.append(line.rstrip("\r").split(sep))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


class Reader:
    """All corpora under one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.rules = read_token_rules(data_folder() / "language" / "en" / "tokens.yaml")
        self.tokenizer = Tokenizer(self.rules)
        self.demonyms, self.countries = self._world()

    def _world(self) -> tuple[frozenset[str], frozenset[str]]:
        demonyms, countries = set(GROUPS), set(PLACES)
        with (self.data / "world" / "factbook-countries.jsonl").open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                countries.update(
                    n for n in (row["name"], row["long"], row["abbr"]) if n and n[0].isupper() and len(n) > 2
                )
                for part in re.split(r"[;,]| or ", f"{row.get('noun') or ''};{row.get('adj') or ''}"):
                    part = part.strip()
                    plural = re.fullmatch(r"(\w+)\((\w+)\)", part)
                    if plural:
                        demonyms.update((plural[1], plural[1] + plural[2]))
                    elif re.fullmatch(r"[A-Z]\w+", part):
                        demonyms.add(part)
        return frozenset(demonyms - countries - {"None"}), frozenset(countries)

    # --- syntax -------------------------------------------------------------------------------------------------

    def syntax(self, split: str) -> list[Example]:
        out = [self._tree("ewt", sent) for sent in conllu.read(self.data / "syntax" / f"en_ewt-ud-{split}.conllu")]
        for sent in conllu.read(self.data / "syntax" / f"gum-open-{split}.conllu"):
            example = self._tree("gum", sent)
            example.spans = self._gum_names(sent)
            example.ner = bio(len(example.words), example.spans)
            self._mark_groups(example.words, example.ner)
            out.append(example)
        return out

    def _tree(self, source: str, sent: conllu.Sent) -> Example:
        words = sent.words
        return Example(
            source,
            [w.form for w in words],
            [w.upos for w in words],
            [w.xpos for w in words],
            [w.head for w in words],
            [w.dep if w.head else "root" for w in words],
        )

    def _gum_names(self, sent: conllu.Sent) -> list[Span]:
        """Named mentions of GUM (proper head; person, organization, place), cut down to the name."""
        labels = {"person": "PER", "organization": "ORG", "place": "LOC"}
        open_spans: dict[str, list[tuple[int, str, str]]] = collections.defaultdict(list)
        mentions = []
        for k, word in enumerate(sent.words):
            match = re.search(r"(?:^|\|)Entity=([^|]+)", word.misc)
            if not match:
                continue
            for part in re.finditer(r"(\()([^()]*)(\))?|([^()]+)\)", match.group(1)):
                if part.group(1):
                    fields = part.group(2).split("-")
                    kind = fields[1] if len(fields) > 1 else ""
                    identity = "-".join(fields[7:])
                    if part.group(3):
                        mentions.append((k, k + 1, kind, identity))
                    else:
                        open_spans[fields[0]].append((k, kind, identity))
                else:
                    group = part.group(4).split("-")[0]
                    if open_spans[group]:
                        first, kind, identity = open_spans[group].pop()
                        mentions.append((first, k + 1, kind, identity))
        found = set()
        for first, last, kind, identity in mentions:
            if kind in labels:
                name = _name_in(sent.words, first, last, kind, identity)
                if name and not (kind == "person" and name[1] - name[0] == 1 and sent.words[name[0]].xpos == "NNPS"):
                    found.add((*name, labels[kind]))
        used: set[int] = set()
        out = []
        for first, last, label in sorted(found, key=lambda s: (-(s[1] - s[0]), s[0], s[2])):
            if used.isdisjoint(range(first, last)):
                out.append((first, last, label))
                used.update(range(first, last))
        return out

    def _mark_groups(self, words: list[str], tags: list[str | None]) -> None:
        """Tag demonyms and faiths outside other names as NORP (for corpora that do not annotate them)."""
        for k, word in enumerate(words):
            if tags[k] == "O" and word in self.demonyms:
                tags[k] = "B-NORP"
        for k in range(1, len(words)):
            if tags[k] != "B-NORP" or words[k] not in self.demonyms:
                continue
            before, tag = words[k - 1], tags[k - 1]
            alone = tag in ("O", None) or (tag in ("B-LOC", "B-ORG") and (k < 2 or tags[k - 2] in ("O", None)))
            if (before in _COMPASS and alone) or (before in self.demonyms and tag == "B-NORP"):
                tags[k - 1], tags[k] = "B-NORP", "I-NORP"  # "South African", "Sunni Arab"

    # --- names --------------------------------------------------------------------------------------------------

    def divided(self, rows: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
        """Divide the words of a corpus as our tokenizer does; the tag of a word goes to its pieces."""
        words, tags = [], []
        for word, tag in rows:
            pieces = self.tokenizer(word) or [(0, len(word))]
            for n, (a, b) in enumerate(pieces):
                words.append(word[a:b])
                tags.append(tag if n == 0 or tag == "O" else "I-" + tag[2:])
        return words, tags

    def uner(self) -> list[Example]:
        out = []
        for rows in columns(self.data / "entities" / "en_ewt-ud-dev.iob2"):
            words = [row[1] for row in rows]
            spans = [s for s in spans_of([row[2] for row in rows]) if s[2] in ("PER", "ORG", "LOC")]
            tags = bio(len(words), spans)
            self._mark_groups(words, tags)
            out.append(Example("uner", words, ner=tags, spans=spans))
        return out

    def wikigold(self) -> list[Example]:
        out = []
        for rows in columns(self.data / "entities" / "wikigold" / "data" / "wikigold.conll.txt", None):
            if rows[0][0] == "-DOCSTART-":
                continue
            words, tags = self.divided([(row[0], row[1]) for row in rows if len(row) > 1])
            out.append(
                self._named("wikigold", words, spans_of(tags), {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}, {"MISC"})
            )
        return out

    def crossner(self) -> list[Example]:
        mapping = {
            "person": "PER", "politician": "PER", "scientist": "PER", "organisation": "ORG", "politicalparty": "ORG",
            "university": "ORG", "location": "LOC", "country": "LOC",
        }  # fmt: skip
        out = []
        for domain in ("politics", "science"):
            for split in ("train", "dev", "test"):
                for rows in columns(self.data / "entities" / "crossner" / domain / f"{split}.txt"):
                    words, tags = self.divided([(row[0], row[1]) for row in rows if len(row) > 1])
                    out.append(self._named("crossner", words, spans_of(tags), mapping, {"misc", "election", "event"}))
        return out

    def _named(
        self, source: str, words: list[str], found: list[Span], mapping: dict[str, str], unknown: set[str]
    ) -> Example:
        spans = []
        for a, b, label in found:
            if label in mapping:
                while mapping[label] == "PER" and a < b - 1 and words[a] in TITLES:
                    a += 1  # "Lt. Gen." is no part of the name
                spans.append((a, b, mapping[label]))
        tags = bio(len(words), spans)
        self._mark_groups(words, tags)
        for a, b, label in found:
            if label in unknown:
                for k in range(a, b):
                    if tags[k] == "O":
                        tags[k] = None
        return Example(source, words, ner=tags, spans=spans)

    def re3d(self) -> list[Example]:
        labels = {"Organisation": "ORG", "Person": "PER", "Location": "LOC", "Nationality": "NORP"}
        out = []
        for folder in ("CENTCOM", "UK Government", "US State Department"):
            base = self.data / "entities" / "re3d" / folder
            docs = [
                json.loads(line)
                for line in (base / "documents.json").read_text(encoding="utf-8").splitlines()
                if line.strip()
            ]
            entities = collections.defaultdict(list)
            for line in (base / "entities.json").read_text(encoding="utf-8").splitlines():
                if line.strip():
                    row = json.loads(line)
                    if row["type"] in labels:
                        entities[row["documentId"]].append((row["begin"], row["end"], labels[row["type"]]))
            for doc in docs:
                text = doc["text"]
                for start, end in _lines(text):
                    pieces = self.tokenizer(text, start, end)
                    starts = [*sentence_starts(text, pieces, self.rules), len(pieces)]
                    for first, last in pairwise(starts):
                        part = pieces[first:last]
                        words = [text[a:b] for a, b in part]
                        spans = self._re3d_spans(words, part, entities[doc["_id"]])
                        tags = bio(len(words), spans)
                        self._mark_groups(words, tags)
                        out.append(Example("re3d", words, ner=tags, spans=spans))
        return out

    def _re3d_spans(
        self, words: list[str], pieces: list[tuple[int, int]], entities: list[tuple[int, int, str]]
    ) -> list[Span]:
        out: list[Span] = []
        used: set[int] = set()
        for begin, end, label in sorted(entities, key=lambda e: (e[0] - e[1], e[0])):
            inside = [k for k, (a, b) in enumerate(pieces) if begin <= a and b <= end]
            if not inside:
                continue
            first, last = inside[0], inside[-1] + 1
            while first < last and words[first].lower() in _LEAD:
                first += 1
            while last > first and words[last - 1] in ("'s", "’s", "'", '"', ")", "s", "."):
                last -= 1
            letters = [w for w in words[first:last] if w[0].isalpha()]
            small = [w for w in letters if w[0].islower() and w.lower() not in _INSIDE]
            if not letters or small or not any(w[0].isupper() for w in letters):
                continue
            if last - first == 1 and words[first].lower() in _PRONOUNS:
                continue
            text = " ".join(words[first:last])
            if text in self.countries:
                label = "LOC"
            if text in self.demonyms:
                label = "NORP"
            if label == "PER":
                titles = [k for k in range(first, last - 1) if words[k] in TITLES]
                first = titles[-1] + 1 if titles else first
                if all(w in TITLES for w in words[first:last]) or not words[first][0].isupper():
                    continue
            if used.isdisjoint(range(first, last)):
                out.append((first, last, label))
                used.update(range(first, last))
        return out

    def gmb(self, held_out: float = 0.02) -> tuple[list[Example], list[Example]]:
        """GMB's VOA newswire (silver), cleaned; the second list is held out for a look at progress."""
        labels = {"geo": "LOC", "gpe": "LOC", "org": "ORG", "per": "PER"}
        sents = []
        for rows in columns(self.data / "entities" / "gmb" / "gmb-voa.conll"):
            words, tags = self.divided([(row[0], row[2]) for row in rows if len(row) > 2])
            spans = [(a, b, labels[label]) for a, b, label in spans_of(tags) if label in labels]
            sents.append((words, [s for s in (self._gmb_span(words, span) for span in spans) if s]))
        votes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
        for words, spans in sents:
            for a, b, label in spans:
                votes[" ".join(words[a:b])][label] += 1
        fixed = {name: self._verdict(name, count) for name, count in votes.items()}
        known = {
            name
            for name, count in votes.items()
            if " " not in name and sum(count.values()) >= 8 and name not in self.demonyms and len(name) > 2
        }
        rng = random.Random(7)
        train, held = [], []
        for words, spans in sents:
            final: list[Span] = []
            for a, b, label in spans:
                name = " ".join(words[a:b])
                after_title = a > 0 and words[a - 1] in PERSON_TITLES
                final.append((a, b, "PER" if after_title else fixed[name] or label))
            tags = bio(len(words), final)
            self._mark_groups(words, tags)
            for k, word in enumerate(words):
                if tags[k] == "O" and (word in known or (k and words[k - 1] in PERSON_TITLES and word[0].isupper())):
                    tags[k] = None
                if tags[k] in ("O", None) and word in self.countries:
                    tags[k] = "B-LOC"
            example = Example("gmb", words, ner=tags, silver=True, spans=[s for s in final if s[2] != "NORP"])
            (held if rng.random() < held_out else train).append(example)
        return train, held

    def _gmb_span(self, words: list[str], span: Span) -> Span | None:
        first, last, label = span
        while first < last - 1 and words[first][0].islower() and words[first].lower() not in PARTICLES:
            first += 1  # "southern Afghanistan"
        if label == "PER" or words[first] in ("Mr.", "Ms.", "Mrs.", "President"):
            while first < last and words[first] in TITLES:
                first += 1
            label = "PER"
        if words[first : first + 1] == ["The"]:
            first += 1
        while last > first and words[last - 1] in ("'s", "'", "-", ",", '"', "(", ")"):
            last -= 1
        if first >= last or (words[first][0].islower() and words[first].lower() not in PARTICLES):
            return None
        return first, last, label

    def _verdict(self, name: str, count: collections.Counter[str]) -> str | None:
        if name in self.countries:
            return "LOC"
        if name in self.demonyms or all(word in self.demonyms for word in name.split()):
            return "NORP"
        if name in BODIES:
            return "ORG"
        label, most = count.most_common(1)[0]
        total = sum(count.values())
        return label if total >= 4 and most / total >= 0.6 else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield match.start(), match.end()


def _name_in(words: tuple[conllu.Word, ...], first: int, last: int, kind: str, identity: str) -> tuple[int, int] | None:
    heads = [k for k in range(first, last) if not first <= words[k].head - 1 < last]
    if not heads or words[heads[0]].upos != "PROPN":
        return None
    head = heads[0]
    if identity:
        title = re.sub(r"_?\(.*?\)", "", identity).replace("_", " ").strip().lower()
        for a in range(first, last):
            for b in range(last, a, -1):
                text = "".join(w.form + (" " if w.space else "") for w in words[a:b]).strip().lower()
                if text == title and a <= head < b:
                    return a, b

    def joins(k: int) -> bool:
        word = words[k]
        if word.upos == "PROPN":
            outside = word.dep.startswith("nmod:desc") or word.dep in ("appos", "conj", "parataxis", "list", "dep")
            return not outside and word.dep.split(":")[0] in ("compound", "flat", "amod", "nummod")
        return (
            kind != "person"
            and word.upos in ("ADJ", "NOUN", "VERB")
            and word.form[0].isupper()
            and word.dep in ("amod", "compound")
            and k > 0
        )

    a, b = head, head + 1
    while a - 1 >= first and joins(a - 1):
        a -= 1
    while b < last:
        word = words[b]
        dep = word.dep.split(":")[0]
        if word.upos == "PROPN" and dep in ("flat", "compound", "goeswith"):
            b += 1
        elif kind != "person" and word.form.lower() in _LINK:
            k = b
            while k < last and words[k].form.lower() in _LINK:
                k += 1
            if (
                k < last
                and words[k].upos == "PROPN"
                and k - b <= 2
                and word.form.lower() in ("of", "for", "and", "&", "de", "-")
            ):
                b = k + 1
            else:
                break
        elif (
            (kind != "person" and word.upos == "NUM" and dep in ("flat", "nummod"))
            or (kind == "person" and word.form in ("Jr.", "Sr.", "II", "III"))
            or (kind != "person" and word.upos == "PROPN" and dep == "nmod")
        ):
            b += 1
        else:
            break
    return (a, b) if any(c.isalpha() for c in words[head].form) else None
