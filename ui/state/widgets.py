"""One widget for one field, by its Spec."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from core.experiments.kit.config import Spec
from ui.state.kept_text import cut
from ui.texts import _, language, plain_number

_SLIDER_STOPS = 200  # more than the pixels of a narrow slider can tell apart
_SEGMENTS, _LETTERS = 4, 32  # at most so many, in words of so many letters, fit a strip
_WIDTH_PX = 150  # so that a strip wraps instead of squeezing


def show(
    spec: Spec,
    key: str,
    value: Any,
    fresh: bool = False,
    alone: bool = False,
    moved: Callable[[], object] | None = None,
) -> Any:
    """The widget for a field; returns what it says.

    value: what it shows when it is new. fresh: show ``value`` again, since the labels have changed.
    alone: whether it has a row of its own. moved: called when it was moved.

    The value is given to the widget as its default, too, as it is to every widget of ours: the
    browser makes it with the default and sets the session's value a moment later, and what the
    server hears in between is the default. In a popover that moment lasts until it is opened.
    """
    if fresh or key not in st.session_state:
        st.session_state[key] = value
    now = st.session_state[key]
    label, about = _(spec.label), _(spec.help) if spec.help else None
    asks = {"key": key, "help": about, "on_change": moved}
    match spec.kind:
        case "bool":
            return st.toggle(label, now, **asks)
        case "text":
            asks["on_change"] = cut(key, int(spec.high), *filter(None, [moved]))
            return st.text_input(label, now, width=_WIDTH_PX, **asks)
        case "choice":
            return _choice(spec, label, now, alone, asks)
        case _ if spec.log:
            options = _with(stops(spec), value, f"{key}.stops")
            form = str if spec.kind == "int" else plain_number
            return st.select_slider(label, options, now, format_func=form, width=_WIDTH_PX, **asks)
        case _:
            return _number(spec, label, now, asks)


def pressed(label: str, *, key: str, **more: Any) -> bool:
    """A button, and whether it has been pressed since the page was last drawn as far as this line.

    Streamlit tells of a press once, to a run of the script that it ends before this line where the
    browser reports something else just then; what a callback has noted is there in the next run.
    more: of ``st.button``.
    """
    st.button(label, key=key, on_click=press, args=(key,), **more)
    return was_pressed(key)


def was_pressed(key: str) -> bool:
    """Whether it was pressed, told once; a button may ask before it is drawn."""
    return st.session_state.pop(f"{key}.pressed", False)


def press(key: str):
    """Press the button of ``pressed`` with that key."""
    st.session_state[f"{key}.pressed"] = True


def place_of(chosen: Any, options: Iterable[Any]) -> int | None:
    """The index of what is chosen, a list's default; None where nothing is."""
    return None if chosen is None else list(options).index(chosen)


def in_new_words(key: str, options: Collection[Any], default: Any) -> Any:
    """What is chosen of the options, the widget's default; to be called before it.

    Where the language has changed since the widget was drawn it is given what is chosen again: the
    browser knows an option by its words, and would show none as chosen.
    """
    chosen = st.session_state.get(key)
    chosen = chosen if chosen in options else default
    name, now = f"{key}.language", language()
    if st.session_state.get(name, now) != now:
        st.session_state[key] = chosen
    st.session_state[name] = now
    return chosen


def stops(spec: Spec) -> list[float]:
    """Where a logarithmic slider stops: powers of two for whole numbers, 1-2-5 for others."""
    if spec.kind == "int":
        first, last = math.ceil(math.log2(spec.low)), math.floor(math.log2(spec.high))
        inside = [2**power for power in range(first, last + 1)]
        return sorted({int(spec.low), *inside, int(spec.high)})
    decades = range(math.floor(math.log10(spec.low)), math.ceil(math.log10(spec.high)) + 1)
    inside = [float(f"{digit}e{decade}") for decade in decades for digit in (1, 2, 5)]
    return sorted({spec.low, *(v for v in inside if spec.low < v < spec.high), spec.high})


def _choice(spec: Spec, label: str, now: Any, alone: bool, asks: Mapping[str, Any]) -> Any:
    options, names = list(spec.options), {o: _(words) for o, words in spec.options.items()}
    form = names.__getitem__
    letters = sum(map(len, spec.options.values()))
    if len(options) <= _SEGMENTS and (alone or letters <= _LETTERS):
        return st.segmented_control(
            label, options, default=now, required=True, format_func=form, **asks
        )
    place = place_of(now, options)
    return st.selectbox(label, options, place, format_func=form, width=_WIDTH_PX, **asks)


def _number(spec: Spec, label: str, now: Any, asks: Mapping[str, Any]) -> Any:
    number, form = (int, "%d") if spec.kind == "int" else (float, f"%.{_decimals(spec)}f")
    step = number(_step(spec))
    bounds = {
        "value": now,
        "min_value": number(spec.low),
        "max_value": number(spec.high),
        "step": step,
    }
    few = (spec.high - spec.low) / step <= _SLIDER_STOPS
    widget = st.slider if few else st.number_input
    if few and number is float and language() == "fr":
        form = "localized"  # the browser's comma
    return widget(label, **bounds, format=form, width=_WIDTH_PX, **asks)


def _step(spec: Spec) -> float:
    """The given step; else 1, or the power of ten that divides the range in 20 to 200."""
    if spec.step is not None:
        return spec.step
    if spec.kind == "int":
        return 1
    return 10.0 ** math.floor(math.log10((spec.high - spec.low) / 20))


def _decimals(spec: Spec) -> int:
    return max(0, -int(Decimal(f"{_step(spec):g}").normalize().as_tuple().exponent))


def _with(options: Iterable[float], value: float, key: str) -> list[float]:
    """The options and every value the session has seen between them, so that none is lost."""
    seen = st.session_state.setdefault(key, set())
    seen.add(value)
    return sorted({*options, *seen})
