"""Where the page above shows the run's network, it follows the epoch that is looked at."""

import streamlit as st

from ui.lessons.calculator_answerers import CHOICE
from ui.runs import Run

_WHOLE_PAGE, _OFFERED = "calculator.whole_page", "calculator.offered"


def page_begins():
    """The whole page is being drawn, not the run's figures alone."""
    st.session_state[_WHOLE_PAGE] = True


def page_ends():
    """From now on the run's figures may be drawn alone."""
    st.session_state[_WHOLE_PAGE] = False


def keep_page_in_step(run: Run):
    """Draw the whole page anew where the figures alone know of a new epoch that it should show."""
    if st.session_state.get(_WHOLE_PAGE) or run.at is None:
        return
    shown = (run.id, run.at.epoch)
    first_epoch = st.session_state.get(_OFFERED, (None,))[0] != run.id
    follows = st.session_state.get(CHOICE) == "run"
    if first_epoch or (follows and st.session_state[_OFFERED] != shown):
        st.session_state[_OFFERED] = shown
        st.rerun()
