"""The stack that a visitor builds: in the URL, in the diagram, and in the hand."""

import streamlit as st

from core.experiments.keras_model.config import KerasModelConfig
from core.messages import N_, Problem
from core.numeric.recurrent.stack.faults import Fault, fault
from core.numeric.recurrent.stack.layers import Stack
from core.numeric.recurrent.stack.notation import PRESETS, parse, spell
from core.numeric.recurrent.stack.shapes import count_params
from pages.recurrent.keras_workbench.diagram import KEY, diagram
from pages.recurrent.keras_workbench.editor import SELECTED, STACK, UNREAD, editor, replace_stack
from ui.layout import class_view, the_figure
from ui.notices import plain
from ui.state import address
from ui.state.controls import choose
from ui.state.kept_text import cut
from ui.texts import _, number, say

_NAMES = {
    "rnn": "SimpleRNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "deep": N_("GRU, then SimpleRNN"),
}


def stack() -> Stack:
    """The stack as it stands, right or wrong: the URL's at first, then the hand's."""
    if address.decides(STACK):
        _read_url()
    return parse(st.session_state[STACK])


def build(layers: Stack) -> Fault | None:
    """Presets, diagram and editor of the stack, which goes into Config and URL; its fault."""
    wrong = fault(layers)
    address.write({"draft": spell(layers) if wrong else None})
    if wrong is None:
        choose(KerasModelConfig, stack=spell(layers))
    _presets(layers)
    if st.session_state.get(UNREAD):
        st.warning(plain(say(st.session_state[UNREAD])))
    if wrong:
        _remedy(wrong)
    selected = min(st.session_state.get(SELECTED, 0), max(0, len(layers) - 1))
    st.session_state[SELECTED] = selected
    with the_figure():
        diagram(layers, wrong, selected, _follow_click)
    if layers:
        editor(layers, selected)
    _line(layers)
    return wrong


def _read_url():
    """Take the stack from the URL; a wrong one becomes a draft, so that it is shown and told."""
    spelled = st.query_params.get("draft") or st.query_params.get("stack")
    st.session_state[UNREAD] = None
    try:
        layers = parse(PRESETS["lstm"] if spelled is None else spelled)
    except Problem as problem:
        st.session_state[UNREAD] = problem
        layers = parse(PRESETS["lstm"])
        address.write({"stack": None, "draft": None})
    if fault(layers):
        address.write({"stack": None})
    st.session_state[STACK] = spell(layers)
    st.session_state[SELECTED] = _to_look_at(layers)


def _to_look_at(layers: Stack) -> int:
    """The layer that is marked at first: the one that is wrong, else the first recurrent one."""
    wrong = fault(layers)
    if wrong and wrong.layer is not None:
        return wrong.layer
    return next((i for i, layer in enumerate(layers) if layer.is_recurrent), 0)


def _follow_click():
    index = st.session_state[KEY].get("index")
    if index is not None:
        st.session_state[SELECTED] = int(index)


def _presets(layers: Stack):
    names = {line: name for name, line in PRESETS.items()}
    st.session_state["workbench.preset"] = now = names.get(spell(layers))

    def take():
        chosen = st.session_state["workbench.preset"]
        if chosen:
            new = parse(PRESETS[chosen])
            replace_stack(new, _to_look_at(new))

    labels = {
        name: f"{_(_NAMES[name])} · {number(count_params(parse(line)), 0)}"
        for name, line in PRESETS.items()
    }
    st.segmented_control(
        _("The course's four models, and their parameters"),
        list(labels),
        default=now,
        format_func=labels.__getitem__,
        key="workbench.preset",
        on_change=take,
        # A class sees whose parameters they are in the diagram, which needs the room more.
        label_visibility="collapsed" if class_view() else "visible",
    )


def _remedy(wrong: Fault):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(plain(say(wrong.problem)), icon=":material/build:")
        if wrong.repaired is not None:
            st.button(
                _("Do that"),
                key="workbench.repair",
                help=_("Changes the stack as the sentence says."),
                on_click=replace_stack,
                args=(wrong.repaired,),
            )


def _line(layers: Stack):
    """The whole stack as a line to edit."""
    key = "workbench.line"
    if not st.session_state.get(UNREAD) or key not in st.session_state:
        st.session_state[key] = spell(layers)

    def read():
        try:
            new = parse(st.session_state[key])
        except Problem as problem:
            st.session_state[UNREAD] = problem
        else:
            replace_stack(new, _to_look_at(new))

    st.text_input(
        _("The stack in a line, as the link of this page holds it"),
        st.session_state[key],
        key=key,
        help=_(
            "Layers from the input on, separated by commas: embedding:INPUTS:OUTPUTS, "
            "rnn|lstm|gru:UNITS, dense:UNITS, dropout:RATE; options after them, as in "
            "lstm:64:bidirectional:sequences."
        ),
        on_change=cut(key, 400, read),
    )
