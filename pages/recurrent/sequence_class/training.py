"""The class of a sequence: genes, integers or a table, a network, and what it looked at."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.data.sequences import known as sequences
from core.data.sequences.labelled import Labelled, labelled
from core.experiments.sequence_class.config import SequenceClassConfig
from core.figures.recurrent.classification import over_steps, score_bars
from core.numeric.language.sampling import entropy_bits
from core.numeric.sequences.class_profile import step_information_bits, step_variance_share
from pages.recurrent.sequence_class.quiz import QUESTIONS
from pages.recurrent.sequence_class.saliency import open_sequence
from pages.recurrent.sequence_class.source import usable
from ui.components.charts import live_plot, look
from ui.components.confusion import confusion_chart
from ui.layout import notation_table, the_figure
from ui.runs.inputs.fetching import begin_with_what_is_here
from ui.runs.quiz import CHANCE, standard_error
from ui.runs.results.curves import training_curve
from ui.runs.results.scores import curve_title
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.state.controls import choose, just_taken
from ui.texts import _, number, percent

NAME = "sequence-class"
# What matters lies at the middle of the genes, and anywhere in a row of integers; in a table of
# one's own it is not known. Links that name no direction still say "to the middle".
_SUITS = {"splice": "middle", "promoters": "middle", "integers": "one", "upload": "both"}
_MARKS = {"splice": 30.5, "promoters": 51}


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    integers = {"instead": "integers", "direction": _SUITS["integers"]}
    begin_with_what_is_here(SequenceClassConfig, "data", sequences.missing, **integers)
    if taken := just_taken(SequenceClassConfig, "data"):
        choose(SequenceClassConfig, direction=_SUITS[taken])
    return training_section(
        NAME,
        SequenceClassConfig,
        _draw,
        title="",
        strip=("data", "cell", "direction", "epochs"),
        metrics={"accuracy": _("held-out accuracy")},
        questions=QUESTIONS,
        prepare=usable,
        before=_before,
        notes=lambda _config: notation_table(NAME),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        NAME,
        run,
        metrics={"accuracy": _("Held-out accuracy"), **baseline_names()},
    )


def baseline_names() -> dict[str, str]:
    """What each baseline is called."""
    return {
        "baseline_logistic_positions": _("Logistic, positions"),
        "baseline_logistic_counts": _("Logistic, counts"),
        "baseline_majority": _("Most frequent class"),
    }


def mark(data: str) -> tuple[float, str] | None:
    """The step of a data set that is to be pointed out, and what is there."""
    names = {"splice": _("possible junction"), "promoters": _("start of the gene")}
    return (_MARKS[data], names[data]) if data in _MARKS else None


def _before(config: SequenceClassConfig):
    _profile(config, labelled(config.data, config.upload, config.seed))


def _profile(config: SequenceClassConfig, data: Labelled):
    values = (
        step_information_bits(data.inputs, data.labels)
        if data.letters
        else step_variance_share(data.inputs[..., 0], data.labels)
    )
    y = _("bits") if data.letters else _("share of variance")
    title = _("Step {step} tells most of the class").format(step=int(np.argmax(values)) + 1)
    nothing = values.max() < 0.05
    if nothing:
        title = _("No step tells the class by itself")
    figure = partial(
        over_steps,
        look(title, _("step of the sequence"), y),
        np.arange(1, data.steps + 1),
        [(title, values)],
        mark=mark(config.data),
        bars=True,
    )
    layout = {"yaxis": {"range": [0, 0.5]}} if nothing else None
    with the_figure():
        live_plot(figure, key="sequence_class.profile", height=480, room=1, layout=layout)
    if data.letters:
        st.caption(
            _(
                "Mutual information of letter and class, step by step; knowing the class would be "
                "{bits} bits. It does not see what only several steps together tell."
            ).format(bits=number(entropy_bits(np.bincount(data.labels) / len(data.labels)), 2))
        )


def _draw(run: Run):
    with the_figure():
        curve, errors = st.columns(2) if run.epochs else (st.container(), st.container())
    with curve:
        training_curve(
            run,
            key="sequence_class.accuracy",
            title=curve_title(run),
            y_title=_("held-out accuracy"),
            epoch_metrics={"accuracy": _("network")},
            colour=run.config.cell,
            references={"baseline_logistic_positions": _("logistic regression on positions")},
            height=440,
            room=1,
        )
    if not run.epochs:
        return
    classes = [_(name) for name in run.at.texts["classes"].split("\n")]
    drawn = [escape(name) for name in classes]  # a visitor's classes are text in charts, too
    with errors:
        counts = run.at.arrays["confusion"]
        confusion_chart(counts, drawn, key="sequence_class.confusion", height=440, room=1)
    _verdict(run)
    losses, scores = st.columns(2)
    with losses:
        training_curve(
            run,
            key="sequence_class.loss",
            title=_("What it learned, and what it was tested on"),
            y_title=_("cross-entropy, nats"),
            step_metric="train_loss",
            epoch_metrics={"test_loss": _("held out")},
            colour=run.config.cell,
            height=300,
        )
    with scores:
        _beside(run)
    _looked(run, drawn)
    open_sequence(run, classes)


def _verdict(run: Run):
    """Who is better, in a sentence, and why where the baseline is."""
    if not (run.epochs and run.ended and run.at_last):
        return
    network = run.at.metrics["accuracy"]
    simple = run.started.references["baseline_logistic_positions"]
    tested = int(run.at.arrays["confusion"].sum())
    noise = standard_error(simple, tested)
    verdict = _(
        "Of {tested} held-out sequences the network gets {network} right, logistic regression on "
        "positions {simple}."
    ).format(tested=tested, network=percent(network, 1), simple=percent(simple, 1))
    if abs(network - simple) <= CHANCE * noise:
        verdict += " " + _(
            "A difference of less than {points} points is chance with so many sequences: other "
            "seeds tell more."
        ).format(points=number(100 * CHANCE * noise, 1))
    if network < simple:
        verdict += " " + why_simple_wins(run.config)
        st.warning(verdict)
    else:
        st.success(verdict)


def why_simple_wins(config: SequenceClassConfig) -> str:
    """Why logistic regression on positions is ahead in a run of ``config``."""
    if config.data == "splice" and config.direction != "middle":
        return _(
            "The simple method knows where each letter stands: the junction is always between "
            "steps 30 and 31. A network that reads on to the ends must carry it there through "
            "thirty steps, and learn by itself which step it was. Let it read to the middle."
        )
    if config.data == "promoters":
        return _(
            "With 80 sequences to learn from, the fewer freedoms of the simple method are worth "
            "more than what a recurrent network could express."
        )
    return _(
        "Where the place alone decides, a weight for each place is all that is needed, and the "
        "network has to find out what the simple method is given."
    )


def _beside(run: Run):
    """The scores of network and baselines, side by side."""
    known = run.started.references
    scores = [(_("This network"), run.at.metrics["accuracy"], run.config.cell)]
    scores += [(label, known[name], "baseline") for name, label in baseline_names().items()]
    rows = [(*score, percent(score[1], 1)) for score in sorted(scores, key=lambda s: -s[1])]
    title = _("Best on held-out sequences: {name}").format(name=rows[0][0])
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    figure = partial(
        score_bars,
        look(title, _("held-out sequences that are right"), alt=f"{title}. {summary}"),
        rows,
    )
    live_plot(figure, key="sequence_class.scores", height=300)


def _looked(run: Run, classes: list[str]):
    norms = run.at.arrays["class_look"]
    title = _("It looks most at step {step}").format(step=int(norms.mean(0).argmax()) + 1)
    figure = partial(
        over_steps,
        look(title, _("step of the sequence"), _("gradient's norm")),
        np.arange(1, norms.shape[1] + 1),
        list(zip(classes, norms, strict=True)),
        mark=mark(run.config.data),
    )
    live_plot(figure, key="sequence_class.look", height=320)
    st.caption(
        _(
            "How much a class's logit would change with the input of each step: the gradient's "
            "norm, averaged over held-out sequences of that class."
        )
    )
