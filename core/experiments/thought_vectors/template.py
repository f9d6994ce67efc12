"""A vector of each text: paragraph vectors, or the last state of a recurrent autoencoder.

Run it beside the texts of the page: python train.py texts.txt words.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

METHOD, CELL, START = "paragraph", "gru", "counted"
DIM, LONGEST, BATCH, EPOCHS, LEARNING_RATE, SEED = 64, 20, 64, 10, 0.02, 0
CLIP_NORM = 1.0  # of the whole gradient of an autoencoder
NOTEBOOK = False

# %% The data
# A line of the first file: the words of a text; of the second: a word that is known.
files = ("texts.txt", "words.txt") if NOTEBOOK else sys.argv[1:3]
texts, words = (Path(file).read_text("utf-8").split("\n")[:-1] for file in files)
numbers = {word: number for number, word in enumerate(words, 1)}
ids = np.zeros((len(texts), LONGEST), "int32")
for row, text in zip(ids, texts, strict=True):
    known = [numbers[word] for word in text.split(" ")]
    row[: len(known)] = known

# %% The network
from core.models.seeds import glorot, uniform

if METHOD == "paragraph":
    from core.numeric.language.thoughts.networks import SHRINKAGE

    number = keras.Input((), dtype="int32")
    vectors = keras.layers.Embedding(len(texts), DIM, uniform(SEED))(number)
    told = keras.layers.Dense(len(words), kernel_initializer=glorot(SEED + 1))(vectors)
    model = keras.Model(number, [told, vectors])
else:
    from core.experiments.kit.templates.recurrent import recurrent
    from core.experiments.thought_vectors.run import EMBEDDING_DIM

    read = keras.Input((LONGEST,), dtype="int32")
    embedding = keras.layers.Embedding(len(words) + 1, EMBEDDING_DIM, uniform(SEED), mask_zero=True)
    state = recurrent(DIM, SEED + 1)(embedding(read))
    again = keras.layers.RepeatVector(LONGEST)(state)
    written = recurrent(DIM, SEED + 3, return_sequences=True)(again)
    told = keras.layers.Dense(len(words) + 1, kernel_initializer=glorot(SEED + 5))(written)
    model = keras.Model(read, told)
    encoder = keras.Model(read, state)
    if START == "counted":
        from core.experiments.thought_vectors.run import embedding_of
        from core.experiments.thought_vectors.task import WINDOW
        from core.numeric.language.embeddings.counting import cooccurrences, ppmi, svd_vectors

        # The texts behind each other, -1 between them; words are numbered from 0 there.
        line = np.concatenate([np.append(row[row > 0], 0) for row in ids]) - 1
        near = ppmi(cooccurrences(line, len(words), WINDOW))
        embedding.set_weights([embedding_of(svd_vectors(near, EMBEDDING_DIM, SEED))])
model.summary()

# %% The training
from core.experiments.kit.run import half_cosine, shuffled
from core.experiments.kit.templates.training import update_of

if METHOD == "paragraph":
    from core.models.language.sentences import paragraph_loss

    optimizer = keras.optimizers.Adam(LEARNING_RATE)
    update = update_of(model, paragraph_loss, optimizer)
else:

    def loss_of(targets, logits):
        """The mean cross-entropy of the words that there are, in nats."""
        there = tf.cast(targets > 0, tf.float32)
        surprise = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
        return tf.reduce_sum(surprise * there) / tf.reduce_sum(there)

    optimizer = keras.optimizers.Adam(LEARNING_RATE, global_clipnorm=CLIP_NORM)
    update = update_of(model, loss_of, optimizer)

losses = []
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for some in shuffled([SEED, epoch], np.arange(len(ids)), BATCH):
        inputs = some.astype("int32") if METHOD == "paragraph" else ids[some]
        losses.append(float(update(inputs, ids[some])))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
model.save("model.keras")

if METHOD == "paragraph":
    codes = model.predict(np.arange(len(ids)), batch_size=256, verbose=0)[1]
else:
    codes = encoder.predict(ids, batch_size=256, verbose=0)
units = codes / np.maximum(np.linalg.norm(codes, axis=1, keepdims=True), 1e-12)
for place in range(min(5, len(units))):
    nearest = np.argsort(-(units @ units[place]))[1]
    print(texts[place], "-", texts[nearest])

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    centred = units[:500] - units[:500].mean(0)
    places = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
    figure = go.Figure(go.Scatter(x=places[:, 0], y=places[:, 1], text=texts, mode="markers"))
    figure.update_layout(title="Texts on the plane: who has the same words is near")
    figure.show()
