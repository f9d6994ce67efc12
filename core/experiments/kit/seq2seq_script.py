"""The Keras script that a visitor takes away from a network that reads one text and writes another.

What makes the questions is the very source that made them for the run.
"""

import inspect
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

from core.numeric.language import codec

_SCRIPT = '''\
"""{about}

Plain Keras: it makes the same updates as the run on the page. It needs no data: every question is
made when it is needed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

UNITS, EMBEDDING, BATCH = {units}, {embedding_dim}, {batch_size}
RATE, SEED = {learning_rate}, {seed}
EPOCHS, UPDATES = {epochs}, {epoch_updates}
QUESTION, ANSWER = {question_length}, {answer_length}  # characters, and steps with the end


{codec}


{data}


def glorot(seed):
    return keras.initializers.GlorotUniform(seed=SEED + seed)


def uniform(seed):
    return keras.initializers.RandomUniform(seed=SEED + seed)


def recurrent(units, seed, **more):
    return keras.layers.{layer}(
        units,
        return_sequences=True,
        return_state=True,
        kernel_initializer=glorot(seed),
        recurrent_initializer=keras.initializers.Orthogonal(seed=SEED + seed + 1),{reset}
        **more,
    )


questions = keras.Input((QUESTION,), dtype="int32")
known = keras.ops.not_equal(questions, PAD)
{encoder}
encoder = keras.Model(questions, [memory, *state])

embed = keras.layers.Embedding(CODEC.size, EMBEDDING, uniform(20))
cell = recurrent(UNITS, 21)
{attention}
to_logits = keras.layers.Dense(CODEC.size, kernel_initializer=glorot(40))


def decode(given, questions, known, memory, state):
    output, *state = cell(embed(given), initial_state=state)
{attend}
    return [to_logits(output), *state]


given = keras.Input((ANSWER,), dtype="int32")
model = keras.Model([questions, given], decode(given, questions, known, memory, state)[0])
{scale}print(f"{{model.count_params()}} weights")
optimizer = keras.optimizers.Adam(RATE{clipping})
optimizer.build(model.trainable_variables)
{free}

@tf.function
def update(questions, given, answers):
{own}    told = tf.cast(answers != PAD, tf.float32)
    with tf.GradientTape() as tape:
        logits = model([questions, given], training=True)
        losses = keras.losses.sparse_categorical_crossentropy(answers, logits, from_logits=True)
        loss = tf.reduce_sum(told * losses) / tf.reduce_sum(told)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss


test_questions, test_answers = test_texts()
step = 0
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = RATE * 0.5 * (1 + math.cos(math.pi * (epoch - 1) / EPOCHS))
    for _ in range(UPDATES):
        asked, answers = training_texts(step)
        given = decoder_inputs(answers)
        loss = float(update(*map(tf.constant, (asked, given, answers))))
        step += 1
        if step <= 10 or step % 100 == 0:
            print(f"step {{step}}: loss {{loss:.7f}}", flush=True)
    given = [test_questions, decoder_inputs(test_answers)]
    logits = model.predict(given, batch_size=250, verbose=0)
    right = ((logits.argmax(-1) == test_answers) | (test_answers == PAD)).all(1)
    print(f"epoch {{epoch}}: held-out exact match {{right.mean():.4f}}", flush=True)
model.save("model.keras")
'''

_ONE_WAY = """\
embedded = keras.layers.Embedding(CODEC.size, EMBEDDING, uniform(0))(questions)
memory, *state = recurrent(UNITS, 1)(embedded{mask})"""

_BOTH_WAYS = """\
embedded = keras.layers.Embedding(CODEC.size, EMBEDDING, uniform(0))(questions)
both = keras.layers.Bidirectional(
    recurrent(UNITS // 2, 1), backward_layer=recurrent(UNITS // 2, 3, go_backwards=True)
)
memory, *states = both(embedded{mask})
half = len(states) // 2
state = [keras.layers.Concatenate()(pair) for pair in zip(states[:half], states[half:])]"""

_SELF_ATTENTION = """\
embedded = keras.layers.Embedding(CODEC.size, UNITS, uniform(0))(questions)
places = keras.ops.cumsum(keras.ops.ones_like(questions), axis=1) - 1
placed = embedded + keras.layers.Embedding(QUESTION, UNITS, uniform(2))(places)
look = keras.layers.MultiHeadAttention(1, UNITS)
memory = placed + look(placed, placed, attention_mask=keras.ops.expand_dims(known, 1))
look.set_weights(  # each kernel from a seed of its own
    [
        np.reshape(glorot(3 + i // 2)((UNITS, UNITS)), w.shape) if i % 2 == 0 else w
        for i, w in enumerate(look.get_weights())
    ]
)
mean = keras.layers.GlobalAveragePooling1D()(memory, mask=known)
begin = keras.layers.Dense({states} * UNITS, "tanh", kernel_initializer=glorot(7))
state = keras.ops.split(begin(mean), {states}, -1)"""

_ENCODERS = {"one_way": _ONE_WAY, "both_ways": _BOTH_WAYS, "self_attention": _SELF_ATTENTION}

_ADDITIVE = """\
query = keras.layers.Dense(UNITS, use_bias=False, kernel_initializer=glorot(30))
key = keras.layers.Dense(UNITS, use_bias=False, kernel_initializer=glorot(31))
attention = keras.layers.AdditiveAttention()
combine = keras.layers.Dense(UNITS, "tanh", kernel_initializer=glorot(32))"""

_DOT = """\
attention = keras.layers.Attention()
combine = keras.layers.Dense(UNITS, "tanh", kernel_initializer=glorot(32))"""

_ATTEND = """\
    context = attention({looked}, mask=[None, {known}])
    output = combine(keras.layers.Concatenate()([context, output]))"""

_FREE = '''
one = keras.Input((1,), dtype="int32")
carried = [keras.Input(part.shape[1:]) for part in (memory, *state)]
decoder = keras.Model(
    [one, questions, *carried], decode(one, questions, known, carried[0], carried[1:])
)


def written(questions):
    """What the decoder reads when it goes on from its own answers."""
    memory, *state = map(tf.identity, encoder(questions))
    said = [tf.fill((tf.shape(questions)[0], 1), START)]
    for _ in range(ANSWER - 1):
        logits, *state = decoder([said[-1], questions, memory, *state])
        said.append(tf.argmax(logits, -1, output_type=tf.int32))
    return tf.stop_gradient(tf.concat(said, 1))
'''

_FIELDS = ("units", "embedding_dim", "batch_size", "learning_rate", "seed")
_FIELDS += ("epochs", "epoch_updates")
_LAYERS = {"rnn": "SimpleRNN", "lstm": "LSTM", "gru": "GRU"}


def script(config: Any, *, about: str, data: str, answer_length: int) -> str:
    """A Python script of Keras alone that makes the same updates as the run of ``config``.

    data: Python source that defines CODEC, test_texts() and training_texts(update), which give
    questions and answers as ids.
    """
    architecture = config.architecture
    attends = architecture.encoder == "self_attention"
    mask = ", mask=known" if architecture.masked else ""
    additive = architecture.attention == "additive"
    attend = _ATTEND.format(
        looked="[query(output), memory, key(memory)]" if additive else "[output, memory]",
        known="known" if architecture.masked or attends else "None",
    )
    without = architecture.attention == "none"
    return _SCRIPT.format(
        about=about,
        question_length=architecture.question_length,
        answer_length=answer_length,
        codec=source(codec),
        data=data,
        layer=_LAYERS[config.cell],
        reset="\n        reset_after=False,  # the equations of the course"
        if config.cell == "gru"
        else "",
        encoder=_ENCODERS[architecture.encoder].format(
            mask=mask, states=2 if config.cell == "lstm" else 1
        ),
        attention="" if without else _ADDITIVE if additive else _DOT,
        attend="" if without else attend,
        scale="attention.set_weights([glorot(33)((UNITS,))])\n" if additive else "",
        clipping=f", global_clipnorm={config.clip_norm}" if config.clip_norm else "",
        free="" if config.teacher_forcing else _FREE,
        own="" if config.teacher_forcing else "    given = written(questions)\n",
        **{name: getattr(config, name) for name in _FIELDS},
    )


def source(*parts: ModuleType | Callable[..., Any]) -> str:
    """The source of modules and functions, less the modules' own docstrings and imports."""
    return "\n\n\n".join(_bare(inspect.getsource(part)) for part in parts)


def _bare(text: str) -> str:
    text = re.sub(r'\A""".*?"""\n', "", text, flags=re.DOTALL)
    return re.sub(r"^(?:from|import) .*\n", "", text, flags=re.MULTILINE).strip()
