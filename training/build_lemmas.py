"""Build the lemma table from the training treebanks.

    python training/build_lemmas.py --data DATA --out src/dateline/data/models/en/lemmas.tsv.gz

DATA holds syntax/en_ewt-ud-train.conllu and syntax/gum-open-train.conllu. Rows that the ending rules give anyway
are left out of the table.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import io
from pathlib import Path

import conllu


def edit(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def build(files: list[Path]) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], tuple[int, str]]]:
    seen: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for file in files:
        for sent in conllu.read(file):
            for word in sent.words:
                if word.upos == "X" or word.lemma == "_" or word.xpos in ("GW", "_"):
                    continue
                form = word.form if word.xpos.startswith("NNP") else word.form.lower()
                lemma = word.lemma if word.xpos.startswith("NNP") else word.lemma.lower()
                if word.lemma == "I":
                    lemma = "I"
                seen[form, word.xpos][lemma] += 1
    changes: dict[tuple[str, str], collections.Counter[tuple[int, str]]] = collections.defaultdict(collections.Counter)
    words: dict[tuple[str, str], str] = {}
    for (form, xpos), lemmas in sorted(seen.items()):
        lemma = min(lemmas, key=lambda value: (-lemmas[value], value))
        words[form, xpos] = lemma
        for length in range(min(5, len(form)) + 1):
            changes[form[len(form) - length :], xpos][edit(form, lemma)] += 1
    endings = {}
    for key, options in changes.items():
        best = min(options, key=lambda value: (-options[value], value))
        if options[best] > 1 or not key[0]:  # one word makes no rule: "stole" says nothing about "scuffle"
            endings[key] = best
    # an ending that says what its shorter form says is redundant
    for key in sorted(endings, key=lambda value: -len(value[0])):
        ending, xpos = key
        if ending and endings.get((ending[1:], xpos)) == endings[key]:
            del endings[key]

    def by_ending(form: str, xpos: str) -> str:
        for length in range(min(5, len(form)), -1, -1):
            change = endings.get((form[len(form) - length :], xpos))
            if change is not None and change[0] < len(form) + (change[1] != ""):
                return (form[: len(form) - change[0]] + change[1]) or form
        return form

    kept = {key: lemma for key, lemma in words.items() if by_ending(*key) != lemma}
    return kept, endings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    syntax = options.data / "syntax"
    words, endings = build([syntax / "en_ewt-ud-train.conllu", syntax / "gum-open-train.conllu"])
    buffer = io.StringIO()
    for (form, xpos), lemma in sorted(words.items()):
        buffer.write(f"w\t{form}\t{xpos}\t{lemma}\n")
    for (ending, xpos), (cut, add) in sorted(endings.items()):
        buffer.write(f"e\t{ending}\t{xpos}\t{cut}\t{add}\n")
    with options.out.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(buffer.getvalue().encode())
    print(f"{len(words)} words, {len(endings)} endings, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
