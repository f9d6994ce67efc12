"""The next value: a series or integer sequences, a network of one's own, and what it told."""

import streamlit as st

from core.experiments.next_value.config import NextValueConfig
from core.messages import Problem
from pages.recurrent.next_value import figures, sequences, source
from pages.recurrent.next_value.explorer import explore
from pages.recurrent.next_value.quiz import QUESTIONS
from ui.layout import notation_table
from ui.notices import plain, significant
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, lesson_text, say

NAME = "next-value"
_OF_SERIES = ("window", "horizon")
_OF_MADE = ("length",)
_NETWORK = ("units", "layers", "bidirectional", "skip", "dropout", "target")
_TRAINING = ("epochs", "batch_size", "learning_rate", "decay", "clip_norm", "seed")
_OWN = {
    "sunspots": _OF_SERIES,
    "seattle": _OF_SERIES,
    "sine": (*_OF_SERIES, "noise", *_OF_MADE),
    "rule": (*_OF_SERIES, "rule", *_OF_MADE),
    "generation": ("family", "examples", "numbers"),
    "upload": (*_OF_SERIES, "column", "period"),
}
_FIRST = {"rule": "rule", "generation": "family", "sine": "noise"}


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    data = source.data_now()
    strip = ["data", _FIRST.get(data, "window"), "cell"]
    asked = None

    def prepare(config: NextValueConfig | None) -> NextValueConfig | None:
        nonlocal asked
        config = _usable(config, data)
        asked = sequences.asked() if config and config.data == "generation" else None
        return config

    def before(config: NextValueConfig):
        _main_figure(config, None, asked)
        figures.errors(config, None)

    return training_section(
        NAME,
        NextValueConfig,
        lambda run: _draw(run, asked),
        title="",
        strip=strip,
        more=[
            n for n in (*_OWN[data], *_NETWORK, *_TRAINING) if n not in (*strip, "column", "period")
        ],
        metrics={"test_rmse": _("held-out RMSE")},
        questions=QUESTIONS,
        prepare=prepare,
        before=before,
        notes=_notes,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        NAME,
        run,
        metrics={
            "test_rmse": _("Held-out RMSE"),
            "horizon_rmse": _("RMSE at the horizon"),
            "baseline_linear_ar": _("Linear equation"),
            "exact": _("Numbers right"),
        },
    )


def _notes(config: NextValueConfig | None):
    notation_table(NAME)
    if config and config.data == "generation":
        st.markdown(lesson_text(NAME, "sequences"))


def _usable(config: NextValueConfig | None, data: str) -> NextValueConfig | None:
    """``config`` as far as it is of these data, if they are here."""
    config = source.usable(config) if config else None
    if config is None:
        return None
    unused = {name for names in _OWN.values() for name in names} - set(_OWN[data])
    default = NextValueConfig.defaults()
    config = config.replace(**{name: default[name] for name in unused})
    try:
        figures.task(config)
    except Problem as problem:
        st.error(plain(say(problem)))
        return None
    return config


def _main_figure(config: NextValueConfig, run: Run | None, asked: sequences.SequenceAsked | None):
    if config.data != "generation":
        explore(config, run)
    elif asked:
        sequences.answer(config, run, asked)


def _draw(run: Run, asked: sequences.SequenceAsked | None):
    _main_figure(run.config, run, asked)
    _verdict(run)
    curve, errors = st.columns(2)
    with curve:
        training_curve(
            run,
            key="next_value.loss",
            title=_loss_title(run),
            y_title=figures.rmse_in(run.config),
            step_metric="train_rmse",
            epoch_metrics={"test_rmse": _("held out")},
            colour=run.config.cell,
            references={
                f"baseline_{name}": label for name, label in figures.baseline_names().items()
            },
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
    names = figures.baseline_names()
    theirs = {name: run.started.references[f"baseline_{name}"] for name in names}
    best = min(theirs, key=lambda name: theirs[name])
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
    }[figures.standing(ours, theirs[best])]
    verdict = template.format(
        ours=figures.with_unit(run.config, ours),
        best=names[best],
        theirs=figures.with_unit(run.config, theirs[best]),
    )
    own = {"rule": run.config.rule, "generation": f"new_{run.config.family}"}
    sentences = [verdict, _(figures.WHY[own.get(run.config.data, run.config.data)])]
    if "exact" in run.at.metrics:
        sentences.append(
            _("It tells {share}% of the held-out numbers exactly, by rules it never saw.").format(
                share=significant(100 * run.at.metrics["exact"])
            )
        )
    st.markdown(" ".join(sentences))
