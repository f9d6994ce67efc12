"""Where a page shows the run's network above its figures, it follows the epoch that is looked at.

A run's figures are redrawn alone, once a second; the rest of the page learns of a new epoch only
if the whole page is drawn.
"""

import streamlit as st

from ui.runs.run import Run
from ui.state import address


def follow_epoch(run: Run, shows_run: bool):
    """Draw the whole page where a fragment alone knows of an epoch that it should show.

    shows_run: whether the page shows the run's network now; of a run's first epoch it always
    hears, since only then can that network be chosen.
    """
    offered = f"{run.experiment}.offered"
    if address.is_whole() or not run.epochs:
        return
    shown = (run.id, run.at.epoch)
    first_epoch = st.session_state.get(offered, (None,))[0] != run.id
    if first_epoch or (shows_run and st.session_state[offered] != shown):
        st.session_state[offered] = shown
        st.rerun()
