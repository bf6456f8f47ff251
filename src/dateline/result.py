"""What coding one story gives: every noun of the arrow, the events with their explanations, and the rows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dateline.errors import MissingExtra
from dateline.model import Event, Frames, Mentions, Parse, Span, Story, StoryContext

if TYPE_CHECKING:
    from dateline.claims import ClaimGraph
    from dateline.events.ranker import Ranker
    from dateline.events.relation import Relation
    from dateline.rules.codebook import Codebook


@dataclass(frozen=True, slots=True)
class CodedEvent(Event):
    """An event together with the result it belongs to, so that it can explain itself."""

    result: Result | None = field(default=None, repr=False, compare=False)

    def explain(self) -> str:
        """The derivation of this event as a printable tree: what decided each value, and what was not chosen."""
        from dateline.trace import explain

        if self.result is None:
            raise ValueError("this event was made without a result; use result.explain(event)")
        return explain(self, self.result)


@dataclass(frozen=True)
class Result:
    """One coded story. ``events`` can ``explain()`` themselves; ``records`` are the published rows."""

    story: Story
    parse: Parse
    mentions: Mentions
    frames: Frames
    coded: tuple[Event, ...] = field(repr=False)
    codebook: Codebook = field(repr=False, compare=False)
    ranker: Ranker | None = field(default=None, repr=False, compare=False)

    @cached_property
    def events(self) -> tuple[CodedEvent, ...]:
        """The events, in the order of their first mentions."""
        return tuple(
            CodedEvent(**{f.name: getattr(event, f.name) for f in dataclasses.fields(Event)}, result=self)
            for event in self.coded
        )

    @cached_property
    def records(self) -> tuple[dict[str, Any], ...]:
        """The published rows, one for each event, as JSON-ready dicts."""
        from dateline.record import to_record

        return tuple(to_record(event, self.story, self.parse, self.codebook.id).to_dict() for event in self.coded)

    @cached_property
    def contexts(self) -> tuple[StoryContext, ...]:
        """What the whole story is about: its contexts with their evidence, the one with most evidence first."""
        from dateline.events.contexts import contexts_of_story

        return contexts_of_story(self.story, self.parse, self.coded, self.codebook.contexts)

    @cached_property
    def claims(self) -> ClaimGraph:
        """The story graph: who says what of which event. ``print`` it, or take ``to_dict()``."""
        from dateline.claims import graph_of

        return graph_of(self)

    def explain(self, event: Event) -> str:
        """The derivation of an event of this result as a printable tree."""
        from dateline.trace import explain

        return explain(event, self)

    def relation(self, source: Span | None, target: Span | None) -> str | None:
        """The type of event that the text states between two given spans (who does it, to whom), or None."""
        found = self.relation_found(source, target)
        return found.type if found is not None else None

    def relation_found(self, source: Span | None, target: Span | None) -> Relation | None:
        """The same with its confidence, rule and predicate."""
        from dateline.events.relation import relation

        return relation(self.parse, self.mentions, self.frames, self.codebook, source, target, self.ranker)

    def to_arrow(self) -> Any:
        """The rows as a ``pyarrow.Table`` with the published schema."""
        import pyarrow as pa

        from dateline.record import arrow_rows, arrow_schema

        return pa.Table.from_pylist(arrow_rows(list(self.records)), schema=arrow_schema())

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``; MissingExtra when pandas is not installed."""
        try:
            import pandas  # noqa: F401
        except ImportError:
            raise MissingExtra("pandas", "pandas", "Result.to_pandas()") from None
        return self.to_arrow().to_pandas()

    def _repr_html_(self) -> str:
        from dateline.render import render_html

        return render_html(self)
