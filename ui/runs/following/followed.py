"""The run that a page of a visit follows: the one that its address names."""

from typing import Any

import streamlit as st

from ui import server
from ui.runs.following import replay
from ui.runs.run import Follower
from ui.state import address


def followed(experiment: str) -> Follower[Any] | None:
    """The follower of the job that ``caught_up`` found last."""
    return st.session_state.get(f"{experiment}.follower")


def caught_up(experiment: str) -> Follower[Any] | None:
    """The follower of the job that the URL names, or else of the one that the session follows."""
    engine, key, name = server.engine(), f"{experiment}.follower", f"{experiment}.job"
    # A step back to before the run was begun does not lose it.
    if address.decides(name) and ("job" in st.query_params or not address.is_back()):
        st.session_state[name] = st.query_params.get("job")
    job_id = st.session_state.get(name)
    address.write({"job": job_id})
    follower = st.session_state.get(key)
    if follower is None or follower.job.id != job_id:
        job = engine.recall(job_id) if job_id else None
        follower = None
        if job and job.experiment == experiment:
            visitor = server.visitor()
            mine = engine.owns(job.id, visitor)
            follower = Follower(job, mine, replay=replay.of(visitor, job.id))
        st.session_state[key] = follower
    if follower:
        follower.catch_up(engine)
    return follower


def has_begun(experiment: str) -> bool:
    """Whether there was a run whose figures can be drawn when its news were read last."""
    follower = followed(experiment)
    return follower is not None and follower.begun
