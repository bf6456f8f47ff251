"""The contract of a parser, and the way to get one by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from dateline.errors import MissingExtra, SettingError, did_you_mean
from dateline.model import Parse, Story

if TYPE_CHECKING:
    from spacy.language import Language


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


def load_model(model: str = "default") -> Language:
    """The shipped English model as a spaCy pipeline (needs spaCy: ``pip install 'dateline[spacy]'``).

    Returns a ``spacy.language.Language``: call it on a text, or stream texts through ``nlp.pipe``. Tags are universal
    (``pos_``) and Penn (``tag_``), trees Universal Dependencies v2 with subtypes (``dep_``; the root is ``ROOT``),
    names ``PER ORG LOC NORP``. ``model`` may be the path of another model folder of ours. A pipeline written with
    ``nlp.to_disk`` is read by ``spacy.load`` wherever Dateline is installed. Raises MissingExtra without spaCy,
    SettingError or DataError for a model that is not there.

    >>> nlp = load_model()
    >>> doc = nlp("Norway's foreign minister arrived in Accra on Monday.")
    >>> [(ent.text, ent.label_) for ent in doc.ents]
    [('Norway', 'LOC'), ('Accra', 'LOC')]
    >>> [word.text for word in doc if word.dep_ == "nsubj"]
    ['minister']
    """
    try:
        from dateline.parse.spacy_pipeline import build
    except ImportError as error:
        raise MissingExtra("spacy", "spacy", "dateline.load_model()") from error
    return build(model)
