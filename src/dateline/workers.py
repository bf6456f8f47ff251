"""Many stories, one process or several: the same results in the same order."""

from __future__ import annotations

import dataclasses
import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError, SettingError, StoryError
from dateline.model import Problem

if TYPE_CHECKING:
    from dateline.pipeline import Coder, Settings

CHUNK = 8
AHEAD = 3  # chunks a worker may be ahead of the reader, so that memory stays flat on endless input

Take = Callable[[Any], Any] | None


def run(coder: Coder, stories: Iterable[Any], workers: int, take: Take) -> Iterator[Any]:
    """Results (or what ``take`` makes of them) and Problems, in the order of the stories."""
    if workers < 1:
        raise SettingError(f"workers: {workers} is not a number of processes; give 1 or more")
    if workers == 1:
        return _alone(coder, stories, take)
    return _pooled(coder.settings, stories, workers, take)


def _alone(coder: Coder, stories: Iterable[Any], take: Take) -> Iterator[Any]:
    coder.load()  # a wrong data file stops the run before the first story
    for story in stories:
        yield code_one(coder, story, take)


def code_one(coder: Coder, story: Any, take: Take) -> Any:
    """One story coded, or the Problem that it is."""
    if isinstance(story, Problem):
        return story
    fields: dict[str, Any] = {}
    try:
        text, fields = as_fields(story)
        result = coder.code(text, **fields)
        return result if take is None else take(result)
    except (StoryError, SettingError) as error:
        where = error.stage if isinstance(error, StoryError) else "wire"
        return Problem(fields.get("id"), fields.get("source"), where, str(error))


def as_fields(story: Any) -> tuple[str, dict[str, Any]]:
    """The text of a story and the arguments that go with it; SettingError for what is no story.

    >>> as_fields({"text": "OSLO (NTB) -- ...", "id": "7"})
    ('OSLO (NTB) -- ...', {'id': '7'})
    """
    names = ("id", "published", "source", "title", "notes")
    if isinstance(story, str):
        return story, {}
    if isinstance(story, dict):
        if not isinstance(story.get("text"), str):
            found = ", ".join(map(str, story)) or "nothing"
            raise SettingError(f"a story given as a dict needs the key 'text'; found: {found}")
        return story["text"], {n: story[n] for n in names if story.get(n) is not None}
    if isinstance(getattr(story, "text", None), str):
        return story.text, {n: v for n in names if (v := getattr(story, n, None)) is not None}
    raise SettingError(f"a story is a text, a dict with 'text', or a Raw; found {type(story).__name__}")


def settle() -> None:
    """For a process of our own, once all is loaded: the garbage collector leaves the tables alone, and comes seldom.

    A story leaves next to nothing that needs it, and going through the tables again and again costs one second in twenty.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


# --- several processes -------------------------------------------------------------------------------------------


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops the workers; no half chunk is ever written
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Do not outlive a parent that was killed: nobody would read what this worker makes."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@cache
def _coder(settings: Settings) -> Coder:
    """The coder of this worker process, loaded once."""
    from dateline.pipeline import Coder

    coder = Coder(**dataclasses.asdict(settings)).load()
    settle()
    return coder


def _code_chunk(settings: Settings, stories: list[Any], take: Take) -> list[Any]:
    coder = _coder(settings)
    return [code_one(coder, story, take) for story in stories]


def _pooled(settings: Settings, stories: Iterable[Any], workers: int, take: Take) -> Iterator[Any]:
    source = iter(stories)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start)
    waiting: deque[Future[list[Any]]] = deque()

    def submit() -> None:
        chunk = list(islice(source, CHUNK))
        if chunk:
            waiting.append(pool.submit(_code_chunk, settings, chunk, take))

    try:
        for _ in range(workers * AHEAD):
            submit()
        while waiting:
            done = waiting.popleft().result()
            submit()
            yield from done
    except BrokenProcessPool as error:
        raise DatelineError(
            "a worker process ended unexpectedly (out of memory?); try again with fewer --workers"
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
