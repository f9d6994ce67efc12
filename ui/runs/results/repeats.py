"""The same settings with other seeds: the button, how far it is, and what the runs show together.

The repetition's id is in the URL, so a reload or another page finds it again. It goes on when the
page is left.
"""

from collections.abc import Mapping

import streamlit as st

from core.experiments.kit.config import Config
from core.messages import Problem
from core.sweeps.repeats import Repetition
from ui import server
from ui.notices import plain
from ui.runs.readable import differences, of_another_setting
from ui.runs.results.comparison import draw_comparison, groups_of
from ui.state import address
from ui.state.widgets import in_new_words, pressed
from ui.texts import _, say

_REDRAW_S = 1.0
_SEEDS = (3, 5, 10, 20)
_DEFAULT = 10


def repeat(experiment: str, config: Config | None, metrics: Mapping[str, str]):
    """A button that trains ``config`` with several seeds, and what came of it.

    metrics: name of a metric of the Epoch events -> what people call it; the first that is a score
    counts.
    """
    one = _followed(experiment)
    alive = one is not None and not one.ended  # as of all that is drawn of it now
    mine = alive and one is not None and one.visitor == server.visitor()
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"repeat_{experiment}"):
        seeds = _seeds(experiment)
        _button(experiment, config, seeds, busy=mine)
        if one and mine:
            st.button(
                _("Stop the repetition"),
                key=f"{experiment}.repeat_stop",
                icon=":material/stop:",
                help=_("The runs that have ended are kept."),
                on_click=_stop,
                args=(experiment, one.id),
            )
    if problem := st.session_state.pop(f"{experiment}.repeat_problem", None):
        st.warning(plain(say(problem)))
    if one is None:
        if st.session_state.get(_key(experiment)):
            st.info(
                _(
                    "The repetition of this link is no longer kept. Repeat begins it again: of "
                    "what had ended nothing is trained anew."
                )
            )
        return
    if config and (differing := differences(one.config, config.replace(seed=0))):
        st.info(plain(of_another_setting(config, differing)))
    st.fragment(_progress, run_every=_REDRAW_S if alive else None)(one, metrics, alive)


def _followed(experiment: str) -> Repetition | None:
    """The repetition that the URL names, or else the one that the session follows."""
    key = _key(experiment)
    if address.decides(key) and ("repeat" in st.query_params or not address.is_back()):
        st.session_state[key] = st.query_params.get("repeat")
    name = st.session_state.get(key)
    address.write({"repeat": name})
    one = server.repeats().find(name) if name else None
    return one if one and one.experiment == experiment else None


def _key(experiment: str) -> str:
    return f"{experiment}.repetition"


def _seeds(experiment: str) -> int:
    """How many seeds, which the URL tells, too."""
    key = f"{experiment}.seeds"
    if address.decides(key) and not address.is_back():
        asked = st.query_params.get("seeds", "")
        st.session_state[key] = next((n for n in _SEEDS if str(n) == asked), _DEFAULT)
    chosen = in_new_words(key, _SEEDS, _DEFAULT)
    seeds = st.selectbox(
        _("Seeds"),
        _SEEDS,
        _SEEDS.index(chosen),
        key=key,
        width=90,
        help=_("One run proves little: other seeds show how much of what it reached is chance."),
    )
    address.write({"seeds": None if seeds == _DEFAULT else str(seeds)})
    return seeds


def _button(experiment: str, config: Config | None, seeds: int, busy: bool):
    if busy:
        about = _("You already repeat a run; wait until that has ended, or stop it.")
    else:
        about = _(
            "Trains these settings with the seeds from 0 on, behind everybody's single runs. It "
            "goes on when you leave the page."
        )
    wanted = pressed(
        _("Repeat with {seeds} seeds").format(seeds=seeds),
        key=f"{experiment}.repeat",
        icon=":material/repeat:",
        help=about,
        disabled=busy or config is None,
    )
    if not wanted or config is None:
        return
    try:
        begun = server.repeats().start(experiment, config, seeds, server.visitor())
    except Problem as problem:
        st.session_state[f"{experiment}.repeat_problem"] = problem
    else:
        st.session_state[_key(experiment)] = begun.id
    st.rerun()


def _stop(experiment: str, repetition_id: str):
    try:
        server.repeats().stop(repetition_id, server.visitor())
    except Problem as problem:
        st.session_state[f"{experiment}.repeat_problem"] = problem


def _progress(one: Repetition, metrics: Mapping[str, str], alive: bool):
    """How far it is and what the runs show until now; the whole page anew once it has ended."""
    if alive and one.ended:
        st.rerun()
    failed = [result for result in one.results if not result.finished]
    told = {
        "running": _("Repeating: {ended} of {n} seeds have ended; single runs go first"),
        "finished": _("Repeated with {n} seeds"),
        "stopped": _("Stopped after {ended} of {n} seeds"),
    }[one.state].format(ended=len(one.results), n=len(one.seeds))
    st.caption(told)
    if not one.ended:
        st.progress(min(1.0, one.done / len(one.seeds)))
    if one.problem:
        st.warning(plain(say(one.problem)))
    if failed:
        sentence = _("Of these runs, {n} failed. The first of them: {why}")
        why = say(failed[0].failed) if failed[0].failed else ""
        st.warning(plain(sentence.format(n=len(failed), why=why)))
    groups = groups_of([one], metrics)
    if groups and groups[0].metric:
        draw_comparison(groups, metrics, key=f"{one.experiment}.repeat_curves")
