"""A run that is kept is opened in its lesson, with its settings."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.experiments import experiment as find
from core.experiments.kit.config import Config
from core.messages import Problem
from ui.frame.work.measures import lesson_of
from ui.state.controls import choose


def open_run(experiment: str, run_id: str, settings: Mapping[str, Any]):
    """Go to the lesson, with the run and its settings, wherever the session stands there."""
    lesson = lesson_of(experiment)
    if lesson is None:
        return
    config = config_of(experiment, settings)
    if config:
        choose(type(config), **config.to_dict())
    st.session_state[f"{experiment}.job"] = run_id
    st.switch_page(
        lesson.page(), query_params={"job": run_id, **(as_params(config) if config else {})}
    )


def as_params(config: Config) -> dict[str, str]:
    """What of a config stands in the address: all but the defaults."""
    defaults = config.defaults()
    return {n: str(v) for n, v in config.to_dict().items() if v != defaults[n]}


def config_of(experiment: str, settings: Mapping[str, Any]) -> Config | None:
    """A run's settings, None where this version has others."""
    try:
        return find(experiment).Config.parse(settings)
    except Problem:
        return None
