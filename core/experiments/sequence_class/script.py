"""The Keras script that a visitor takes away from a run, and the data that it reads."""

from typing import Any

import numpy as np

from core.data.sequences.labelled import Labelled

_LAYER = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}

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


{readers}
inputs_ = x = keras.Input(inputs.shape[1:])
{model}
outputs = keras.layers.Dense(
    len(CLASSES), kernel_initializer=keras.initializers.GlorotUniform(seed={dense_seed})
)(x)
model = keras.Model(inputs_, outputs)
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

_RECURRENT = '''\
def recurrent(seed, sequences, go_backwards=False):
    return keras.layers.{layer}(
        {units},
        return_sequences=sequences,
        go_backwards=go_backwards,
        kernel_initializer=keras.initializers.GlorotUniform(seed=seed),
        recurrent_initializer=keras.initializers.Orthogonal(seed=seed + 1),{more}
    )


def reader(x, seed):
    """{about}"""
    read = x
    for i in range({layers}):
        sequences = {sequences}
{skip}        x = {made}(x)
    return {pooled}

'''

_OPEN = {"D": "AGT", "R": "AG", "S": "CG", "N": "ACGT"}  # letters that leave several open


def keras_script(config: Any, data: Labelled, training: np.ndarray, updates: int) -> str:
    """A Python script of Keras alone that makes the same steps as the run of ``config``.

    training: indices of the sequences to learn from. updates: of an epoch.
    """
    batch = min(config.batch_size, len(training))
    known = data.inputs[training]
    genes = "".join(data.letters) == "ACGT"
    return _SCRIPT.format(
        about=f"The class of a sequence: {_LAYER[config.cell]}, {config.units} units.",
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
        readers=_readers(config),
        model=_model(config),
        dense_seed=config.seed + 4 * config.layers,
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


def _readers(config) -> str:
    both = config.direction == "both"
    one = "recurrent(seed + 4 * i, sequences)"
    backwards = "recurrent(seed + 4 * i + 2, sequences, go_backwards=True)"
    made = (
        "keras.layers.Bidirectional(\n"
        f"            {one},\n            backward_layer={backwards},\n        )"
        if both
        else one
    )
    return _RECURRENT.format(
        layer=_LAYER[config.cell],
        units=config.units,
        more="\n        reset_after=False,  # the equations of the course" * (config.cell == "gru"),
        about="Recurrent layers, one upon the other, and what they keep of the sequence.",
        layers=config.layers,
        sequences="True" if config.pooling == "max" else f"i < {config.layers - 1}",
        skip=(
            "        if i:\n            x = keras.layers.Concatenate()([x, read])\n"
            if config.skip
            else ""
        ),
        made=made,
        pooled="keras.layers.GlobalMaxPooling1D()(x)" if config.pooling == "max" else "x",
    )


def _model(config) -> str:
    lines = []
    if config.input_dropout:
        lines.append(
            f"x = keras.layers.Dropout({config.input_dropout}, noise_shape=(None, STEPS, 1), "
            f"seed={config.seed + 60})(x)"
        )
    if config.direction == "middle":
        lines += [
            "half = STEPS // 2  # two readers, one from each end, that meet in the middle",
            "left = keras.layers.Cropping1D((0, STEPS - half))(x)",
            "right = keras.ops.flip(keras.layers.Cropping1D((half, 0))(x), axis=1)",
            f"read = [reader(left, {config.seed}), reader(right, {config.seed + 2})]",
            "x = keras.layers.Concatenate()(read)",
        ]
    else:
        lines.append(f"x = reader(x, {config.seed})")
    if config.dropout:
        lines.append(f"x = keras.layers.Dropout({config.dropout}, seed={config.seed + 50})(x)")
    return "\n".join(lines)
