"""``translate``: a sentence in the other language by a shipped network, without TensorFlow."""

import math

import click

from core import pretrained
from core.cli.speech import as_json, columns, shown
from core.experiments.translation import shipped
from core.numeric.language.seq2seq import Seq2Seq
from core.numeric.language.translation.tokens import LANGUAGES, set_in


@click.command(short_help="A short English or French sentence in the other language.")
@click.argument("sentence", metavar="SENTENCE")
@click.option(
    "--from",
    "source",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of SENTENCE.",
)
@click.option(
    "--beam",
    type=click.IntRange(1, 16),
    default=shipped.WIDTH,
    show_default=True,
    help="Beginnings that are kept at each step; 1 is greedy search.",
)
@click.option("--json", "in_json", is_flag=True, help="One JSON object.")
def translate(sentence: str, source: str, beam: int, in_json: bool) -> None:
    """SENTENCE, of a few words, in the other language, by the shipped network.

    With several beginnings kept a line each: the translation, and its probability; the best first.
    """
    text = shipped.sentence(sentence, source)
    target = next(language for language in LANGUAGES if language != source)
    model, _card = pretrained.load(shipped.NAMES[f"{source}_{target}"], Seq2Seq)
    found = shipped.search(model, text, beam)
    told = [
        (
            set_in(model.codec.text(found.ids(at)), target),
            math.exp(found.prefixes[at].log_probability),
        )
        for at in found.best
    ]
    if in_json:
        keys = ("text", "probability")
        rows = [dict(zip(keys, row, strict=True)) for row in told]
        click.echo(as_json({"sentence": text, "translations": rows}))
        return
    click.echo(columns([(f"{probability:.3f}", shown(line)) for line, probability in told]))
