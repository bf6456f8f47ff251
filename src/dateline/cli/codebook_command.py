"""``dateline codebook``: write, check, try and read a codebook of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dateline.cli.options import example

CODEBOOK = click.argument("codebook", metavar="CODEBOOK")
MODEL = click.option("--model", default="default", show_default=True, metavar="NAME", help="The parser.")


@click.group(
    "codebook",
    short_help="Write, check, try and read a codebook of your own.",
    epilog=example("dateline codebook show plover PROTEST"),
)
def command() -> None:
    """Write, check, try and read a codebook: the event types, rules and examples of an ontology.

    CODEBOOK is the name of a shipped one or the path of a folder; docs/your-own-codebook.md goes from an empty folder to a
    codebook that passes its check.
    """


@command.command("new", short_help="Write a folder to start from.", epilog=example("dateline codebook new my-codebook"))
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a codebook to start from: codebook.yaml, and one commented type whose examples already hold.

    The folder's name becomes the codebook's name. Nothing that is already there is overwritten.
    """
    from dateline.rules.skeleton import new_codebook

    for path in new_codebook(folder):
        click.echo(f"written {path}")
    click.echo(f"next: dateline codebook check {folder}", err=True)


@command.command(
    "check",
    short_help="Check a codebook's files, examples and rules.",
    epilog=example("dateline codebook check plover"),
)
@CODEBOOK
@MODEL
@click.option("--json", "as_json", is_flag=True, help="One JSON object: failures and notes.")
@click.pass_context
def check(ctx: click.Context, codebook: str, model: str, as_json: bool) -> None:
    """Check a codebook: its files, every example sentence, and what its rules do to one another.

    A failure: an example that is coded otherwise, a type with too few examples (a note while codebook.yaml says `status:
    draft`), an unknown context. A note: a rule that wins on no example, one that can never win, two rules of which only
    the order decides, a mode without an example, a type without a rule.
    """
    from dateline.codebook_check import check_codebook
    from dateline.pipeline import Coder

    coder = Coder(codebook=codebook, parser=model)
    area = check_codebook(coder)
    if as_json:
        row = {"codebook": coder.codebook.id, "failures": area.failures, "notes": area.notes}
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        for failure in area.failures:
            click.echo(failure)
        for note in area.notes:
            click.echo(f"note: {note}")
        click.echo(f"{coder.codebook.id}: {len(area.failures):,} failed, {len(area.notes):,} notes")
    ctx.exit(1 if area.failures else 0)


@command.command(
    "test",
    short_help="Code sentences and show which rules competed.",
    epilog=example('dateline codebook test plover "Teachers in Kenya went on strike on Monday."'),
)
@CODEBOOK
@click.argument("sentences", nargs=-1, metavar="[SENTENCE]...")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Sentences with labels: .csv or .jsonl with text and expected, or plain text, one sentence a line.",
)
@MODEL
@click.option("--all", "every", is_flag=True, help="Show the sentences that are as expected, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a sentence.")
@click.pass_context
def test(
    ctx: click.Context,
    codebook: str,
    sentences: tuple[str, ...],
    path: Path | None,
    model: str,
    every: bool,
    as_json: bool,
) -> None:
    """Code sentences; show for each predicate which rules competed, which won, and why the others did not.

    Without a sentence and without --file the codebook's own examples are coded. Of sentences with a label only those are
    shown that are not coded as expected: expected names the types that must be found, or none.
    """
    from dateline.codebook_trial import Sentence, as_dict, lines_of, own_examples, read_sentences, try_sentences
    from dateline.pipeline import Coder

    coder = Coder(codebook=codebook, parser=model)
    wanted = [Sentence(text) for text in sentences]
    if path is not None:
        wanted += read_sentences(path, coder.codebook)
    if not wanted:
        wanted += own_examples(coder.codebook)
    labelled = wrong = 0
    for trial in try_sentences(coder, wanted):
        labelled += trial.sentence.example is not None
        wrong += bool(trial.wrong)
        if every or trial.wrong or trial.sentence.example is None:
            click.echo(json.dumps(as_dict(trial), ensure_ascii=False) if as_json else "\n".join([*lines_of(trial), ""]))
    if labelled:
        click.echo(f"{labelled - wrong:,} of {labelled:,} sentences coded as expected", err=as_json)
    ctx.exit(1 if wrong else 0)


@command.command(
    "fit",
    short_help="Fit a ranker to a codebook's rules and examples.",
    epilog=example("dateline codebook fit my-codebook"),
)
@CODEBOOK
@MODEL
def fit(codebook: str, model: str) -> None:
    """Fit a ranker to a codebook, and write it into the codebook's folder as ranker.npz.

    With it the confidence of a record is calibrated; without, it is what the rules say of themselves. A codebook that says
    `proposals: 0.9` also has verbs coded that no rule knows, where the ranker holds one type at least that likely. Fit again
    after changing rules or examples.
    """
    from dateline.events.ranker_fit import fit_ranker
    from dateline.pipeline import Coder

    coder = Coder(codebook=codebook, parser=model)
    path, seen = fit_ranker(coder.codebook, lambda e: coder.code(e.text, published=e.published), coder.vectors)
    click.echo(f"written {path}: fitted to {len(coder.codebook.rules):,} rules and {seen:,} predicates of examples")


@command.command(
    "show",
    short_help="Show a codebook or a type for a reader.",
    epilog=example("dateline codebook show plover PROTEST"),
)
@CODEBOOK
@click.argument("name", metavar="[TYPE]", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show(codebook: str, name: str | None, as_json: bool) -> None:
    """Show a codebook's types, or all of one type: definition, modes, rules in plain words, examples."""
    from dateline.rules.codebook import load_codebook
    from dateline.rules.examples import load_examples
    from dateline.rules.page import codebook_page, show_codebook, show_type, type_page

    loaded = load_codebook(codebook)
    examples = load_examples(loaded)
    page = codebook_page(loaded, examples) if name is None else type_page(loaded, name, examples)
    lines = show_codebook(page) if name is None else show_type(page)
    click.echo(json.dumps(page, ensure_ascii=False) if as_json else "\n".join(lines))
