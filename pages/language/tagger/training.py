"""Taggers: trained, and held against what looks at the word alone and what weighs features."""

import numpy as np
import streamlit as st

from core.data.language.tagged import sets
from core.experiments.tagger.config import TaggerConfig
from core.numeric.language.tagging.spans import Counts
from pages.language.tagger.evaluation import examples
from pages.language.tagger.networks import CHOICE
from pages.language.tagger.quiz import QUESTIONS
from pages.language.tagger.source import usable
from pages.language.tagger.tags import reading_names
from ui.components.confusion import confusion_chart
from ui.components.table import markdown_table
from ui.layout import side_by_side
from ui.notices import plain
from ui.runs.inputs.fetching import begin_with_what_is_here
from ui.runs.results.curves import training_curve
from ui.runs.results.scores import bars, curve_title, known_scores, scores_beside, verdict
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, number, percent

NAME = "tagger"
_MOST_TAGS = 20  # whose matrix has room


def training() -> Run[TaggerConfig] | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(TaggerConfig, "data", sets.missing, "invented")
    return training_section(
        NAME,
        TaggerConfig,
        _draw,
        strip=("data", "direction", "features", "epochs"),
        metrics={"score": _("held-out score")},
        questions=QUESTIONS,
        prepare=usable,
        choice=CHOICE,
    )


def takeaway(run: Run[TaggerConfig] | None):
    """The bench, and what can be taken away from the run."""
    metrics = {
        "score": _("Held-out score"),
        "left": _("From the left"),
        "right": _("From the right"),
        **baseline_names(),
    }
    takeaway_section(NAME, run, metrics=metrics)


def baseline_names() -> dict[str, str]:
    """What each baseline is called."""
    return {
        "baseline_frequent": _("Most frequent tag"),
        "baseline_linear": _("Linear tagger"),
        "baseline_linear_book": _("Linear, with the book"),
    }


def of_spans(run: Run[TaggerConfig]) -> bool:
    """Whether the run's tags mark spans."""
    return "f1" in run.at.metrics


def score_name(run: Run[TaggerConfig]) -> str:
    """What the score of a run is."""
    return _("F1 of exact spans") if of_spans(run) else _("held-out words right")


def _draw(run: Run[TaggerConfig]):
    training_curve(
        run,
        key="tagger.score",
        title=curve_title(run, lambda at: percent(at.metrics["score"], 1)),
        y_title=score_name(run) if run.epochs else _("held-out score"),
        epoch_metrics=_curves(run),
        colour=run.config.cell,
        references={"baseline_frequent": _("most frequent tag")},
        height=320,
    )
    if not run.epochs:
        return
    _verdict(run)
    side_by_side(
        lambda: training_curve(
            run,
            key="tagger.loss",
            title=_("How surprised it is by the true tags"),
            y_title=_("nats a word"),
            step_metric="train_loss",
            epoch_metrics={"train_loss": _("mean of an epoch")},
            colour=run.config.cell,
            height=340,
        ),
        lambda: _beside(run),
    )
    st.markdown(_apart(run))
    if of_spans(run):
        st.markdown(_kinds(run))
    tags = run.at.texts["tags"].split("\n")
    if len(tags) <= _MOST_TAGS:
        confusion_chart(
            run.at.arrays["confusion"],
            [plain(tag) for tag in tags],
            key="tagger.confusion",
            height=460,
        )
    examples(run, tags)


def _curves(run: Run[TaggerConfig]) -> dict[str, str]:
    names = reading_names()
    if run.config.direction != "both":
        return {"score": names[run.config.direction]}
    return {"score": names["both"], "left": names["left"], "right": names["right"]}


def _verdict(run: Run[TaggerConfig]):
    """Who is better, in a sentence, once the run is over."""
    if not (run.ended and run.at_last):
        return
    verdict(
        float(run.at.metrics["score"]),
        known_scores(run, baseline_names()),
        tested(run),
        _("The network reaches {network}; the best that needs none, {name}, {simple}."),
        _(
            "A difference of less than {points} points is chance with so many words or names: "
            "other seeds tell more."
        ),
    )


def tested(run: Run[TaggerConfig]) -> int:
    """How many answers the score is a share of: spans, or words."""
    if of_spans(run):
        return max(1, int(run.at.arrays["kinds"][:, 0].sum()))
    return int(run.at.arrays["confusion"].sum())


def _beside(run: Run[TaggerConfig]):
    """The scores of network and baselines, side by side."""
    names = reading_names()
    others = known_scores(run, baseline_names())
    network, *baselines = bars(float(run.at.metrics["score"]), run.config.cell, others)
    scores = [network]
    if run.config.direction == "both":
        scores += [
            (_("It, {name}").format(name=names[side]), float(run.at.metrics[side]), "pca")
            for side in ("left", "right")
        ]
    scores_beside(
        scores + baselines, title=_("Best: {name}"), axis=score_name(run), key="tagger.bars"
    )
    if not run.ended:
        st.caption(_("The linear taggers are fitted at the end of the run."))


def _apart(run: Run[TaggerConfig]) -> str:
    """Words that were met in training and words that were not, apart."""
    known = run.references
    rows = [(_("This network"), run.at.metrics, "")]
    rows += [
        (label, known, f"{name}_") for name, label in baseline_names().items() if name in known
    ]
    cells = []
    for label, metrics, prefix in rows:
        names = ("accuracy", "known", "unknown")
        shares = [float(metrics.get(prefix + name, np.nan)) for name in names]
        cells.append([label, *(percent(share, 1, tabular=True) for share in shares)])
    head = (_("words right"), _("all"), _("met in training"), _("never met"))
    return markdown_table(head, cells)


def _kinds(run: Run[TaggerConfig]) -> str:
    """Each kind of span apart."""
    kinds = run.at.texts["kinds"].split("\n")
    cells = []
    for kind, row in zip(kinds, run.at.arrays["kinds"].tolist(), strict=True):
        counts = Counts(*row)
        shares = (counts.precision, counts.recall, counts.f1)
        cells.append(
            [plain(kind), number(counts.true, 0), *(percent(x, 1, tabular=True) for x in shares)]
        )
    head = (_("kind"), _("there are"), _("precision"), _("recall"), _("F1"))
    return markdown_table(head, cells)
