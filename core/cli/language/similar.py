"""``similar``: the passages of Candide that are nearest to a sentence, without TensorFlow."""

import click

from core.cli.speech import as_json, shown
from core.data.language.words.tokens import words
from core.experiments.thought_vectors.search_index import BOOK, METHODS, TALE, search_index

MOST = 100


@click.command(short_help="The passages of Candide that are nearest to a sentence.")
@click.argument("sentence", metavar="SENTENCE")
@click.option(
    "-n",
    "--n",
    "count",
    default=5,
    show_default=True,
    type=click.IntRange(1, MOST),
    help="How many passages.",
)
@click.option(
    "--method",
    default="sif",
    show_default=True,
    type=click.Choice(METHODS),
    help="By whose scores they are chosen.",
)
@click.option("--tale", is_flag=True, help="Search this project's tale, which is always here.")
@click.option("--json", "in_json", is_flag=True, help="One JSON object a passage.")
def similar(sentence: str, count: int, method: str, tale: bool, in_json: bool) -> None:
    """The passages of Candide that are nearest to SENTENCE, with each method's score.

    bm25 is a sum over shared words; all the others are cosines.
    """
    asked = words(sentence)
    searched = search_index(TALE if tale else BOOK)
    if method not in searched.encoders:
        raise click.UsageError(
            f"{method} is not there for this text; there are: {', '.join(searched.encoders)}."
        )
    hits = searched.search(method, asked, count)
    if not hits and not in_json:
        click.echo("No passage has anything in common with this sentence.", err=True)
    scores = {name: searched.scores(name, asked) for name in METHODS if name in searched.encoders}
    for hit in hits:
        passage = searched.passages[hit.place]
        own = {name: round(float(of[hit.place]), 4) for name, of in scores.items()}
        if in_json:
            about = {"passage": passage.text, "chapter": passage.chapter, "scores": own}
            click.echo(as_json(about))
            continue
        told = "  ".join(f"{name} {score:.2f}" for name, score in own.items())
        click.echo(f"{shown(passage.text)}\n    chapter {passage.chapter}  {told}")
