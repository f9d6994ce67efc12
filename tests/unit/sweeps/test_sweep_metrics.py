"""What runs are compared by."""

import pytest
from fake_sweeps import FakeConfig

from core import experiments
from core.events import Epoch, Finished
from core.messages import Problem
from core.sweeps.metrics import better, check, is_score, main_metrics, values
from core.sweeps.results import Result
from tests.recorded import recorded, runs

MAIN = {
    "feed-forward": ["dense_accuracy", "rnn_accuracy"],
    "next-value": ["test_rmse"],
    "sequence-class": ["accuracy"],
    "discover-patterns": ["accuracy"],
    "gradient-flow": ["rnn_test_rmse", "lstm_test_rmse", "gru_test_rmse"],
    "long-memory": ["rnn_test_rmse", "lstm_test_rmse", "gru_test_rmse", "irnn_test_rmse"],
    "keras-model": ["valid_loss"],
    "calculator": ["exact_match"],
    "number-words": ["exact_match"],
    "linear-autoencoder": ["mse"],
    "autoencoder": ["mse"],
    "denoising-autoencoder": ["mse"],
    "variational-autoencoder": ["mse"],
    "lstm-autoencoder": ["val_mse"],
    "sparse-autoencoder": ["mse"],
    "voltaire": ["valid_bits"],
    "word-embeddings": ["valid_loss"],
    "thought-vectors": ["neighbour_auc"],
    "text-class": ["accuracy"],
    "tagger": ["score"],
    "question-answering": ["accuracy"],
    "spoken-digits": ["accuracy"],
    "translation": ["bleu"],
}


def result_of(name):
    events = recorded(name, next(iter(runs(name))))
    return Result(experiments.experiment(name).Config(), events, [0.0] * len(events))


@pytest.mark.parametrize("name", experiments.names())
def test_the_main_metric_of_each_experiment(name):
    assert main_metrics([result_of(name)]) == MAIN[name]


@pytest.mark.parametrize("name", experiments.names())
def test_settings_and_metrics_keep_apart_in_a_row(name):
    result = result_of(name)
    row, settings = result.row(), result.config.to_dict()
    assert settings.items() <= row.items()
    assert len(row) == len(settings) + len(result.metrics) + 1
    assert row["weights"] == result.metrics["params"]


def test_which_way_a_metric_is_better():
    assert [better(name) for name in ("accuracy", "gru_accuracy", "test_rmse", "elbo_nats")] == [
        *(1, 1, -1, 1)
    ]
    assert [better(name) for name in ("threshold", "active_units", "inaccuracy")] == [0, 0, 0]
    assert is_score("test_loss") and not is_score("train_loss") and not is_score("loss")
    assert is_score("dense_loss") and not is_score("dense_loss", ["dense_train_s"])


def test_values_by_seed_leave_out_what_is_not_finite():
    def result(seed, **metrics):
        events = [Epoch(1, 1, 1.0, metrics)]
        return Result(FakeConfig(seed=seed), [*events, Finished({})], [0.0, 1.0])

    results = [result(0, mse=0.5), result(1, mse=float("inf")), result(2), result(3, mse=1)]
    assert values(results, "mse") == {0: 0.5, 3: 1.0}


def test_a_metric_that_is_not_told_is_refused():
    with pytest.raises(Problem) as refused:
        check(["auc"], {"mse": 1, "loss": 2})
    assert str(refused.value) == "There is no metric auc; the runs tell mse, loss."
