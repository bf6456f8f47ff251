"""Contexts: the file that defines them, what counts as evidence, and where it is shown."""

from __future__ import annotations

import pickle

import pytest

from dateline import Coder, DataError
from dateline.context_check import MUST, NEVER, context_failures, too_few_for_contexts
from dateline.rules.codebook import load_codebook
from dateline.rules.contexts import load_contexts

MANUAL = (
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal "
    "reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic "
    "territory peacekeeping health asylum migration disasters natural_resource environment technology terrorism cbrn cyber "
    "misinformation crime corruption illegal_drugs trafficking"
).split()

CONTEXTS = """\
harbour:
  definition: Ships and where they lie.
  words: port dock_worker
  near: ship
  if: {crane: port lift}
  unless: {port: wine}
  not: port_of_call
  sectors: LAB
"""
META = "name: tiny\nversion: '1'\nstatus: draft\n"
TYPE = "type: HAIL\nparties: none\nrules:\n  - id: hail\n    verb: hail\n    actor: subj\n    recipient: obj\n"


@pytest.fixture(scope="module")
def coder():
    return Coder()


@pytest.fixture
def own(tmp_path):
    def make(contexts=CONTEXTS, meta=META):
        (tmp_path / "codebook.yaml").write_text(meta)
        (tmp_path / "HAIL.yaml").write_text(TYPE)
        (tmp_path / "contexts.yaml").write_text(contexts)
        return tmp_path

    return make


def test_plover_has_the_contexts_of_the_manual_each_with_its_examples():
    codebook = load_codebook("plover")
    assert list(codebook.contexts.names) == MANUAL
    assert all(context.definition for context in codebook.contexts)
    assert (MUST, NEVER) == (6, 3)
    assert not list(too_few_for_contexts(codebook))


def test_every_example_of_a_context_holds(coder):
    assert not list(context_failures(coder.codebook, lambda text: coder.code(text).coded))


def test_bare_lists_and_the_parents_contexts_go_on_working():
    mobilisation = load_codebook("mobilisation").contexts
    assert "education" in mobilisation.names
    assert ("student",) in next(c for c in mobilisation if c.name == "education").words
    assert load_codebook("cameo").contexts.names == load_codebook("plover").contexts.names


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("words:", "wrods:", r"contexts.yaml:3: unknown key 'wrods' .did you mean 'words'"),
        ("  definition: Ships and where they lie.\n", "", r"contexts.yaml:2: missing key 'definition'"),
        ("near: ship", "near: ship port", r"contexts.yaml:4: 'port' stands under 'words' too"),
        ("near: ship", "near: ship ship", r"contexts.yaml:4: 'ship' stands twice under 'near'"),
        ("sectors: LAB", "sectors: LAP", r"contexts.yaml:8: sector 'LAP'.*allowed: AGR, BUS"),
        ("if: {crane: port lift}", "if: crane", r"contexts.yaml:5: 'if' must be a mapping"),
        ("if: {crane: port lift}", "if: {crane: }", r"contexts.yaml:5: 'crane' names no word beside it"),
        (CONTEXTS, "harbour:\n  definition: Nothing.\n", r"contexts.yaml:1: context harbour has no evidence"),
        (CONTEXTS, "harbour: port\n", r"contexts.yaml:1: 'harbour' must be a mapping"),
    ],
)
def test_a_wrong_line_is_named(own, old, new, message):
    with pytest.raises(DataError, match=message):
        load_contexts(own(CONTEXTS.replace(old, new, 1)))


def test_contexts_stand_in_one_place_only(own):
    with pytest.raises(DataError, match=r"codebook.yaml:4: contexts also stand in contexts.yaml"):
        load_codebook(own(meta=META + "contexts: {sea: ship}\n"))


def test_what_counts_where(own):
    coder = Coder(own())

    def found(text):
        return [c.text for event in coder.code(text).coded for c in event.context_evidence]

    assert found("The mayor hailed the pilot in the port of Oslo.") == ["port"]
    assert found("The mayor hailed the pilot of the ship.") == ["ship"]
    assert found("The mayor hailed the pilot, and the ship sank near Oslo.") == []
    assert found("The mayor hailed the pilot under the crane.") == []
    assert found("The mayor hailed the pilot who can lift the crane.") == ["crane"]
    assert found("The mayor hailed the pilot with a glass of port, his favourite wine.") == []
    assert found("The mayor hailed the pilot in Oslo, a port of call.") == []
    assert found("The mayor hailed the dock workers.") == ["dock workers"]
    assert found("The mayor hailed the trade unions.") == ["the trade unions"]


def test_examples_that_fail_say_what_was_found(own):
    coder = Coder(
        own(
            CONTEXTS
            + "---\nharbour:\n  code:\n    - The mayor hailed the pilot.\n    - The mayor saw the port.\n"
            + "  never:\n    - The mayor hailed the pilot in the port.\n"
        )
    )
    codebook = coder.codebook
    bare, nothing, port = context_failures(codebook, lambda text: coder.code(text).coded)
    assert "contexts.yaml:12: context harbour: found no context: The mayor hailed the pilot." in bare
    assert "contexts.yaml:13: context harbour: no event is coded" in nothing
    assert "contexts.yaml:15: context harbour: must not be found, but 'port' says so" in port
    assert "harbour has 2 sentences that must have it and 1 that must not; it needs 6 and 3" in next(
        too_few_for_contexts(codebook)
    )
    (own() / "contexts.yaml").write_text(CONTEXTS + "---\nharbor: {code: [The mayor hailed the pilot.]}\n")
    with pytest.raises(DataError, match=r"contexts.yaml:10: unknown key 'harbor' .did you mean 'harbour'"):
        list(context_failures(codebook, lambda text: coder.code(text).coded))


def test_the_row_and_explain_show_the_evidence(coder):
    text = "LIMA, May 3 (AP) -- Ethiopian soldiers killed two Eritrean nuns in a church near Zalambessa."
    result = coder.code(text)
    (row,) = result.records
    assert row["context"] == list(dict.fromkeys(c["context"] for c in row["context_evidence"]))
    assert {"context": "military", "text": "soldiers", "span": [30, 38]} in row["context_evidence"]
    for item in row["context_evidence"]:
        assert text[slice(*item["span"])] == item["text"]
    assert 'context military: "soldiers" [30, 38)' in result.events[0].explain()


def test_a_storys_contexts_are_ranked_by_where_their_evidence_stands(coder):
    result = coder.code(
        "Oil prices rise\n\nACCRA, May 3 (GNA) -- The central bank of Ghana met investors on Tuesday.\n\n"
        "A court in Lagos jailed a trader. Soldiers left a village. A nurse slept.\n",
        title="Oil prices rise",
    )
    names = [c.name for c in result.contexts]
    assert names[0] == "economic"
    assert {"legal", "military"} <= set(names)
    assert "health" not in names  # one word that needs an event beside it
    weights = [c.weight for c in result.contexts]
    assert weights == sorted(weights, reverse=True)
    for context in result.contexts:
        assert all(result.story.text[slice(*c.span)] == c.text for c in context.evidence)
    assert pickle.loads(pickle.dumps(result)).contexts == result.contexts
