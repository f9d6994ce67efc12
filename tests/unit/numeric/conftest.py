import numpy as np
import pytest

from core.numeric.language.codec import Codec
from core.numeric.language.language_model import UNKNOWN, LanguageModel
from core.numeric.language.seq2seq import Seq2Seq, Seq2SeqArchitecture
from core.numeric.recurrent.cells import CELLS

ALPHABET = UNKNOWN + "\n abcdeéœ«»."


@pytest.fixture
def make_model():
    """A language model with random weights, of any cell and number of layers."""

    def make(cell="lstm", units=(6,), embedding=4, alphabet=ALPHABET, seed=0):
        rng = np.random.default_rng(seed)
        gates = CELLS[cell].gates
        weights = {"embedding": rng.normal(size=(len(alphabet), embedding))}
        width = embedding
        for i, size in enumerate(units):
            weights[f"kernel_{i}"] = rng.normal(0, 0.5, (width, gates * size))
            weights[f"recurrent_{i}"] = rng.normal(0, 0.5, (size, gates * size))
            weights[f"bias_{i}"] = rng.normal(size=gates * size)
            width = size
        weights["logits_kernel"] = rng.normal(size=(width, len(alphabet)))
        weights["logits_bias"] = rng.normal(size=len(alphabet))
        return LanguageModel(cell, alphabet, weights)

    return make


@pytest.fixture
def make_seq2seq():
    """An encoder-decoder over sums with random weights, of any architecture."""

    def make(cell="lstm", attention="dot", encoder="both_ways", masked=True, units=6, seed=0):
        rng = np.random.default_rng(seed)
        codec = Codec("0123456789+", reverse_answers=True)
        gates, way = CELLS[cell].gates, units // 2 if encoder == "both_ways" else units

        def recurrent(name, size, width=4):
            return {
                f"{name}.kernel": (width, gates * size),
                f"{name}.recurrent": (size, gates * size),
                f"{name}.bias": (gates * size,),
            }

        shapes = {"encoder.embedding": (codec.size, 4), "decoder.embedding": (codec.size, 4)}
        shapes |= recurrent("decoder", units)
        if encoder == "self_attention":
            shapes |= {"encoder.embedding": (codec.size, units), "position": (9, units)}
            for part in ("query", "key", "value", "output"):
                shapes |= {f"{part}.kernel": (units, units), f"{part}.bias": (units,)}
            states = CELLS[cell].states * units
            shapes |= {"start.kernel": (units, states), "start.bias": (states,)}
        else:
            for name in ("forward", "backward")[: 2 if encoder == "both_ways" else 1]:
                shapes |= recurrent(name, way)
        if attention != "none":
            shapes |= {"combined.kernel": (2 * units, units), "combined.bias": (units,)}
        if attention == "additive":
            shapes |= {"attention.query": (units, units), "attention.key": (units, units)}
            shapes |= {"attention.scale": (units,)}
        shapes |= {"logits.kernel": (units, codec.size), "logits.bias": (codec.size,)}
        weights = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        return Seq2Seq(codec, Seq2SeqArchitecture(cell, attention, encoder, masked, 9), weights)

    return make
