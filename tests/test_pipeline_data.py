"""Every data file is accounted for: origin, licence, how it is rebuilt."""

from __future__ import annotations

from dateline.manifest import load_manifest
from dateline.rules.words import DATA


def test_every_data_file_is_listed_once():
    listed = [path for entry in load_manifest() for path in entry.paths()]
    there = {p for p in DATA.rglob("*") if p.is_file() and p.name != "MANIFEST.yaml" and "__pycache__" not in p.parts}
    assert sorted(there - set(listed)) == []
    assert len(listed) == len(set(listed))


def test_every_entry_covers_a_file_and_says_everything():
    for entry in load_manifest():
        assert entry.paths(), entry.file
        assert all((entry.what, entry.origin, entry.licence, entry.rebuilt))
