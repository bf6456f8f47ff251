"""Frames and codebook to events: matching, parties, date, place, sources, numbers, merging within a story."""

from dateline.events.code import code_frames

__all__ = ["code_frames"]
