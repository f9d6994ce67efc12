"""The notebooks that visitors take away, executed: they find their runs' first losses.

A script and its notebook are made of one template; that they hold the same code is part of what
``tests/contracts`` checks of every run.
"""

import re
import warnings

import nbformat
import numpy as np
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from core.events import Step, flat
from core.experiments import experiment, names
from core.experiments.kit.control import Control
from tests.events import ended

IMAGES = {"epochs": 1, "batch_size": 256}
TEXTS = {"units": 16, "embedding_dim": 4, "batch_size": 16, "epoch_updates": 10, "epochs": 1}
LOSS = re.compile(r"(loss|train_mse|train_bits)$")  # what a step tells that the code prints, too
SMALL = {
    "feed-forward": {"longest": 6, "window": 3, "units": 10, "epochs": 1},
    "calculator": {"digits": 2, **TEXTS},
    "number-words": {"others": 500, **TEXTS},
    "linear-autoencoder": {"latent_dim": 3, "epochs": 1},
    "autoencoder": {"width": 16, "depth": 1, **IMAGES},
    "denoising-autoencoder": {"width": 16, "latent_dim": 8, "copies": 2, **IMAGES},
    "variational-autoencoder": {"width": 16, "depth": 1, **IMAGES},
    "sparse-autoencoder": {"latent_dim": 16, **IMAGES},
    "lstm-autoencoder": {"data": "synthetic", "units": 8, "frame": 14, "epochs": 1},
    "gradient-flow": {"length": 12, "epochs": 1, "epoch_updates": 5, "params": 500},
    "long-memory": {
        "length": 20, "params": 3000, "layers": 1, "epochs": 1, "epoch_updates": 10,
        "batch_size": 16,
    },
    "next-value": {"data": "sine", "units": 8, "window": 12, "epochs": 1},
    "sequence-class": {"data": "integers", "units": 8, "epochs": 1},
    "discover-patterns": {"units": 8, "epochs": 1},
    "keras-model": {"stack": "embedding:256:8,rnn:8,dense:10", "epochs": 1, "batch_size": 128},
    "voltaire": {
        "corpus": "conte", "units": 16, "embedding_dim": 8, "batch_size": 16,
        "sequence_length": 32, "epochs": 1, "epoch_chars": 10_000,
    },
    "word-embeddings": {"corpus": "conte", "dim": 8, "rows": 4, "epochs": 1},
    "thought-vectors": {"corpus": "conte", "dim": 16, "words": 500, "epochs": 1},
    "text-class": {"data": "invented", "dim": 8, "epochs": 1},
    "tagger": {"data": "invented", "dim": 8, "units": 8, "train_sentences": 320, "epochs": 1},
    "question-answering": {"data": "invented", "task": "one", "hops": 1, "units": 8, "epochs": 1},
    "translation": {
        "data": "invented",
        "units": 16,
        "embedding_dim": 8,
        "pieces": 200,
        "train_pairs": 1_000,
        "epochs": 1,
        "epoch_updates": 5,
    },
    "spoken-digits": {"data": "synthetic", "units": 8, "direction": "one", "epochs": 1},
}  # fmt: skip
QUICK = ("linear-autoencoder",)  # executed by every run of the tests


@pytest.fixture(scope="module")
def kernel():
    """One for all: to import Keras takes longer than all the rest."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    yield manager
    manager.shutdown_kernel(now=True)


def executed(content, kernel, folder):
    """What a notebook prints, executed in an empty folder; it draws at least a figure."""
    notebook = nbformat.reads(content.decode(), as_version=4)
    nbformat.validate(notebook)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(f"%reset -f\n%cd -q {folder}"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = NotebookClient(notebook, km=kernel, timeout=300)
        try:
            client.execute()
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert any("application/vnd.plotly.v1+json" in o.get("data", ()) for o in outputs)
    return "".join(o.text for o in outputs if o.get("name") == "stdout")


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow]) for name in SMALL],
)
def test_a_notebook_finds_the_run_s_first_losses(name, kernel, tmp_path):
    one = experiment(name)
    events = list(one.run(one.Config.parse(SMALL[name]), Control()))
    steps = [flat(event.metrics) for event in events if isinstance(event, Step)]
    told = [value for step in steps for name, value in step.items() if LOSS.search(name)]
    files = ended(events).files
    for file, content in files.items():  # what is too large to be packed lies beside it
        if f"`{file}` of this run is too large" in files["train.ipynb"].decode():
            (tmp_path / file).write_bytes(content)
    text = executed(files["train.ipynb"], kernel, tmp_path)
    lines = re.findall(r"^.*\bstep \d+: .*$", text, re.M)
    losses = [float(number) for line in lines for number in re.findall(r"-?\d+\.\d+", line)]
    count = min(10, len(told), len(losses))
    assert count >= 4
    np.testing.assert_allclose(losses[:count], told[:count], rtol=1e-6, atol=1e-5)


def test_every_script_has_a_notebook():
    assert set(SMALL) == set(names())
