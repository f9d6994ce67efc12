"""An LSTM autoencoder that learns normal heartbeats.

Plain Keras: it makes the same updates as the run on the page. It reads beats.npz, which lies beside
it.
"""

import keras
import numpy as np
import plotly.graph_objects as go

LATENT_DIM, UNITS, FRAME = 4, 64, 4
BATCH_SIZE, EPOCHS, LEARNING_RATE, CLIP_NORM, SEED = 32, 60, 5e-3, 1.0, 0
ALLOWED = 0.05  # share of the normal validation beats above the threshold
BIDIRECTIONAL, BACKWARDS = True, False
NOTEBOOK = False

# %% The data
stored = np.load("beats.npz")
part = stored["part"]  # 0: learned from, 1: for the threshold, 2: tested
learned, validation, test = (stored["signals"][part == i] for i in range(3))
abnormal = stored["abnormal"][part == 2]
samples = test.shape[1]
steps = samples // FRAME

# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot

images = keras.Input((samples,))
frames = keras.layers.Reshape((steps, FRAME))(images)
if BIDIRECTIONAL:
    read = keras.layers.Bidirectional(
        recurrent(UNITS, SEED), backward_layer=recurrent(UNITS, SEED + 2, go_backwards=True)
    )(frames)
else:
    read = recurrent(UNITS, SEED)(frames)
code = keras.layers.Dense(LATENT_DIM, kernel_initializer=glorot(SEED + 4))(read)
again = keras.layers.RepeatVector(steps)(code)
written = recurrent(UNITS, SEED + 5, return_sequences=True)(again)
written = keras.layers.Dense(FRAME, kernel_initializer=glorot(SEED + 7))(written)
if BACKWARDS:
    written = keras.ops.flip(written, axis=1)
model = keras.Model(images, keras.layers.Reshape((samples,))(written))
model.summary()

# %% The training
from core.experiments.kit.templates.training import losses, squared_error, train, update_of


def decode(beats):
    return model.predict(beats, batch_size=256, verbose=0)


def scores(beats):
    """The squared error of each beat, the mean over its samples."""
    return np.mean((beats - decode(beats)) ** 2, axis=1)


optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM if CLIP_NORM else None)
update = update_of(model, squared_error, optimizer)
for _epoch in train(update, optimizer, len(learned), lambda some, _step: (learned[some],) * 2):
    pass
tested = scores(test)
higher = tested[abnormal][:, None] - tested[~abnormal]
print(f"area under the ROC: {np.mean((higher > 0) + 0.5 * (higher == 0)):.6f}")
normal = np.sort(scores(validation))[::-1]
threshold = normal[int(ALLOWED * len(normal))]
alarm = tested > threshold
print(f"threshold at {ALLOWED:.0%} of the normal validation beats: ", end="")
print(f"precision {abnormal[alarm].mean():.4f}, recall {alarm[abnormal].mean():.4f}")
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "mean squared error").show()
    figure = go.Figure(
        [
            go.Histogram(x=np.log10(tested[~abnormal]), name="normal"),
            go.Histogram(x=np.log10(tested[abnormal]), name="abnormal"),
        ]
    )
    figure.add_vline(np.log10(threshold), annotation_text="threshold")
    figure.update_layout(
        title="Errors of the test beats",
        xaxis_title="log10 of the mean squared error",
        barmode="overlay",
    )
    figure.update_traces(opacity=0.6)
    figure.show()
    worst = tested.argmax()
    beats = {"beat": test[worst], "decoded": decode(test)[worst]}
    figure = go.Figure([go.Scatter(y=beat, name=name) for name, beat in beats.items()])
    figure.update_layout(title="The beat with the largest error", xaxis_title="sample")
    figure.show()
