"""A Wikidata dump -> a world table: office holders and organisations for ``--world``.

``dump`` reads the lines of the file, ``claims`` what an entity says, ``classes`` what is wanted (``data/world/wikidata.yaml``),
``index`` is the first pass (countries, offices, what is a subclass of what), ``build`` the second, which writes the table.
"""

from __future__ import annotations

from dateline.wikidata.build import Built, build_table

__all__ = ["Built", "build_table"]
