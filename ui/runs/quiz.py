"""Questions to answer before a run, graded against the visitor's own run."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui.runs.run import Run
from ui.state.widgets import place_of
from ui.texts import _

Grade = Callable[[Run], tuple[str, str]]


def predict(
    key: str, question: str, options: Mapping[str, str], grade: Grade, run: Run | None
) -> str | None:
    """A question with a few answers; returns the one chosen.

    options: name of an answer -> its sentence. grade: what a finished run says: the name of the
    answer that it bears out, and why; it is asked only once an answer was given. Texts are
    Markdown of ours, translated.
    """
    answer_key, kept_key = f"{key}.answer", f"{key}.kept"
    if answer_key not in st.session_state:
        st.session_state[answer_key] = st.session_state.get(kept_key)
    over = run is not None and run.finished is not None
    graded_key = f"{key}.graded"
    graded = st.session_state.get(graded_key)
    settled = over and graded == run.id
    answer = st.radio(
        question,
        list(options),
        format_func=lambda name: options[name],
        index=place_of(st.session_state[answer_key], options),
        key=answer_key,
        disabled=settled,
    )
    st.session_state[kept_key] = answer
    if answer is None:
        if over:
            st.caption(_("Answer, and your run tells whether it is so."))
        return None
    if not over:
        st.caption(_("Your run will tell: train, and see."))
        return answer
    st.session_state[graded_key] = run.id
    right, why = grade(run)
    if answer == right:
        st.success(_("Yes, as you said.") + " " + why, icon=":material/check:")
    else:
        st.info(
            _("Your run says otherwise: {answer}").format(answer=options[right]) + " " + why,
            icon=":material/lightbulb:",
        )
    return answer
