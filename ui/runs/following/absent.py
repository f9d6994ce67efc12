"""A link whose run is not on this server: what became of it."""

import streamlit as st

from core import __version__
from core.experiments.kit.config import Config
from ui import server
from ui.notices import plain
from ui.runs.following import steering
from ui.state.widgets import pressed
from ui.texts import _

_LOOK_S = 2.0


def what_became_of(experiment: str, job_id: str, config: Config | None):
    """Say why the run of a link is not here; offer the one again that a server was stopped in."""
    kept = server.archive().find(job_id)
    if kept is None or kept.experiment != experiment:
        st.info(
            _(
                "The run of this link is no longer kept. The settings are still those of the "
                "link: Train runs them again."
            )
        )
    elif kept.ended:
        st.warning(
            _(
                "The run of this link cannot be shown: it was made by version {version} of "
                "Pangloss and this is {now}, or its file is damaged."
            ).format(version=plain(kept.version), now=__version__)
        )
    elif server.archive().under_way(kept):
        st.info(
            _(
                "This run is under way on another web server of this site. It is shown here as "
                "soon as it has ended."
            )
        )
        st.fragment(_wait_for, run_every=_LOOK_S)(job_id)
    else:
        st.warning(_("The server was stopped while this run was under way, and the run with it."))
        if config is not None and pressed(
            _("Train it again"),
            key=f"{experiment}.again",
            icon=":material/restart_alt:",
            help=_("Begins the same run anew, with the settings that it had."),
        ):
            steering.again(experiment, type(config), kept.config)


def _wait_for(job_id: str):
    """Draw the page anew once the run is no longer under way elsewhere."""
    archive = server.archive()
    kept = archive.find(job_id)
    if kept is None or not archive.under_way(kept):
        st.rerun()
