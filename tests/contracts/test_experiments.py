"""Every experiment keeps the contract of a run."""

import pytest

from core.experiments import experiment, names
from tests import recorded
from tests.by_day import by_day
from tests.contracts.notebooks import check_notebook
from tests.contracts.runs import (
    check_epochs,
    check_order,
    check_seed,
    check_steering,
    check_values,
    check_wrong_values,
)
from tests.contracts.small import SMALL, run_of, small
from tests.events import began, ended

# Whose first update is there within a second; the others' is compiled for several.
QUICK = ("keras-model", "linear-autoencoder")
# One of each kind of run: layers of one's own, images, texts.
STEERED = (*QUICK, "voltaire")


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
def test_a_run_keeps_its_promises(name, small_run):
    events = small_run(name)
    check_order(name, small(name), events)
    check_epochs(events)
    check_recording(name, events)
    check_notebook(name, ended(events).files)


@pytest.mark.own_process(each=True)
@pytest.mark.parametrize("name", by_day(STEERED, names()))
def test_a_run_is_steered(name, small_run):
    check_steering(run_of(name), small(name), small_run(name))


@pytest.mark.own_process(each=True)
@pytest.mark.parametrize("name", by_day(QUICK, names()))
def test_another_seed_is_another_run(name):
    check_seed(run_of(name), small(name))


@pytest.mark.parametrize("name", names())
def test_a_config_takes_what_is_allowed_and_nothing_else(name):
    check_values(experiment(name).Config)
    check_wrong_values(experiment(name).Config)


def test_each_has_a_small_run():
    assert list(SMALL) == names()
