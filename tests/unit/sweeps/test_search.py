"""A search: by the validation part alone, with what falls behind ended, and taken up again."""

import sys

import pytest
from fake_sweeps import find, find_validated

from core import experiments
from core.engine import Engine, Limits
from core.engine.local.processes import for_this_machine
from core.events import Epoch, flat
from core.messages import Problem
from core.sweeps.proposals import Range
from core.sweeps.search import check, check_space, search
from tests.events import of
from tests.recorded import recorded, runs

pytest.importorskip("optuna", reason="A search needs Optuna: requirements-search.txt.")

SPACE = {"units": Range(1, 60), "rate": Range(0.001, 1.0)}


@pytest.fixture
def engine():
    limits = Limits(at_once=1, beside=1, watch_s=0.02)
    engine = Engine(limits, find=find_validated, processes=for_this_machine("core.events"))
    yield engine
    engine.close()


@pytest.fixture
def searched(engine):
    """A function that searches the fake, one trial at a time."""

    def run(trials, space=None, **more):
        more = {"engine": engine, "find": find_validated, "seeds": 2, **more}
        return search("fake", space or SPACE, "valid_loss", trials, **more)

    return run


def test_the_best_is_chosen_by_the_validation_part_and_tested_once(searched):
    found = searched(20)
    trials = found.trials
    assert list(trials) == ["trial", "units", "rate", "valid_loss", "epochs", "state", "error"]
    assert len(trials) == 20
    ended = trials[trials.state == "finished"]
    best = ended.loc[ended.valid_loss.idxmin()]
    assert (found.best.units, found.best.rate) == (best.units, best.rate)
    assert abs(found.best.units - 20) <= 3  # by the test part it would be 50
    assert sorted(config.seed for config in found.final) == [1, 2]
    for config, result in found.final.items():
        assert (config.units, config.rate) == (best.units, best.rate)
        assert result.metrics["test_loss"] == abs(best.units - 50)


def test_the_test_part_has_no_say(searched):
    one = searched(6)
    other = searched(6, set={"poison": 9})
    assert one.trials.equals(other.trials)
    assert one.best == other.best.replace(poison=1)


def test_more_may_be_better(searched):
    found = searched(8, {"units": [20, 40]}, maximise=True)
    assert found.best.units == 40 and set(found.trials.units) == {20, 40}


@pytest.mark.slow
def test_what_falls_behind_is_ended_before_its_time(searched, tmp_path):
    long = {"out": tmp_path, "set": {"epochs": 200}}
    searched(6, {"units": Range(15, 25)}, **long)
    last = searched(7, {"units": Range(64, 64)}, **long).trials.iloc[-1]
    assert last.state == "pruned" and 2 <= last.epochs < 200


@pytest.mark.slow
def test_a_search_goes_on_where_it_was(searched, tmp_path):
    diary = tmp_path / "diary"
    more = {"out": tmp_path / "out", "set": {"diary": str(diary)}}

    def break_off(_done, ended):
        if ended == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        searched(9, progress=break_off, **more)
    diary.write_text("")
    found = searched(9, **more)
    assert len(found.trials) == 9 and found.trials.trial.is_unique
    new = 9 - 4
    assert diary.read_text().count("x") <= new + len(found.final)
    diary.write_text("")
    assert searched(9, **more).trials.equals(found.trials)
    assert diary.read_text() == ""


@pytest.mark.parametrize(
    ("space", "words"),
    [
        ({}, "There is nothing to search: name the settings and their values."),
        ({"poison": Range(1, 2)}, "poison cannot be searched; it is fixed."),
        ({"seed": [1]}, "seed cannot be searched; it is fixed."),
        ({"units": Range(9, 2)}, "units has no range from 9 to 2."),
        ({"diary": Range("a", "b")}, "diary has no range from a to b."),
        ({"units": Range(1, 99)}, "units must be a whole number from 1 to 64, not 99."),
    ],
)
def test_what_cannot_be_searched_is_said(space, words):
    with pytest.raises(Problem) as refused:
        check_space(find_validated("fake"), space, {"poison": 1})
    assert str(refused.value) == words


def test_who_has_no_validation_part_is_not_searched():
    with pytest.raises(Problem) as refused:
        check(find("fake"), "test_rmse")
    assert str(refused.value) == (
        "fake has no validation part: what chose the settings would be scored on the same data. "
        "Sweep over them instead, and choose by what you know."
    )
    with pytest.raises(Problem) as refused:
        check(find_validated("fake"), "test_loss")
    assert str(refused.value) == (
        "Settings of fake are chosen by its validation part: valid_loss, not test_loss."
    )


def test_without_optuna_it_is_said(searched, monkeypatch):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(Problem) as refused:
        searched(1)
    assert str(refused.value) == (
        "A search needs Optuna: pip install -r requirements-search.txt installs it."
    )


@pytest.mark.parametrize("name", experiments.names())
def test_a_validation_metric_is_told_by_the_experiment(name):
    told = {
        n for run in runs(name) for e in of(recorded(name, run), Epoch) for n in flat(e.metrics)
    }
    assert set(experiments.experiment(name).validation) <= told


def test_which_experiments_have_a_validation_part():
    assert [n for n in experiments.names() if experiments.experiment(n).validation] == [
        "long-memory",
        "lstm-autoencoder",
        "voltaire",
        "word-embeddings",
        "translation",
    ]


def test_trials_of_the_same_settings_at_once_have_one_result():
    limits = Limits(at_once=2, beside=2, watch_s=0.02)
    engine = Engine(limits, find=find_validated, processes=for_this_machine("core.events"))
    try:
        units = {"units": Range(20, 21)}
        more = {"engine": engine, "find": find_validated, "seeds": 1, "set": {"epochs": 3}}
        trials = search("fake", units, "valid_loss", 8, **more).trials
    finally:
        engine.close()
    assert set(trials.state) <= {"finished", "pruned"} and set(trials.error) == {""}
