"""A network of one's own: its settings, its run, and what each epoch learned."""

from core import pretrained
from core.experiments.number_words.config import NumberWordsConfig
from core.figures.training import Line
from pages.language.number_words import networks
from pages.language.number_words.epoch import alignment_at, by_length, examples, shipped_name
from pages.language.number_words.query import Query
from pages.language.number_words.quiz import QUESTIONS
from ui.runs.results.curves import SHARES, pinned_lines, run_curves
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, percent


def training(asked: Query) -> Run | None:
    """The whole section; returns the run that is followed, None if there is none.

    asked: the number of the page, which the run's network answers, too.
    """
    return training_section(
        "number-words",
        NumberWordsConfig,
        lambda run: _draw(run, asked),
        strip=("direction", "attention", "encoder", "cell", "units"),
        metrics={"exact_match": _("Right answers")},
        questions=QUESTIONS,
        before=lambda config: by_length(config, {}, _("What the shipped networks reach")),
        choice=networks.CHOICE,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        "number-words",
        run,
        metrics={
            "exact_match": _("Right answers"),
            "char_accuracy": _("Right characters"),
            "test_loss": _("Loss (nats)"),
        },
    )


def _draw(run: Run[NumberWordsConfig], asked: Query):
    _curves(run)
    if not run.epochs:
        return
    alignment_at(run, asked)
    title = _("Epoch {epoch}: right answers by length").format(epoch=run.at.epoch)
    by_length(run.config, run.at.metrics.get("by_length", {}), title)
    examples(run)


def _curves(run: Run):
    cell, name, title = run.config.cell, shipped_name(run.config), _curve_title(run)
    lines = [
        *pinned_lines(run, lambda other: other.by_epoch("exact_match")),
        Line(_("characters"), *run.by_epoch("char_accuracy"), cell, "dot"),
        Line(_("whole answers"), *run.by_epoch("exact_match"), cell),
    ]
    there = name in pretrained.names()
    reached = [f"{line.name}: {percent(line.y[-1], 1)}" for line in lines if len(line.y)]
    run_curves(
        run,
        lines,
        key="number_words.curve",
        title=title,
        y_title=_("share right"),
        alt=". ".join([title, ", ".join(reached)]) if reached else title,
        references={_("the shipped network"): networks.exact_match(name)} if there else {},
        y_axis=SHARES,
        height=360,
    )


def _curve_title(run: Run) -> str:
    if not run.epochs:
        return _("The network has just begun")
    return _("Epoch {epoch}: {share} of the answers are right, letter for letter").format(
        epoch=run.at.epoch, share=percent(run.at.metrics["exact_match"], 1)
    )
