"""The next value: a series or integer sequences, a network of one's own, and what it told."""

import streamlit as st

from core.experiments.next_value.config import NextValueConfig
from core.experiments.next_value.run import task_of
from core.messages import Problem
from pages.recurrent.predict.next_value import figures, sequences, source
from pages.recurrent.predict.next_value.quiz import QUESTIONS
from ui.anatomy import text_and_figure
from ui.notices import plain, significant
from ui.runs.bench import pinned
from ui.runs.curves import training_curve
from ui.runs.ending import ending
from ui.runs.live import follow
from ui.runs.quiz import quiz
from ui.runs.run import Run
from ui.state.controls import controls
from ui.texts import _, lesson_text, say

NAME = "next-value"
_OF_SERIES = ("window", "horizon")
_OF_MADE = ("length",)
_NETWORK = ("units", "layers", "bidirectional", "skip", "dropout", "target")
_TRAINING = ("batch_size", "learning_rate", "decay", "clip_norm", "seed")
_OWN = {
    "sunspots": _OF_SERIES,
    "seattle": _OF_SERIES,
    "sine": (*_OF_SERIES, "noise", *_OF_MADE),
    "rule": (*_OF_SERIES, "rule", *_OF_MADE),
    "generation": ("family", "examples", "numbers"),
    "upload": (*_OF_SERIES, "column"),
}
_FIRST = {"rule": "rule", "generation": "family", "sine": "noise"}


def section_next():
    """The whole task."""
    text, instruments = text_and_figure()
    with text:
        st.markdown(lesson_text("predict", "next_intro"))
        about, questions = st.container(), st.container()
    with instruments:
        config = _settings()
        asked = sequences.asked() if config and config.data == "generation" else None
        run = follow(
            NAME,
            config,
            lambda run: _draw(run, asked),
            metrics={"test_rmse": _("held-out RMSE")},
            before=lambda: _before(config, asked),
        )
    with about:
        if asked:
            st.markdown(lesson_text("predict", "next_sequences"))
    with questions:
        quiz(QUESTIONS, run)
        st.markdown(lesson_text("predict", "next_try"))
    _afterwards(run)


def _settings() -> NextValueConfig | None:
    data = source.data_now()
    own = _OWN[data]
    strip = ["data", "cell", "epochs"]
    strip.insert(1, _FIRST.get(data, "window"))
    rest = [name for name in (*own, *_NETWORK, *_TRAINING) if name != "column"]
    unused = {name for names in _OWN.values() for name in names} - set(own)
    config = controls(
        NextValueConfig, strip=strip, more=[name for name in rest if name not in strip]
    )
    if config is None:
        return None
    config = source.usable(config)
    if config is None:
        return None
    default = NextValueConfig.defaults()
    config = config.replace(**{name: default[name] for name in unused})
    try:
        task_of(config)
    except Problem as problem:
        st.error(plain(say(problem)))
        return None
    return config


def _before(config: NextValueConfig | None, asked: sequences.SequenceAsked | None):
    st.info(
        _(
            "Nothing has been trained yet. Below are the data, the part that is held out, and what "
            "forecasts without a network say of it. Press Train: the first numbers come within "
            "seconds."
        )
    )
    if config:
        _main_figure(config, None, asked)
        figures.errors(config, None)


def _main_figure(config: NextValueConfig, run: Run | None, asked: sequences.SequenceAsked | None):
    if config.data != "generation":
        figures.explore(config, run)
    elif asked:
        sequences.answer(config, run, asked)


def _draw(run: Run, asked: sequences.SequenceAsked | None):
    _verdict(run)
    _main_figure(run.config, run, asked)
    curve, errors = st.columns(2)
    with curve:
        training_curve(
            run,
            key="predict.next_loss",
            title=_loss_title(run),
            y_title=figures.rmse_in(run.config),
            step_metric="train_rmse",
            epoch_metrics={"test_rmse": _("held out")},
            colour=run.config.cell,
            references={
                f"baseline_{name}": said for name, said in figures.baseline_names().items()
            },
            pinned=pinned(NAME),
            height=380,
        )
    with errors:
        figures.errors(run.config, run)


def _loss_title(run: Run) -> str:
    if not run.epochs:
        return _("The network has just begun")
    return _("After epoch {epoch}: off by {rmse}").format(
        epoch=run.at.epoch, rmse=figures.with_unit(run.config, run.at.metrics["test_rmse"])
    )


def _verdict(run: Run):
    """Who is ahead at the epoch that is looked at, and why a baseline is where it is."""
    if not run.epochs:
        return
    ours = run.at.metrics["test_rmse"]
    said = figures.baseline_names()
    theirs = {name: run.started.references[f"baseline_{name}"] for name in said}
    best = min(theirs, key=lambda name: theirs[name])
    values = {
        "ours": figures.with_unit(run.config, ours),
        "best": said[best],
        "theirs": figures.with_unit(run.config, theirs[best]),
    }
    standing = figures.standing(ours, theirs[best])
    template = {
        "wins": _(
            "The network errs by {ours} on the held-out part, the best of the simple forecasts "
            "({best}) by {theirs}: **the network is ahead**."
        ),
        "ties": _(
            "The network errs by {ours} on the held-out part, the best of the simple forecasts "
            "({best}) by {theirs}: **no real difference**."
        ),
        "loses": _(
            "The network errs by {ours} on the held-out part, the best of the simple forecasts "
            "({best}) by {theirs}: **the simple forecast wins**."
        ),
    }[standing]
    words = [template.format(**values), _(figures.WHY[_why(run.config)])]
    if "exact" in run.at.metrics:
        words.append(
            _("It tells {share} % of the held-out numbers exactly, by rules it never saw.").format(
                share=significant(100 * run.at.metrics["exact"])
            )
        )
    st.markdown(" ".join(words))


def _why(config: NextValueConfig) -> str:
    own = {"rule": config.rule, "generation": f"new_{config.family}"}
    return own.get(config.data, config.data)


def _afterwards(run: Run | None):
    ending(
        NAME,
        run,
        metrics={
            "test_rmse": _("Held-out RMSE"),
            "horizon_rmse": _("RMSE at the horizon"),
            "baseline_linear_ar": _("Linear equation"),
            "exact": _("Numbers right"),
        },
        text=lesson_text("predict", "next_take"),
    )
