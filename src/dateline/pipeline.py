"""The composition: settings, the coder that holds the loaded tables, and the one place where the stages meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from dateline.errors import DatelineError, SettingError, StoryError
from dateline.language import Language, load_language
from dateline.model import Problem, Story
from dateline.result import Result

if TYPE_CHECKING:
    from dateline.events.ranker import Ranker
    from dateline.mentions.gazetteer import Gazetteer
    from dateline.mentions.world import World
    from dateline.parse import Parser
    from dateline.parse.vectors import WordVectors
    from dateline.rules.codebook import Codebook
    from dateline.wire import Raw

T = TypeVar("T")

MAX_CHARACTERS = 400_000
"""A longer text is no story: about sixty thousand words, more than any wire has sent in one file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Which knowledge a coder uses. Names are shipped packs; a path works wherever a name does."""

    codebook: str = "plover"
    parser: str = "default"
    language: str = "en"
    max_characters: int = MAX_CHARACTERS
    world: tuple[str, ...] = ()


class Coder:
    """Codes stories. The tables and the model are loaded on first use, once.

    >>> coder = Coder()
    >>> result = coder.code("ACCRA, May 3 (GNA) -- Ghana's president met the Togolese foreign minister on Tuesday.")
    >>> result.story.dateline.country
    'GHA'
    """

    def __init__(
        self,
        codebook: str | Path = "plover",
        parser: str = "default",
        language: str = "en",
        *,
        max_characters: int = MAX_CHARACTERS,
        world: str | Path | Iterable[str | Path] = (),
    ) -> None:
        """Names are shipped packs; a path works wherever a name does. Nothing is loaded yet.

        A ``Path`` always means a folder; a text that names a shipped codebook always means that one. ``world`` names files
        of your own with persons, organisations and countries (docs/world.md); later ones win over earlier ones.
        """
        name = codebook if isinstance(codebook, str) else str(codebook.absolute())
        files = (world,) if isinstance(world, str | Path) else world
        self.settings = Settings(name, parser, language, max_characters, tuple(str(file) for file in files))

    @cached_property
    def parser(self) -> Parser:
        """The parser: a callable Story -> Parse."""
        from dateline.parse import load_parser

        return load_parser(self.settings.parser)

    @cached_property
    def language(self) -> Language:
        """The tables of the language."""
        return load_language(self.settings.language)

    @cached_property
    def world(self) -> World:
        """Countries, organisations and office holders: the shipped tables, and the files of your own."""
        from dateline.mentions.world import load_world

        return load_world(self.settings.world)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The places."""
        from dateline.mentions.gazetteer import open_gazetteer

        return open_gazetteer(countries=self.world.countries)

    @cached_property
    def codebook(self) -> Codebook:
        """The ontology: event types, modes and their rules."""
        from dateline.rules.codebook import load_codebook

        return load_codebook(self.settings.codebook)

    @cached_property
    def vectors(self) -> WordVectors:
        """The word vectors of the shipped model, whatever the parser."""
        from dateline.parse import data_folder
        from dateline.parse.vectors import WordVectors

        return WordVectors(data_folder() / "models" / self.settings.language)

    @cached_property
    def ranker(self) -> Ranker | None:
        """The ranker fitted to the codebook (``dateline codebook fit``), or None when its folder has none."""
        from dateline.events.ranker import FILE, load_ranker

        if not (self.codebook.folder / FILE).is_file():
            return None
        return load_ranker(self.codebook.folder, self.vectors, self.settings.language)

    def load(self) -> Coder:
        """Load everything now rather than at the first story; DataError when a data file is wrong."""
        _ = (self.codebook, self.language, self.world, self.gazetteer, self.parser, self.ranker)
        return self

    def read(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        id: str | None = None,
        source: str | None = None,
        title: str | None = None,
        notes: Iterable[str] = (),
    ) -> Story:
        """Read the layout of a story only: agency, dateline, headline, captions … StoryError when it is no story.

        ``notes`` are kept with the story: what the reader of its file has seen ("encoding guessed: cp1252").
        """
        from dateline.wire import read_story

        day = as_day(published)
        if len(text) > self.settings.max_characters:
            raise StoryError(
                "wire",
                f"the text has {len(text):,} characters, more than {self.settings.max_characters:,}: it is probably "
                "several stories in one; split it into one file, line or row for each",
            )
        with stage("wire"):
            return read_story(
                text,
                layouts=self.language.layouts,
                source=source,
                id=id,
                published=day,
                title=title,
                notes=notes,
            )

    def code(
        self,
        text: str,
        *,
        published: str | dt.date | None = None,
        id: str | None = None,
        source: str | None = None,
        title: str | None = None,
        notes: Iterable[str] = (),
    ) -> Result:
        """Code one story.

        ``published`` (a date or ``"2023-07-27"``) is used when the story itself shows no date. Raises SettingError
        for a date that is none, StoryError when the text is no story that can be coded.
        """
        story = self.read(text, published=published, id=id, source=source, title=title, notes=notes)
        return code_story(story, self)

    @overload
    def code_many(
        self, stories: Iterable[str | dict[str, Any] | Raw | Problem], workers: int = 1
    ) -> Iterator[Result | Problem]: ...
    @overload
    def code_many(
        self,
        stories: Iterable[str | dict[str, Any] | Raw | Problem],
        workers: int = 1,
        *,
        take: Callable[[Result], T],
    ) -> Iterator[T | Problem]: ...
    def code_many(
        self,
        stories: Iterable[str | dict[str, Any] | Raw | Problem],
        workers: int = 1,
        *,
        take: Callable[[Result], Any] | None = None,
    ) -> Iterator[Any]:
        """Code many stories as they come; results in the order of the stories, whatever the number of workers.

        A story is a text, a dict with ``text`` and any of ``id``, ``published``, ``source``, ``title``, or what
        ``dateline.wire.read_inputs`` yields. One that cannot be coded gives a :class:`Problem` and the run goes on.
        ``take`` (a function of a module) is applied to each result where it was made, which saves sending whole
        results between processes. With more than one worker a script needs the usual
        ``if __name__ == "__main__":`` guard.
        """
        from dateline.workers import run

        return run(self, stories, workers, take)


def code_story(story: Story, coder: Coder) -> Result:
    """Story in, events out: the only place where the stages meet."""
    from dateline.events import code_frames
    from dateline.frames import build_frames
    from dateline.mentions import find_mentions

    with stage("parse"):
        parse = coder.parser(story)
    with stage("mentions"):
        mentions = find_mentions(story, parse, coder.world, coder.gazetteer, coder.language)
    with stage("frames"):
        frames = build_frames(story, parse, mentions, coder.codebook, coder.language)
    with stage("events"):
        events = code_frames(story, parse, mentions, frames, coder.codebook, coder.language, coder.ranker)
    return Result(story, parse, mentions, frames, events, coder.codebook, coder.ranker)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Turn whatever goes wrong inside into a StoryError that names the stage; a missing package stops the run."""
    try:
        yield
    except (DatelineError, ImportError):
        raise
    except Exception as error:
        raise StoryError(name, f"{type(error).__name__}: {error}") from error


def as_day(value: str | dt.date | None, name: str = "published") -> dt.date | None:
    """A day given as a date or as ISO text; SettingError for anything else.

    >>> as_day("2023-07-27")
    datetime.date(2023, 7, 27)
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(value.strip()).date()
    except (ValueError, AttributeError):
        raise SettingError(f"{name}: {value!r} is not a date; write it as YYYY-MM-DD, for example 2023-07-27") from None
