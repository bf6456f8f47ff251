"""Frames and codebook to events: matching, parties, date, place, sources, numbers, merging within a story."""

from dateline.events.code import code_frames
from dateline.events.relation import relation

__all__ = ["code_frames", "relation"]
