"""The cell under the visitor's hands: its settings, its diagram, and the output beside another."""

from dataclasses import asdict
from functools import partial

import numpy as np
import streamlit as st

from core.figures.recurrent.cell import outputs_over_time
from core.messages import N_, Problem
from core.numeric.recurrent.cell_models import Reading
from pages.recurrent.cell.diagram import CONFIG, diagram, edits, weight_names
from pages.recurrent.cell.settings import (
    GATES,
    MOST_INPUT,
    MOST_STEPS,
    MOST_WEIGHT,
    RANDOM,
    CellSettings,
    consequences,
    numbers_in,
    of_preset,
    say_numbers,
)
from ui.components.charts import live_plot, look
from ui.layout import the_figure
from ui.notices import plain
from ui.state import address
from ui.state.controls import choose, controls, value_of
from ui.state.kept_text import cut
from ui.texts import _, number, say

_PINNED = "cell.pinned"
_SEQUENCE, _SLID = "cell.sequence", "cell.slid"
_REACHES = (5, 10, 25, 50, 100, MOST_WEIGHT)  # of the slider of a weight


def laboratory() -> tuple[CellSettings, Reading] | None:
    """Settings, diagram and output; the cell as it is set and what it did, None if not allowed."""
    config = _settings()
    if config is None:
        return None
    reading = config.model().read(config.numbers)
    with the_figure():
        diagram(config, reading)
    _sequence_field(config)
    _one_weight(config)
    _beside(config, reading)
    return config, reading


def _settings() -> CellSettings | None:
    """The controls, and what follows from another choice: a preset has a width of its own."""
    first = address.decides(CONFIG) or CONFIG not in st.session_state
    asked = set(st.query_params)
    gate = {"rnn": "activation", "lstm": "forget_gate", "gru": "update_gate"}
    cell = value_of(CellSettings, "cell")  # before its control is drawn: the strip has its gate
    others = [name for name in GATES[cell] if name != gate[cell]]
    config = controls(
        CellSettings,
        strip=("cell", "preset", "units", gate[cell]),
        more=(*others, "output", "draw"),
    )
    if config is None:
        return None
    if first:
        made = of_preset(config.cell, config.preset)
        changes = {
            name: value
            for name, value in made.items()
            if name not in asked and getattr(config, name) != value
        }
    else:
        changes = consequences(st.session_state[CONFIG], config)
    config = _understood(config.replace(**changes))
    st.session_state[CONFIG] = config
    if changes or config.cell != cell:
        choose(CellSettings, **asdict(config))
        st.rerun()
    _say_exceptions(config)
    return config


def _say_exceptions(config: CellSettings):
    """The URL leaves out what is a field's default; a preset, opened by a link, has its own."""
    defaults, own = CellSettings.defaults(), of_preset(config.cell, config.preset)
    for name, value in own.items():
        if getattr(config, name) == defaults[name] != value:
            address.write({name: str(defaults[name])})


def _understood(config: CellSettings) -> CellSettings:
    """The settings without what a link says of weights or sequence and nobody can read."""
    for name, read in (("sequence", lambda c: c.numbers), ("weights", CellSettings.free)):
        try:
            read(config)
        except Problem as problem:
            st.warning(plain(say(problem)) + " " + _("The default is used."))
            config = config.replace(**{name: ""})
    return config


# ---- the sequence, as numbers ----


def _sequence_field(config: CellSettings):
    """The sequence to be typed; what is drawn by hand appears in it."""
    text = say_numbers(config.numbers)
    shown = f"{_SEQUENCE}.shown"
    if st.session_state.get(shown) != text or _SEQUENCE not in st.session_state:
        st.session_state[_SEQUENCE] = st.session_state[shown] = text
    st.text_input(
        _("The sequence x, one number per step: type it, or draw the bars at the bottom"),
        st.session_state[_SEQUENCE],
        key=_SEQUENCE,
        help=_("Up to {most} numbers from {low} to {high}, between spaces.").format(
            most=MOST_STEPS, low=f"−{MOST_INPUT:g}", high=f"{MOST_INPUT:g}"
        ),
        on_change=cut(_SEQUENCE, 120, _typed),
    )
    problem = st.session_state.pop(f"{_SEQUENCE}.problem", None)
    if problem:
        st.error(plain(say(problem)) + " " + _("The sequence is as it was."))


def _typed():
    try:
        numbers = numbers_in(st.session_state[_SEQUENCE])
    except Problem as problem:
        st.session_state[f"{_SEQUENCE}.problem"] = problem
    else:
        choose(CellSettings, sequence=say_numbers(numbers))
    st.session_state.pop(f"{_SEQUENCE}.shown", None)


# ---- one weight on a slider ----


def _one_weight(config: CellSettings):
    """For a hand that would rather have a slider than drag a number in a formula."""
    with st.expander(_("One weight on a slider")):
        model = config.free()
        now, start, names = model.flat(), config.untouched().flat(), weight_names(model)
        place = st.selectbox(
            _("Weight"),
            range(now.size),
            format_func=lambda place: names[place],
            key=f"cell.weight.{config.cell}.{config.units}",
            help=_("As in the formula above; the gate's letter is its index."),
        )
        key = f"{_SLID}.{config.cell}.{config.preset}.{config.units}.{config.draw}.{place}"
        far = max(abs(start[place]) * 1.5, abs(now[place]))
        reach = float(next(r for r in _REACHES if r >= min(far, MOST_WEIGHT)))
        key += f".{reach:g}"
        st.session_state[key] = float(now[place])

        def slide():
            weights = {str(place): float(st.session_state[key])}
            choose(CellSettings, **edits(st.session_state[CONFIG], {"weights": weights}))

        st.slider(
            _("Its value"),
            -reach,
            reach,
            float(now[place]),
            step=reach / 100,
            format="%.2f",
            key=key,
            on_change=slide,
        )
        st.button(
            _("Back to the weights it started from"),
            key="cell.restore",
            disabled=not config.weights,
            on_click=choose,
            args=(CellSettings,),
            kwargs={"weights": ""},
        )


# ---- the output beside others ----


def _beside(config: CellSettings, reading: Reading):
    """o_t over time: as it is, as it would be otherwise, and as it was when it was pinned."""
    others = _others(config)
    pinned = st.session_state.get(_PINNED)
    if pinned is not None:
        others[_("pinned")] = pinned
    figure = partial(
        outputs_over_time,
        look(
            _title(config, reading, others),
            _("step"),
            _("output o_t").replace("o_t", "o<sub>t</sub>"),
        ),
        reading.outputs,
        others,
        cell=config.cell,
        now=_("now"),
    )
    live_plot(figure, key="cell.outputs", height=260)
    with st.container(horizontal=True):
        st.button(
            _("Pin this output"),
            key="cell.pin",
            help=_("Keeps it in the chart, next to what you change afterwards."),
            on_click=_pin,
            args=(reading.outputs,),
        )
        if pinned is not None:
            st.button(_("Unpin"), key="cell.unpin", on_click=_pin, args=(None,))


def _pin(outputs: np.ndarray | None):
    st.session_state[_PINNED] = outputs


def _others(config: CellSettings) -> dict[str, np.ndarray]:
    """The outputs of the same weights with the other activation, or with no gate held."""
    if config.cell == "rnn":
        other = "tanh" if config.activation == "relu" else "relu"
        name = {"tanh": "tanh", "relu": "ReLU"}[other]
        changed = config.replace(activation=other)
        return {_("with {activation}").format(activation=name): _outputs(changed)}
    if config.held:
        return {_("gates free"): _outputs(config.replace(**dict.fromkeys(config.held, "free")))}
    if config.weights:
        return {_("weights as they were"): _outputs(config.replace(weights=""))}
    return {}


def _outputs(config: CellSettings) -> np.ndarray:
    return config.model().read(config.numbers).outputs


def _title(config: CellSettings, reading: Reading, others: dict[str, np.ndarray]) -> str:
    last = _text(reading.outputs[-1])
    for name, values in others.items():
        if len(values) and name != _("pinned"):
            return _("Last output: {last}; {other}: {value}").format(
                last=last, other=name, value=_text(values[-1])
            )
    if config.preset != RANDOM and not config.weights:
        return _(_TITLES[config.preset])
    return _("Last output: {last}").format(last=last)


def _text(value: float) -> str:
    return number(float(value), 3).replace("-", "−")


_TITLES = {
    "latch": N_("Latch: 1 sets, −1 clears, 0 holds"),
    "remember": N_("The output stays at the first input"),
    "count": N_("The output counts the ones"),
    "forget": N_("At each step half is forgotten"),
}
