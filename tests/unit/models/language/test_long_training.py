"""A stage of the long training: it learns, it can be repeated, it can go part of the way."""

import dataclasses

import numpy as np
import pytest

from core.models.language.char_lm import named_weights
from core.models.language.long_training import train_stage
from core.models.language.stages import Shape, Stage
from core.numeric.language.language_model import LanguageModel

TEXT = "le bal, la balle; " * 60
VOCABULARY = "\ufffd\n ,;abel"
SHAPE = Shape(units=16, embedding_dim=8, batch=4, length=16)
STAGE = Stage(("any",), 2, 1e-2, 1e-3, dropout=0.1, weight_drop=0.1, warmup_steps=2)


def train(stage, weights=None):
    heard = []
    after = train_stage(
        stage, TEXT, VOCABULARY, SHAPE, weights, 3, lambda *said: heard.append(said)
    )
    return after, heard


@pytest.fixture(scope="module")
def trained():
    return train(STAGE)


@pytest.mark.slow
def test_it_learns_and_tells_each_epoch(trained):
    weights, heard = trained
    assert [epoch for epoch, _, _ in heard] == [1, 2]
    assert heard[1][1] < heard[0][1] < np.log2(len(VOCABULARY)) + 0.1
    model = LanguageModel("lstm", VOCABULARY, named_weights(weights))
    assert model.bits_per_char(TEXT) == pytest.approx(heard[1][2].bits_per_char(TEXT))


@pytest.mark.slow
def test_it_goes_on_from_weights_and_part_of_the_way(trained):
    start, _ = trained
    whole, _ = train(STAGE, start)
    half, _ = train(dataclasses.replace(STAGE, interpolation=0.5), start)
    none, _ = train(dataclasses.replace(STAGE, interpolation=0.0), start)
    for first, middle, last, same in zip(start, half, whole, none, strict=True):
        np.testing.assert_array_equal(same, first)
        np.testing.assert_allclose(middle, (first + last) / 2, atol=1e-5)
        assert np.abs(last - first).max() > 1e-3
