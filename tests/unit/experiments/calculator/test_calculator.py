"""The calculator's experiment: what it says is what NumPy finds when it asks the network itself."""

import numpy as np
import pytest

from core.data.language import arithmetic
from core.data.language.arithmetic import Questions, all_questions
from core.events import Epoch, Finished, Started, Step
from core.experiments.calculator.config import SYMBOLS, CalculatorConfig, question_length
from core.experiments.calculator.run import (
    _Calculator,
    _training,
    answer_length,
    groups_of,
    most_common,
    questions_of,
    run,
    texts_of,
)
from core.experiments.kit import run as kit_run
from core.experiments.kit.config import ConfigError
from core.experiments.kit.control import Control
from core.experiments.kit.seq2seq_run import SHOWN, model_of
from core.numeric.activations import log_softmax
from core.numeric.language.codec import PAD, decoder_inputs
from tests.contracts.small import small
from tests.events import began, ended, of


def tiny(**changes):
    """What learns nothing in less time."""
    return small("calculator", **changes)


def learning():
    """What learns a good part of what is asked with one digit."""
    return tiny(units=32, embedding_dim=8, batch_size=64, epoch_updates=100)


def losses(config):
    steps = of(run(config.replace(epochs=1)), Step)
    return [step.metrics["train_loss"] for step in steps][:10]


@pytest.fixture(scope="module")
def tiny_losses(small_run):
    """Those of the tiny run, which others are held against."""
    return [step.metrics["train_loss"] for step in of(small_run("calculator"), Step)][:10]


@pytest.fixture(scope="module")
def events():
    return list(run(learning()))


@pytest.mark.slow
def test_the_metrics_have_their_names(events):
    named = {"train_loss", "exact_match", "char_accuracy", "test_loss", "by_length", "by_carries"}
    for epoch in of(events, Epoch):
        assert epoch.metrics.keys() == named
        assert epoch.metrics["by_length"].keys() == {"1+1", "1-1", "1*1"}
        assert epoch.metrics["by_carries"].keys() == {"0", "1"}
    done = ended(events).metrics
    assert done.keys() == named | {"train_s", "params"}
    assert {name: done[name] for name in named} == of(events, Epoch)[-1].metrics
    assert (
        done["params"] == began(events).params == sum(a.size for a in ended(events).arrays.values())
    )
    first, last = (epoch.metrics for epoch in of(events, Epoch))
    assert last["train_loss"] < first["train_loss"] < np.log(len(SYMBOLS))


def test_exact_match_is_what_numpy_writes_itself(events):
    config, done = learning(), ended(events)
    tested = arithmetic.test_set(3000, "+-*", 1)
    held_out = [all_questions(o, 1) for o in "+-*"]
    assert len(tested) == sum(int(every.held_out().sum()) for every in held_out)
    model = model_of(config, done.arrays)
    said = model.answers(tested.texts(), answer_length("+-*", 1) + 3)
    right = np.array(said) == np.array(tested.answers())
    assert 0.1 < right.mean() < 1
    assert done.metrics["exact_match"] == right.mean()
    epoch = of(events, Epoch)[-1]
    np.testing.assert_array_equal(epoch.arrays["right"], right)
    for operation in "+-*":
        share = right[tested.operation == operation].mean()
        assert done.metrics["by_length"][f"1{operation}1"] == pytest.approx(share)
    counted = (tested.operation != "*") & (tested.carries() == 1)
    assert done.metrics["by_carries"]["1"] == pytest.approx(right[counted].mean())
    assert [config.codec.text(ids) for ids in epoch.arrays["answers"]] == said[:SHOWN]


def test_characters_are_scored_with_the_right_ones_before_them(events):
    config, done = learning(), ended(events)
    texts = texts_of(config, arithmetic.test_set(3000, "+-*", 1))
    model = model_of(config, done.arrays)
    encoded = model.encode(texts.questions)
    state, hits, surprise = encoded.state, [], []
    for given, answer in zip(decoder_inputs(texts.answers).T, texts.answers.T, strict=True):
        logits, state, _ = model.step(given, state, encoded)
        told = answer != PAD
        hits.append((logits.argmax(-1) == answer)[told])
        surprise.append(-log_softmax(logits)[np.arange(len(answer)), answer][told])
    accuracy, loss = np.concatenate(hits).mean(), np.concatenate(surprise).mean()
    assert done.metrics["char_accuracy"] == pytest.approx(accuracy)
    assert done.metrics["test_loss"] == pytest.approx(loss, abs=1e-5)


def test_an_epoch_holds_what_its_figures_need(events):
    tested = arithmetic.test_set(3000, "+-*", 1)
    for epoch in of(events, Epoch):
        arrays, count = epoch.arrays, len(tested)
        assert {name: (a.shape, a.dtype.name) for name, a in arrays.items() if "/" not in name} == {
            "right": ((count,), "bool"),
            "first": ((count,), "int32"),
            "second": ((count,), "int32"),
            "operation": ((count,), "int8"),
            "answers": ((min(count, SHOWN), 3), "int8"),
        }
        assert questions_of(arrays).texts() == tested.texts()
        weights = {n.removeprefix("weights/") for n in arrays if n.startswith("weights/")}
        assert weights == ended(events).arrays.keys()
    last = of(events, Epoch)[-1].arrays
    for name, array in ended(events).arrays.items():
        np.testing.assert_array_equal(last[f"weights/{name}"], array)
    assert ended(events).files.keys() == {"model.keras", "train.py", "train.ipynb"}
    assert ended(events).files["model.keras"][:2] == b"PK"


def test_the_commonest_answer_is_the_line_to_beat(events):
    assert began(events).references == {
        "baseline_most_common": most_common(arithmetic.test_set(3000, "+-*", 1))
    }
    questions = Questions(np.array([1, 2, 9, 4]), np.array(list("++-*")), np.array([4, 3, 1, 5]))
    assert most_common(questions) == 0.5  # 5, 5, 8, 20


@pytest.mark.slow
def test_the_same_config_is_the_same_run_and_others_are_others(tiny_losses):
    assert losses(tiny()) == tiny_losses
    assert losses(tiny(seed=1))[0] != tiny_losses[0]


def test_how_many_updates_go_into_a_call_changes_nothing():
    training = _Calculator(tiny(), None)
    (questions, _), answers, _ = training.batches(training.order(1)[4:7], 4)
    ones = [_training(tiny())(4 + i) for i in range(3)]
    np.testing.assert_array_equal(questions, [one.questions for one in ones])
    np.testing.assert_array_equal(answers, [one.answers for one in ones])


def questions_of_updates(config, updates):
    texts = map(_training(config), range(updates))
    return np.concatenate([some.questions for some in texts])


def rows(questions):
    return {tuple(row) for row in questions.tolist()}


@pytest.mark.slow
def test_fresh_questions_are_new_and_fixed_ones_come_again(tiny_losses):
    config = tiny(operations="+", digits=3, batch_size=64)
    fresh = questions_of_updates(config, 20)
    expected = [arithmetic.training_batch(0, update, 64, "+", 3) for update in range(20)]
    np.testing.assert_array_equal(fresh, texts_of(config, arithmetic.joined(expected)).questions)
    assert len(rows(fresh)) > 1000  # of 1,280; short questions are soon asked twice
    fixed_config = config.replace(fresh=False, examples=500)
    known = rows(texts_of(config, arithmetic.training_set(0, 500, "+", 3)).questions)
    fixed = questions_of_updates(fixed_config, 20)
    assert rows(fixed) == known and len(known) == 500  # 1,280 questions out of 500
    assert losses(tiny(fresh=False, examples=500)) != tiny_losses


@pytest.mark.slow
def test_free_running_learns_otherwise(tiny_losses):
    free = losses(tiny(teacher_forcing=False))
    assert free == losses(tiny(teacher_forcing=False))
    assert abs(free[0] - tiny_losses[0]) > 1e-6  # from the first step it reads what it wrote itself


@pytest.mark.slow
def test_of_a_long_run_the_first_and_the_last_weights_are_kept(monkeypatch):
    monkeypatch.setattr(kit_run, "_WEIGHT_BYTES", 1)
    kept = [
        any(name.startswith("weights/") for name in epoch.arrays)
        for epoch in of(run(tiny(epochs=3)), Epoch)
    ]
    assert kept == [True, False, True]


class Stopped(Control):
    stopped = True


def test_stopped_before_the_first_update_it_has_learned_nothing():
    events = list(run(tiny(), Stopped()))
    assert [type(event) for event in events] == [Started, Finished]
    assert ended(events).stopped and ended(events).metrics.keys() == {"train_s", "params"}
    assert model_of(tiny(), ended(events).arrays).params == began(events).params


def test_the_answer_s_length_is_that_of_the_longest():
    for digits in (1, 2, 3):
        for operations in ("+", "-", "*", "+-", "+-*"):
            longest = max(
                max(
                    map(len, all_questions(o, max(1, digits - 1) if o == "*" else digits).answers())
                )
                for o in operations
            )
            assert answer_length(operations, digits) == longest + 1, (operations, digits)
    assert [question_length(digits) for digits in (1, 3, 5)] == [3, 7, 11]


def test_questions_are_grouped_by_length_and_carries():
    questions = Questions(
        np.array([999, 5, 12, 7]), np.array(list("+-*+")), np.array([1, 10, 34, 7])
    )
    groups = groups_of(questions)
    assert groups["by_length"].tolist() == ["3+1", "1-2", "2*2", "1+1"]
    assert groups["by_carries"].tolist() == ["3", "1", "", "1"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"digits": 6}, "digits must be a whole number from 1 to 5, not 6."),
        ({"operations": "/"}, "operations must be one of +, -, *, +-, +-*, not '/'."),
        ({"cell": "tree"}, "cell must be one of rnn, lstm, gru, not 'tree'."),
        ({"attention": "yes"}, "attention must be one of none, additive, dot, not 'yes'."),
        ({"encoder": "self_attention"},
         "encoder must be one of one_way, both_ways, not 'self_attention'."),
        ({"units": 300}, "units must be a whole number from 16 to 256, not 300."),
        ({"examples": 10}, "examples must be a whole number from 500 to 100000, not 10."),
        ({"batch_size": 8}, "batch_size must be a whole number from 16 to 512, not 8."),
        ({"learning_rate": 1}, "learning_rate must be a number from 1e-05 to 0.1, not 1."),
        ({"epoch_updates": 0}, "epoch_updates must be a whole number from 10 to 500, not 0."),
        ({"masked": "perhaps"}, "masked must be true or false, not 'perhaps'."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_config_is_said(change, sentence):
    with pytest.raises(ConfigError) as caught:
        CalculatorConfig(**change)
    assert str(caught.value) == sentence
    assert caught.value.field == next(iter(change))
