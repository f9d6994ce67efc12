"""The bench: the visit's runs of a lesson side by side, one of them pinned for comparison."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import server
from ui.components.table import csv_button, table
from ui.runs.following import replay
from ui.runs.readable import readable, words_of
from ui.runs.run import Follower, Run
from ui.state import address, visits
from ui.state.widgets import place_of
from ui.texts import _


def bench(experiment: str, *, metrics: Mapping[str, str]):
    """The visit's ended runs as a sortable table, a choice of one to pin, and the table as CSV.

    metrics: name of a final metric -> what people call it (translated).
    """
    runs = ended_runs(experiment)
    st.subheader(_("Your runs of this lesson"), anchor=False)
    if not runs:
        st.caption(
            _("None yet: every run that you train is kept here, to be compared with the next.")
        )
        return
    rows = run_table(runs, metrics)
    table(
        rows,
        key=f"{experiment}.bench",
        alt=_("A table of your runs: their settings and what they reached."),
        decimals=dict.fromkeys(metrics.values(), 3) | {_("Training (s)"): 1},
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choose_pin(experiment, runs)
        csv_button(rows, key=f"{experiment}.bench_csv", file=f"{experiment}-runs.csv")


def pinned(experiment: str) -> Run | None:
    """The run pinned for comparison, without its arrays; its curve is drawn behind the live one."""
    pin = _pin(experiment)
    return next((run for run in ended_runs(experiment) if run.id == pin), None)


def ended_runs(experiment: str) -> list[Run]:
    """The visit's runs that ended with a result, oldest first, without their arrays and files."""
    kept = st.session_state.setdefault(f"{experiment}.ended", {})
    engine, visitor = server.engine(), server.visitor()
    remembered = visits.remembered(visitor, experiment)
    for job_id in kept.keys() - remembered:
        del kept[job_id]
    for job_id in remembered:
        job = None if job_id in kept else engine.job(job_id)
        if job and job.ended and not replay.of(visitor, job_id):  # which tells how it ends
            follower = Follower(job, engine.owns(job_id, visitor))
            follower.catch_up(engine)
            run = follower.view()
            if run.finished:
                kept[job_id] = run.light()
        elif job is None and job_id not in kept:
            run = kept_run(job_id)
            kept[job_id] = run and run.light()
    return [run for run in kept.values() if run]


def kept_run(job_id: str) -> Run | None:
    """A run of another day without its arrays and files; None if it is not kept."""
    summary = server.engine().summary(job_id)
    if summary is None:
        return None
    job, events = summary
    return Follower.of(job, events).view()


def run_table(runs: Sequence[Run], metrics: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row a run: its number, the settings in which runs differ, what it took and reached."""
    rows = []
    for place, run in enumerate(runs, start=1):
        final = {
            **(run.last.metrics if run.last else {}),
            **run.result.metrics,
        }
        rows.append(
            {
                _("Run"): place,
                **_settings(run, runs),
                _("Weights"): run.started.params,
                _("Epochs done"): run.last.epoch if run.last else 0,
                _("Training (s)"): round(run.train_s, 1),
                **{label: final.get(name) for name, label in metrics.items()},
            }
        )
    return rows


def run_name(run: Run, runs: Sequence[Run]) -> str:
    """What a run is called beside the others: its number and the settings in which they differ."""
    place = next(i for i, other in enumerate(runs, start=1) if other.id == run.id)
    settings = [f"{label} {words_of(value)}" for label, value in _settings(run, runs).items()]
    return ", ".join([_("Run {number}").format(number=place), *settings])


def _settings(run: Run, runs: Sequence[Run]) -> dict[str, object]:
    configs = [run.config.defaults(), *(other.config.to_dict() for other in runs)]
    return {
        _(spec.label): readable(spec, getattr(run.config, name))
        for name, spec in run.config.specs().items()
        if any(config[name] != configs[0][name] for config in configs)
    }


def _pin(experiment: str) -> str | None:
    key = f"{experiment}.pinned"
    if address.decides(key) and not address.is_back():
        st.session_state[key] = st.query_params.get("pin")
    pin = st.session_state.get(key)
    address.write({"pin": pin})
    return pin


def _choose_pin(experiment: str, runs: Sequence[Run]):
    key = f"{experiment}.pin"
    names = {"": _("none")} | {run.id: run_name(run, runs) for run in runs}
    pin = _pin(experiment)
    st.session_state[key] = chosen = pin if pin in names else ""

    def keep():
        st.session_state[f"{experiment}.pinned"] = st.session_state[key] or None

    st.selectbox(
        _("Pin a run for comparison"),
        list(names),
        place_of(chosen, names),
        format_func=names.__getitem__,
        key=key,
        help=_("Its curve is drawn, dashed, behind the next ones."),
        on_change=keep,
    )
