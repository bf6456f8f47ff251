"""The same story gives the same claims, alone or after others."""

from __future__ import annotations

from dateline.frames.attribution import find_claims, load_attribution
from dateline.parse import load_parser, plain_story

FIRST = 'Police in Dakar said four men were held. "They are in custody," a spokesman said.'
SECOND = "The Latvian president accused Minsk of pushing migrants across the border."


def test_claims_do_not_depend_on_what_was_read_before():
    parser, cues = load_parser(), load_attribution()

    def claims(text: str):
        story = plain_story(text)
        return find_claims(story, parser(story), cues)

    alone = claims(FIRST)
    claims(SECOND)
    assert claims(FIRST) == alone
