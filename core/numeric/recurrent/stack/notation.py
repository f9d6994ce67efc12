"""A stack of layers in one line of text.

    >>> spell(parse("embedding:1000:64, lstm:128, dense:10"))
    'embedding:1000:64,lstm:128,dense:10'

``embedding:INPUTS:OUTPUTS``, ``rnn|lstm|gru:UNITS``, ``dense:UNITS`` and ``dropout:RATE``, with
options behind (``lstm:64:bidirectional:sequences``).
"""

from collections.abc import Sequence
from typing import Any

from core.messages import N_, Problem
from core.numeric.recurrent.cells import CELLS
from core.numeric.recurrent.stack.layers import CLASSES, KINDS, Layer, Stack

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear", "softmax")
MOST_UNITS = 512
MOST_INPUTS = 20_000
MOST_RATE = 0.9

PRESETS = {
    "rnn": "embedding:1000:64,rnn:128,dense:10",
    "lstm": "embedding:1000:64,lstm:128,dense:10",
    "gru": "embedding:1000:64,gru:128,dense:10",
    "deep": "embedding:1000:64,gru:256:sequences,rnn:128,dense:10",
}  # the course's four models


def parse(text: str) -> Stack:
    """The stack that ``text`` spells, whether or not its layers fit each other.

    Raises Problem for a word, a number or an option that is none.
    """
    words = [word.strip() for word in text.split(",")]
    if words == [""]:
        return ()
    return tuple(_layer(word, place) for place, word in enumerate(words, start=1))


def spell(layers: Sequence[Layer]) -> str:
    """The line from which ``parse`` makes these layers."""
    return ",".join(map(str, layers))


def _layer(word: str, place: int) -> Layer:
    kind, *given = (part.strip() for part in word.split(":"))
    if kind not in KINDS:
        raise Problem(
            N_("Layer {place}: “{given}” is not a layer here; the layers are {kinds}."),
            place=place,
            given=_short(kind),
            kinds=", ".join(KINDS),
        )
    first, second, *_ = [*given, "", ""]
    if kind == "embedding":
        inputs = _whole(first, 2, MOST_INPUTS, "input_dim", kind, place)
        units = _whole(second, 1, MOST_UNITS, "output_dim", kind, place)
        return Layer(kind, units, inputs, **_options(given[2:], kind, place))
    if kind == "dropout":
        return Layer(kind, rate=_rate(first, place), **_options(given[1:], kind, place))
    units = _whole(first, 1, MOST_UNITS, "units", kind, place)
    return Layer(kind, units, **_options(given[1:], kind, place))


def _options(given: Sequence[str], kind: str, place: int) -> dict[str, Any]:
    allowed: tuple[str, ...] = ()
    if kind in CELLS:
        allowed = ("bidirectional", "sequences") + ("reset_after",) * (kind == "gru")
    elif kind == "dense":
        allowed = ACTIVATIONS
    for option in given:
        if not allowed:
            raise Problem(
                N_("Layer {place}: {kind} has no option “{given}”."),
                place=place,
                kind=CLASSES[kind],
                given=_short(option),
            )
        if option not in allowed:
            raise Problem(
                N_("Layer {place}: {kind} has no option “{given}”; its options are {options}."),
                place=place,
                kind=CLASSES[kind],
                given=_short(option),
                options=", ".join(allowed),
            )
    if kind == "dense":
        return {"activation": given[-1]} if given else {}
    return dict.fromkeys(given, True)


def _whole(given: str, low: int, high: int, what: str, kind: str, place: int) -> int:
    if given.isascii() and given.isdecimal() and len(given) < 10 and low <= int(given) <= high:
        return int(given)
    raise Problem(
        N_(
            "Layer {place}, {kind}: {what} must be a whole number from {low} to {high}, "
            "not “{given}”."
        ),
        place=place,
        kind=CLASSES[kind],
        what=what,
        low=low,
        high=high,
        given=_short(given),
    )


def _rate(given: str, place: int) -> float:
    try:
        rate = float(given)
    except ValueError:
        rate = -1.0
    if 0 <= rate <= MOST_RATE:  # not NaN
        return round(rate, 3)
    raise Problem(
        N_("Layer {place}, Dropout: the rate must be a number from 0 to {high}, not “{given}”."),
        place=place,
        high=MOST_RATE,
        given=_short(given),
    )


def _short(given: str) -> str:
    return given if len(given) <= 30 else given[:27] + "..."
