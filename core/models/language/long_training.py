"""The long training behind the shipped language model: texts in stages."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from core.models.language.char_lm import to_numpy
from core.models.language.contiguous import contiguous_batches, steps_per_epoch
from core.models.language.stages import Shape, Stage
from core.models.recurrent.fast_lstm import FastLSTM
from core.models.seeds import glorot, uniform
from core.numeric.language.language_model import LanguageModel


def train_stage(
    stage: Stage,
    text: str,
    vocabulary: str,
    shape: Shape,
    weights: list[np.ndarray] | None,
    seed: int,
    after_epoch: Callable[[int, float, LanguageModel], None],
) -> list[np.ndarray]:
    """Train through a stage, from ``weights`` or a seeded start; returns where it leads to.

    after_epoch(epoch, mean training loss in bits, model) is called after each epoch.
    """
    model = _build(len(vocabulary), shape, stage, seed)
    if weights is not None:
        model.set_weights(weights)
    start = model.get_weights()
    index = {char: i for i, char in enumerate(vocabulary)}
    ids = np.fromiter((index.get(char, 0) for char in text), np.int32, len(text))
    steps = steps_per_epoch(len(ids), shape.batch, shape.length)
    rate: Any = keras.optimizers.schedules.CosineDecay(
        0.0,
        stage.epochs * steps - stage.warmup_steps,
        alpha=stage.last_rate / stage.peak_rate,
        warmup_target=stage.peak_rate,
        warmup_steps=stage.warmup_steps,
    )
    optimizer = keras.optimizers.AdamW(rate, weight_decay=1e-4, beta_2=0.99, global_clipnorm=1.0)
    optimizer.build(model.trainable_variables)
    train_step = _train_step(model, optimizer)
    draw = np.random.default_rng(seed)
    for epoch in range(1, stage.epochs + 1):
        hidden = cell = tf.zeros((shape.batch, shape.units))
        losses = []
        offset = int(draw.integers(len(ids)))
        for inputs, targets in contiguous_batches(ids, shape.batch, shape.length, offset):
            loss, hidden, cell = train_step(inputs, targets, hidden, cell)
            losses.append(loss)
        bits = float(np.mean([float(loss) for loss in losses]) / np.log(2))
        after_epoch(epoch, bits, to_numpy(model, "lstm", vocabulary))
    ends = zip(start, model.get_weights(), strict=True)
    return [first + stage.interpolation * (last - first) for first, last in ends]


def _build(vocabulary_size: int, shape: Shape, stage: Stage, seed: int) -> keras.Model:
    ids = keras.Input((shape.length,), dtype="int32")
    hidden, cell = keras.Input((shape.units,)), keras.Input((shape.units,))
    embedded = keras.layers.Embedding(vocabulary_size, shape.embedding_dim, uniform(seed))(ids)
    lstm = FastLSTM(shape.units, seed + 1, stage.weight_drop)
    output, *states = lstm(embedded, hidden, cell)
    output = keras.layers.Dropout(stage.dropout, seed=seed + 3)(output)
    logits = keras.layers.Dense(vocabulary_size, kernel_initializer=glorot(seed + 4))(output)
    return keras.Model([ids, hidden, cell], [logits, *states])


def _train_step(model: keras.Model, optimizer: keras.Optimizer) -> Callable[..., Any]:
    @tf.function
    def train_step(
        inputs: tf.Tensor, targets: tf.Tensor, hidden: tf.Tensor, cell: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            logits, hidden, cell = model([inputs, hidden, cell], training=True)
            known = tf.cast(targets > 0, tf.float32)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
            loss = tf.reduce_sum(losses * known) / tf.reduce_sum(known)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
        return loss, hidden, cell

    return train_step
