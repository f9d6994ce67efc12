"""Runs that are kept: trained on the kit's page, or recorded."""

from core.events import Started
from tests import recorded
from tests.events import only
from tests.pages.kit_page import FAST, page, press, status
from tests.pages.lesson import until

ADA = "ada"


def trained(**params):
    at = page(**FAST, **params)
    press(at, "train")
    return until(at, lambda at: status(at).startswith("Finished"))


def remember(archive, name, run="small", visitor=ADA, experiment_name=""):
    """Keep a recorded run."""
    told = recorded.recorded(name, run)
    config = dict(only(told, Started).config)
    job = f"{name} {run}"
    archive.begin(job, experiment_name or name, config, visitor)
    archive.end(job, told, [0.1 * at for at in range(len(told))])
    assert archive.flush()
    return job
