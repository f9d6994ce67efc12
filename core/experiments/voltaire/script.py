"""The Keras script that a visitor takes away from a run."""

from collections.abc import Sequence
from typing import Any

from core.experiments.kit.config import Config

_LAYER = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}
_STATES = {"rnn": 1, "lstm": 2, "gru": 1}

_SCRIPT = '''\
"""{about}

Run it with the text to learn from (UTF-8): python train.py text.txt
It makes the same steps as the run on the page. The last {held_out} of the text is held out,
or give a second file to hold out.
"""

import sys

import keras
import numpy as np
import tensorflow as tf

VOCABULARY = {vocabulary!r}  # index 0 stands for every other character
UNITS, BATCH, LENGTH, ROWS = {units}, {batch}, {length}, {rows}
EPOCHS, STEPS, RATE, DECAY = {epochs}, {steps}, {rate}, {decay}

training = open(sys.argv[1], encoding="utf-8").read()
if len(sys.argv) > 2:
    held_out = open(sys.argv[2], encoding="utf-8").read()
else:
    cut = len(training) * 9 // 10
    training, held_out = training[:cut], training[cut:]

# The model: a character and the states in, logits of the next character and the states out.
ids = keras.Input((None,), dtype="int32")
states = [keras.Input((UNITS,)) for _ in range({n_states})]
x = keras.layers.Embedding(
    len(VOCABULARY), {embedding_dim}, keras.initializers.RandomUniform(seed={seed})
)(ids)
new_states = []
{layers}
logits = keras.layers.Dense(
    len(VOCABULARY), kernel_initializer=keras.initializers.GlorotUniform(seed={dense_seed})
)(x)
model = keras.Model([ids, *states], [logits, *new_states])
model.summary()

optimizer = keras.optimizers.Adam({clipping})
optimizer.build(model.trainable_variables)


@tf.function(reduce_retracing=True)
def gradients_of(inputs, targets, keep, states):
    states = [keep * state for state in states]
    with tf.GradientTape() as tape:
        logits, *states = model([inputs, *states], training=True)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    return loss, [tf.convert_to_tensor(gradient) for gradient in gradients], states


def zero_states():
    return [[tf.zeros((last - first, UNITS)) for _ in states] for first, last in ROWS]


def encode(text):
    return np.array([VOCABULARY.find(char) if char in VOCABULARY else 0 for char in text], "int32")


def batches(ids):
    """Contiguous pieces of BATCH streams: row r of a batch goes on in row r of the next."""
    offset = 0
    while True:
        rolled = np.roll(ids, -offset)
        width = (len(ids) - 1) // (BATCH * LENGTH) * LENGTH
        inputs = rolled[: BATCH * width].reshape(BATCH, width)
        targets = rolled[1 : BATCH * width + 1].reshape(BATCH, width)
        for at in range(0, width, LENGTH):
            yield inputs[:, at : at + LENGTH], targets[:, at : at + LENGTH], at == 0
        offset = (offset + LENGTH // 2) % len(ids)


def bits_per_char(text):
    """On held-out text, the state carried through all of it; 20 bits for an unknown character."""
    ids, state, bits = encode("\\n" + text), [tf.zeros((1, UNITS)) for _ in states], []
    for at in range(0, len(ids) - 1, 512):
        piece = ids[at : at + 513]
        logits, *state = model([tf.constant(piece[None, :-1]), *state])
        logits = logits.numpy()[0].astype("float64")
        logits[:, 0] = -np.inf
        log_total = np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1))
        chosen = logits[np.arange(len(piece) - 1), piece[1:]] - logits.max(1) - log_total
        bits.append(np.where(piece[1:] == 0, 20.0, -chosen / np.log(2)))
    return np.concatenate(bits).mean()


pieces = batches(encode(training))
step = 0
for epoch in range(EPOCHS):
    for _ in range(STEPS):
        inputs, targets, first = next(pieces)
        if first:
            memory, begun = zero_states(), 0
        keep = np.ones((BATCH, 1), "float32")
        keep[begun % BATCH] = 0  # one row in turn begins anew, to learn how texts begin
        begun += 1
        loss, total = 0.0, None
        for i, (first, last) in enumerate(ROWS):  # a batch in a few parts, whose gradients add up
            share = (last - first) / BATCH
            part, gradients, memory[i] = gradients_of(
                tf.constant(inputs[first:last]),
                tf.constant(targets[first:last]),
                tf.constant(keep[first:last]),
                memory[i],
            )
            loss += share * float(part)
            weighted = [share * g for g in gradients]
            total = weighted if total is None else [a + b for a, b in zip(total, weighted)]
        optimizer.learning_rate.assign(RATE * DECAY**epoch)
        optimizer.apply_gradients(zip(total, model.trainable_variables))
        step += 1
        if step <= 10 or step % 50 == 0:
            print(f"step {{step}}: {{loss / np.log(2):.6f}} bits per character", flush=True)
    print(f"epoch {{epoch + 1}}: {{bits_per_char(held_out):.4f}} held-out bits per character")
model.save("model.keras")
'''

_ONE_LAYER = """\
x, *after = keras.layers.{layer}(
    UNITS,
    return_sequences=True,
    return_state=True,
    kernel_initializer=keras.initializers.GlorotUniform(seed={kernel_seed}),
    recurrent_initializer=keras.initializers.Orthogonal(seed={recurrent_seed}),{more}
)(x, initial_state=states[{first}:{last}])
new_states += after
x = keras.layers.Dropout({dropout}, seed={dropout_seed})(x)"""


def keras_script(
    config: Config, vocabulary: str, rows: Sequence[tuple[int, int]], steps: int
) -> str:
    """A Python script of Keras alone that makes the same steps as the run of ``config``.

    rows: which rows of a batch are taken in one call. steps: batches an epoch.
    """
    c: dict[str, Any] = config.to_dict()
    states = _STATES[c["cell"]]
    layers = [
        _ONE_LAYER.format(
            layer=_LAYER[c["cell"]],
            kernel_seed=c["seed"] + 3 * i + 1,
            recurrent_seed=c["seed"] + 3 * i + 2,
            dropout_seed=c["seed"] + 3 * i + 3,
            dropout=c["dropout"],
            first=i * states,
            last=(i + 1) * states,
            more="\n    reset_after=False,  # the equations of the course" * (c["cell"] == "gru"),
        )
        for i in range(c["layers"])
    ]
    return _SCRIPT.format(
        about=f"A character language model: {_LAYER[c['cell']]}, {c['units']} units.",
        held_out="tenth",
        vocabulary=vocabulary,
        units=c["units"],
        batch=c["batch_size"],
        length=c["sequence_length"],
        rows=list(rows),
        epochs=c["epochs"],
        steps=steps,
        rate=c["learning_rate"],
        decay=c["decay"],
        n_states=c["layers"] * states,
        embedding_dim=c["embedding_dim"],
        seed=c["seed"],
        layers="\n".join(layers),
        dense_seed=c["seed"] + 3 * c["layers"] + 1,
        clipping=f"global_clipnorm={c['clip_norm']}" if c["clip_norm"] else "",
    )
