"""The built model on a task: settings, what is adapted, the run, and what is taken away."""

from functools import partial

import streamlit as st

from core.data.sequences.coded_tasks import SIZES, is_here, pixel_codes, sample_digit
from core.experiments.keras_model.config import KerasModelConfig
from core.experiments.keras_model.run import check_work
from core.figures.recurrent.coded_image import coded_image
from core.messages import Problem
from core.numeric.recurrent.stack.faults import Fault
from core.numeric.recurrent.stack.notation import parse
from core.numeric.recurrent.stack.shapes import count_params
from pages.recurrent.keras_workbench.quiz import QUESTIONS
from ui.components.charts import live_plot, look
from ui.components.confusion import confusion_chart
from ui.notices import plain
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, lesson_text, number, percent, say

NAME = "keras-model"
_LESSON = "keras-workbench"


def training(fault: Fault | None) -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        NAME,
        KerasModelConfig,
        _draw,
        title=_("Train it on a small task"),
        lesson=_LESSON,
        strip=("task", "epochs", "batch_size", "learning_rate"),
        more=("clip_norm", "seed"),
        metrics={"accuracy": _("accuracy")},
        questions=QUESTIONS,
        prepare=lambda config: _usable(config, fault),
        before=_before,
        notes=lambda config: _about_task(config, fault),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        NAME,
        run,
        metrics={
            "accuracy": _("Accuracy"),
            "baseline_logistic": _("Logistic regression"),
            "valid_loss": _("Held-out loss"),
        },
        lesson=_LESSON,
    )


def _about_task(config: KerasModelConfig | None, fault: Fault | None):
    st.markdown(lesson_text(_LESSON, f"task_{config.task if config else 'digits'}"))
    if config and not fault:
        st.markdown(adapted(config))


def adapted(config: KerasModelConfig) -> str:
    """What of the visitor's stack is trained otherwise than it was built, in Markdown."""
    built, trained = parse(config.stack), config.layers
    steps = SIZES[config.task].steps
    changes = []
    if built[-1].units != trained[-1].units:
        changes.append(
            _(
                "the last layer is Dense({trained}), not Dense({built}), one output for each class"
            ).format(trained=trained[-1].units, built=built[-1].units)
        )
    if built[0].inputs != trained[0].inputs:
        changes.append(
            _("the Embedding knows {trained} integers, not {built}: that is how many occur").format(
                trained=trained[0].inputs, built=built[0].inputs
            )
        )
    params = number(count_params(trained), 0)
    if not changes:
        return _(
            "Your stack is trained **as it is built**: {params} parameters, on sequences of "
            "{steps} integers."
        ).format(params=params, steps=steps)
    return _(
        "**Adapted to the task**: {changes}. So {params} parameters are trained, not {built}, on "
        "sequences of {steps} integers."
    ).format(
        changes="; ".join(changes),
        params=params,
        built=number(count_params(built), 0),
        steps=steps,
    )


def _usable(config: KerasModelConfig | None, fault: Fault | None) -> KerasModelConfig | None:
    """The config if it can be trained here and now; else a sentence says why not."""
    if config is None:
        return None
    if fault:
        st.warning(_("The stack above has a fault; once that is fixed, it can be trained."))
        return None
    if not is_here(config.task):
        st.warning(
            _(
                "The data of this task are not on this machine: “python -m core data fetch "
                "--all” downloads them. The digits are on every machine."
            )
        )
        return None
    try:
        check_work(config)
    except Problem as problem:
        st.warning(plain(say(problem)))
        return None
    return config


def _before(config: KerasModelConfig):
    image = sample_digit() if config.task == "digits" else None
    if image is None:
        return
    codes = pixel_codes(image[None])[0]
    title = _("What goes in: this {digit} as {count} integers, row by row").format(
        digit=0, count=len(codes)
    )
    alt = f"{title}: {', '.join(map(str, codes))}"
    hover = _("step {step}: the integer {code}")
    live_plot(
        partial(coded_image, look(title, alt=alt), image, codes, hover=hover),
        key="workbench.sample",
        height=380,
    )


def _draw(run: Run):
    cells = [layer.kind for layer in run.config.layers if layer.is_recurrent]
    training_curve(
        run,
        key="workbench.accuracy",
        title=_title(run),
        y_title=_("accuracy"),
        epoch_metrics={"accuracy": _("held out")},
        colour=cells[-1],
        references={
            "baseline_logistic": _("logistic regression"),
            "baseline_majority": _("always the most frequent class"),
        },
        height=320,
    )
    if run.epochs:
        _verdict(run)
    left, right = st.columns(2)
    with left:
        training_curve(
            run,
            key="workbench.loss",
            title=_("Where the two separate, it learns by heart"),
            y_title=_("cross-entropy (nats)"),
            step_metric="train_loss",
            epoch_metrics={"valid_loss": _("held out")},
            colour=cells[-1],
            height=400,
        )
    with right:
        if run.epochs:
            confusion, classes = run.at.arrays["confusion"], run.at.texts["classes"].split("\n")
            confusion_chart(confusion, classes, key="workbench.confusion", height=400)


def _title(run: Run) -> str:
    if not run.epochs:
        return _("The model has just begun")
    accuracy, linear = run.at.metrics["accuracy"], run.started.references["baseline_logistic"]
    if accuracy > linear:
        title = _("Epoch {epoch}: above the logistic regression")
    else:
        title = _("Epoch {epoch}: the logistic regression is ahead")
    return title.format(epoch=run.at.epoch)


def _verdict(run: Run):
    lines = run.started.references
    st.caption(
        _(
            "Epoch {epoch}: {accuracy} of the held-out sequences are classified correctly; "
            "the logistic regression on the same integers reaches {linear}, the most "
            "frequent class {majority}."
        ).format(
            epoch=run.at.epoch,
            accuracy=percent(run.at.metrics["accuracy"], 1),
            linear=percent(lines["baseline_logistic"], 1),
            majority=percent(lines["baseline_majority"], 1),
        )
    )
