"""The Keras script that a visitor takes away from the two networks' run."""

from typing import Any

_SCRIPT = '''\
"""The first symbol, asked for after the last: a dense network on a window, a recurrent network.

Plain Keras: it makes the same updates as the run on the page. It needs no data: every example is
made when it is needed.
"""

import keras
import numpy as np

LONGEST, WINDOW, BATCH, RATE, SEED = {longest}, {window}, {batch}, {rate}, {seed}
EPOCHS, UPDATES = {epochs}, {updates}
KEYS, SYMBOLS = 4, 8  # 4 keys, then 4 fillers


def examples(rng, lengths, time):
    """A key, then fillers, one-hot; zeros before the key of a shorter sequence. And the keys."""
    keys = rng.integers(0, KEYS, len(lengths))
    ids = rng.integers(KEYS, SYMBOLS, (len(lengths), time))
    first = time - lengths
    ids[np.arange(len(lengths)), first] = keys
    inputs = np.eye(SYMBOLS, dtype="float32")[ids]
    inputs[np.arange(time) < first[:, None]] = 0
    return inputs, keys


def window_of(inputs):
    """The last WINDOW steps in one row."""
    short = max(0, WINDOW - inputs.shape[1])
    inputs = np.pad(inputs, [(0, 0), (short, 0), (0, 0)])
    return inputs[:, -WINDOW:].reshape(len(inputs), -1)


def glorot(seed):
    return keras.initializers.GlorotUniform(seed=seed)


dense = keras.Sequential(
    [
        keras.Input((WINDOW * SYMBOLS,)),
        keras.layers.Dense({hidden}, "relu", kernel_initializer=glorot({seed} + 10)),
        keras.layers.Dense(KEYS, kernel_initializer=glorot({seed} + 11)),
    ]
)
rnn = keras.Sequential(
    [
        keras.Input((None, SYMBOLS)),
        keras.layers.{layer}(
            {units},
            kernel_initializer=glorot({seed}),
            recurrent_initializer=keras.initializers.Orthogonal(seed={seed} + 1),{more}
        ),
        keras.layers.Dense(KEYS, kernel_initializer=glorot({seed} + 2)),
    ]
)
for model in (dense, rnn):
    model.compile(
        keras.optimizers.Adam(RATE, global_clipnorm=1.0),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.summary()

step = 0
for epoch in range(1, EPOCHS + 1):
    for _ in range(UPDATES):
        rng = np.random.default_rng([1, SEED, step])
        inputs, keys = examples(rng, rng.integers(2, LONGEST + 1, BATCH), LONGEST)
        step += 1
        losses = [
            float(model.train_on_batch(given, keys))
            for model, given in ((dense, window_of(inputs)), (rnn, inputs))
        ]
        for model in (dense, rnn):
            model.reset_metrics()  # or the next loss would be the mean of all
        if step <= 10 or step % 50 == 0:
            print(f"step {{step}}: dense {{losses[0]:.7f}} recurrent {{losses[1]:.7f}}", flush=True)
    lengths = np.repeat(np.arange(2, LONGEST + 1), 100)
    inputs, keys = examples(np.random.default_rng([0]), lengths, LONGEST)
    right = [
        np.mean(model.predict(given, verbose=0).argmax(-1) == keys)
        for model, given in ((dense, window_of(inputs)), (rnn, inputs))
    ]
    print(f"epoch {{epoch}}: right answers: dense {{right[0]:.4f}}, recurrent {{right[1]:.4f}}")
dense.save("dense.keras")
rnn.save("rnn.keras")
'''
_LAYER = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}


def keras_script(config: Any) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``."""
    gru = "\n            reset_after=False,  # the equations of the course"
    return _SCRIPT.format(
        longest=config.longest,
        window=config.window,
        batch=config.batch_size,
        rate=config.learning_rate,
        seed=config.seed,
        epochs=config.epochs,
        updates=config.epoch_updates,
        hidden=config.hidden,
        layer=_LAYER[config.cell],
        units=config.units,
        more=gru if config.cell == "gru" else "",
    )
