"""One answer in full: how sure of each digit, what else it thought of, and where it looked."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.data.language.arithmetic import Questions
from core.experiments.calculator.analysis import LONGEST, Asked
from core.figures.language.calculator import attention_over_question
from core.numeric.language.codec import END
from pages.language.calculator.networks import Answerer
from pages.language.calculator.notation import operation_names, printed, symbol
from ui.components import component
from ui.components.charts import live_plot, look
from ui.texts import _, percent

_ASK = component(__file__, "ask", '<div class="pangloss-ask" role="group"></div>')
_OTHERS, _WIDTH = 3, 5
_SURE = 0.9995  # above, "100%" would be said of what is not certain


@dataclass(frozen=True)
class WrittenDigit:
    """A digit of an answer: at which step it was written, how likely, and the runners-up."""

    step: int
    symbol: str
    probability: float
    others: tuple[tuple[str, float], ...]


def answer(answerer: Answerer, asked: Asked):
    """The answer, large, with the probability of each digit and the likeliest whole answers."""
    digits = digits_of(answerer, asked)
    wholes = answerer.model.beam(asked.question, _WIDTH, LONGEST)
    verdict = (_("Right: it is {truth}.") if asked.correct else _("Wrong: it is {truth}.")).format(
        truth=printed(str(asked.truth))
    )
    equation = f"{printed(asked.question)} = {printed(asked.answer)}"
    probabilities = ", ".join(f"{d.symbol} {sure(d.probability)}" for d in digits)
    _ASK(
        key="calculator.answer",
        data={
            "question": printed(asked.question),
            "digits": [
                {
                    "symbol": d.symbol,
                    "share": d.probability,
                    "said": sure(d.probability),
                    "others": [[other, sure(p)] for other, p in d.others],
                }
                for d in digits
            ],
            "right": asked.correct,
            "verdict": verdict,
            "nothing": _("nothing"),
            "notes": _notes(answerer, asked) + _likelier(asked, wholes),
            "heading": _("The likeliest whole answers"),
            "answers": [
                {
                    "text": printed(text) or _("nothing"),
                    "share": share,
                    "said": sure(share),
                    "right": text == str(asked.truth),
                }
                for text, share in wholes
            ],
            "alt": f"{equation}. {verdict} {probabilities}",
        },
        height="content",
    )


def digits_of(answerer: Answerer, asked: Asked) -> list[WrittenDigit]:
    """The digits of the answer in the order in which it is read."""
    codec, written = answerer.model.codec, asked.written
    digits = []
    for step, i in enumerate(written.ids[0].tolist()):
        if i == END:
            break
        if not codec.symbol(i):
            continue
        likely = written.probabilities[0, step]
        best = [int(j) for j in np.argsort(-likely) if j != i][:_OTHERS]
        others = tuple((symbol(codec, j), float(likely[j])) for j in best)
        digits.append(WrittenDigit(step, printed(codec.symbol(i)), float(likely[i]), others))
    return digits[::-1] if codec.reverse_answers else digits


def sure(probability: float) -> str:
    """A probability in percent that says neither "0%" nor "100%" of what is neither."""
    if _SURE <= probability < 1:
        return "> " + percent(0.999, 1)
    if 0 < probability < 1 - _SURE:
        return "< " + percent(0.001, 1)
    return percent(probability, 1)


def writing(answerer: Answerer, asked: Asked):
    """The steps of writing, and where the network looked at each."""
    codec, ids = answerer.model.codec, asked.written.ids[0].tolist()
    rows = [f"{step}: {symbol(codec, i)}" for step, i in enumerate(ids, 1)]
    if answerer.model.architecture.attention == "none":
        st.caption(
            _(
                "This network has no attention: all that its decoder knows of the question "
                "is the state that the encoder passed on. It wrote, in this order: {steps}."
            ).format(steps=", ".join(rows))
        )
        return
    attention, columns = attention_by_character(answerer, asked)
    title = _("Where it looked while it wrote {answer}").format(
        answer=printed(asked.answer) or _("nothing")
    )
    strongest = "; ".join(
        _("{written}: most at {read}, {weight}").format(
            written=row, read=columns[int(weights.argmax())], weight=percent(float(weights.max()))
        )
        for row, weights in zip(rows, attention, strict=True)
    )
    figure = partial(
        attention_over_question,
        look(title, _("the question"), _("step: what it wrote"), f"{title}. {strongest}"),
        attention,
        rows,
        columns,
        hover=_("While it wrote {written}, {weight}% of its attention was on {read}"),
    )
    live_plot(figure, key="calculator.looked", height=140 + 34 * len(rows))


def attention_by_character(answerer: Answerer, asked: Asked) -> tuple[np.ndarray, list[str]]:
    """Attention over the question as it is read by people, (steps, characters), and their names.

    A network that reads padding may look at it: that is the last column then.
    """
    weights = asked.written.attention[0]
    if answerer.model.codec.reverse_questions:
        weights = weights[:, ::-1]
    length = len(asked.question)
    columns = list(printed(asked.question))
    if weights.shape[1] > length:
        padding = weights[:, length:].sum(1, keepdims=True)
        weights = np.concatenate([weights[:, :length], padding], 1)
        columns.append(_("padding"))
    return weights, columns


def _notes(answerer: Answerer, asked: Asked) -> list[tuple[str, str]]:
    """Whether it has learned such questions, and whether this one was held out."""
    if not asked.in_range:
        return [("outside", _outside(answerer, asked.operation))]
    question = (np.array([part]) for part in (asked.first, asked.operation, asked.second))
    if Questions(*question).held_out()[0]:
        return [("seen", _("Held out: no network here has ever been trained on this question."))]
    return [("seen", _("Not held out: it may have met this question in training."))]


def _likelier(asked: Asked, wholes: list[tuple[str, float]]) -> list[tuple[str, str]]:
    """Whether a search finds a likelier answer than that of the likeliest digit at each step."""
    best = wholes[0][0]
    if best == asked.answer:
        return []
    note = _(
        "It wrote the likeliest digit at each step; as a whole, {best} is likelier still: a "
        "search that follows several beginnings at once (beam search) finds it."
    )
    return [("seen", note.format(best=printed(best) or _("nothing")))]


def _outside(answerer: Answerer, operation: str) -> str:
    if operation in answerer.learned:
        note = _(
            "Outside what it has learned: in training the numbers of {operations} had {digits} "
            "digits at most."
        )
    else:
        note = _("Outside what it has learned: it was never shown {operations}.")
    operations = operation_names()[operation].lower()
    return note.format(operations=operations, digits=answerer.learned.get(operation))
