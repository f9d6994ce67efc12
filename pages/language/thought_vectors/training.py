"""A network of one's own: settings, run, curves, the map of each epoch, and what it finds."""

from functools import partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from core.data.language.intents import intents
from core.data.language.passages import passages
from core.data.language.words.tokens import words
from core.experiments.thought_vectors.config import ThoughtVectorsConfig
from core.experiments.thought_vectors.run import encoder_of, longest_of
from core.experiments.thought_vectors.task import HELD_OUT_BOOKS, Task, task_of
from core.figures.language.thoughts import passage_map
from core.figures.recurrent.classification import cluster_map
from core.messages import Problem
from core.numeric.language.thoughts.bags import BM25, Counted
from core.numeric.language.thoughts.networks import known
from core.numeric.language.thoughts.search import Encoder, Matrix, best, scores_of
from pages.language.thought_vectors import hits, names, source
from pages.language.thought_vectors.book_map import shortened
from pages.language.thought_vectors.quiz import QUESTIONS, main_metric
from ui.components.charts import live_plot, look
from ui.notices import plain
from ui.runs.inputs.fetching import begin_with_what_is_here
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.state.kept_text import cut
from ui.texts import _, say

NAME = "thought-vectors"
_DRAWN = 8  # intents that have a colour and a mark each
_FOUND = 3
_BASELINES = ("bm25", "tfidf", "sif", "untrained")


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(ThoughtVectorsConfig, "corpus", source.missing, "conte")
    return training_section(
        NAME,
        ThoughtVectorsConfig,
        _draw,
        strip=("corpus", "method", "dim", "epochs"),
        metrics={
            "retrieval_accuracy": _("the intent is right"),
            "neighbour_auc": _("the next passage is nearer"),
        },
        questions=QUESTIONS,
        prepare=source.usable,
        pending=_("The first map comes at the end of the first epoch."),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        NAME,
        run,
        metrics={
            **{name: _(words) for name, words in names.METRICS.items()},
            "baseline_bm25_retrieval_accuracy": _("BM25: nearest request"),
            "baseline_bm25_neighbour_auc": _("BM25: next passage"),
            "train_s": _("Seconds"),
        },
    )


def _draw(run: Run[ThoughtVectorsConfig]):
    _curves(run)
    if not run.epochs:
        return
    try:
        task = task_of(run.config)
    except Problem as gone:
        st.caption(plain(say(gone)))
        return
    _map(run, task)
    _found(run, task)


def _curves(run: Run[ThoughtVectorsConfig]):
    metric = main_metric(run.config)
    reached = run.at.metrics[metric] if run.epochs else None
    counted = run.started.references.get(f"baseline_bm25_{metric}", float("nan"))
    if reached is None:
        title = _("The network has just begun")
    elif reached > counted:
        title = _("Epoch {epoch}: better than BM25")
    else:
        title = _("Epoch {epoch}: BM25, which only counts shared words, is ahead")
    training_curve(
        run,
        key="thought_vectors.curve",
        title=title.format(epoch=run.at.epoch if run.epochs else 0),
        y_title=_(names.METRICS[metric]),
        epoch_metrics={metric: _("this network")},
        colour="autoencoder",
        references={f"baseline_{name}_{metric}": _(names.METHODS[name]) for name in _BASELINES},
        height=360,
    )
    training_curve(
        run,
        key="thought_vectors.loss",
        title=_("What it is taught: to tell the words of its texts"),
        y_title=_("nats per word"),
        step_metric="train_loss",
        epoch_metrics={"train_loss": _("mean of the epoch")},
        colour="autoencoder",
        height=240,
    )


def _map(run: Run[ThoughtVectorsConfig], task: Task):
    points = run.at.arrays["points"]
    if run.config.corpus == "intents":
        data = intents()
        some = task.groups < _DRAWN
        texts = [" ".join(text) for text, kept in zip(task.shown, some, strict=True) if kept]
        title = _("Epoch {epoch}: requests of {count} intents that it did not learn from")
        figure = partial(
            cluster_map,
            look(title.format(epoch=run.at.epoch, count=_DRAWN)),
            points[some],
            task.groups[some],
            [name.replace("_", " ") for name in data.names[:_DRAWN]],
            texts=texts,
        )
    else:
        title = _("Epoch {epoch}: held-out passages, coloured by chapter")
        figure = partial(
            passage_map,
            look(title.format(epoch=run.at.epoch)),
            points,
            task.groups,
            [shortened(" ".join(text)) for text in task.shown],
            bar_title=_("chapter"),
        )
    live_plot(figure, key="thought_vectors.run_map", height=440)


def _found(run: Run[ThoughtVectorsConfig], task: Task):
    """What the network finds for a text that it did not learn from, or for one that is typed."""
    if not run.ended:
        st.caption(_("Once the run has ended you can ask its network."))
        return
    weights = run.weights()
    if not weights:
        st.caption(_("The weights of this epoch were not kept; those of the last epoch are."))
        return
    vocabulary = run.epochs[0].arrays["vocabulary"].tobytes().decode().split("\n")
    encoder = encoder_of(run.config, known(vocabulary), weights, longest_of(run.config, task))
    own = f"thought_vectors.own.{run.config.corpus}"
    typed = st.text_input(
        _("A sentence for this network"),
        " ".join(task.shown[0]),
        key=own,
        on_change=cut(own, 400),
        help=_("At first a text that it did not learn from."),
    )
    asked = words(typed or "")
    if not asked:
        return
    shelf = _shelf(run.config.corpus, run.config.upload)
    columns = []
    for title, by in (
        (_("This network, epoch {epoch}").format(epoch=run.at.epoch), encoder),
        (_(names.BM25), BM25(Counted.of(shelf.words))),
    ):
        kept = _kept(f"{run.id}:{run.at.epoch}:{by.name}", by, shelf)
        scores = scores_of(by.asked([asked]), kept)[0]
        rows = [
            hits.found(
                by,
                asked,
                hit,
                shelf.texts[hit.place],
                shelf.words[hit.place],
                shelf.about[hit.place],
            )
            for hit in best(scores, _FOUND)
        ]
        none = _("Nothing here has anything in common with it.")
        columns.append(hits.Column(title, _(names.COMPARED[by.name]), rows, none))
    alt = _("What this network and BM25 find for “{sentence}”").format(sentence=typed)
    hits.draw(columns, typed or "", alt, key="thought_vectors.own_hits")


class _Shelf(NamedTuple):
    """Texts among which a run's network finds: as they are, their words, what is said of each."""

    texts: list[str]
    words: list[list[str]]
    about: list[str]


def _shelf(corpus: str, upload: str) -> _Shelf:
    if corpus == "intents":
        data = intents()
        places = np.flatnonzero(np.arange(len(data.training.texts)) % 5 == 0)
        return _Shelf(
            [data.training.texts[i] for i in places],
            [data.training.sentences[i] for i in places],
            [data.names[data.training.intents[i]].replace("_", " ") for i in places],
        )
    name = {"voltaire": HELD_OUT_BOOKS[0], "upload": f"upload:{upload}"}.get(corpus, corpus)
    some = passages(name)
    chapter = _("chapter {number}")
    return _Shelf(
        [p.text for p in some],
        [list(p.words) for p in some],
        [chapter.format(number=p.chapter) if p.chapter else "" for p in some],
    )


@st.cache_resource(max_entries=16, ttl=1800, show_spinner=False)
def _kept(key: str, _encoder: Encoder, _shelf: _Shelf) -> Matrix:
    return _encoder.kept(_shelf.words)
