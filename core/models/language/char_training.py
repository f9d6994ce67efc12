"""Training of the character language model in steps short enough to be paused between."""

import itertools
import time
from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from core.models.adam import FusedAdam

# Floating-point operations that one compiled call may take: about 0.1 s on one busy core.
_CALL_OPERATIONS = 3e9


class CharTrainer:
    """Truncated back-propagation through time with the state carried from batch to batch.

    model: of ``build_char_lm``. batch, length: of the batches to come. clip_norm: bound of the
    gradient's global norm, 0 for none. A batch is taken in a few calls of some rows each, whose
    gradients add up to the batch's, so that no call is long; ``between`` is called after each. At
    each batch one row, in turn, begins with a zero state: else beginnings, where every generated
    text starts, would hardly be seen.

    train_s: seconds that were spent in steps, tracing included, ``between`` excluded.
    """

    def __init__(
        self,
        model: keras.Model,
        batch: int,
        length: int,
        clip_norm: float,
        between: Callable[[], object] = lambda: None,
    ):
        self.model = model
        self.train_s = 0.0
        self._between = between
        self._optimizer = FusedAdam(0.0, global_clipnorm=clip_norm or None)
        self._optimizer.build(model.trainable_variables)
        rows = int(_CALL_OPERATIONS / (6 * model.count_params() * length))
        self._slices = _even_slices(batch, max(1, rows))
        self._share = [(s.stop - s.start) / batch for s in self._slices]
        self._gradients = tf.function(self._compute, reduce_retracing=True)
        self._apply = tf.function(self._update)
        self.reset_state()

    @property
    def rows(self) -> list[tuple[int, int]]:
        """First and last (exclusive) row of a batch that each compiled call takes."""
        return [(s.start, s.stop) for s in self._slices]

    def reset_state(self) -> None:
        """Forget what was read: every state is zero again."""
        widths = [given.shape[-1] for given in self.model.inputs[1:]]
        self._steps = 0
        self._states = [
            [tf.zeros((s.stop - s.start, width)) for width in widths] for s in self._slices
        ]

    def steps_per_execution(self) -> int:
        """A batch at a time."""
        return 1

    def steps(self, inputs: np.ndarray, targets: np.ndarray, rate: float) -> list[float]:
        """Learn from batch after batch, int32 (count, batch, length); returns their losses."""
        return [self.step(x, y, rate) for x, y in zip(inputs, targets, strict=True)]

    def step(self, inputs: np.ndarray, targets: np.ndarray, rate: float) -> float:
        """Learn from one batch, int32 (batch, length); returns its loss in bits per character."""
        began = time.perf_counter()
        loss, total = 0.0, []
        keep = np.ones((len(inputs), 1), np.float32)
        keep[self._steps % len(keep)] = 0
        self._steps += 1
        for i, rows in enumerate(self._slices):
            part, gradients, self._states[i] = self._gradients(
                tf.constant(inputs[rows]),
                tf.constant(targets[rows]),
                tf.constant(keep[rows]),
                self._states[i],
            )
            weighted = [self._share[i] * g for g in gradients]
            total = [a + b for a, b in zip(total, weighted, strict=True)] if total else weighted
            loss += self._share[i] * float(part)
            self.train_s += time.perf_counter() - began
            self._between()
            began = time.perf_counter()
        self._optimizer.learning_rate = rate
        self._apply(total)
        self.train_s += time.perf_counter() - began
        return loss / np.log(2)

    def _compute(
        self, inputs: tf.Tensor, targets: tf.Tensor, keep: tf.Tensor, states: list[tf.Tensor]
    ) -> tuple[tf.Tensor, list[tf.Tensor], list[tf.Tensor]]:
        states = [keep * state for state in states]
        with tf.GradientTape() as tape:
            logits, *after = self.model([inputs, *states], training=True)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
            loss = tf.reduce_mean(losses)
        gradients = tape.gradient(loss, self.model.trainable_variables)
        return loss, [tf.convert_to_tensor(g) for g in gradients], after

    def _update(self, gradients: list[tf.Tensor]):
        self._optimizer.apply_gradients(zip(gradients, self.model.trainable_variables, strict=True))


def _even_slices(batch: int, rows: int) -> list[slice]:
    edges = np.linspace(0, batch, -(-batch // rows) + 1).round().astype(int).tolist()
    return [slice(*pair) for pair in itertools.pairwise(edges)]
