"""Parse the raw text of a CoNLL-U file and write CoNLL-U: words, sentences, tags and trees from text alone.

Gold and answers are CoNLL-U here, so this task has ``run`` instead of ``answer``. The text of a file is its
``# text`` lines, joined by spaces within a paragraph (``# newpar``, ``# newdoc``); each paragraph is a block.
"""

from __future__ import annotations

from pathlib import Path

from dateline.model import Block, Span, Story
from dateline.parse import to_conllu


def paragraphs(path: Path) -> list[list[str]]:
    """The documents of a CoNLL-U file, each a list of paragraph texts."""
    docs: list[list[list[str]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            docs.append([])
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            if not docs:
                docs.append([])
            docs[-1].append([])
        elif line.startswith("# text ="):
            if not docs:
                docs.append([])
            if not docs[-1]:
                docs[-1].append([])
            docs[-1][-1].append(line.removeprefix("# text =").strip())
    return [[" ".join(par) for par in doc if par] for doc in docs if any(doc)]


def story_of(id: str, pars: list[str]) -> Story:
    """A story with one body block per paragraph."""
    text, blocks = "", []
    for par in pars:
        blocks.append(Block("body", Span(len(text), len(text) + len(par))))
        text += par + "\n\n"
    return Story(id=id, text=text, blocks=tuple(blocks))


def run(gold_path: Path | str, out_path: Path | str, coder) -> None:
    """Write the parse of the raw text of ``gold_path`` to ``out_path``; ``coder`` has a ``parser``."""
    out = []
    for number, pars in enumerate(paragraphs(Path(gold_path)), 1):
        story = story_of(f"d{number}", pars)
        out.append(to_conllu(coder.parser(story), story))
    Path(out_path).write_text("".join(out), encoding="utf-8")
