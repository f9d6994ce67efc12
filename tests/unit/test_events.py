"""Events as JSON."""

import json

import numpy as np

from core.events import Epoch, Failed, Finished, flat, history_csv, to_json


def test_arrays_are_told_by_shape_and_files_by_size():
    event = Epoch(1, 7, 0.5, {"loss": np.float32(1.5)}, {"w": np.zeros((2, 3))}, {"sample": "é"})
    said = to_json(event)
    assert said == {
        "event": "epoch",
        "epoch": 1,
        "step": 7,
        "train_s": 0.5,
        "metrics": {"loss": 1.5},
        "arrays": {"w": {"shape": [2, 3], "dtype": "float64"}},
        "texts": {"sample": "é"},
    }
    json.dumps(said)
    assert to_json(Finished({}, files={"a": b"123"}))["files"] == {"a": {"bytes": 3}}


def test_a_failure_is_a_sentence():
    failed = Failed("It took {seconds} s.", {"seconds": 3})
    assert failed.message == to_json(failed)["message"] == "It took 3 s."


def test_the_history_is_a_table_of_the_epochs():
    epochs = [Epoch(1, 10, 0.5, {"loss": 2.0}), Epoch(2, 20, 1.0, {"loss": 1.25, "more": 3})]
    assert history_csv(epochs) == "epoch,step,train_s,loss,more\n1,10,0.5,2.0,\n2,20,1.0,1.25,3\n"


def test_the_metrics_of_groups_are_columns_of_their_own():
    grouped = {"exact_match": 0.5, "by_length": {"1+1": 1.0, "2+1": 0.25}, "by_carries": {}}
    assert flat(grouped) == {"exact_match": 0.5, "by_length.1+1": 1.0, "by_length.2+1": 0.25}
    assert list(flat(grouped)) == ["exact_match", "by_length.1+1", "by_length.2+1"]
    epochs = [
        Epoch(1, 10, 0.5, {"by_length": {"2": 0.5}, "loss": 1.0}),
        Epoch(2, 20, 1.0, {"by_length": {"2": 0.75, "3": 0.125}, "loss": 0.5}),
    ]
    assert history_csv(epochs) == (
        "epoch,step,train_s,by_length.2,loss,by_length.3\n"
        "1,10,0.5,0.5,1.0,\n"
        "2,20,1.0,0.75,0.5,0.125\n"
    )


def test_the_groups_names_are_quoted_in_csv_and_plain_in_json():
    epoch = Epoch(1, 1, 0.0, {"by_word": {"un, deux": np.float32(0.5)}})
    assert history_csv([epoch]) == 'epoch,step,train_s,"by_word.un, deux"\n1,1,0.0,0.5\n'
    said = to_json(epoch)["metrics"]
    assert said == {"by_word": {"un, deux": 0.5}} and type(said["by_word"]["un, deux"]) is float
