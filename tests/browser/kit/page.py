"""A lesson page in small: everything of the kit on one experiment."""

import streamlit as st

from tests.browser.kit.experiment import KitConfig
from ui.components.reading import reading
from ui.runs.following.live import follow
from ui.runs.quiz import Question, predict
from ui.runs.results.bench import bench
from ui.runs.results.comparison import compare
from ui.runs.results.curves import training_curve
from ui.runs.results.repeats import repeat
from ui.runs.results.takeaway import takeaway
from ui.state.controls import controls

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


st.set_page_config(layout="wide")
if st.session_state.get("away"):  # as if on another page
    st.stop()
bar = st.container()
config = st.session_state["config"] = controls(
    KitConfig,
    strip=("cell", "units", "learning_rate", "epochs", "step_ms"),
    more=("optimizer", "dropout", "seed", "shuffle", "name"),
)
run = follow("kit", config, draw, metrics=METRICS, before=lambda: st.text("nothing yet"), bar=bar)
repeat("kit", config, METRICS)
question = Question(
    "linear-autoencoder",
    "doubled",
    lambda run: ("weights", "Each step makes it a little smaller."),
)
predict(question, run)
bench("kit", metrics=METRICS)
compare("kit", METRICS)
takeaway(run, name="kit")
st.text_input("Elsewhere", key="elsewhere")
