"""The layout of stories: datelines, dates, captions, blocks, what is refused."""

import datetime as dt
from pathlib import Path

import pytest

from dateline.errors import DataError, StoryError
from dateline.wire import Raw, check_layouts, load_layouts, read_inputs, read_story
from dateline.wire.layouts import DATA

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def layouts():
    return load_layouts()


def blocks(story):
    return [(b.kind, story.text[b.span.start : b.span.end]) for b in story.blocks]


def test_every_example_of_the_data_file(layouts):
    assert check_layouts(layouts) == []


def test_a_wrong_example_is_reported_with_its_line(layouts, tmp_path):
    rules, _, _ = layouts.path.read_text().partition("\n---\n")
    (tmp_path / "layouts.yaml").write_text(
        rules + '\n---\nexamples:\n  - text: "OSLO (NTB) -- Rain fell on Monday."\n    agency: AP\n'
    )
    mine = load_layouts(tmp_path / "layouts.yaml")
    (failure,) = check_layouts(mine)
    assert "agency 'AP' expected, found 'NTB'" in failure


def test_a_wrong_pattern_in_the_data_file_is_named(layouts, tmp_path):
    (tmp_path / "layouts.yaml").write_text(
        layouts.path.read_text().replace("line: 'NNNN", "line: '(", 1).replace("line: '(?:ZCZC", "line: '(((", 1)
    )
    with pytest.raises(DataError, match=r"layouts.yaml:\d+: not a regular expression"):
        load_layouts(tmp_path / "layouts.yaml", DATA / "layouts_places.yaml")


class TestYear:
    STORY = "LIMA, May 3 (Andina) -- The cabinet met on Tuesday in the capital, the minister said."

    def test_unknown_stays_unknown(self, layouts):
        story = read_story(self.STORY, layouts=layouts)
        assert story.dateline.date is None
        assert story.published is None
        assert story.notes == ("the dateline prints no year and nothing else in the story tells it",)

    def test_from_the_given_day(self, layouts):
        story = read_story(self.STORY, layouts=layouts, published=dt.date(2021, 5, 4))
        assert story.dateline.date == dt.date(2021, 5, 3)
        assert (story.published, story.published_basis) == (dt.date(2021, 5, 4), "given")

    def test_a_given_day_that_does_not_fit_tells_nothing(self, layouts):
        story = read_story(self.STORY, layouts=layouts, published=dt.date(2021, 11, 4))
        assert story.dateline.date is None

    def test_across_new_year(self, layouts):
        text = self.STORY.replace("May 3", "Dec. 31")
        assert read_story(text, layouts=layouts, published=dt.date(2022, 1, 1)).dateline.date == dt.date(2021, 12, 31)

    def test_from_a_trailing_date_line(self, layouts):
        story = read_story(self.STORY + "\n2021-5-4", layouts=layouts)
        assert story.dateline.date == dt.date(2021, 5, 3)
        assert story.published_basis == "page date"

    def test_from_the_source_name_where_day_and_month_agree(self, layouts):
        story = read_story(self.STORY, layouts=layouts, source="news/andina-2021-05-03.txt")
        assert (story.published, story.published_basis) == (dt.date(2021, 5, 3), "dateline")
        assert "source name" in story.notes[0]
        assert read_story(self.STORY, layouts=layouts, source="scan-2021-08-09.txt").published is None


class TestText:
    def test_the_text_is_kept_as_received(self, layouts):
        text = "  \tLIMA (Andina) -- It rained.\r\n\r\nâ€œYes,â€\x9d he said.  \n"
        story = read_story(text, layouts=layouts)
        assert story.text == text.replace("\r\n", "\n")
        assert blocks(story) == [("body", "It rained."), ("body", "â€œYes,â€\x9d he said.")]

    def test_the_id_is_a_hash_of_the_text(self, layouts):
        one, two = (read_story("It rained all day in Lima.", layouts=layouts) for _ in range(2))
        assert one == two
        assert one.id.startswith("s-")
        assert len(one.id) == 14
        assert read_story("It rained all day in Lima.", layouts=layouts, id="x").id == "x"

    @pytest.mark.parametrize("text", ["", " \n\t\n", "...", "\ufeff"])
    def test_nothing_to_read(self, layouts, text):
        with pytest.raises(StoryError, match="the text is empty") as caught:
            read_story(text, layouts=layouts)
        assert caught.value.stage == "wire"

    @pytest.mark.parametrize(
        ("text", "named"),
        [
            (
                "El presidente viajó el lunes a la capital para reunirse con los ministros, que pidieron más dinero para las escuelas.",
                "Spanish (es)",
            ),
            (
                "Der Minister sagte am Montag, die Regierung werde noch in dieser Woche über das Gesetz entscheiden.",
                "German (de)",
            ),
            (
                "Президент встретился в понедельник с министрами и обсудил с ними закон о школах и дорогах.",
                "Russian (ru)",
            ),
        ],
    )
    def test_another_language_is_refused_by_name(self, layouts, text, named):
        with pytest.raises(StoryError) as caught:
            read_story(text, layouts=layouts)
        assert f"the text reads as {named}, English expected" in str(caught.value)

    def test_short_and_lower_case_english_passes(self, layouts):
        assert read_story("rain fell", layouts=layouts).language == "en"
        assert blocks(read_story("Rain fell on Monday.", layouts=layouts)) == [("body", "Rain fell on Monday.")]

    def test_hard_wrapped_lines_make_one_paragraph(self, layouts):
        text = "The council met on Monday in the old town hall to talk about\nthe bridge, and it decided to wait for the report of the\nengineers.\n\nThe report comes in May, when the river is low and the piers\ncan be looked at.\n"
        assert [len(t.split("\n")) for _, t in blocks(read_story(text, layouts=layouts))] == [3, 2]

    def test_furniture_is_in_no_block(self, layouts):
        text = (
            "Port reopens\nShare\nThe port of Mombasa reopened on Tuesday after the dockers had agreed to new shifts.\n"
            "Read more: Strike at the port\nShips waited off the coast, officials said.\nhttps://example.org/a\n"
            "Sign up for our newsletter\nCopyright 2011 The Daily. All rights reserved.\n"
        )
        story = read_story(text, layouts=layouts)
        assert [kind for kind, _ in blocks(story)] == ["headline", "body", "body"]
        assert story.headline == "Port reopens"
        assert story.rights == "Copyright 2011 The Daily. All rights reserved."

    def test_a_title_given_beside_the_text(self, layouts):
        assert read_story("LIMA (Andina) -- It rained.", layouts=layouts, title="Rain").headline == "Rain"

    def test_blocks_never_overlap_and_stay_in_order(self, layouts):
        for path in sorted((EXAMPLES / "stories").glob("*.txt")):
            story = read_story(path.read_text(), layouts=layouts)
            assert all(a.span.end <= b.span.start for a, b in zip(story.blocks, story.blocks[1:], strict=False))


class TestShippedExamples:
    def read(self, name, layouts):
        (raw,) = read_inputs([EXAMPLES / "stories" / name])
        return read_story(raw.text, layouts=layouts, source=name)

    def test_the_long_one(self, layouts):
        story = self.read("cna-2022-06-17.txt", layouts)
        assert (story.agency, story.dateline.place, story.dateline.country) == ("CNA", "TAIPEI", "TWN")
        assert story.day == story.published == dt.date(2022, 6, 17)
        assert story.contact == "desk@example.org"
        (caption,) = story.captions
        assert caption.text == story.text[caption.span.start : caption.span.end]
        assert caption.text.endswith("in La Paz the previous day.")
        assert (caption.date, caption.rights) == (dt.date(2022, 6, 16), "Editorial Use Only. No Resale")
        assert [b.kind for b in story.blocks].count("body") == 6
        assert not any("(END)" in text or "view larger" in text for _, text in blocks(story))

    def test_the_others(self, layouts):
        old = self.read("ap-transmission.txt", layouts)
        assert (old.byline, old.revision.text, old.revision.number, old.dateline.country) == (
            "GRACE PHIRI",
            "1st Ld-Writethru",
            1,
            "MWI",
        )
        wrapped = self.read("dpa-2019-09-30.txt", layouts)
        assert (wrapped.published, wrapped.published_basis) == (dt.date(2019, 9, 30), "transmission line")
        assert wrapped.headline == "Tunisia rejects lenders' terms for new loan"
        sub = self.read("tass-2021-02-09.txt", layouts)
        assert [b.kind for b in sub.blocks] == ["headline", "headline", "body", "body"]
        assert sub.published == dt.date(2021, 2, 9)

    def test_the_table(self, layouts):
        raws = list(read_inputs([EXAMPLES / "wire.jsonl"]))
        assert len(raws) == 6
        assert all(isinstance(raw, Raw) and raw.published and raw.title for raw in raws)
        agencies = [read_story(raw.text, layouts=layouts, published=raw.published).agency for raw in raws]
        assert agencies == ["GNA", "Reuters", "Ritzau", "AP", "Reuters", "PACNEWS"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("(ANI) India and Nepal signed a trade accord on Friday.", None),
        ("New Delhi [India], March 3 (ANI): India and Nepal signed a trade accord on Friday.", "New Delhi"),
    ],
)
def test_the_asian_news_international_layouts(text, place):
    story = read_story(text, layouts=load_layouts())
    assert story.agency == "ANI"
    assert story.dateline.place == place
    [block] = story.blocks
    assert text[block.span.start : block.span.end].startswith("India and Nepal")
