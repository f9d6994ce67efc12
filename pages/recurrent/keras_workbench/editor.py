"""The hand on one layer of the stack: its widgets, its place, and what is put in beside it."""

import dataclasses
from collections.abc import Callable
from typing import Any

import streamlit as st

from core.numeric.recurrent.cells import CELLS
from core.numeric.recurrent.stack.faults import MOST_LAYERS
from core.numeric.recurrent.stack.layers import CLASSES, KINDS, Layer, Stack, activation_of
from core.numeric.recurrent.stack.notation import (
    ACTIVATIONS,
    MOST_INPUTS,
    MOST_RATE,
    MOST_UNITS,
    spell,
)
from ui.state.widgets import place_of
from ui.texts import _

STACK, SELECTED, UNREAD = "workbench.stack", "workbench.selected", "workbench.unread"
_NEW = {
    "embedding": Layer("embedding", 64, 1000),
    "dense": Layer("dense", 32),
    "dropout": Layer("dropout", rate=0.2),
    **{kind: Layer(kind, 64) for kind in CELLS},
}


def editor(layers: Stack, at: int):
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
            about = _("Share of the numbers that are hidden in training.")
            _field(
                st.slider, layers, at, "rate", "rate", about, 0.0, MOST_RATE, step=0.05, width=150
            )
        else:
            _number(layers, at, "units", "units", 1, MOST_UNITS, _("Numbers that it hands on."))
        if layer.kind == "dense":
            _activation(layers, at)
        if layer.is_recurrent:
            about = _("Hand on every step's state.")
            _field(st.toggle, layers, at, "sequences", "return_sequences", about)
            about = _("Read from both ends.")
            _field(st.toggle, layers, at, "bidirectional", "Bidirectional", about)
        if layer.kind == "gru":
            about = _("Keras's default form, with a second bias; the course's has none.")
            _field(st.toggle, layers, at, "reset_after", "reset_after", about)
    _moves(layers, at)


def replace_stack(layers: Stack, selected: int | None = None):
    """Put another stack in the place of this one; to be called from a widget's callback."""
    st.session_state[STACK] = spell(layers)
    st.session_state[UNREAD] = None
    if selected is not None:
        st.session_state[SELECTED] = selected


def _edited(layers: Stack, at: int, **changes: Any) -> Stack:
    return (*layers[:at], dataclasses.replace(layers[at], **changes), *layers[at + 1 :])


def _widget(name: str, value: object) -> str:
    """A widget's key, set to what the chosen layer has."""
    key = f"workbench.{name}"
    st.session_state[key] = value
    return key


def _changes(key: str, change: Callable[[Any], Stack]) -> Callable[[], None]:
    """A callback that puts in what ``change`` makes of the widget's value, if it has one."""

    def put():
        value = st.session_state[key]
        if value is not None:
            replace_stack(change(value))

    return put


def _kind(layers: Stack, at: int):
    key = _widget("kind", layers[at].kind)

    def other(kind: str) -> Stack:
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
        format_func=CLASSES.__getitem__,
        key=key,
        on_change=_changes(key, other),
        width=150,
    )


def _number(layers: Stack, at: int, field: str, label: str, low: int, high: int, about: str):
    _field(st.number_input, layers, at, field, label, about, low, high, step=8, width=150)


def _field(
    widget: Callable[..., object],
    layers: Stack,
    at: int,
    field: str,
    label: str,
    about: str,
    *bounds: float,
    **more: Any,
):
    """A widget for a field of the chosen layer. bounds, more: what else the widget takes."""
    key = _widget(field, getattr(layers[at], field))
    widget(
        label,
        *bounds,
        st.session_state[key],
        key=key,
        help=about,
        on_change=_changes(key, lambda value: _edited(layers, at, **{field: value})),
        **more,
    )


def _activation(layers: Stack, at: int):
    key = _widget("activation", activation_of(layers, at))

    def put(value: str) -> Stack:
        plain_one = activation_of(_edited(layers, at, activation=""), at)
        return _edited(layers, at, activation="" if value == plain_one else value)

    st.selectbox(
        "activation",
        ACTIVATIONS,
        place_of(st.session_state[key], ACTIVATIONS),
        key=key,
        help=_("Softmax turns the last layer's numbers into probabilities."),
        on_change=_changes(key, put),
        width=150,
    )


def _moves(layers: Stack, at: int):
    full = len(layers) >= MOST_LAYERS
    before, after = layers[: at + 1], layers[at + 1 :]
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
            help=_("Removes this layer from the stack."),
            on_click=replace_stack,
            args=((*layers[:at], *after), max(0, at - 1)),
        )
        with st.popover(_("Add a layer after it"), icon=":material/add:", disabled=full):
            for kind in KINDS:
                st.button(
                    CLASSES[kind],
                    key=f"workbench.add_{kind}",
                    on_click=replace_stack,
                    args=((*before, _new(kind, after), *after), at + 1),
                    width="stretch",
                )


def _new(kind: str, after: Stack) -> Layer:
    """A layer as it is put in; before another recurrent layer it hands on the sequence."""
    new = _NEW[kind]
    if new.is_recurrent and any(layer.is_recurrent for layer in after):
        return dataclasses.replace(new, sequences=True)
    return new


def _move(layers: Stack, at: int, to: int):
    moved = list(layers)
    moved.insert(to, moved.pop(at))
    replace_stack(tuple(moved), to)
