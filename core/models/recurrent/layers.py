"""Recurrent layers as the course has them: Keras's, seeded by the configuration, and faster."""

from functools import cache
from typing import Any

import keras
import tensorflow as tf

from core.models.recurrent.fast_cells import ACTIVATIONS, Tensor
from core.models.recurrent.over_time import over_time
from core.models.seeds import glorot, orthogonal

_PACKAGE = "pangloss"
# Compiling takes about half a second more than Keras takes to begin; a batch of shorter sequences
# saves so little that few trainings would win it back.
_SHORTEST = 10
_register = keras.saving.register_keras_serializable(_PACKAGE)


class _Compiled:
    """What makes a Keras layer take the compiled steps where it can, and Keras's elsewhere.

    Dropout inside the cell, other precisions, rare options and sequences that are short or of
    unknown length go Keras's way.
    """

    _kind: str
    _activations: tuple[str, ...] = ("tanh",)

    def inner_loop(
        self, sequences: Tensor, initial_state: Any, mask: Any, training: bool = False
    ) -> tuple[Tensor, Tensor, list[Tensor]]:
        layer: Any = self
        mask = mask[0] if isinstance(mask, list) else mask
        if not self._can_be_fast(sequences, training):
            theirs: Any = super()
            return theirs.inner_loop(sequences, initial_state, mask, training=training)
        cell = layer.cell
        hiddens, states = over_time(self._kind, cell.activation.__name__)(
            # Reversed out here, so that both directions are compiled once.
            tf.reverse(sequences, [1]) if layer.go_backwards else sequences,
            initial_state if isinstance(initial_state, list | tuple) else [initial_state],
            [
                tf.convert_to_tensor(weight.value)
                for weight in (cell.kernel, cell.recurrent_kernel, cell.bias)
            ],
            every=layer.return_sequences,
            mask=tf.reverse(mask, [1]) if mask is not None and layer.go_backwards else mask,
        )
        return states[0], hiddens, list(states)

    def _can_be_fast(self, sequences: Tensor, training: bool) -> bool:
        layer: Any = self
        cell = layer.cell
        gate = getattr(cell, "recurrent_activation", keras.activations.sigmoid)
        return (
            (sequences.shape[1] or 0) >= _SHORTEST
            and not (training and (cell.dropout or cell.recurrent_dropout))
            and cell.use_bias
            and not layer.unroll
            and layer.compute_dtype == layer.variable_dtype == "float32"
            and cell.activation.__name__ in self._activations
            and gate is keras.activations.sigmoid
            and not getattr(cell, "reset_after", False)
            and _compiles()
        )


# The names are Keras's, so that a model's summary and its saved weights name them as Keras does.
@_register
class SimpleRNN(_Compiled, keras.layers.SimpleRNN):
    """keras.layers.SimpleRNN, compiled."""

    _kind, _activations = "rnn", tuple(ACTIVATIONS)


@_register
class LSTM(_Compiled, keras.layers.LSTM):
    """keras.layers.LSTM, compiled."""

    _kind = "lstm"


@_register
class GRU(_Compiled, keras.layers.GRU):
    """keras.layers.GRU, compiled if ``reset_after=False``."""

    _kind = "gru"


_LAYERS = {"rnn": SimpleRNN, "lstm": LSTM, "gru": GRU}


def recurrent_layer(cell: str, units: int, *, seed: int, **options: Any) -> keras.layers.Layer:
    """A layer of ``cell`` ("rnn", "lstm" or "gru"): weights, equations and options of Keras's.

    The kernel is drawn from ``seed``, the recurrent kernel from ``seed + 1``. The GRU is the
    course's (``reset_after=False``).
    """
    ours = {
        "kernel_initializer": glorot(seed),
        "recurrent_initializer": orthogonal(seed + 1),
        **({"reset_after": False} if cell == "gru" else {}),
    }
    return _LAYERS[cell](units, **ours | options)


def bidirectional_layer(
    cell: str, units: int, *, seed: int, name: str | None = None, **options: Any
) -> keras.layers.Layer:
    """Two layers of ``recurrent_layer``, one reading backwards; outputs side by side.

    The one that reads forwards takes ``seed``, the other ``seed + 2``: made from one layer alone,
    as keras.layers.Bidirectional does, both would begin with the same weights.
    """
    forwards = recurrent_layer(cell, units, seed=seed, **options)
    backwards = recurrent_layer(cell, units, seed=seed + 2, go_backwards=True, **options)
    return keras.layers.Bidirectional(forwards, backward_layer=backwards, name=name)


def plain(model: keras.Model) -> keras.Model:
    """The same model, with the same weights, of nothing but Keras's own layers."""
    config = keras.saving.serialize_keras_object(model)
    copied: Any = keras.saving.deserialize_keras_object(_with_keras_layers(config))
    copied.set_weights(model.get_weights())
    return copied


def _with_keras_layers(config: Any) -> Any:
    if isinstance(config, dict):
        inside = {key: _with_keras_layers(value) for key, value in config.items()}
        if str(config.get("registered_name")).startswith(f"{_PACKAGE}>"):
            inside |= {"module": "keras.layers", "registered_name": None}
        return inside
    if isinstance(config, list | tuple):
        return type(config)(_with_keras_layers(value) for value in config)
    return config


@cache
def _compiles() -> bool:
    """Whether TensorFlow's build for this system has the compiler; some have not."""
    try:
        tf.function(lambda x: x + 1, jit_compile=True)(tf.constant(0.0))
    except (tf.errors.OpError, NotImplementedError):
        return False
    return True
