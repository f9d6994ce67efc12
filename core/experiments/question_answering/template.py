"""Answers to questions about stories.

Run it beside the stories of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

MODEL, CELL, QUESTION_FIRST = "memory", "gru", True
HOPS, UNITS, LONGEST = 3, 32, 50
BATCH, EPOCHS, LEARNING_RATE, SEED = 64, 15, 0.01, 0
SPREAD = 0.1  # standard deviation of the words' vectors at the start
NOTEBOOK = False

# %% The data
from core.data.language.stories.story import PLACES, VOCABULARY, words

# A line: "test" or "train", the story, the question, the answer, and the supporting sentences.
file = "data.txt" if NOTEBOOK else sys.argv[1]
rows = [line.split("\t") for line in Path(file).read_text("utf-8").strip("\n").split("\n")]
held_out = np.array([row[0] == "test" for row in rows])


def bag(sentence):
    """How often each word stands in a sentence."""
    numbers = [VOCABULARY.index(word) for word in words(sentence)]
    return np.bincount(numbers, minlength=len(VOCABULARY)).astype("float32")


bags = {"": bag("")}  # of each different sentence, once
stories = np.zeros((len(rows), LONGEST), "int16")  # the last sentence first
for place, row in enumerate(rows):
    for age, sentence in enumerate(row[1].rstrip(".").split(". ")[::-1][:LONGEST]):
        if sentence not in bags:
            bags[sentence] = bag(sentence)
        stories[place, age] = list(bags).index(sentence)
table = np.stack(list(bags.values()))
questions = np.stack([bag(row[2]) for row in rows])
answers = np.array([PLACES.index(row[3]) for row in rows], "int32")

# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot

story_input = keras.Input((LONGEST, len(VOCABULARY)))
question_input = keras.Input((len(VOCABULARY),))


def vectors_of(seed):
    """A sum of vectors: one of each word, or age, that is counted."""
    spread = keras.initializers.RandomNormal(stddev=SPREAD, seed=seed)
    return keras.layers.Dense(UNITS, use_bias=False, kernel_initializer=spread)


def looked_up(vectors, keys, values):
    """The sentences' values, each with its share of the attention."""
    scores = keras.ops.einsum("bd,bmd->bm", vectors, keys)
    is_there = keras.ops.any(story_input > 0, axis=-1)
    shares = keras.ops.softmax(keras.ops.where(is_there, scores, -1e9))
    return keras.ops.einsum("bm,bmd->bd", shares, values)


if MODEL == "memory":
    steps = keras.ops.cumsum(keras.ops.ones_like(story_input[:1, :, 0]), axis=1) - 1
    ages = keras.ops.one_hot(keras.ops.cast(steps, "int32"), LONGEST)
    layers = [vectors_of(SEED + 10 + hop) for hop in range(HOPS + 1)]
    memories = [
        layer(story_input) + vectors_of(SEED + 30 + hop)(ages) for hop, layer in enumerate(layers)
    ]
    vectors = layers[0](question_input)
    for hop in range(HOPS):
        vectors = vectors + looked_up(vectors, memories[hop], memories[hop + 1])
else:
    parts = [keras.ops.flip(story_input, axis=1), keras.ops.expand_dims(question_input, 1)]
    whole = keras.ops.concatenate(parts[::-1] if QUESTION_FIRST else parts, axis=1)
    layer = recurrent(UNITS, SEED + 1, return_sequences=MODEL == "attention")
    vectors = layer(vectors_of(SEED + 10)(whole), mask=keras.ops.any(whole > 0, axis=-1))
    if MODEL == "attention":
        states = keras.ops.flip(vectors[:, 1:] if QUESTION_FIRST else vectors[:, :-1], axis=1)
        vectors = vectors_of(SEED + 11)(question_input)
        for _hop in range(HOPS):
            vectors = vectors + looked_up(vectors, states, states)
outputs = keras.layers.Dense(len(PLACES), kernel_initializer=glorot(SEED + 5))(vectors)
model = keras.Model([story_input, question_input], outputs)
model.summary()

# %% The training
from core.experiments.kit.run import half_cosine, shuffled
from core.experiments.kit.templates.training import update_of


def loss_of(targets, logits):
    """The mean cross-entropy."""
    surprise = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return tf.reduce_mean(surprise)


losses = []
optimizer = keras.optimizers.Adam(global_clipnorm=1.0)
update = update_of(model, loss_of, optimizer)
training, test = np.flatnonzero(~held_out), np.flatnonzero(held_out)
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for some in shuffled([SEED, epoch], training, BATCH):
        inputs = [table[stories[some]], questions[some]]
        losses.append(float(update(inputs, answers[some])))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    inputs = [table[stories[test]], questions[test]]
    said = model.predict(inputs, batch_size=250, verbose=0).argmax(1)
    accuracy = (said == answers[test]).mean()
    print(f"epoch {epoch}: held-out accuracy {accuracy:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    matrix = np.zeros((len(PLACES), len(PLACES)), int)
    np.add.at(matrix, (answers[test], said), 1)
    figure = go.Figure(go.Heatmap(z=matrix, x=PLACES, y=PLACES, texttemplate="%{z}"))
    figure.update_layout(title="Held-out questions", xaxis_title="answer", yaxis_title="truth")
    figure.show()
