"""The stack on paper: the summary as Keras prints it, and the code that makes the model."""

import streamlit as st

from core.numeric.recurrent.stack.code import summary_script
from core.numeric.recurrent.stack.faults import Fault
from core.numeric.recurrent.stack.layers import Stack
from core.numeric.recurrent.stack.notation import PRESETS, spell
from core.numeric.recurrent.stack.summary import summary
from ui.components import code
from ui.layout import paragraphs
from ui.texts import _, lesson_text


def printed(layers: Stack, fault: Fault | None):
    """Summary and code side by side; of a stack with a fault only a word on why not."""
    st.header(_("On paper: what Keras prints, and the code"), anchor=False)
    paragraphs(lesson_text("keras-workbench", "paper"))
    if fault:
        st.info(_("Keras could not make this model, or it would not fit the tasks: see above."))
        return
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.caption(_("What model.summary() prints"))
        with st.container(key="workbench_summary"):
            code.printed(summary(layers), key="keras_workbench.summary")
        if spell(layers) == PRESETS["deep"]:
            st.info(lesson_text("keras-workbench", "deep"))
        if any(layer.kind == "gru" for layer in layers):
            st.markdown(lesson_text("keras-workbench", "two_grus"))
    with right:
        st.caption(_("The code, ready to copy and run"))
        code.python(summary_script(layers), key="keras_workbench.script")
