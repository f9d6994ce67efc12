"""Word vectors: skip-gram or CBOW, learned of the sentences of a run.

Run it beside the sentences of the page: python train.py sentences.txt
Plain Keras: it makes the same updates as the run on the page.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

METHOD, OBJECTIVE, NEGATIVES = "skip-gram", "negatives", 5
DIM, WINDOW, SUBSAMPLING, MIN_COUNT = 16, 3, 0.0, 2
ROWS, UPDATES, PARTS, EPOCHS, LEARNING_RATE, SEED = 16, 100, 1, 10, 0.02, 0
NOTEBOOK = False

# %% The data
from core.numeric.language.embeddings.vocabulary import Vocabulary

# A line: the words of a sentence.
file = "sentences.txt" if NOTEBOOK else sys.argv[1]
sentences = [line.split() for line in Path(file).read_text("utf-8").split("\n")[:-1]]
vocabulary = Vocabulary.of(sentences, MIN_COUNT)
text = vocabulary.encode(sentences)

# %% The network
from core.models.language.word2vec import build_word2vec

model = build_word2vec(len(vocabulary), DIM, SEED)
model.summary()

# %% The training
from core.experiments.kit.run import half_cosine
from core.models.language.word2vec import loss_of
from core.numeric.language.embeddings.batches import PIECE, pieces, with_draws

optimizer = keras.optimizers.Adam(LEARNING_RATE)
optimizer.build(model.trainable_variables)


@tf.function(autograph=False)
def update(ids, reach, noise):
    with tf.GradientTape() as tape:
        matrices = [variable.value for variable in model.trainable_variables]
        tape.watch(matrices)
        loss = loss_of(*matrices, ids, reach, noise, float(NEGATIVES), METHOD, OBJECTIVE)
    gradients = [tf.convert_to_tensor(gradient) for gradient in tape.gradient(loss, matrices)]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    return loss


losses = []
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    reading, part = divmod(epoch - 1, PARTS)  # an epoch reads a part of the corpus
    rows = pieces(text, vocabulary.counts, SUBSAMPLING, [SEED, reading + 1])
    first = part * UPDATES * ROWS
    for batch in rows[first : first + UPDATES * ROWS].reshape(-1, ROWS, PIECE):
        reach, noise = with_draws(batch, vocabulary.counts, WINDOW, [SEED, len(losses)])
        losses.append(float(update(batch, reach, noise)))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
model.save("model.keras")

vectors = model.get_layer("input_vectors").get_weights()[0]
units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
for number in range(min(10, len(units))):
    nearest = np.argsort(-(units @ units[number]))[1:6]
    print(vocabulary.words[number], "-", *(vocabulary.words[i] for i in nearest))

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    centred = units[:200] - units[:200].mean(0)
    places = centred @ np.linalg.svd(centred, full_matrices=False)[2][:2].T
    names = list(vocabulary.words[:200])
    figure = go.Figure(go.Scatter(x=places[:, 0], y=places[:, 1], text=names, mode="text"))
    figure.update_layout(title="The most frequent words on the plane")
    figure.show()
