"""Networks that answer questions about stories: trained, and held against rules."""

import streamlit as st

from core.data.language.stories import sets
from core.data.language.stories.story import PLACES, Asked, words
from core.experiments.question_answering.config import QuestionAnsweringConfig
from pages.language.question_answering.asking import read_instead
from pages.language.question_answering.networks import CHOICE
from pages.language.question_answering.quiz import QUESTIONS
from ui.components.confusion import confusion_chart
from ui.layout import side_by_side
from ui.runs.inputs.fetching import begin_with_what_is_here, fetch_or_replace
from ui.runs.results.curves import training_curve
from ui.runs.results.scores import bars, curve_title, known_scores, loss_curve, scores_beside
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.state.controls import choose
from ui.texts import _, number, percent

NAME = "question-answering"
_OPENED = 4  # held-out questions that are offered


def training() -> Run[QuestionAnsweringConfig] | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(QuestionAnsweringConfig, "data", _missing, "invented")
    return training_section(
        NAME,
        QuestionAnsweringConfig,
        _draw,
        strip=("task", "model", "hops", "epochs"),
        metrics={"accuracy": _("held-out accuracy")},
        questions=QUESTIONS,
        prepare=_usable,
        choice=CHOICE,
    )


def takeaway(run: Run[QuestionAnsweringConfig] | None):
    """The bench, and what can be taken away from the run."""
    metrics = {
        "accuracy": _("Held-out accuracy"),
        "facts_found": _("Facts found"),
        **baseline_names(),
    }
    takeaway_section(NAME, run, metrics=metrics)


def baseline_names() -> dict[str, str]:
    """What each baseline is called."""
    return {
        "baseline_one_line": _("Rule of one line"),
        "baseline_last_place": _("Last place named"),
        "baseline_majority": _("Always the same place"),
        "baseline_logistic_words": _("Logistic, words and pairs"),
        "baseline_programme": _("A programme that knows the task"),
    }


def _missing(data: str) -> list[str]:
    return [file for task in ("one", "two") for file in sets.missing(data, task)]


def _usable(config: QuestionAnsweringConfig | None) -> QuestionAnsweringConfig | None:
    """``config`` if its stories are here; else what is needed to get them is shown."""
    if config is None:
        return None
    if missing := sets.missing(config.data, config.task):
        fetch_or_replace(
            missing,
            key="question_answering.stories",
            fetch_label=_("Fetch the stories"),
            instead_label=_("Take the invented stories"),
            take_instead=lambda: choose(QuestionAnsweringConfig, data="invented"),
        )
        return None
    st.caption(
        _(
            "bAbI, its own two parts: 10,000 questions to learn from and 1,000 held out. Made by a "
            "programme, with 33 words."
        )
        if config.data == "babi"
        else _(
            "Synthetic: made by this program, 10,000 questions to learn from and 1,000 held out, "
            "of other stories."
        )
    )
    return config


def _draw(run: Run[QuestionAnsweringConfig]):
    training_curve(
        run,
        key="question_answering.accuracy",
        title=curve_title(run),
        y_title=_("held-out questions"),
        epoch_metrics={"accuracy": _("right"), "facts_found": _("facts found")}
        if run.config.model != "recurrent"
        else {"accuracy": _("right")},
        colour=_colour(run.config),
        references={
            "baseline_one_line": _("rule of one line"),
            "baseline_majority": _("always the same place"),
        },
        height=320,
    )
    if not run.epochs:
        return
    _verdict(run)
    side_by_side(
        lambda: loss_curve(run, key="question_answering.loss", colour=_colour(run.config)),
        lambda: _beside(run),
    )
    confusion_chart(
        run.at.arrays["confusion"], list(PLACES), key="question_answering.confusion", height=360
    )
    _examples(run)


def _colour(config: QuestionAnsweringConfig) -> str:
    return "autoencoder" if config.model == "memory" else config.cell


def _verdict(run: Run[QuestionAnsweringConfig]):
    """Who is better, in a sentence, once the run is over."""
    if not (run.ended and run.at_last):
        return
    network, known = run.at.metrics["accuracy"], run.references
    rule, programme = known["baseline_one_line"], known["baseline_programme"]
    verdict = _(
        "The network answers {network} of the held-out questions right, the rule of one line "
        "{rule}, and a programme that was told the task {programme}."
    ).format(network=percent(network, 1), rule=percent(rule, 1), programme=percent(programme, 1))
    (st.success if network >= rule else st.warning)(verdict)


def _beside(run: Run[QuestionAnsweringConfig]):
    """The scores of network and baselines, side by side."""
    others = known_scores(run, baseline_names())
    scores_beside(
        bars(run.at.metrics["accuracy"], _colour(run.config), others),
        title=_("Best: {name}"),
        axis=_("held-out questions right"),
        key="question_answering.scores",
    )
    if not run.ended:
        st.caption(_("Logistic regression is fitted at the end of the run."))


def _examples(run: Run[QuestionAnsweringConfig]):
    """Held-out questions to be read above, the wrong ones first."""
    answers = run.at.arrays["probabilities"].astype(float).argmax(1)
    asked = list(map(_asked, run.at.texts["shown"].split("\n")))
    right = [PLACES[answer] == one.answer for answer, one in zip(answers, asked, strict=True)]
    st.markdown("**" + _("Open a held-out question") + "**")
    st.caption(
        _("{wrong} of these {all} are answered wrong; they come first.").format(
            wrong=number(right.count(False), 0), all=number(len(asked), 0)
        )
    )
    for place in sorted(range(len(asked)), key=right.__getitem__)[:_OPENED]:
        one = asked[place]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                _("{sentences} sentences. {question} It says {answer}, right is {truth}.").format(
                    sentences=number(len(one.sentences), 0),
                    question=" ".join(one.question).capitalize() + "?",
                    answer=PLACES[int(answers[place])],
                    truth=one.answer,
                ),
                width="stretch",
            )
            st.button(
                _("Read it above"),
                key=f"question_answering.open.{place}",
                on_click=read_instead,
                args=(one,),
            )


def _asked(line: str) -> Asked:
    story, question, answer, facts = line.split("\t")
    sentences = tuple(words(sentence) for sentence in story.rstrip(".").split(". "))
    return Asked(sentences, words(question), answer, tuple(map(int, facts.split())))
