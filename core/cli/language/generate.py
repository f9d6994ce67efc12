"""``generate`` and ``bpc``: the shipped language model at work, without TensorFlow."""

import os
import unicodedata
from typing import BinaryIO

import click
import numpy as np

from core import pretrained
from core.cli.data.texts import MOST_READ, read_text
from core.cli.runs.bar import share_bar
from core.cli.speech import as_json, columns, shown
from core.data.language import corpora
from core.numeric.language import generation
from core.numeric.language.language_model import LanguageModel
from core.numeric.weights import import_model

SHIPPED = "voltaire"

_model_option = click.option(
    "--model",
    "exported",
    metavar="FILE",
    type=click.File("rb"),
    help="A model.zip that Pangloss exported, instead of the shipped model.",
)


@click.command(context_settings={"show_default": True})
@click.option("--prompt", default="", help="What the text goes on from; it is not repeated.")
@click.option("--length", default=600, help="Characters to write, 1 to 20,000.")
@click.option("--temperature", default=0.8, help="0 (always the most probable) to 5.")
@click.option("--top-k", default=0, help="Choose among the K most probable; 0 is off.")
@click.option("--top-p", default=1.0, help="Choose among the most probable of share P; 1 is off.")
@click.option("--seed", default=0, help="The same seed, the same text.")
@_model_option
def generate(
    prompt: str,
    length: int,
    temperature: float,
    top_k: int,
    top_p: float,
    seed: int,
    exported: BinaryIO | None,
) -> None:
    """Write on from a prompt, character by character."""
    model = _model(exported)
    parts = generation.generate(model, prompt, length, temperature, top_k, top_p, seed)
    if unknown := model.unknown(unicodedata.normalize("NFC", prompt)):
        named = ", ".join(f"{shown(char)} (U+{ord(char):04X})" for char in unknown)
        click.echo(f"The model does not know these characters of the prompt: {named}.", err=True)
    for part in parts:
        click.echo(shown(part.text), nl=False)
    click.echo()


@click.command(short_help="Bits per character that the language model needs for a text.")
@click.argument("file", metavar="FILE", type=click.File("rb"), required=False)
@click.option("--book", metavar="NAME", help="A book of 'data list', cleaned, instead of FILE.")
@click.option("--as-it-is", is_flag=True, help="Leave licences and line breaks in FILE.")
@click.option("--json", "in_json", is_flag=True, help="One JSON object.")
@_model_option
def bpc(
    file: BinaryIO | None,
    book: str | None,
    as_it_is: bool,
    in_json: bool,
    exported: BinaryIO | None,
) -> None:
    """Bits per character that the language model needs for FILE; - is standard input.

    FILE is cleaned as the books are, which is said. A character that the model does not know
    costs 20 bits.
    """
    if (file is None) == (book is None):
        raise click.UsageError("Give either FILE or --book NAME.")
    text = read_text(file.read(MOST_READ), as_it_is=as_it_is) if file else corpora.book(str(book))
    model = _model(exported)
    with share_bar("read") as heard:
        bits_per_char = model.bits_per_char(text, heard, os.cpu_count() or 1)
    measured = {
        "bits_per_char": bits_per_char,
        "perplexity": 2**bits_per_char,
        "characters": len(text),
        "unknown_characters": int(np.count_nonzero(model.encode(text) == 0)),
    }
    if in_json:
        click.echo(as_json({**measured, "unknown": model.unknown(text)}))
        return
    rows = [
        (name.replace("_", " "), f"{value:,}" if isinstance(value, int) else f"{value:.4f}")
        for name, value in measured.items()
    ]
    click.echo(columns(rows))


def _model(exported: BinaryIO | None) -> LanguageModel:
    if exported is None:
        return pretrained.load(SHIPPED, LanguageModel)[0]
    return import_model(exported.read(MOST_READ))[0]
