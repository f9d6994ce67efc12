"""The scores of a network and of what it is held against, as bars."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from core.events import Epoch
from core.figures.recurrent.classification import score_bars
from ui.components.charts import live_plot, look
from ui.runs.quiz import CHANCE, standard_error
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.texts import _, number, percent

_Bars = list[tuple[str, float, str]]  # name, share, colour


def _right(epoch: Epoch) -> str:
    return _("{share} right").format(share=percent(epoch.metrics["accuracy"], 1))


def curve_title(run: Run, score: Callable[[Epoch], str] = _right) -> str:
    """What the curves of a run are called. score: what an epoch has reached, in words."""
    if not run.epochs:
        return _("The network has just begun")
    return _("After epoch {epoch}: {score}").format(epoch=run.at.epoch, score=score(run.at))


def loss_curve(run: Run, *, key: str, colour: str):
    """The cross-entropy of a classifier's training, and of what is held out."""
    training_curve(
        run,
        key=key,
        title=_("What it learned, and what it was tested on"),
        y_title=_("cross-entropy, nats"),
        step_metric="train_loss",
        epoch_metrics={"test_loss": _("held out")},
        colour=colour,
        height=340,
    )


def known_scores(run: Run, names: Mapping[str, str]) -> dict[str, float]:
    """What a run says by now of what it is held against: what people call it -> its score.

    names: of its references -> what people call them.
    """
    known = run.references
    return {label: float(known[name]) for name, label in names.items() if name in known}


def bars(network: float, colour: str, others: Mapping[str, float]) -> _Bars:
    """The scores of a network and of others by name, for ``scores_beside``."""
    return [
        (_("This network"), network, colour),
        *((name, score, "baseline") for name, score in others.items()),
    ]


def scores_beside(scores: _Bars, *, title: str, axis: str, key: str):
    """Bars, the best first. scores: (name, share, colour) each. title: has the best's {name}."""
    rows = [(*score, percent(score[1], 1)) for score in sorted(scores, key=lambda s: -s[1])]
    title = title.format(name=rows[0][0])
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    live_plot(
        partial(score_bars, look(title, axis, alt=f"{title}. {summary}"), rows), key=key, height=340
    )


def verdict(network: float, scores: dict[str, float], tested: int, sentence: str, chance: str):
    """Who is better, in a sentence: a network, or the best of what it is held against, by name.

    sentence: with {tested}, {network}, {name}, {simple}. chance: what is added where the two differ
    by less than so many answers tell apart, with {points}.
    """
    best = max(scores, key=lambda name: scores[name])
    words = sentence.format(
        tested=number(tested, 0),
        network=percent(network, 1),
        name=best,
        simple=percent(scores[best], 1),
    )
    margin = CHANCE * standard_error(scores[best], tested)
    if abs(network - scores[best]) <= margin:
        words += " " + chance.format(points=number(100 * margin, 1))
    (st.success if network >= scores[best] else st.warning)(words)
