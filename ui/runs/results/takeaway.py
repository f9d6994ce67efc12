"""What a visitor takes away from a run."""

from collections import Counter
from pathlib import PurePath

import streamlit as st

from core.events import history_csv
from core.experiments.kit.notebook import in_language
from core.messages import N_
from ui.runs.run import Run
from ui.texts import _, language

_KINDS = {
    ".py": (N_("Keras code"), N_("A script that trains this model, as it was trained here.")),
    ".ipynb": (
        N_("Notebook"),
        N_("The same code with the lesson's text and its figures, for Jupyter or Colab."),
    ),
    ".keras": (N_("Trained model"), N_("The model with its weights, for keras.saving.load_model.")),
    ".csv": (N_("Numbers"), N_("The metrics of every epoch, as CSV.")),
    ".zip": (N_("Weights for this page"), N_("Weights and settings, to be loaded here again.")),
}
_NETWORKS = {
    "rnn": "RNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "irnn": N_("ReLU RNN"),
    "dense": N_("dense"),
}
_MIME = {
    ".py": "text/x-python",
    ".ipynb": "application/x-ipynb+json",
    ".csv": "text/csv",
    ".zip": "application/zip",
}


def takeaway(run: Run | None, *, name: str):
    """Download buttons for what the run has made. name: what the files are called."""
    if run is None or not run.epochs:
        return
    files = {"history.csv": history_csv(run.epochs).encode()}
    files |= run.finished.files if run.finished else {}
    kinds = Counter(PurePath(file).suffix for file in files)
    with st.container(horizontal=True):
        for file in sorted(files, key=_order):
            path = PurePath(file)
            label, about = _KINDS.get(path.suffix, (file, ""))
            content = files[file]
            if path.suffix == ".ipynb":
                content = in_language(content, run.experiment, language(), _)
            stem = _NETWORKS.get(path.stem, path.stem)
            several = kinds[path.suffix] > 1 and path.suffix in _KINDS
            st.download_button(
                f"{_(label)} ({_(stem)})" if several else _(label),
                content,
                f"{name}-{file}",
                _MIME.get(PurePath(file).suffix, "application/octet-stream"),
                key=f"{run.experiment}.take.{file}",
                icon=":material/download:",
                help=_(about) if about else None,
                on_click="ignore",
            )


def _order(file: str) -> tuple[int, str]:
    suffixes = list(_KINDS)
    suffix = PurePath(file).suffix
    return (suffixes.index(suffix) if suffix in suffixes else len(suffixes), file)
