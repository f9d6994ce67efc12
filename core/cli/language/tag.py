"""``tag``: the tag of each word of a sentence by a shipped tagger, without TensorFlow."""

import click

from core import pretrained
from core.cli.speech import as_json, columns, shown
from core.messages import N_, Problem
from core.numeric.language.tagging.spans import spans
from core.numeric.language.tagging.tagger import Tagger
from core.numeric.language.tagging.typed import typed_words

_TASKS = {"words": "tagger", "names": "tagger-names"}
MOST_CHARS = 5_000


@click.command(short_help="The tags of a French sentence's words.")
@click.argument("sentence", metavar="SENTENCE")
@click.option(
    "--task",
    type=click.Choice(list(_TASKS)),
    default="words",
    show_default=True,
    help="Parts of speech, or names of persons, places and organisations.",
)
@click.option("--json", "in_json", is_flag=True, help="One JSON object.")
def tag(sentence: str, task: str, in_json: bool) -> None:
    """The tag of each word of SENTENCE, a French one, by the shipped tagger.

    A line each: the word, its tag, its probability, and the tags that were likeliest to who had
    read it only from the left and only from the right.
    """
    tagger, card = pretrained.load(_TASKS[task], Tagger)
    words = typed_words(sentence[:MOST_CHARS], card["config"]["data"])
    if not words:
        raise Problem(N_("There is no word to read in this."))
    reading = tagger.read(words)
    names = {name: tagger.named(of.argmax(1)) for name, of in reading.probabilities.items()}
    best = tagger.named(reading.best)
    shares = reading.probabilities["both"][range(len(words)), reading.best].tolist()
    if in_json:
        rows = zip(words, best, shares, names["left"], names["right"], strict=True)
        keys = ("word", "tag", "probability", "from_left", "from_right")
        told: dict[str, object] = {"words": [dict(zip(keys, row, strict=True)) for row in rows]}
        if tagger.spans:
            told["names"] = [
                {"kind": span.kind, "words": " ".join(words[span.start : span.end])}
                for span in spans(best)
            ]
        click.echo(as_json(told))
        return
    rows = [
        (shown(word), *row)
        for word, *row in zip(
            words, best, [f"{share:.3f}" for share in shares], names["left"], names["right"],
            strict=True,
        )
    ]  # fmt: skip
    click.echo(columns([("WORD", "TAG", "PROB", "FROM LEFT", "FROM RIGHT"), *rows]))
