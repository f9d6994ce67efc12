"""A network of one's own: its settings, its run, and what each epoch translates."""

import streamlit as st

from core.data.language.pairs import sets
from core.experiments.translation.config import TranslationConfig
from pages.language.translation.networks import CHOICE, metrics_of
from pages.language.translation.quiz import QUESTIONS
from ui.components.table import markdown_table
from ui.layout import side_by_side
from ui.notices import plain
from ui.runs.inputs.fetching import begin_with_what_is_here, fetch_or_replace
from ui.runs.results.curves import training_curve
from ui.runs.results.scores import curve_title
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.state.controls import choose
from ui.texts import _, number

NAME = "translation"
_SHOWN = 8


def training() -> Run[TranslationConfig] | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(TranslationConfig, "data", sets.missing, "invented")
    return training_section(
        NAME,
        TranslationConfig,
        _draw,
        strip=("direction", "data", "attention", "units", "epochs"),
        metrics={"bleu": _("BLEU")},
        questions=QUESTIONS,
        prepare=_usable,
        choice=CHOICE,
    )


def takeaway(run: Run[TranslationConfig] | None):
    """The bench, and what can be taken away from the run."""
    metrics = {
        "bleu": _("BLEU"),
        "chrf": _("chrF"),
        "exact_match": _("Word for word the reference"),
        "test_loss": _("Loss (nats)"),
        **baseline_names(),
    }
    takeaway_section(NAME, run, metrics=metrics)


def baseline_names() -> dict[str, str]:
    """What each baseline is called."""
    return {
        "baseline_memory": _("nearest sentence known"),
        "baseline_ibm1": _("word for word"),
    }


def _usable(config: TranslationConfig | None) -> TranslationConfig | None:
    """``config`` if its sentences are here; else what is needed to get them is shown: None."""
    if config is None:
        return None
    if missing := sets.missing(config.data):
        fetch_or_replace(
            missing,
            key="translation.pairs",
            fetch_label=_("Fetch the pairs"),
            instead_label=_("Take the invented sentences"),
            take_instead=lambda: choose(TranslationConfig, data="invented"),
        )
        return None
    about = {
        "tatoeba": _(
            "English and French sentences by volunteers of Tatoeba (2017), at most ten words. No "
            "sentence, nor one that differs in marks, case or contractions, is in two parts."
        ),
        "invented": _(
            "Synthetic: made by this program's small grammar, so that word for word is wrong: "
            "gender, the place of adjectives and pronouns, “ne … pas”."
        ),
    }
    st.caption(about[config.data])
    return config


def _draw(run: Run[TranslationConfig]):
    side_by_side(
        lambda: training_curve(
            run,
            key="translation.bleu",
            title=curve_title(
                run, lambda at: _("BLEU {bleu}").format(bleu=number(at.metrics["bleu"], 1))
            ),
            y_title=_("BLEU"),
            epoch_metrics={"bleu": _("held-out sentences")},
            colour=run.config.cell,
            recorded=_recorded(run.config),
            height=340,
        ),
        lambda: training_curve(
            run,
            key="translation.loss",
            title=_("How surprised it is by the right pieces"),
            y_title=_("nats a piece"),
            step_metric="train_loss",
            epoch_metrics={"test_loss": _("held-out sentences")},
            colour=run.config.cell,
            height=340,
        ),
    )
    if not run.epochs:
        return
    _verdict(run)
    rows = [
        [plain(part) or "–" for part in line.split("\t")]
        for line in run.at.texts["shown"].split("\n")[:_SHOWN]
    ]
    st.markdown(
        _("Sentences that it does not learn from, translated after epoch {epoch}:").format(
            epoch=run.at.epoch
        )
    )
    head = [_("sentence"), _("a person’s translation"), _("the network’s")]
    st.markdown(markdown_table(head, rows, numbers=False))


def _recorded(config: TranslationConfig) -> dict[str, float]:
    """What was recorded on the same held-out sentences, where they are Tatoeba's."""
    known = metrics_of(config.direction).get("validation", {}) if config.data == "tatoeba" else {}
    names = {"bleu": _("the shipped network"), **baseline_names()}
    return {words: known[name] for name, words in names.items() if name in known}


def _verdict(run: Run[TranslationConfig]):
    """Who is better, in a sentence, once the run is over."""
    if not (run.ended and run.at_last):
        return
    known, network = run.references, float(run.at.metrics["bleu"])
    if not baseline_names().keys() <= known.keys():
        return
    memory, ibm1 = (float(known[name]) for name in baseline_names())
    said = _(
        "The network reaches BLEU {network}; the nearest sentence known {memory}, word for word "
        "{ibm1}."
    ).format(network=number(network, 1), memory=number(memory, 1), ibm1=number(ibm1, 1))
    (st.success if network >= max(memory, ibm1) else st.warning)(said)
