"""A sweep against a loop of one's own, taken up again, and with runs that fail."""

import pytest
from fake_sweeps import FakeConfig, find, score

from core.messages import Problem
from core.sweeps import sweep
from core.sweeps.plan import MOST_RUNS, planned

OVER = {"cell": ["rnn", "gru"], "units": [4, 8]}


@pytest.fixture
def swept(engine):
    """A function that sweeps the fake."""

    def run(over=None, seeds=3, **more):
        more = {"engine": engine, "find": find, "progress": False, **more}
        return sweep("fake", OVER if over is None else over, seeds, **more)

    return run


def test_a_sweep_is_a_loop_over_settings_and_seeds(swept):
    rows = swept(set={"epochs": 3})
    configs = [
        FakeConfig(cell=cell, units=units, seed=seed, epochs=3)
        for cell in ("rnn", "gru")
        for units in (4, 8)
        for seed in range(3)
    ]
    assert rows.to_dict("records") == [
        {
            **config.to_dict(),
            **{"train_loss": 1 / 3, "best_rmse": 0.1, "test_rmse": score(config, 3)},
            **{"train_s": 1.5, "weights": 10, "error": ""},
        }
        for config in configs
    ]


def test_seeds_may_be_named(swept):
    assert swept({}, seeds=[7, 3]).seed.tolist() == [7, 3]


def test_what_is_there_is_not_computed_again(swept, tmp_path):
    diary = tmp_path / "diary"
    more = {"set": {"diary": str(diary)}, "out": tmp_path / "out"}
    first = swept({"cell": ["rnn"]}, seeds=2, **more)
    assert diary.read_text() == "xx"
    again = swept(OVER | {"units": [8]}, seeds=3, **more)
    assert diary.read_text() == "x" * 6
    assert again[again.cell.eq("rnn") & again.seed.lt(2)].equals(first)
    assert swept(OVER | {"units": [8]}, seeds=3, **more).equals(again)
    assert diary.read_text() == "x" * 6


def test_a_sweep_that_was_broken_off_goes_on(swept, tmp_path):
    diary = tmp_path / "diary"
    more = {"set": {"diary": str(diary)}, "out": tmp_path / "out"}

    def break_off(_done, ended):
        if ended == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        swept(progress=break_off, **more)
    kept = len(list((tmp_path / "out" / "runs").glob("*.npz")))
    assert kept == 5
    diary.write_text("")
    assert len(swept(**more)) == 12
    assert diary.read_text().count("x") <= 12 - kept  # what was under way may have come to its end


def test_a_damaged_file_is_computed_again(swept, tmp_path):
    first = swept({}, seeds=1, out=tmp_path)
    (file,) = (tmp_path / "runs").glob("*.npz")
    file.write_bytes(file.read_bytes()[:-20])
    assert swept({}, seeds=1, out=tmp_path).equals(first)


def test_a_run_that_fails_is_a_row_that_says_why(swept, tmp_path):
    rows = swept({}, seeds=[0, 1, 98], set={"bad_seed": 1}, out=tmp_path)
    assert rows.error.tolist() == [
        "",
        "Seed 1 is a bad one.",
        "The run's process crashed (exit status 3).",
    ]
    assert rows.test_rmse.isna().tolist() == [False, True, True]
    assert len(list((tmp_path / "runs").glob("*.npz"))) == 1  # what failed is tried again


def test_progress_is_a_line_by_default(swept, capsys):
    swept({}, seeds=2, progress=True)
    assert capsys.readouterr().err.split("\r")[-1].strip() == "2 of 2 runs"


def test_progress_is_told(swept):
    told = []
    swept({}, seeds=3, progress=lambda done, ended: told.append((done, ended)))
    assert told[-1] == (3, 3)
    assert [ended for _, ended in told] == sorted(ended for _, ended in told)


@pytest.mark.parametrize(
    ("over", "seeds", "settings", "words"),
    [
        ({"cell": ["rnn"]}, 0, {}, "A sweep needs at least 1 seed, not 0."),
        ({"cell": []}, 1, {}, "There is no value to sweep cell over."),
        ({}, [], {}, "There is no value to sweep seed over."),
        ({"cell": ["rnn", "rnn"]}, 1, {}, "The same setting is given twice; each is run once."),
        (
            {"cell": ["rnn"]},
            1,
            {"cell": "gru"},
            "cell is given twice; a setting is fixed, swept over, or the seed.",
        ),
        (
            {"seed": [1]},
            1,
            {},
            "seed is given twice; a setting is fixed, swept over, or the seed.",
        ),
        ({"cell": ["lstm"]}, 1, {}, "cell must be one of rnn, gru, not 'lstm'."),
        (
            {"units": range(1, 65)},
            500,
            {},
            "That makes 32000 runs; a sweep has 20000 at most.",
        ),
    ],
)
def test_what_is_no_sweep_is_said(over, seeds, settings, words):
    with pytest.raises(Problem) as refused:
        planned(find("fake"), over, seeds, settings)
    assert str(refused.value) == words


def test_after_a_part_of_a_sweep_each_setting_has_had_the_same_seeds():
    configs = planned(find("fake"), OVER, 2, {}).configs
    assert [config.to_dict()["seed"] for config in configs] == [0] * 4 + [1] * 4
    assert MOST_RUNS == 20_000
