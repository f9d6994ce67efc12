"""The Keras script that a visitor takes away from a run, and the data that it reads."""

from typing import Any

import numpy as np

from core.data.sequences.labelled import Labelled
from core.numeric.recurrent.stack.code import keras_code
from core.numeric.recurrent.stack.layers import CLASSES

_SCRIPT = '''\
"""{about}

Run it beside the sequences of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys

import keras
import numpy as np
import tensorflow as tf

CLASSES = {classes!r}
LETTERS = {letters!r}
STEPS, BATCH, EPOCHS, RATE, SEED = {steps}, {batch}, {epochs}, {rate}, {seed}
READINGS = {readings}  # of the training sequences in an epoch

# A line: "test" or "train", the class's number, and what stands at each step, all parted by tabs.
lines = open(sys.argv[1], encoding="utf-8").read().strip("\\n").split("\\n")
rows = [line.split("\\t") for line in lines]
test = np.array([row[0] == "test" for row in rows])
labels = np.array([int(row[1]) for row in rows])
{data}

{model}
model.summary()
optimizer = keras.optimizers.Adam({clipping})
optimizer.build(model.trainable_variables)


@tf.function
def update(batch, targets):
    with tf.GradientTape() as tape:
        logits = model(batch, training=True)
        losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


training = np.flatnonzero(~test)
step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate.assign(RATE * 0.5 * (1 + np.cos(np.pi * (epoch - 1) / EPOCHS)))
    rng = np.random.default_rng([SEED, epoch])
    whole = len(training) // BATCH * BATCH
    orders = [rng.permutation(training)[:whole] for _ in range(READINGS)]
    for some in np.concatenate(orders).reshape(-1, BATCH):
        loss = float(update(tf.constant(inputs[some]), tf.constant(labels[some], tf.int32)))
        step += 1
        if step <= 10 or step % 50 == 0:
            print(f"step {{step}}: loss {{loss:.7f}}", flush=True)
    said = model.predict(inputs[test], batch_size=250, verbose=0).argmax(1)
    print(f"epoch {{epoch}}: held-out accuracy {{(said == labels[test]).mean():.4f}}", flush=True)
model.save("model.keras")
'''

_LETTERS = """\
inputs = np.zeros((len(rows), STEPS, len(LETTERS)), "float32")
for i, row in enumerate(rows):
    for t, sign in enumerate(row[2:], STEPS - len(row) + 2):  # zeros before a shorter sequence
        known = [LETTERS.index(c) for c in {open_}.get(sign, [sign])]
        inputs[i, t, known] = 1 / len(known)"""

_NUMBERS = """\
values = np.array([[float(x) for x in row[2:]] for row in rows], "float32")
inputs = ((values - {mean!r}) / {spread!r})[..., None].astype("float32")"""

_OPEN = {"D": "AGT", "R": "AG", "S": "CG", "N": "ACGT"}  # letters that leave several open


def keras_script(config: Any, data: Labelled, training: np.ndarray, updates: int) -> str:
    """A Python script of Keras alone that makes the same steps as the run of ``config``.

    training: indices of the sequences to learn from. updates: of an epoch.
    """
    batch = min(config.batch_size, len(training))
    known = data.inputs[training]
    genes = "".join(data.letters) == "ACGT"
    return _SCRIPT.format(
        about=f"The class of a sequence: {CLASSES[config.cell]}, {config.units} units.",
        classes=data.classes,
        letters="".join(data.letters) if all(len(x) == 1 for x in data.letters) else data.letters,
        steps=data.steps,
        batch=batch,
        epochs=config.epochs,
        rate=config.learning_rate,
        seed=config.seed,
        readings=updates // (len(training) // batch),
        data=(
            _LETTERS.format(open_=repr(_OPEN) if genes else "{}")
            if data.letters
            else _NUMBERS.format(mean=float(known.mean()), spread=float(known.std()) or 1.0)
        ),
        model=keras_code(config.network(len(data.classes)), data.inputs.shape[1:]),
        clipping=f"global_clipnorm={config.clip_norm}" if config.clip_norm else "",
    )


def data_file(data: Labelled, test: np.ndarray) -> str:
    """The sequences, one a line, as the script reads them."""
    held_out = set(test.tolist())
    lines = [
        "\t".join(["test" if i in held_out else "train", str(label), *_exact(data, i)])
        for i, label in enumerate(data.labels)
    ]
    return "\n".join(lines) + "\n"


def _exact(data: Labelled, i: int) -> tuple[str, ...]:
    if data.letters:
        return data.tokens[i]
    return tuple(repr(float(x)) for x in data.inputs[i, :, 0])
