"""``neighbours``: the words nearest to a word in the shipped vectors, without TensorFlow."""

import click

from core import pretrained
from core.cli.speech import as_json, columns
from core.numeric.language.embeddings.space import WordSpace

SHIPPED = "word-embeddings"
MOST = 1_000


@click.command(short_help="The nearest words of a word in the shipped vectors.")
@click.argument("word", metavar="WORD")
@click.option(
    "-n",
    "--n",
    "count",
    default=10,
    show_default=True,
    type=click.IntRange(1, MOST),
    help="How many words.",
)
@click.option("--json", "in_json", is_flag=True, help="One JSON object.")
def neighbours(word: str, count: int, in_json: bool) -> None:
    """The words whose vectors have the largest cosine with that of WORD, a French one.

    A line each: the word, the cosine, how often the word stands in what the vectors were learned
    from. A word that is unknown is answered with those that are spelled alike.
    """
    space, _card = pretrained.load(SHIPPED, WordSpace)
    number = space.number(word)
    nearest = [
        (near.word, near.score, int(space.counts[space.numbers[near.word]]))
        for near in space.neighbours(word, count)
    ]
    if in_json:
        named = [dict(zip(("word", "cosine", "count"), row, strict=True)) for row in nearest]
        click.echo(
            as_json(
                {
                    "word": space.words[number],
                    "count": int(space.counts[number]),
                    "neighbours": named,
                }
            )
        )
        return
    click.echo(columns([(near, f"{cosine:.3f}", f"{times:,}") for near, cosine, times in nearest]))
