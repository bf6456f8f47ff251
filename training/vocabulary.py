"""The label sets and the pruned vocabulary, for a training that starts from the MiniLM package itself."""

from __future__ import annotations

import collections
import json
from pathlib import Path

import corpora
from tokenizers import Tokenizer

_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def labels(syntax: list[corpora.Example]) -> dict[str, list[str]]:
    """Tags seen in the training trees; relations seen at least five times."""
    deps = collections.Counter(dep for e in syntax for dep in e.deps or ())
    return {
        "upos": sorted({tag for e in syntax for tag in e.upos or ()}),
        "xpos": sorted({tag for e in syntax for tag in e.xpos or ()}),
        "dep": [dep for dep, n in deps.most_common() if n >= 5],
    }


def prune(folder: Path, sets: dict[str, list[corpora.Example]]) -> tuple[Tokenizer, list[int]]:
    """The tokenizer with the subwords that the corpora use twice (and all single signs), and their old numbers."""
    subwords = Tokenizer.from_file(str(folder / "tokenizer.json"))
    subwords.no_padding()
    subwords.no_truncation()
    count: collections.Counter[int] = collections.Counter()
    words = collections.Counter(word for examples in sets.values() for e in examples for word in e.words)
    for word, n in words.items():
        for number in subwords.encode(word[:100], add_special_tokens=False).ids:
            count[number] += n
    names = {number: name for name, number in subwords.get_vocab().items()}
    keep = [
        number
        for number in range(len(names))
        if count[number] >= 2 or names[number] in _SPECIAL or len(names[number].removeprefix("##")) == 1
    ]
    new = {names[number]: k for k, number in enumerate(keep)}
    spec = json.loads(subwords.to_str())
    spec["model"]["vocab"] = new
    for token in spec.get("added_tokens", []):
        token["id"] = new[token["content"]]
    for name, value in (spec.get("post_processor") or {}).get("special_tokens", {}).items():
        value["ids"] = [new[name]]
    return Tokenizer.from_str(json.dumps(spec)), keep
