"""The stack that a visitor builds: in the URL, in the diagram, and in the hand."""

import dataclasses
from collections.abc import Callable

import streamlit as st

from core.experiments.keras_model.config import KerasModelConfig
from core.messages import N_, Problem
from core.numeric.recurrent.layer_stack import (
    ACTIVATIONS,
    CLASSES,
    KINDS,
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_RATE,
    MOST_UNITS,
    PRESETS,
    RECURRENT,
    Layer,
    Stack,
    activation_of,
    count_params,
    parse,
    spell,
)
from core.numeric.recurrent.layer_stack_faults import Fault, fault
from pages.recurrent.keras_workbench.diagram import KEY, diagram
from ui.notices import plain
from ui.state import address
from ui.state.controls import choose
from ui.state.widgets import place_of
from ui.texts import _, number, say

_STACK, _SELECTED, _UNREAD = "workbench.stack", "workbench.selected", "workbench.unread"
_NAMES = {
    "rnn": "SimpleRNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "deep": N_("GRU, then SimpleRNN"),
}
_NEW = {
    "embedding": Layer("embedding", 64, 1000),
    "dense": Layer("dense", 32),
    "dropout": Layer("dropout", rate=0.2),
    **{kind: Layer(kind, 64) for kind in RECURRENT},
}


def stack() -> Stack:
    """The stack as it stands, right or wrong: the URL's at first, then the hand's."""
    if address.decides(_STACK):
        _read_url()
    return parse(st.session_state[_STACK])


def build(layers: Stack) -> Fault | None:
    """Presets, diagram and editor of the stack, which goes into Config and URL; its fault."""
    wrong = fault(layers)
    address.write({"draft": spell(layers) if wrong else None})
    if wrong is None:
        choose(KerasModelConfig, stack=spell(layers))
    _presets(layers)
    if st.session_state.get(_UNREAD):
        st.warning(plain(say(st.session_state[_UNREAD])))
    if wrong:
        _remedy(wrong)
    selected = _selected(layers)
    diagram(layers, wrong, selected, _follow_click)
    if layers:
        _editor(layers, selected)
    _line(layers)
    return wrong


def _read_url():
    """Take the stack from the URL; a wrong one becomes a draft, so that it is shown and told."""
    said = st.query_params.get("draft") or st.query_params.get("stack")
    st.session_state[_UNREAD] = None
    try:
        layers = parse(PRESETS["lstm"] if said is None else said)
    except Problem as problem:
        st.session_state[_UNREAD] = problem
        layers = parse(PRESETS["lstm"])
        address.write({"stack": None, "draft": None})
    if fault(layers):
        address.write({"stack": None})
    st.session_state[_STACK] = spell(layers)
    st.session_state[_SELECTED] = _to_look_at(layers)


def _to_look_at(layers: Stack) -> int:
    """The layer that is marked at first: the one that is wrong, else the first recurrent one."""
    wrong = fault(layers)
    if wrong and wrong.layer is not None:
        return wrong.layer
    return next((i for i, layer in enumerate(layers) if layer.is_recurrent), 0)


def _selected(layers: Stack) -> int:
    last = max(0, len(layers) - 1)
    chosen = min(st.session_state.get(_SELECTED, 0), last)
    st.session_state[_SELECTED] = chosen
    return chosen


def _follow_click():
    index = st.session_state[KEY].get("index")
    if index is not None:
        st.session_state[_SELECTED] = int(index)


def _replace(layers: Stack, selected: int | None = None):
    """Put another stack in the place of this one; to be called from a widget's callback."""
    st.session_state[_STACK] = spell(layers)
    st.session_state[_UNREAD] = None
    if selected is not None:
        st.session_state[_SELECTED] = selected


def _presets(layers: Stack):
    spelled = spell(layers)
    names = {line: name for name, line in PRESETS.items()}
    st.session_state["workbench.preset"] = now = names.get(spelled)

    def take():
        chosen = st.session_state["workbench.preset"]
        if chosen:
            new = parse(PRESETS[chosen])
            _replace(new, _to_look_at(new))

    told = {
        name: f"{_(_NAMES[name])} · {number(count_params(parse(line)), 0)}"
        for name, line in PRESETS.items()
    }
    st.segmented_control(
        _("The course's four models, and their parameters"),
        list(told),
        default=now,
        format_func=told.get,
        key="workbench.preset",
        on_change=take,
    )


def _remedy(wrong: Fault):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(plain(say(wrong.problem)), icon=":material/build:")
        if wrong.repaired is not None:
            st.button(
                _("Do that"),
                key="workbench.repair",
                help=_("Changes the stack as the sentence says."),
                on_click=_replace,
                args=(wrong.repaired,),
            )


def _editor(layers: Stack, at: int):
    """Widgets for the layer that is chosen, and what can be done with it."""
    layer = layers[at]
    st.markdown(
        "**" + _("Layer {place}").format(place=at + 1) + f"** ({CLASSES[layer.kind]})",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        _kind(layers, at)
        if layer.kind == "embedding":
            _number(layers, at, "inputs", "input_dim", 2, MOST_INPUTS, _("Integers it knows."))
            _number(layers, at, "units", "output_dim", 1, MOST_UNITS, _("Numbers for each."))
        elif layer.kind == "dropout":
            _rate(layers, at)
        else:
            _number(layers, at, "units", "units", 1, MOST_UNITS, _("Numbers that it hands on."))
        if layer.kind == "dense":
            _activation(layers, at)
        if layer.is_recurrent:
            _toggle(layers, at, "sequences", "return_sequences", _("Hand on every step's state."))
            _toggle(layers, at, "bidirectional", "Bidirectional", _("Read from both ends."))
        if layer.kind == "gru":
            about = _("Keras's default form, with a second bias; the course's is without.")
            _toggle(layers, at, "reset_after", "reset_after", about)
    _moves(layers, at)


def _edited(layers: Stack, at: int, **changes) -> Stack:
    return (*layers[:at], dataclasses.replace(layers[at], **changes), *layers[at + 1 :])


def _widget(name: str, value) -> str:
    """A widget's key, set to what the chosen layer has."""
    key = f"workbench.{name}"
    st.session_state[key] = value
    return key


def _changes(key: str, change: Callable[[object], Stack]) -> Callable[[], None]:
    """A callback that puts in what ``change`` makes of the widget's value, if it has one."""

    def put():
        value = st.session_state[key]
        if value is not None:
            _replace(change(value))

    return put


def _kind(layers: Stack, at: int):
    key = _widget("kind", layers[at].kind)

    def other(kind) -> Stack:
        old, new = layers[at], _new(kind, layers[at + 1 :])
        if old.units and kind != "dropout":
            new = dataclasses.replace(new, units=old.units)
        if new.is_recurrent and old.is_recurrent:
            new = dataclasses.replace(new, sequences=old.sequences, bidirectional=old.bidirectional)
        return (*layers[:at], new, *layers[at + 1 :])

    st.selectbox(
        _("Layer"),
        KINDS,
        place_of(layers[at].kind, KINDS),
        format_func=CLASSES.get,
        key=key,
        on_change=_changes(key, other),
        width=150,
    )


def _number(layers: Stack, at: int, field: str, label: str, low: int, high: int, about: str):
    key = _widget(field, getattr(layers[at], field))
    st.number_input(
        label,
        low,
        high,
        st.session_state[key],
        key=key,
        step=8,
        help=about,
        on_change=_changes(key, lambda value: _edited(layers, at, **{field: int(value)})),
        width=150,
    )


def _rate(layers: Stack, at: int):
    key = _widget("rate", layers[at].rate)
    st.slider(
        "rate",
        0.0,
        MOST_RATE,
        st.session_state[key],
        key=key,
        step=0.05,
        help=_("Share of the numbers that are hidden in training."),
        on_change=_changes(key, lambda value: _edited(layers, at, rate=float(value))),
        width=150,
    )


def _activation(layers: Stack, at: int):
    key = _widget("activation", activation_of(layers, at))

    def put(value) -> Stack:
        plain_one = activation_of(_edited(layers, at, activation=""), at)
        return _edited(layers, at, activation="" if value == plain_one else value)

    st.selectbox(
        "activation",
        ACTIVATIONS,
        place_of(st.session_state[key], ACTIVATIONS),
        key=key,
        help=_("Softmax makes probabilities of the last layer's numbers."),
        on_change=_changes(key, put),
        width=150,
    )


def _toggle(layers: Stack, at: int, field: str, label: str, about: str):
    key = _widget(field, getattr(layers[at], field))
    st.toggle(
        label,
        st.session_state[key],
        key=key,
        help=about,
        on_change=_changes(key, lambda value: _edited(layers, at, **{field: bool(value)})),
    )


def _moves(layers: Stack, at: int):
    full = len(layers) >= MOST_LAYERS
    with st.container(horizontal=True):
        for name, icon, to, about in (
            ("up", ":material/arrow_upward:", at - 1, _("Move it towards the input")),
            ("down", ":material/arrow_downward:", at + 1, _("Move it towards the output")),
        ):
            st.button(
                "",
                key=f"workbench.{name}",
                icon=icon,
                help=about,
                disabled=not 0 <= to < len(layers),
                on_click=_move,
                args=(layers, at, to),
            )
        st.button(
            _("Remove"),
            key="workbench.remove",
            icon=":material/delete:",
            help=_("Takes this layer out of the stack."),
            on_click=_replace,
            args=((*layers[:at], *layers[at + 1 :]), max(0, at - 1)),
        )
        with st.popover(_("Add a layer after it"), icon=":material/add:", disabled=full):
            for kind in KINDS:
                st.button(
                    CLASSES[kind],
                    key=f"workbench.add_{kind}",
                    on_click=_replace,
                    args=(_with(layers, at + 1, kind), at + 1),
                    width="stretch",
                )


def _new(kind: str, after: Stack) -> Layer:
    """A layer as it is put in; before another recurrent layer it hands on the sequence."""
    new = _NEW[kind]
    if new.is_recurrent and any(layer.is_recurrent for layer in after):
        return dataclasses.replace(new, sequences=True)
    return new


def _with(layers: Stack, at: int, kind: str) -> Stack:
    return (*layers[:at], _new(kind, layers[at:]), *layers[at:])


def _move(layers: Stack, at: int, to: int):
    moved = list(layers)
    moved.insert(to, moved.pop(at))
    _replace(tuple(moved), to)


def _line(layers: Stack):
    """The whole stack as a line to edit."""
    key = "workbench.line"
    if not st.session_state.get(_UNREAD) or key not in st.session_state:
        st.session_state[key] = spell(layers)

    def read():
        try:
            new = parse(st.session_state[key])
        except Problem as problem:
            st.session_state[_UNREAD] = problem
        else:
            _replace(new, _to_look_at(new))

    st.text_input(
        _("The stack in a line, as the link of this page holds it"),
        st.session_state[key],
        key=key,
        max_chars=400,
        help=_(
            "Layers from the input on, with commas between: embedding:INPUTS:OUTPUTS, "
            "rnn|lstm|gru:UNITS, dense:UNITS, dropout:RATE; options behind them, as in "
            "lstm:64:bidirectional:sequences."
        ),
        on_change=read,
    )
