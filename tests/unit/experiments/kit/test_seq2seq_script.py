"""The scripts taken away from both lessons: plain Keras makes the run's own first steps."""

import re
from typing import Any

import numpy as np
import pytest

from core.events import Step
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.calculator.run import answer_length
from core.experiments.calculator.run import run as run_calculator
from core.experiments.kit.seq2seq_run import seq2seq_code
from core.experiments.number_words.config import NumberWordsConfig, lengths
from core.experiments.number_words.run import run as run_number_words
from tests.events import began, ended
from tests.unit.experiments.scripts import losses, printed

SUMS: dict[str, Any] = {
    "digits": 2,
    "units": 16,
    "embedding_dim": 4,
    "batch_size": 16,
    "epoch_updates": 10,
}
WORDS: dict[str, Any] = {
    "others": 500,
    "units": 16,
    "embedding_dim": 4,
    "batch_size": 16,
    "epoch_updates": 10,
}

# Together they take every branch of the script: each cell, attention and encoder, masked or not,
# with teacher forcing or without, fresh questions or fixed ones, both directions, no clipping.
CONFIGS = [
    CalculatorConfig(
        **SUMS,
        operations="+-*",
        cell="rnn",
        attention="none",
        encoder="one_way",
        masked=False,
        epochs=1,
    ),
    CalculatorConfig(
        **SUMS,
        operations="+-",
        cell="gru",
        attention="additive",
        reverse_question=False,
        units_first=False,
        teacher_forcing=False,
        fresh=False,
        examples=500,
        clip_norm=0.0,
        epochs=1,
        seed=3,
    ),
    CalculatorConfig(**SUMS, cell="lstm", attention="dot", masked=False, epochs=2),
    NumberWordsConfig(
        **{**WORDS, "epoch_updates": 5},
        direction="to_digits",
        spelling="both",
        cell="lstm",
        attention="additive",
        encoder="self_attention",
        teacher_forcing=False,
        epochs=2,
    ),
    NumberWordsConfig(
        **WORDS, cell="gru", attention="none", encoder="self_attention", masked=False, epochs=1
    ),
    NumberWordsConfig(
        **WORDS, spelling="1990", cell="rnn", attention="dot", encoder="one_way", epochs=1, seed=2
    ),
]


def name_of(config):
    return "-".join((config.scope(), config.cell, config.attention))


@pytest.mark.slow
@pytest.mark.parametrize("config", CONFIGS, ids=name_of)
def test_the_exported_script_makes_the_same_first_steps(config, tmp_path):
    run = {"calculator": run_calculator, "number_words": run_number_words}[config.scope()]
    events = list(run(config))
    ours = [event.metrics["train_loss"] for event in events if isinstance(event, Step)]
    text = printed(ended(events).files, tmp_path)
    theirs = losses(text)
    assert len(theirs) == 10
    np.testing.assert_allclose(ours[:10], theirs, atol=1e-5)
    (params,) = re.findall(r"^(\d+) weights$", text, re.M)
    assert int(params) == began(events).params
    matches = re.findall(r"^epoch \d+: held-out exact match ([\d.]+)$", text, re.M)
    assert len(matches) == config.epochs
    assert float(matches[-1]) == pytest.approx(ended(events).metrics["exact_match"], abs=2e-4)
    assert (tmp_path / "model.keras").stat().st_size > 10_000


def test_the_configs_take_every_branch():
    def all_of(field, among=CONFIGS):
        return {getattr(config, field) for config in among}

    assert all_of("cell") == {"rnn", "lstm", "gru"}
    assert all_of("attention") == {"none", "additive", "dot"}
    assert all_of("encoder") == {"one_way", "both_ways", "self_attention"}
    assert all_of("masked") == all_of("teacher_forcing") == {True, False}
    assert all_of("clip_norm") == {0.0, 1.0}
    sums, words = CONFIGS[:3], CONFIGS[3:]
    for field in ("fresh", "reverse_question", "units_first"):
        assert all_of(field, sums) == {True, False}
    assert all_of("direction", words) == {"to_words", "to_digits"}
    assert all_of("spelling", words) == {"traditional", "1990", "both"}


@pytest.mark.parametrize("config", CONFIGS, ids=name_of)
def test_the_script_is_python_that_names_no_part_of_this_project(config):
    if isinstance(config, CalculatorConfig):
        steps = answer_length(config.operations, config.digits)
        files = seq2seq_code("calculator", config, steps)
    else:
        steps = lengths(config.direction)[1]
        files = seq2seq_code("number-words", config, steps)
    text = files["train.py"].decode()
    compile(text, "train.py", "exec")
    imported = set(re.findall(r"^(?:import|from) (\w+)", text, re.M))
    assert imported == {
        "__future__", "math", "collections", "dataclasses", "functools", "typing",
        "keras", "numpy", "tensorflow",
    }  # fmt: skip
    assert "core." not in text
    assert max(map(len, text.splitlines())) <= 100
    assert not re.search(r"\n{4,}", text)  # no holes where a branch was left out
