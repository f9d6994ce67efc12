"""A character language model, trained on contiguous pieces of a text.

Run it with the text to learn from (UTF-8), as the page offers it and "train --out" leaves it:
python train.py text.txt
It makes the same steps as the run on the page. The last tenth of the text is held out,
or give a second file to hold out.
"""

import hashlib
import sys
from pathlib import Path

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

VOCABULARY = "\ufffd abc"  # index 0 stands for every other character
UNITS, LAYERS, EMBEDDING_DIM, DROPOUT, SEED = 128, 1, 32, 0.0, 0
BATCH_SIZE, SEQUENCE_LENGTH, ROWS = 64, 64, [(0, 64)]
EPOCHS, STEPS, LEARNING_RATE, DECAY = 10, 100, 0.01, 0.9
CLIP_NORM = 1.0  # of the whole gradient
CELL = "gru"
TEXT_SHA256 = ""  # of the text that a visitor brought, as it was cleaned and learned from
NOTEBOOK = False

# %% The data
if NOTEBOOK:
    training, held_out = (Path(f).read_text("utf-8") for f in ("training.txt", "held_out.txt"))
else:
    content = Path(sys.argv[1]).read_bytes()
    if TEXT_SHA256:
        folders = (Path(sys.argv[1]).parent, Path(__file__).parent)
        made = [folder / "text.txt" for folder in folders]  # of the file, as it was learned from
        texts = [content, *(file.read_bytes() for file in made if file.is_file())]
        learned = [text for text in texts if hashlib.sha256(text).hexdigest() == TEXT_SHA256]
        if learned:
            content = learned[0]
        else:
            print("This is another text than the run's: save text.txt from the page beside this.")
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                print("It is no UTF-8 and is read as Windows-1252.")
                content = content.decode("cp1252", "replace").encode()
    training = content.decode("utf-8-sig").replace("\r\n", "\n")
    if len(sys.argv) > 2:
        held_out = Path(sys.argv[2]).read_text("utf-8-sig")
    else:
        cut = len(training) * 9 // 10
        training, held_out = training[:cut], training[cut:]


def encode(text):
    return np.array([max(0, VOCABULARY.find(char)) for char in text], "int32")


# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot, uniform

# A character and the states in, logits of the next character and the states out.
ids = keras.Input((None,), dtype="int32")
count = 2 if CELL == "lstm" else 1  # states of a layer
states = [keras.Input((UNITS,)) for _ in range(count * LAYERS)]
x = keras.layers.Embedding(len(VOCABULARY), EMBEDDING_DIM, uniform(SEED))(ids)
new_states = []
for i in range(LAYERS):
    seed = SEED + 3 * i
    layer = recurrent(UNITS, seed + 1, return_sequences=True, return_state=True)
    x, *after = layer(x, initial_state=states[count * i : count * (i + 1)])
    new_states += after
    x = keras.layers.Dropout(DROPOUT, seed=seed + 3)(x)
dense = keras.layers.Dense(len(VOCABULARY), kernel_initializer=glorot(SEED + 3 * LAYERS + 1))
model = keras.Model([ids, *states], [dense(x), *new_states])
model.summary()

# %% The training
from core.models.language.contiguous import endless_batches

optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM if CLIP_NORM else None)
optimizer.build(model.trainable_variables)


@tf.function(reduce_retracing=True)
def gradients_of(inputs, targets, keep, states):
    states = [keep * state for state in states]
    with tf.GradientTape() as tape:
        logits, *states = model([inputs, *states], training=True)
        surprise = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
        loss = tf.reduce_mean(surprise)
    gradients = tape.gradient(loss, model.trainable_variables)
    return loss, [tf.convert_to_tensor(gradient) for gradient in gradients], states


def step(inputs, targets, keep, memory):
    """A batch in a few parts, whose gradients add up; returns the loss in bits per character."""
    loss, total = 0.0, None
    for i, (first, last) in enumerate(ROWS):
        share = (last - first) / BATCH_SIZE
        rows = (tf.constant(part[first:last]) for part in (inputs, targets, keep))
        part, gradients, memory[i] = gradients_of(*rows, memory[i])
        loss += share * float(part)
        weighted = [share * g for g in gradients]
        total = weighted if total is None else [a + b for a, b in zip(total, weighted, strict=True)]
    optimizer.apply_gradients(zip(total, model.trainable_variables, strict=True))
    return loss / np.log(2)


def bits_per_char(text):
    """On held-out text, the state carried through all of it; 20 bits for an unknown character."""
    ids, state, bits = encode("\n" + text), [tf.zeros((1, UNITS)) for _ in states], []
    for at in range(0, len(ids) - 1, 512):
        piece = ids[at : at + 513]
        logits, *state = model([tf.constant(piece[None, :-1]), *state])
        logits = logits.numpy()[0].astype("float64")
        logits[:, 0] = -np.inf
        log_total = np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1))
        chosen = logits[np.arange(len(piece) - 1), piece[1:]] - logits.max(1) - log_total
        bits.append(np.where(piece[1:] == 0, 20.0, -chosen / np.log(2)))
    return np.concatenate(bits).mean()


batches = endless_batches(encode(training), BATCH_SIZE, SEQUENCE_LENGTH)
losses, valid = [], []
for epoch in range(EPOCHS):
    optimizer.learning_rate = LEARNING_RATE * DECAY**epoch
    for _ in range(STEPS):
        inputs, targets, begins = next(batches)
        if begins:
            memory, begun = [[tf.zeros((b - a, UNITS)) for _ in states] for a, b in ROWS], 0
        keep = np.ones((BATCH_SIZE, 1), "float32")
        keep[begun % BATCH_SIZE] = 0  # one row in turn begins anew, to learn how texts begin
        begun += 1
        losses.append(step(inputs, targets, keep, memory))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: {losses[-1]:.6f} bits per character", flush=True)
    valid.append(bits_per_char(held_out))
    print(f"epoch {epoch + 1}: {valid[-1]:.4f} held-out bits per character", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "bits per character").show()
    figure = go.Figure(go.Scatter(x=np.arange(1, EPOCHS + 1), y=valid))
    figure.update_layout(
        title="Held-out bits per character", xaxis_title="epoch", yaxis_title="bits per character"
    )
    figure.show()
    rng, state, text = np.random.default_rng(SEED), [tf.zeros((1, UNITS)) for _ in states], "\n"
    for _ in range(300):
        logits, *state = model([tf.constant(encode(text[-1:])[None]), *state])
        chances = np.exp(np.array(logits)[0, -1].astype("float64") / 0.7)  # temperature 0.7
        chances[0] = 0
        text += VOCABULARY[rng.choice(len(VOCABULARY), p=chances / chances.sum())]
    print(text)
