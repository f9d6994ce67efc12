"""Vectors of one's own: settings, the run, and what each epoch learned."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from core.data.language.words.corpora import questions_of
from core.experiments.word_embeddings.config import WordEmbeddingsConfig
from core.figures.language.embeddings import space_scores
from core.figures.training import Line
from pages.language.word_embeddings.epoch import moving_map, watched_words
from pages.language.word_embeddings.labels import measures, rivals
from pages.language.word_embeddings.quiz import QUESTIONS
from pages.language.word_embeddings.source import usable
from pages.language.word_embeddings.spaces import CHOICE, NAME
from ui.components.charts import live_plot, look
from ui.layout import side_by_side
from ui.runs.results.curves import SHARES, pinned_lines, run_curves, training_curve
from ui.runs.run import Run
from ui.runs.sections import Preset, takeaway_section, training_section
from ui.texts import _, number, percent

_CATEGORY = "neighbour_category_accuracy"
_NOVELS = {
    "corpus": "novels",
    "dim": 100,
    "window": 5,
    "min_count": 5,
    "subsampling": 0.001,
    "rows": 64,
    "learning_rate": 0.01,
    "epochs": 80,
}


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        NAME,
        WordEmbeddingsConfig,
        _draw,
        strip=("corpus", "method", "dim", "window", "epochs"),
        metrics={_CATEGORY: _("Neighbour’s category")},
        questions=QUESTIONS,
        prepare=usable,
        preset=Preset(
            "word_embeddings.novels",
            _("Settings for the novels"),
            _("100 numbers a word, wider windows, larger batches: what 1.6 million words need."),
            _NOVELS,
        ),
        choice=CHOICE,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(NAME, run, metrics={**measures(), "valid_loss": _("Held-out loss (nats)")})


def _draw(run: Run[WordEmbeddingsConfig]):
    side_by_side(lambda: _loss(run), lambda: _scores(run))
    if not run.epochs:
        return
    moving_map(run)
    watched_words(run)
    if run.end:
        _beside_counting(run)


def _loss(run: Run):
    training_curve(
        run,
        key="word_embeddings.loss",
        title=_("The loss, on sentences read and held out"),
        y_title=_("nats"),
        step_metric="train_loss",
        epoch_metrics={"valid_loss": _("held out")},
        colour="lstm",
        references={"baseline_constant_loss": _("looks at no word")},
        height=300,
    )


def _scores(run: Run):
    lines = [
        *pinned_lines(run, lambda other: other.by_epoch(_CATEGORY)),
        *(
            Line(label, *run.by_epoch(metric), "lstm", dash)
            for (metric, label), dash in zip(
                measures().items(), ("dot", "dashdot", "solid"), strict=True
            )
        ),
    ]
    run_curves(
        run,
        lines,
        key="word_embeddings.scores",
        title=_scores_title(run),
        y_title=_("share right"),
        y_axis=SHARES,
        height=300,
    )


def _scores_title(run: Run) -> str:
    if not run.epochs:
        return _("Nothing has been asked yet")
    return _("Epoch {epoch}: {share} of the nearest words are of the same category").format(
        epoch=run.at.epoch, share=percent(run.at.metrics[_CATEGORY])
    )


def scores_of(metrics: Mapping[str, float], own: str) -> dict[str, dict[str, float]]:
    """Name of a space -> measure -> share, of a run's or a card's metrics; own: its own name."""
    names = {"": own} | {f"baseline_{name}_": label for name, label in rivals().items()}
    return {
        label: {
            measure: metrics[f"{prefix}{metric}"]
            for metric, measure in measures().items()
            if f"{prefix}{metric}" in metrics
        }
        for prefix, label in names.items()
        if f"{prefix}{_CATEGORY}" in metrics
    }


def _beside_counting(run: Run):
    """The end of a run: the network beside what does without one."""
    shares = scores_of(run.result.metrics, _("network"))
    draw_scores(
        shares,
        _("This run’s network beside counting (PPMI, SVD), spelling and chance"),
        _("network"),
        key="word_embeddings.beside",
    )
    judged = "wordsim_spearman"
    if judged in run.result.metrics:
        st.caption(
            _(
                "How like people found {count} pairs of words (WordSim-353), against cosines: rank "
                "correlation {own} in this run, {counted} of counting."
            ).format(
                count=len(questions_of(run.config.corpus_name).judged),
                own=number(run.result.metrics[judged], 2),
                counted=number(run.result.metrics[f"baseline_ppmi_{judged}"], 2),
            )
        )


def draw_scores(shares: Mapping[str, Mapping[str, float]], title: str, network: str, *, key: str):
    """Bars of what spaces reach, name -> measure -> share."""
    said = "; ".join(
        f"{name}: " + ", ".join(f"{measure} {percent(share)}" for measure, share in of.items())
        for name, of in shares.items()
    )
    figure = partial(
        space_scores,
        look(title, y=_("share right"), alt=f"{title}. {said}"),
        shares,
        network=network,
    )
    live_plot(figure, key=key, height=340)
