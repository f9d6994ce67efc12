"""Two predictions about the built model, graded by the visitor's own run."""

import dataclasses

from core.numeric.recurrent.stack.layers import Stack
from core.numeric.recurrent.stack.shapes import Row, count_params, rows
from ui.runs.quiz import CHANCE, Question, compare, standard_error
from ui.runs.run import Run
from ui.texts import _, number, percent


def doubled(layers: Stack) -> tuple[Row, Row]:
    """The largest recurrent layer, and the same with twice the units in its place."""
    table = rows(layers)
    place = max(
        (i for i, row in enumerate(table) if row.layer.is_recurrent),
        key=lambda i: table[i].params,
    )
    layer = layers[place]
    twice = dataclasses.replace(layer, units=2 * layer.units)
    return table[place], rows((*layers[:place], twice, *layers[place + 1 :]))[place]


def growth(layers: Stack) -> str:
    """The answer that a stack bears out: "two", "three" or "four"."""
    before, after = doubled(layers)
    return compare(after.params / before.params, 3, 0.5, ("four", "three", "two"))


def beside_linear(accuracy: float, linear: float, tested: int) -> str:
    """The answer that accuracies on ``tested`` sequences bear out: "above", "equal" or "below"."""
    margin = CHANCE * standard_error(linear, tested)
    return compare(accuracy, linear, margin, ("above", "equal", "below"))


def _grade_double(run: Run) -> tuple[str, str]:
    layers = run.config.layers
    before, after = doubled(layers)
    why = _(
        "The part that reads the input, D × U, doubles, but U × U, from state to state, "
        "becomes four times as large. In your run {name} has {worked} = {params} "
        "parameters; with twice the units, {more}: {times} times as many."
    ).format(
        name=before.name,
        worked=before.worked,
        params=number(before.params, 0),
        more=number(after.params, 0),
        times=number(after.params / before.params, 2),
    )
    return growth(layers), why


def _grade_linear(run: Run) -> tuple[str, str]:
    final = run.result.metrics
    accuracy, linear = final["accuracy"], final["baseline_logistic"]
    tested = int(run.epochs[-1].arrays["confusion"].sum())
    answer = beside_linear(accuracy, linear, tested)
    template = _(
        "Your model, with {params} parameters: {accuracy}; the logistic regression: {linear}. On "
        "{tested} sequences a difference of up to {points} points may be chance."
    )
    reasons = {
        "above": _("The order of the integers, or what they have in common, made the difference."),
        "equal": _(
            "On short sequences, which integer is where decides nearly everything, and that "
            "needs no memory."
        ),
        "below": _(
            "Many parameters are not an advantage by themselves: a few hundred sequences "
            "per class are not enough to learn both what the integers mean and what to keep "
            "of them."
        ),
    }
    text = template.format(
        params=number(count_params(run.config.layers), 0),
        accuracy=percent(accuracy, 1),
        linear=percent(linear, 1),
        tested=number(tested, 0),
        points=number(100 * CHANCE * standard_error(linear, tested), 1),
    )
    return answer, f"{text} {reasons[answer]}"


QUESTIONS = (
    Question("keras-workbench", "double", _grade_double),
    Question("keras-workbench", "linear", _grade_linear),
)
