"""A tag for each word of a sentence.

Run it beside the files of the page: python train.py data.txt words.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

TAGS, CHARACTERS_KNOWN = ["NOUN", "VERB"], "ab"
READINGS, SIDES, CELL = ["both", "left", "right"], ["left", "right"], "lstm"
CHARACTERS, FEATURES, TRANSITIONS, BOOK = True, True, True, False
DIM, CHARACTER_DIM, FILTERS, UNITS, BUCKETS = 64, 24, 48, 64, 2**15
HIDDEN_WORDS, DROPOUT = 0.3, 0.4
BATCH, EPOCHS, LEARNING_RATE, SEED = 32, 10, 0.003, 0
NOTEBOOK = False

# %% The data
from core.experiments.tagger.task import batches, width_of
from core.numeric.language.tagging.book import NOTES, BookNotes
from core.numeric.language.tagging.features import BESIDE, OWN, bucket_numbers, feature_hashes

# A line: "test" or "train", the book's number, "alone" for a sentence that is read as if there were
# no book, then each word and its tag, all parted by tabs. The words that have a vector, one a line.
files = ["data.txt", "words.txt"] if NOTEBOOK else sys.argv[1:3]
lines, known_words = (
    [line.split("\t") for line in Path(file).read_text("utf-8").strip("\n").split("\n")]
    for file in files
)
held_out = np.array([line[0] == "test" for line in lines])
sentences, tags = [line[3::2] for line in lines], [line[4::2] for line in lines]
training, test = np.flatnonzero(~held_out), np.flatnonzero(held_out)
word_numbers = {word: number for number, (word,) in enumerate(known_words, 2)}
inputs = [[np.array([word_numbers.get(word.lower(), 1) for word in words]) for words in sentences]]
targets = [np.array([TAGS.index(tag) if tag in TAGS else len(TAGS) for tag in row]) for row in tags]
if CHARACTERS:
    numbers = {character: number for number, character in enumerate(CHARACTERS_KNOWN, 2)}

    def letters_of(word, most=14):
        """The numbers of a word's characters; of a long word those of its first and its last."""
        read = word if len(word) <= most else word[: most // 2] + word[-(most // 2) :]
        return [numbers.get(character, 1) for character in read] + [0] * (most - len(read))

    inputs.append([np.array([letters_of(word) for word in words]) for words in sentences])
if BOOK:
    books = {
        key: BookNotes(
            words for words, line in zip(sentences, lines, strict=True) if line[:2] == [*key]
        )
        for key in {(line[0], line[1]) for line in lines}
    }
    notes = [
        (BookNotes([words]) if line[2] == "alone" else books[line[0], line[1]]).of(words)
        for words, line in zip(sentences, lines, strict=True)
    ]
else:
    notes = [None] * len(sentences)
if FEATURES:
    counts = {"own": OWN + NOTES * BOOK, **dict.fromkeys(SIDES, BESIDE)}
    hashes = [feature_hashes(words, of, SIDES) for words, of in zip(sentences, notes, strict=True)]
    inputs.append([bucket_numbers(each, BUCKETS) for each in hashes])


def batch_of(places):
    """The inputs and the tags of some sentences, zeros and -1 behind the last word."""
    width = width_of(max(len(targets[i]) for i in places))
    made = [np.zeros((len(places), width, *kind[0].shape[1:]), "int32") for kind in inputs]
    wanted = np.full((len(places), width), -1, "int32")
    for row, place in enumerate(places):
        length = len(targets[place])
        wanted[row, :length] = targets[place]
        for array, kind in zip(made, inputs, strict=True):
            array[row, :length] = kind[place]
    return made, wanted


# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot, uniform


def hidden(vectors, seed):
    """Vectors, of which a share is hidden, each as a whole, while it learns."""
    if HIDDEN_WORDS:
        ones = keras.ops.ones_like(vectors[..., :1])
        return vectors * keras.layers.Dropout(HIDDEN_WORDS, seed=seed)(ones)
    else:
        return vectors


def dropped(values, seed):
    """Values, of which a share is hidden while it learns."""
    if DROPOUT:
        return keras.layers.Dropout(DROPOUT, seed=seed)(values)
    else:
        return values


words = keras.Input((None,), dtype="int32")
is_word = keras.ops.not_equal(words, 0)
model_inputs = [words]
vectors = keras.layers.Embedding(len(known_words) + 2, DIM, uniform(SEED))(words)
vectors = hidden(vectors, SEED + 60)
if CHARACTERS:
    letters = keras.Input((None, 14), dtype="int32")
    model_inputs.append(letters)
    table = keras.layers.Embedding(len(CHARACTERS_KNOWN) + 2, CHARACTER_DIM, uniform(SEED + 1))
    filters = keras.layers.Conv2D(
        FILTERS, (1, 3), padding="same", activation="relu", kernel_initializer=glorot(SEED + 2)
    )
    read = keras.ops.max(filters(table(letters)), axis=2)
    vectors = keras.layers.Concatenate()([vectors, read])
vectors = dropped(vectors, SEED + 50)
states = {}
for side in SIDES:
    backwards = side == "right"
    layer = recurrent(
        UNITS, SEED + (13 if backwards else 11), return_sequences=True, go_backwards=backwards
    )
    state = layer(vectors, mask=is_word)
    state = keras.ops.flip(state, axis=1) if backwards else state
    states[side] = dropped(state, SEED + (52 if backwards else 51))
if FEATURES:
    places = keras.Input((None, sum(counts.values())), dtype="int32")
    model_inputs.append(places)
    rows = hidden(keras.layers.Embedding(BUCKETS, len(TAGS), "zeros")(places), SEED + 61)
    ends = np.cumsum([0, *counts.values()])
    columns = {kind: np.arange(ends[i], ends[i + 1]) for i, kind in enumerate(counts)}
emissions = []
for at, reading in enumerate(READINGS):
    seen = [side for side in SIDES if reading in ("both", side)]
    state = [states[side] for side in seen]
    state = keras.layers.Concatenate()(state) if len(state) > 1 else state[0]
    emitted = keras.layers.Dense(len(TAGS), kernel_initializer=glorot(SEED + 20 + at))(state)
    if FEATURES:
        visible = np.concatenate([columns[kind] for kind in ["own", *seen]])
        emitted = emitted + keras.ops.sum(keras.ops.take(rows, visible, axis=2), axis=2)
    emissions.append(emitted)
if TRANSITIONS:
    # The first row is for the first word's tag, the others go from one tag to the next.
    transitions = keras.layers.Embedding(1 + len(TAGS), len(TAGS), "zeros", name="transitions")
    is_first = keras.ops.equal(keras.ops.cumsum(keras.ops.ones_like(words), axis=1), 1)
    start = transitions(keras.ops.zeros_like(words))
    emissions[0] = emissions[0] + start * keras.ops.cast(is_first, "float32")[..., None]
outputs = keras.layers.Concatenate()(emissions) if len(emissions) > 1 else emissions[0]
model = keras.Model(model_inputs, outputs)
model.summary()

# %% The training
from core.experiments.kit.run import half_cosine
from core.experiments.kit.templates.training import update_of
from core.models.language.transitions import path_surprise
from core.numeric.language.tagging.paths import trellis


def surprise(targets, emitted):
    """The sum over the words of -log p(tag), in nats."""
    each = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(targets, 0), emitted)
    return tf.reduce_sum(tf.where(targets >= 0, each, 0.0))


def loss_of(targets, outputs):
    """Nats a word: the reading that counts, and a part of those of one side."""
    first, *others = tf.split(outputs, len(READINGS), -1)
    if TRANSITIONS:
        given = tf.convert_to_tensor(transitions.embeddings)[1:]
        total = tf.reduce_sum(path_surprise(targets, first, given, targets >= 0))
    else:
        total = surprise(targets, first)
    for emitted in others:
        total += 0.3 * surprise(targets, emitted)
    return total / tf.reduce_sum(tf.cast(targets >= 0, tf.float32))


def answer(place):
    """The tags of a sentence."""
    made, _ = batch_of([place])
    emitted = model.predict(made, verbose=0)[0][: len(targets[place]), : len(TAGS)]
    if TRANSITIONS:
        return trellis(emitted, transitions.get_weights()[0][1:]).best
    else:
        return emitted.argmax(1)


losses = []
optimizer = keras.optimizers.Adam(global_clipnorm=1.0)
update = update_of(model, loss_of, optimizer)
lengths = np.array([len(targets[i]) for i in training])
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for some in batches(lengths, BATCH, [SEED, epoch]):
        losses.append(float(update(*batch_of(training[some]))))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
answers = [answer(place) for place in test]
right = np.concatenate([a == targets[i] for a, i in zip(answers, test, strict=True)])
print(f"held-out words that are right: {right.mean():.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats a word").show()
    matrix = np.zeros((len(TAGS) + 1, len(TAGS)), int)
    np.add.at(matrix, (np.concatenate([targets[i] for i in test]), np.concatenate(answers)), 1)
    figure = go.Figure(go.Heatmap(z=matrix[:-1], x=TAGS, y=TAGS, texttemplate="%{z}"))
    figure.update_layout(title="Held-out words", xaxis_title="answer", yaxis_title="tag")
    figure.show()
