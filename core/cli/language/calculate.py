"""``calculate``: the shipped calculator answers, without TensorFlow."""

import re

import click

from core import pretrained
from core.cli.speech import as_json
from core.data.language.expressions import read_expression
from core.experiments.calculator.analysis import Asked, ask
from core.experiments.calculator.recipe import LEARNED, NAME
from core.numeric.language.seq2seq import Seq2Seq

_OPTION = re.compile(r"--?[A-Za-z]|--$")


class _Asking(click.Command):
    """A command to which a word such as -5+3 is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options first and "--" before all the other words."""
        end = args.index("--") if "--" in args else len(args)
        options = [word for word in args[:end] if _OPTION.match(word)]
        others = [word for word in args[:end] if not _OPTION.match(word)]
        return super().parse_args(ctx, [*options, "--", *others, *args[end + 1 :]])


@click.command(cls=_Asking, short_help="The shipped calculator's answers, one a line.")
@click.argument("expressions", metavar="EXPRESSION ...", nargs=-1, required=True)
@click.option("--json", "in_json", is_flag=True, help="One JSON object a line.")
def calculate(expressions: tuple[str, ...], in_json: bool) -> None:
    """Have the shipped network calculate; it may be wrong, and then it is said.

    An EXPRESSION is two whole numbers with +, - or * between them, such as 12+345. Write 34x7 or,
    since a shell takes a bare star for names of files, "34*7".
    """
    # All are read first: a wrong one is said before anything is answered.
    questions = [read_expression(text) for text in expressions]
    model, _card = pretrained.load(NAME, Seq2Seq)
    for first, operation, second in questions:
        asked = ask(model, LEARNED, first, operation, second)
        names = ("question", "answer", "correct", "digit_probabilities", "in_range")
        click.echo(as_json({n: getattr(asked, n) for n in names}) if in_json else _line(asked))


def _line(asked: Asked) -> str:
    notes = [] if asked.correct else [f"wrong: {asked.truth} is right"]
    if not asked.in_range:
        digits = LEARNED[asked.operation]
        notes.append(f"for {asked.operation} it has learned numbers of at most {digits} digits")
    line = f"{asked.question} = {asked.answer or 'nothing'}"
    return f"{line} ({'; '.join(notes)})" if notes else line
