"""The class of a text.

Run it beside the texts of the page: python train.py data.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

CLASSES = ["negative", "positive"]
NETWORK, CELL, BIDIRECTIONAL, START = "mean", "gru", False, "naive_bayes"
DIM, UNITS, HIDDEN_WORDS, DROPOUT, VECTORS = 16, 32, 0.6, 0.3, "own"
BATCH, EPOCHS, LEARNING_RATE, SEED = 64, 4, 0.005, 0
LONGEST_RUN, LEAST_TEXTS, MOST_WORDS = 2, 2, 30_000
COUNTED_WORDS, COUNTED_LETTERS, NEGATION = (1, 2), (2, 6), True
MASKED, COMMON_WORDS, TRUST, STEADINESS_POWER = (1, 0), 300, (3.0, 0.5), 0
NOTEBOOK = False

# %% The data
from core.numeric.language.classify.counted import Counted
from core.numeric.language.classify.naive_bayes import NaiveBayes
from core.numeric.language.classify.network import TEMPERATURE, WIDTH
from core.numeric.language.classify.ngrams import Runs, ngrams_of, padded
from core.numeric.language.classify.steadiness import steadiness
from core.numeric.language.classify.vocabulary import WordList

# A line: "test" or "train", the class's number, and the words, all parted by tabs.
file = "data.txt" if NOTEBOOK else sys.argv[1]
lines = Path(file).read_text("utf-8").strip("\n").split("\n")
held_out = np.array([line.startswith("test") for line in lines])
labels = np.array([int(line.split("\t")[1]) for line in lines])
texts = [line.split("\t")[2:] for line in lines]
training = np.flatnonzero(~held_out)
vocabulary = WordList.of([texts[i] for i in training], LEAST_TEXTS, MOST_WORDS, LONGEST_RUN)
rows = [vocabulary.numbers(text) for text in texts]
longest = max(len(rows[i]) for i in training)
inputs = [padded(rows, longest)]
if START != "random":
    common = vocabulary.commonest(COMMON_WORDS)
    read = Runs(COUNTED_WORDS, COUNTED_LETTERS, NEGATION, MASKED, common)
    ngrams = ngrams_of(texts, read)
    counted = Counted.of([ngrams[i] for i in training], read, LEAST_TEXTS)
    rows = counted.found(ngrams)
    inputs.append(padded(rows, max(len(rows[i]) for i in training)))

# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot, uniform


def real(numbers):
    """1 where there is a word, (batch, words, 1)."""
    return keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(numbers, 0), "float32"), -1)


def hidden(real, seed):
    """1 where a word is to be seen, but that a share of them are hidden while it learns."""
    if HIDDEN_WORDS:
        return keras.layers.Dropout(HIDDEN_WORDS, seed=seed)(real)
    else:
        return real


numbers = keras.Input((longest,), dtype="int32")
words = keras.layers.Embedding(
    len(vocabulary), DIM, uniform(SEED), name="words", trainable=VECTORS != "frozen"
)
vectors = words(numbers) * hidden(real(numbers), SEED + 60)
if NETWORK == "mean":
    encoded = keras.ops.sum(vectors, axis=1)
    encoded = encoded / keras.ops.maximum(keras.ops.sum(real(numbers), axis=1), 1.0)
elif NETWORK == "convolution":
    filters = keras.layers.Conv1D(
        UNITS,
        WIDTH,
        padding="same",
        activation="relu",
        kernel_initializer=glorot(SEED + 1),
    )
    encoded = keras.ops.max(filters(vectors) * real(numbers), axis=1)
else:
    is_word = keras.ops.not_equal(numbers, 0)
    encoded = recurrent(UNITS, SEED + 1)(vectors, mask=is_word)
    if BIDIRECTIONAL:
        backward = recurrent(UNITS, SEED + 3, go_backwards=True)(vectors, mask=is_word)
        encoded = keras.layers.Concatenate()([encoded, backward])
if DROPOUT:
    encoded = keras.layers.Dropout(DROPOUT, seed=SEED + 50)(encoded)
if START != "random":
    logits = keras.layers.Dense(len(CLASSES), kernel_initializer="zeros", name="dense")(encoded)
    ngrams_of_text = keras.Input((inputs[1].shape[1],), dtype="int32")
    counts = keras.layers.Embedding(len(counted), len(CLASSES), "zeros", name="counts")
    found = counts(ngrams_of_text) * hidden(real(ngrams_of_text), SEED + 61)
    logits = logits + TEMPERATURE * keras.ops.sum(found, axis=1)
    model = keras.Model([numbers, ngrams_of_text], logits)
    if START == "naive_bayes":
        known = [rows[i] for i in training]
        bayes = NaiveBayes.counted(known, labels[training], len(CLASSES), len(counted))
        trusted = counted.of_each(*TRUST)
        if STEADINESS_POWER:
            steady = steadiness(known, labels[training], len(counted))
            trusted = trusted * steady[:, None] ** STEADINESS_POWER
        counts.set_weights([bayes.log_ratios * trusted])
        kernel, _ = model.get_layer("dense").get_weights()
        model.get_layer("dense").set_weights([kernel, TEMPERATURE * bayes.prior])
else:
    outputs = keras.layers.Dense(len(CLASSES), kernel_initializer=glorot(SEED + 5))(encoded)
    model = keras.Model([numbers], outputs)
if VECTORS != "own":
    words.set_weights([np.load("vectors.npy")])
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
test = np.flatnonzero(held_out)
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for some in shuffled([SEED, epoch], training, BATCH):
        losses.append(float(update([part[some] for part in inputs], labels[some].astype("int32"))))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    answers = model.predict([part[test] for part in inputs], batch_size=256, verbose=0).argmax(1)
    accuracy = (answers == labels[test]).mean()
    print(f"epoch {epoch}: held-out accuracy {accuracy:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    matrix = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(matrix, (labels[test], answers), 1)
    figure = go.Figure(go.Heatmap(z=matrix, x=CLASSES, y=CLASSES, texttemplate="%{z}"))
    figure.update_layout(title="Held-out texts", xaxis_title="answer", yaxis_title="class")
    figure.show()
