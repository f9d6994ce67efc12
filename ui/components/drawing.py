"""Drawings of what a lesson's formulas say, moved by hand; what they show is said beneath them."""

from collections.abc import Sequence
from typing import Any

from ui.components import component
from ui.texts import _, number

_DRAWING = component(
    __file__,
    "drawing",
    '<div class="pangloss-drawing"><svg role="img"></svg>'
    '<label><span></span><input type="range" min="0" step="1"></label>'
    '<p aria-live="polite"></p></div>',
)
_STEPS = 4  # copies of an unfolded network
_BACK = 6  # steps of the gradient's way back
_FACTOR = 0.7


def unfolded():
    """A network and its loop, and the same unfolded over time."""
    said = [_("Folded: one cell. Its state goes round and comes in again at the next step, by V.")]
    said += [
        _(
            "Unfolded over {steps}: the loop has become a row. It is the same cell, with the same "
            "U, V and W at every step."
        ).format(steps=_("1 step") if n == 1 else _("{steps} steps").format(steps=n))
        for n in range(1, _STEPS + 1)
    ]
    _draw("unfolded", _("Unfold"), said, _STEPS, 134, steps=_STEPS)


def gradient_back():
    """The gradient of the last loss on its way back, multiplied by a factor at each step."""
    said = [_("The loss L is at the last step. Move the slider: the gradient goes back.")]
    said += [
        _(
            "After {steps} back, at {factor} a step: {left} of it is left. With factors of {more} "
            "it would be {large}."
        ).format(
            steps=_("1 step") if n == 1 else _("{steps} steps").format(steps=n),
            factor=number(_FACTOR, 1),
            left=number(_FACTOR**n, 2),
            more=number(1 / _FACTOR, 1),
            large=number(round(1 / _FACTOR, 1) ** n, 1),
        )
        for n in range(1, _BACK)
    ]
    _draw("backwards", _("Steps back"), said, 3, 134, steps=_BACK, factor=_FACTOR)


def two_boxes(
    given: Sequence[str],
    written: Sequence[str],
    *,
    state: str = "h",
    reads: str | None = None,
    looks_back: bool = False,
):
    """An encoder and a decoder: what one reads and the other writes, sign by sign.

    state: what is handed on. reads: what the decoder reads at every step, if it is not what it has
    written. looks_back: with attention.
    """
    said = [_("Nothing has been read yet.")]
    said += [
        _("The encoder has read {read}. All that it knows is in its state.").format(
            read=_listed(given[:n])
        )
        for n in range(1, len(given))
    ]
    said.append(
        _("The encoder has read everything, {read}, and hands on {state}.").format(
            read=_listed(given), state=state
        )
    )
    wrote = _("The decoder has written {written}.")
    if looks_back:
        wrote = _("The decoder has written {written}, and looks back at all that was read.")
    said += [wrote.format(written=_listed(written[:n])) for n in range(1, len(written) + 1)]
    _draw(
        "boxes",
        _("Step by step"),
        said,
        len(given) + looks_back,
        128,
        given=list(given),
        written=list(written),
        state=state,
        reads=reads,
        looks_back=looks_back,
        names=[_("encoder"), _("decoder")],
    )


def matrices(label: str, stops: Sequence[tuple[str, Sequence[tuple[str, int, int]]]], at: int):
    """Weight matrices to scale.

    stops: what is said of each, and its matrices: name, as "W_e" is written, rows and columns.
    """
    _draw(
        "matrices",
        label,
        [said for said, _shapes in stops],
        at,
        148,
        stops=[
            [{"name": name, "rows": rows, "columns": columns} for name, rows, columns in shapes]
            for _said, shapes in stops
        ],
    )


def _listed(signs: Sequence[str]) -> str:
    if all(len(sign) == 1 for sign in signs):
        return _("“{text}”").format(text="".join(signs))
    return " ".join(signs)


def _draw(kind: str, label: str, said: Sequence[str], at: int, height: int, **data: Any):
    drawn = {"kind": kind, "label": label, "said": list(said), "at": at, "height": height, **data}
    _DRAWING(key=f"drawing.{kind}", data=drawn, height="content")
