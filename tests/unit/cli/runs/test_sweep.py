"""``sweep``: its words, its files, and a sweep that is broken off."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_sweeps import FakeConfig, find, find_validated, score

from core.cli.runs import sweep as command
from core.engine import Engine, Limits
from core.engine.limits import CORES
from core.engine.local.processes import for_this_machine
from core.sweeps.statistics import Difference

ROOT = Path(__file__).parents[4]


@pytest.fixture(autouse=True)
def fake(monkeypatch):
    """The fake experiment, in processes that import no Keras."""

    def engine(jobs, find, cluster):
        assert cluster is None
        limits = Limits(at_once=jobs or CORES, beside=jobs or CORES, watch_s=0.02)
        engine = Engine(limits, find=find, processes=for_this_machine("core.events"))
        return closing(engine)

    monkeypatch.setattr("core.sweeps.running.own_engine", engine)
    monkeypatch.setattr(command, "find_experiment", find)


def test_a_table_and_what_it_says(say, tmp_path):
    args = ("sweep", "fake", "--over", "cell=rnn,gru", "--seeds", 4, "--out", tmp_path)
    said = say(*args)
    rnn, gru = (
        np.quantile([score(FakeConfig(cell=cell, seed=s), 2) for s in range(4)], [0.5, 0.25, 0.75])
        for cell in ("rnn", "gru")
    )
    assert said == (
        0,
        "fake: 8 runs, 0 failed\n"
        "test_rmse, less is better\n"
        "  SETTING   RUNS  MEDIAN   QUARTILES\n"
        f"  cell=rnn  4     {rnn[0]:.4f}   {rnn[1]:.4f} to {rnn[2]:.4f}\n"
        f"  cell=gru  4     {gru[0]:.5f}  {gru[1]:.5f} to {gru[2]:.5f}\n"
        "  cell=gru is ahead of cell=rnn in 4 of 4 seeds; mean difference -0.05 (95 % interval "
        "-0.05 to -0.05), which may be chance (p 0.12); about 6 seeds would tell.\n",
        "fake\n",
    )
    rows = pd.read_csv(tmp_path / "runs.csv", keep_default_na=False)
    assert rows.shape == (8, 12)
    assert (
        rows.cell.tolist() == ["rnn"] * 4 + ["gru"] * 4 and rows.seed.tolist() == [0, 1, 2, 3] * 2
    )
    assert pd.read_parquet(tmp_path / "runs.parquet").test_rmse.tolist() == rows.test_rmse.tolist()
    assert say(*args).out == said.out


def test_runs_that_fail_are_counted_with_their_reason(say):
    said = say("sweep", "fake", "--seeds", 3, "--set", "bad_seed=1")
    assert said.out.splitlines()[:2] == [
        "fake: 3 runs, 1 failed",
        "  1 times: Seed 1 is a bad one.",
    ]
    assert say("sweep", "fake", "--seeds", 1, "--set", "bad_seed=0").out == (
        "fake: 1 run, 1 failed\n  1 times: Seed 0 is a bad one.\n"
    )


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--over", "cell"], "Invalid value for '--over': 'cell' is not of the form "
         "FIELD=VALUE,VALUE,..."),
        (["--over", "cell=rnn", "--over", "cell=gru"], "Invalid value for '--over': cell is given "
         "twice; give all its values at once."),
        (["--over", "cell=rnn,elman"], "cell must be one of rnn, gru, not 'elman'."),
        (["--seeds", "0"], "A sweep needs at least 1 seed, not 0."),
        (["--seeds", "1", "--metric", "auc"], "There is no metric auc; the runs tell train_loss, "
         "best_rmse, test_rmse, train_s, params."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(say, args, words):
    status, _, error = say("sweep", "fake", *args)
    assert (status, error.splitlines()[-1]) == (2, f"Error: {words}")


def test_a_sweep_that_is_broken_off_says_how_to_go_on(say, monkeypatch, tmp_path):
    def run(_plan, _engine, _out, progress):
        progress(3.5, 3)
        raise KeyboardInterrupt

    monkeypatch.setattr("core.sweeps.running.run", run)
    status, _, error = say("sweep", "fake", "--out", tmp_path)
    assert status == 130
    assert error.splitlines()[-1] == (
        f"Stopped: 3 of 10 runs are in {tmp_path}; the same command goes on from there."
    )
    assert say("sweep", "fake").err.splitlines()[-1] == (
        "Stopped after 3 of 10 runs. With --out they would have been kept."
    )


def test_the_words_of_a_difference():
    sure = Difference(n=10, mean=0.125, interval=(0.1, 0.15), ahead=9, behind=1, p=0.004, seeds=5)
    assert command.beside("a", "b", sure) == (
        "  a is ahead of b in 9 of 10 seeds; mean difference 0.125 (95 % interval 0.1 to 0.15), "
        "which is hardly chance (p 0.004); about 5 seeds would tell."
    )
    none = Difference(n=1, mean=0.0, interval=None, ahead=0, behind=0, p=1.0, seeds=None)
    assert command.beside("a", "b", none) == (
        "  a is ahead of b in 0 of 1 seed; mean difference 0, which may be chance (p 1); "
        "no number of seeds tells."
    )


def test_a_search(say, monkeypatch, tmp_path):
    pytest.importorskip("optuna", reason="A search needs Optuna: requirements-search.txt.")
    monkeypatch.setattr(command, "find_experiment", find_validated)
    args = ("sweep", "fake", "--over", "units=20,60", "--search", 2, "--minimise", "valid_loss")
    args += ("--seeds", 2, "--jobs", 1, "--set", "rate=0.5", "--out", tmp_path)
    said = say(*args)
    trials = pd.read_csv(tmp_path / "trials.csv")
    assert len(trials) == 2 and trials.state.tolist() == ["finished"] * 2
    best = 0.5 + 1 / 3 + abs(trials.units - 20).min()
    assert said.status == 0 and said.err == "fake\n"
    assert said.out.splitlines()[0] == "2 trials finished"
    assert said.out.splitlines()[1].split() == ["trial", "units", "valid_loss", "epochs"]
    assert said.out.splitlines()[2].split()[1:] == [*(str(trials.units.min()), f"{best:.4g}", "3")]
    test = abs(trials.units.min() - 50)
    assert said.out.splitlines()[4:] == [
        "The best with 2 other seeds, median and quartiles:",
        f"  valid_loss {best:.4g} ({best:.4g} to {best:.4g})",
        f"  test_loss {test} ({test} to {test})",
    ]
    assert pd.read_csv(tmp_path / "best.csv").seed.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--search", "3"], "--search goes with either --minimise or --maximise."),
        (["--minimise", "mse"], "--minimise and --maximise go with --search."),
        (
            ["--search", "3", "--minimise", "test_rmse"],
            "fake has no validation part: what chose the settings would be scored on the same "
            "data. Sweep over them instead, and choose by what you know.",
        ),
    ],
)
def test_what_is_no_search_is_said(say, args, words):
    status, _, error = say("sweep", "fake", *args)
    assert (status, error.splitlines()[-1]) == (2, f"Error: {words}")


_LOOP = """
import sys
from core.sweeps import sweep
from core.experiments import experiment
from core.experiments.kit.control import Control
from core.events import flat

SETTINGS = {"data": "sine", "length": 300, "window": 12, "units": 8, "epochs": 1, "horizon": 6}
if __name__ == "__main__":
    swept = sweep("next-value", {"cell": ["gru", "rnn"]}, seeds=2, set=SETTINGS)
    assert "tensorflow" not in sys.modules and swept.error.tolist() == [""] * 4
    mine = []
    next_value = experiment("next-value")
    for cell in ("gru", "rnn"):
        for seed in range(2):
            *_, end = next_value.run(next_value.Config(**SETTINGS, cell=cell, seed=seed), Control())
            mine.append(end.metrics["test_rmse"])
    differences = abs(swept.test_rmse - mine)
    assert differences.max() < 1e-6, (swept.test_rmse.tolist(), mine)
    print("the same")
"""


@pytest.mark.slow
def test_a_sweep_has_the_metrics_of_a_loop_made_by_hand(tmp_path):
    script = tmp_path / "loop.py"
    script.write_text(_LOOP)
    done = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "the same\n", done.stderr
