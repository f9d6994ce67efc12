"""Short sentences of one language in another, in pieces of words.

Run it beside the file of the page: python train.py data.npz
Plain Keras: it makes the same updates as the run on the page.
"""

import sys

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

READ, WRITTEN = 4003, 4003  # ids of pieces of either language
CELL, ATTENTION = "gru", "dot"
UNITS, EMBEDDING_DIM, DROPOUT = 256, 128, 0.2
BATCH_SIZE, LEARNING_RATE, CLIP_NORM, SEED = 128, 0.003, 1.0, 0
EPOCHS, EPOCH_UPDATES = 40, 100
NOTEBOOK = False

# %% The data
from core.experiments.translation.task import passed
from core.numeric.language.codec import PAD, decoder_inputs

# The ids of sentences and of their translations: in three shapes, and those that are held out.
data = np.load("data.npz" if NOTEBOOK else sys.argv[1])
learned = [(data[f"asked_{shape}"], data[f"told_{shape}"]) for shape in range(3)]
tested = data["asked_test"], data["told_test"]


def batches():
    """Batch after batch, through all pairs again and again."""
    number = 0
    while True:
        for shape, places in passed([len(asked) for asked, _ in learned], BATCH_SIZE, SEED, number):
            asked, told = (ids[places].astype("int32") for ids in learned[shape])
            yield (asked, decoder_inputs(told)), told
        number += 1


# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot, uniform


def layer(units, seed, **more):
    return recurrent(units, SEED + seed, return_sequences=True, return_state=True, **more)


def dense(seed, units=UNITS, **more):
    return keras.layers.Dense(units, kernel_initializer=glorot(SEED + seed), **more)


def dropped(values, seed):
    """Values, of which a share is hidden while it learns."""
    if DROPOUT:
        return keras.layers.Dropout(DROPOUT, seed=seed)(values)
    else:
        return values


asked = keras.Input((None,), dtype="int32")
known = keras.ops.not_equal(asked, PAD)
embedded = keras.layers.Embedding(READ, EMBEDDING_DIM, uniform(SEED))(asked)
both = keras.layers.Bidirectional(
    layer(UNITS // 2, 1), backward_layer=layer(UNITS // 2, 3, go_backwards=True)
)
memory, *states = both(embedded, mask=known)
halves = zip(states[: len(states) // 2], states[len(states) // 2 :], strict=True)
state = [keras.layers.Concatenate()(pair) for pair in halves]
memory = dropped(memory, SEED + 50)

given = keras.Input((None,), dtype="int32")
pieces = keras.layers.ReversibleEmbedding(
    WRITTEN, EMBEDDING_DIM, embeddings_initializer=uniform(SEED + 20)
)
output, *_ = layer(UNITS, 21)(pieces(given), initial_state=state)
if ATTENTION == "additive":
    attention = keras.layers.AdditiveAttention()
    asked_for, offered = (dense(seed, use_bias=False) for seed in (30, 31))
    context = attention([asked_for(output), memory, offered(memory)], mask=[None, known])
    attention.set_weights([glorot(SEED + 33)((UNITS,))])
    output = keras.layers.Concatenate()([context, output])
elif ATTENTION == "dot":
    context = keras.layers.Attention()([output, memory, memory], mask=[None, known])
    output = keras.layers.Concatenate()([context, output])
combined = dense(32, EMBEDDING_DIM, activation="tanh")(output)
logits = pieces(dropped(combined, SEED + 51), reverse=True)
model = keras.Model([asked, given], logits)
model.summary()

# %% The training
from core.experiments.kit.run import half_cosine
from core.experiments.kit.templates.training import update_of
from core.models.language.seq2seq import piece_loss

losses, held_out = [], []
optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM if CLIP_NORM else None)
update = update_of(model, piece_loss, optimizer)
stream = batches()
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for _ in range(EPOCH_UPDATES):
        losses.append(float(update(*next(stream))))
        if len(losses) <= 10 or len(losses) % 100 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    right = tested[1].astype("int32")
    told = model.predict([tested[0], decoder_inputs(right)], batch_size=100, verbose=0)
    held_out.append(float(piece_loss(right, told)))
    print(f"epoch {epoch}: held-out loss {held_out[-1]:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats a piece").show()
    figure = go.Figure(go.Scatter(x=np.arange(1, EPOCHS + 1), y=held_out))
    figure.update_layout(
        title="Held-out sentences", xaxis_title="epoch", yaxis_title="nats a piece"
    )
    figure.show()
