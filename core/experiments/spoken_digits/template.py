"""Which word is spoken, or who speaks.

Run it beside the sounds of the page, sounds.npz: python train.py
Plain Keras: it makes the same updates as the run on the page.
"""

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

CLASSES = ["zero", "one"]
BATCH_SIZE, EPOCHS, LEARNING_RATE, SEED = 30, 100, 0.005, 0
SPEED, TRACT, TIMBRE, NOISY = 0.2, 0.15, 0.3, True
CLIP_NORM, SMOOTHING = 1.0, 0.1
NOTEBOOK = False

# %% The data
from core.numeric.sound.hearing import packed, steps_of, varied

stored = np.load("sounds.npz")  # at 8 kHz, silence around the words cut off
sounds = np.split((stored["samples"] / 32768).astype("float32"), stored["ends"][:-1])
labels, held_out = stored["labels"], stored["test"]
training, test = np.flatnonzero(~held_out), np.flatnonzero(held_out)
words = [steps_of(sound) for sound in sounds]
known = np.concatenate([words[i] for i in training])
mean, spread = known.mean(0), known.std(0)

# %% The network
from core.experiments.kit.templates.networks import model

model.summary()

# %% The training
from core.experiments.kit.run import half_cosine, shuffled
from core.experiments.kit.templates.training import update_of
from core.models.sound.loss import listening_loss
from core.numeric.sound.listener import mean_of_steps


def loss_of(targets, outputs):
    """The mean cross-entropy of the answers."""
    return listening_loss(targets, outputs, len(CLASSES), SMOOTHING)


losses = []
optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM)
update = update_of(model, loss_of, optimizer)
heard = packed([words[i] for i in test], mean, spread)
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for some in shuffled([SEED, epoch], training, BATCH_SIZE):
        rng = np.random.default_rng([SEED, 1, len(losses)])
        said_anew = [varied(sounds[i], rng, spread, SPEED, TRACT, TIMBRE, NOISY) for i in some]
        targets = np.array([(labels[i], len(w)) for i, w in zip(some, said_anew, strict=True)])
        inputs = packed(said_anew, mean, spread)
        losses.append(float(update(inputs, targets.astype("float32"))))
        if len(losses) <= 10 or len(losses) % 50 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    outputs = model.predict(heard, batch_size=100, verbose=0)
    answers = mean_of_steps(outputs, [len(words[i]) for i in test]).argmax(1)
    accuracy = (answers == labels[test]).mean()
    print(f"epoch {epoch}: held-out accuracy {accuracy:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats").show()
    counts = np.zeros((len(CLASSES), len(CLASSES)), int)
    np.add.at(counts, (labels[test], answers), 1)
    figure = go.Figure(go.Heatmap(z=counts, x=CLASSES, y=CLASSES, texttemplate="%{z}"))
    figure.update_layout(
        title="Held-out words", xaxis_title="answer", yaxis_title="class", yaxis_type="category"
    )
    figure.show()
