"""Two predictions about the visitor's own cell, graded by what it does."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from core.numeric.recurrent.cell_models import Reading
from pages.recurrent.cell.settings import CellSettings
from ui.runs.quiz import ask, compare, read_questions, reply
from ui.texts import _, lesson_text, number

_Grade = Callable[[], tuple[str, str]]
_ALL_SHARE, _HALF_SHARE = 0.75, 0.25
_TIE = 1.25  # the largest gradient is no more than so much larger than the smallest


def questions(config: CellSettings, reading: Reading):
    """Both questions; an answer is graded at once, by the cell as it stands."""
    st.markdown("**" + _("Two predictions, before you look") + "**")
    first = {"lstm": grade_forget, "gru": grade_update, "rnn": grade_activation}[config.cell]
    _predict(f"cell.first.{config.cell}", config.cell, lambda: first(config))
    _predict("cell.second", "reach", lambda: grade_reach(reading.gradients().inputs[:, 0]))


def _predict(key: str, name: str, grade: _Grade):
    """A question of the lesson's; once it is answered, what the visitor's own cell says."""
    question, options = read_questions(lesson_text("cell", "quiz"))[name]
    answer = ask(key, question, options)
    if answer is None:
        st.caption(_("Answer, and your cell shows whether you are right."))
    else:
        reply(answer, grade(), options, _("Your cell shows otherwise: {answer}."))


# ---- the first question, one for each cell ----


def grade_forget(config: CellSettings) -> tuple[str, str]:
    """How much of c_1 the cell of ``config`` passes on, its forget gate open, as it is, and shut.

    The share is the mean over the units of the product of F over the steps after the first.
    """
    shares = {}
    for how in ("open", config.forget_gate, "shut"):
        gates = config.replace(forget_gate=how).model().read(config.numbers).trace
        shares[how] = float(np.prod(gates.steps["forget_gate"][1:], axis=0).mean())
    why = _(
        "F is what is kept, $c_t = F_t \\circ c_{{t-1}} + \\dots$: a forget gate at 1 forgets "
        "nothing. "
        "Of $c_1$ your cell keeps {open} with F held at 1, {now} as it is now, {shut} with F at 0."
    ).format(
        open=number(shares["open"], 3),
        now=number(shares[config.forget_gate], 3),
        shut=number(shares["shut"], 3),
    )
    if shares["open"] >= _ALL_SHARE:
        return "all", why
    return ("half" if shares["open"] >= _HALF_SHARE else "none"), why


def grade_update(config: CellSettings) -> tuple[str, str]:
    """How far h of ``config`` moves with its update gate open and shut."""
    moved = {}
    for how in ("open", "shut"):
        hidden = config.replace(update_gate=how).model().read(config.numbers).trace.steps["hidden"]
        moved[how] = float(np.abs(hidden).max())
    why = _(
        "Z is the share of the old, $h_t = Z_t \\circ h_{{t-1}} + (1 - Z_t) \\circ \\tilde "
        "h_t$. With Z held at 1, your cell's h gets no further from 0, where it began, than "
        "{open}; with Z at 0, it gets as far as {shut}. (Other texts write Z and 1 − Z the "
        "other way round.)"
    ).format(open=number(moved["open"], 3), shut=number(moved["shut"], 3))
    if moved["open"] == 0:
        return "stays", why
    return ("half" if moved["open"] < moved["shut"] else "copies"), why


def grade_activation(config: CellSettings) -> tuple[str, str]:
    """The largest h of ``config`` with ReLU, and with tanh."""
    most = {}
    for activation in ("relu", "tanh"):
        model = config.replace(activation=activation).model()
        most[activation] = float(model.read(config.numbers).trace.steps["hidden"].max())
    why = _(
        "ReLU passes a positive sum on as it is, tanh never more than 1: where V multiplies "
        "h by more than 1, or something is added at each step, h grows with the sequence. "
        "The largest h of your cell is {relu} with ReLU and {tanh} with tanh."
    ).format(relu=number(most["relu"], 3), tanh=number(most["tanh"], 3))
    return compare(most["relu"], most["tanh"], 0.005, ("relu", "same", "tanh")), why


# ---- the second ----


def grade_reach(slopes: np.ndarray) -> tuple[str, str]:
    """Which input the last output leans on, by its gradient with respect to each, (time,)."""
    size = np.abs(slopes)
    most, last = int(size.argmax()), len(size) - 1
    if size.max() < 1e-9:
        return "none", _(
            "The gradient of the last output with respect to every input is 0: a gate that is "
            "shut, or a ReLU below 0, lets nothing through."
        )
    why = _(
        "By the gradient, the last output moves by {most} for each 1 that $x_{{{step}}}$ "
        "moves, by {last} for the last input and by {first} for the first. Show the "
        "gradient above the diagram to see where it passes and where it ends."
    ).format(
        most=_signed(slopes[most]),
        step=most + 1,
        last=_signed(slopes[last]),
        first=_signed(slopes[0]),
    )
    if last and size.max() <= _TIE * size.min():
        return "all", why
    return ("last" if most == last else "first" if most == 0 else "between"), why


def _signed(value: float) -> str:
    if value == 0 or abs(value) >= 5e-4:
        return number(float(value), 3).replace("-", "−")
    return _("less than {bound}").format(bound=number(0.0005, 4))
