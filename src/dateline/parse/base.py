"""The contract of a parser, and the way to get one by name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from dateline.errors import SettingError, did_you_mean
from dateline.model import Parse, Story


@runtime_checkable
class Parser(Protocol):
    """Anything that turns a Story into a Parse. ``name`` (``dateline-en@VERSION``) is recorded with every result."""

    name: str

    def __call__(self, story: Story) -> Parse:
        """Parse the blocks of one story, as a function of the story alone."""
        ...


def data_folder() -> Path:
    """The folder of the shipped data files."""
    return Path(__file__).resolve().parent.parent / "data"


def load_parser(name: str = "default") -> Parser:
    """The parser called ``name``.

    ``default`` is the shipped English model; ``spacy:PIPELINE`` any spaCy pipeline by package name or path; the path
    of a folder with ``model.onnx`` another model of our own make; the path of a ``.conllu`` file the parses in it.
    Raises SettingError for an unknown name, MissingExtra when spaCy is asked for and absent, DataError or InputError
    when a file is wrong.

    >>> load_parser().name.split("@")[0]
    'dateline-en'
    """
    data = data_folder()
    rules = data / "language" / "en" / "tokens.yaml"
    countries = data / "world" / "countries.tsv"
    if name == "default":
        from dateline.parse.english import EnglishParser

        return EnglishParser(data / "models" / "en", rules, countries)
    if name.startswith("spacy:"):
        from dateline.parse.spacy_adapter import SpacyParser

        return SpacyParser(name.removeprefix("spacy:"))
    path = Path(name)
    if path.suffix == ".conllu":
        from dateline.parse.conllu import conllu_parser

        return conllu_parser(path)
    if (path / "model.onnx").is_file():
        from dateline.parse.english import EnglishParser

        return EnglishParser(path, rules, countries)
    allowed = ["default", "spacy:PIPELINE"]
    hint = did_you_mean(name, allowed)
    raise SettingError(
        f"parser {name!r} is not known{hint}; allowed: default, spacy:PIPELINE, the path of a model folder "
        "(with model.onnx), or the path of a .conllu file"
    )
