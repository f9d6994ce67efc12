"""Every experiment keeps the contract of a run."""

from importlib import import_module

import pytest

from core.experiments import experiment, names
from core.experiments.kit.control import Control
from tests import recorded
from tests.contracts.notebooks import check_notebook
from tests.contracts.runs import (
    check_epochs,
    check_order,
    check_seed,
    check_steering,
    check_values,
    check_wrong_values,
)
from tests.contracts.small import SMALL, small
from tests.events import began, ended

# Whose first update is there within a second; the others' is compiled for several.
QUICK = ("keras-model", "linear-autoencoder", "autoencoder", "variational-autoencoder")


def check_experiment(name):
    """All that any run must do, by a small run and two parts of it."""
    config = small(name)
    run = import_module(f"core.experiments.{name.replace('-', '_')}.run").run
    events = list(run(config, Control()))
    check_order(name, config, events)
    check_epochs(events)
    check_steering(run, config, events)
    check_recording(name, events)
    check_notebook(name, ended(events).files)


def check_recording(name, events):
    """What pages are tested with tells what the code tells now."""
    again = f"the recording no longer fits the code: python -m tests.record {name}"
    assert recorded.names(recorded.recorded(name)) == recorded.names(events), again
    config = experiment(name).Config
    for run in recorded.runs(name).values():
        recorded_config = began(run).config
        assert config.parse(recorded_config).to_dict() == recorded_config, again


@pytest.mark.own_process(each=True)
@pytest.mark.parametrize("name", names())
def test_a_run_keeps_its_promises(name):
    check_experiment(name)


@pytest.mark.own_process(each=True)
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow]) for name in names()],
)
def test_another_seed_is_another_run(name):
    run = import_module(f"core.experiments.{name.replace('-', '_')}.run").run
    check_seed(run, small(name))


@pytest.mark.parametrize("name", names())
def test_a_config_takes_what_is_allowed_and_nothing_else(name):
    check_values(experiment(name).Config)
    check_wrong_values(experiment(name).Config)


def test_each_has_a_small_run():
    assert list(SMALL) == names()
