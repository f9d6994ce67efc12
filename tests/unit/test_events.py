"""Events as JSON."""

import json

import numpy as np

from core.events import Epoch, Failed, Finished, history_csv, to_json


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
