"""Parse the given words and sentences of a CoNLL-U file: what the literature calls gold tokenisation.

Only the word forms, the division into sentences and ``SpaceAfter`` are read; tags, heads and relations are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

Row = list[str]


def sentences(path: Path) -> Iterator[list[Row | str]]:
    """The sentences of a CoNLL-U file: comment lines, and rows of columns (no empty nodes)."""
    lines: list[Row | str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            lines.append(line)
        elif line.strip():
            columns = line.split("\t")
            if "." not in columns[0]:
                lines.append(columns)
        elif lines:
            yield lines
            lines = []


def documents(path: Path) -> Iterator[list[list[Row | str]]]:
    """The sentences, document by document (``# newdoc``)."""
    doc: list[list[Row | str]] = []
    for lines in sentences(path):
        if doc and any(isinstance(line, str) and line.startswith("# newdoc") for line in lines):
            yield doc
            doc = []
        doc.append(lines)
    if doc:
        yield doc


def run(gold_path: Path | str, out_path: Path | str, coder) -> None:
    """Write the parse of the words of ``gold_path`` to ``out_path``; ``coder`` has a ``parser`` of our own make."""
    with Path(out_path).open("w", encoding="utf-8") as out:
        for doc in documents(Path(gold_path)):
            answer(doc, coder.parser)
            for lines in doc:
                out.writelines((line if isinstance(line, str) else "\t".join(line)) + "\n" for line in lines)
                out.write("\n")


def answer(doc: list[list[Row | str]], parser) -> None:
    """Replace the analysis of a document, in place."""
    text, parts, owners = "", [], []
    for number, lines in enumerate(doc):
        spans = []
        fused = set()
        for row in lines:
            if isinstance(row, str):
                continue
            if "-" in row[0]:
                first, last = row[0].split("-")
                fused.update(range(int(first), int(last)))
                continue
            spans.append((len(text), len(text) + len(row[1])))
            glued = int(row[0]) in fused or "SpaceAfter=No" in row[9].split("|")
            text += row[1] if glued else row[1] + " "
        for part in parser.fitted(text, spans):
            parts.append(part)
            owners.append(number)
    analysed, _ = parser.read(text, parts)
    by_sentence: dict[int, list] = {}
    for number, tokens in zip(owners, analysed, strict=True):
        done = by_sentence.setdefault(number, [])
        root, offset = next((k for k, t in enumerate(done) if t[1] == 0), -1), len(done)
        for token in tokens:
            if token.head >= 0:
                done.append((token, token.head + 1 + offset, token.dep))
            else:  # the second half of a sentence that is longer than the model reads hangs on the first
                done.append((token, root + 1, "parataxis" if offset else token.dep))
    for number, lines in enumerate(doc):
        rows = [row for row in lines if not isinstance(row, str) and "-" not in row[0]]
        for row, (token, head, dep) in zip(rows, by_sentence[number], strict=True):
            row[2:8] = [token.lemma or "_", token.upos, token.xpos or "_", "_", str(head), dep]
            row[8] = "_"
