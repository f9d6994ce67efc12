"""A lesson page in small: everything of the kit on one experiment."""

import streamlit as st

from tests.browser.kit.experiment import KitConfig
from ui.components.reading import reading
from ui.runs.quiz import Question
from ui.runs.results.bench import bench
from ui.runs.results.comparison import compare
from ui.runs.results.curves import training_curve
from ui.runs.results.takeaway import takeaway
from ui.runs.sections import training_section

METRICS = {"valid_loss": "held-out loss"}


def draw(run):
    training_curve(
        run,
        key="curve",
        title="The loss falls below a guess",
        y_title="loss",
        step_metric="loss",
        epoch_metrics=METRICS,
        colour="lstm",
        references={"guess": "guessing"},
    )
    if run.epochs:
        index = reading(
            run.at.texts["sample"],
            key="sample",
            alt="A sample",
            colours=run.at.arrays["values"],
            legend=("off", "on"),
        )
        st.text(f"chosen {index} after epoch {run.at.epoch}")


def leave():
    """As if on another page, or broken off for something else."""
    if st.session_state.get("away"):
        st.stop()


def keep(config):
    leave()
    st.session_state["config"] = config
    return config


st.set_page_config(layout="wide")
leave()
question = Question(
    "linear-autoencoder",
    "doubled",
    lambda run: ("weights", "Each step makes it a little smaller."),
)
run = training_section(
    "kit",
    KitConfig,
    draw,
    lesson="linear-autoencoder",
    strip=("cell", "units", "learning_rate", "epochs", "step_ms"),
    more=("optimizer", "dropout", "seed", "shuffle", "name"),
    metrics=METRICS,
    questions=(question,),
    hint="",
    prepare=keep,
    before=lambda _config: st.text("nothing yet"),
)
bench("kit", metrics=METRICS)
compare("kit", METRICS)
takeaway(run, name="kit")
st.text_input("Elsewhere", key="elsewhere")
