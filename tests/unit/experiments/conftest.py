"""A kernel for the notebooks that visitors take away."""

import warnings

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from tests.unit.experiments.scripts import printed


@pytest.fixture(scope="session")
def _kernel():
    """One for all: to import Keras takes longer than all the rest."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.fixture
def executed(_kernel):
    """A function: what train.ipynb among a run's files prints, executed in a folder of its own.

    It is given none of the other files: the notebook has what it needs.
    """

    def execute(files, folder):
        notebook = nbformat.reads(files["train.ipynb"].decode(), as_version=4)
        nbformat.validate(notebook)
        anew = nbformat.v4.new_code_cell(f"%reset -f\n%cd -q {folder}")
        notebook.cells.insert(0, anew)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client = NotebookClient(notebook, km=_kernel, timeout=300)
            try:
                client.execute()
            finally:
                client.kc.stop_channels()
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
        assert any("application/vnd.plotly.v1+json" in o.get("data", ()) for o in outputs)
        return "".join(o.text for o in outputs if o.get("name") == "stdout")

    return execute


@pytest.fixture
def ways(request, executed):
    """A function: what the code of a run prints, as a script and as a notebook.

    words: those that the script is called with. The notebook is executed for the first of several
    parameters alone: both are made of one text.
    """
    place = max(request.node.callspec.indices.values()) if hasattr(request.node, "callspec") else 0

    def run_code(files, folder, *words):
        yield printed(files, folder, *words)
        if place == 0:
            alone = folder / "notebook"
            alone.mkdir()
            yield executed(files, alone)

    return run_code
