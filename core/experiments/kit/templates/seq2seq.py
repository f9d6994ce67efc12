"""A network that reads one text and writes another: all of its script but for the questions."""

import keras
import numpy as np
import plotly.graph_objects as go
import tensorflow as tf

UNITS, EMBEDDING_DIM, BATCH_SIZE, LEARNING_RATE, SEED = 128, 16, 128, 0.01, 0
EPOCHS, EPOCH_UPDATES = 10, 50
CLIP_NORM = 1.0
QUESTION, ANSWER = 7, 5  # characters, and steps with the end
CELL, ENCODER, ATTENTION = "lstm", "both_ways", "additive"
MASKED, TEACHER_FORCING = True, True
NOTEBOOK = False

from core.numeric.language.codec import PAD, START, Codec, decoder_inputs

# What a lesson has itself, and what it is about.
codec = Codec("0123456789")


def test_texts():
    """Questions and answers that nobody learns from."""
    return codec.questions(["1"], QUESTION), codec.answers(["1"], ANSWER)


def training_texts(step):
    """Those that an update learns from."""
    return codec.questions(["2"] * BATCH_SIZE, QUESTION), codec.answers(["2"] * BATCH_SIZE, ANSWER)


# %% The network
from core.experiments.kit.templates.recurrent import recurrent
from core.models.seeds import glorot, uniform


def layer(units, seed, **more):
    return recurrent(units, SEED + seed, return_sequences=True, return_state=True, **more)


def dense(seed, units=UNITS, **more):
    return keras.layers.Dense(units, kernel_initializer=glorot(SEED + seed), **more)


questions = keras.Input((QUESTION,), dtype="int32")
known = keras.ops.not_equal(questions, PAD)
if ENCODER == "one_way":
    embedded = keras.layers.Embedding(codec.size, EMBEDDING_DIM, uniform(SEED))(questions)
    memory, *state = layer(UNITS, 1)(embedded, mask=known if MASKED else None)
elif ENCODER == "both_ways":
    embedded = keras.layers.Embedding(codec.size, EMBEDDING_DIM, uniform(SEED))(questions)
    both = keras.layers.Bidirectional(
        layer(UNITS // 2, 1), backward_layer=layer(UNITS // 2, 3, go_backwards=True)
    )
    memory, *states = both(embedded, mask=known if MASKED else None)
    halves = zip(states[: len(states) // 2], states[len(states) // 2 :], strict=True)
    state = [keras.layers.Concatenate()(pair) for pair in halves]
else:
    embedded = keras.layers.Embedding(codec.size, UNITS, uniform(SEED))(questions)
    places = keras.ops.cumsum(keras.ops.ones_like(questions), axis=1) - 1
    placed = embedded + keras.layers.Embedding(QUESTION, UNITS, uniform(SEED + 2))(places)
    look = keras.layers.MultiHeadAttention(1, UNITS)
    memory = placed + look(placed, placed, attention_mask=keras.ops.expand_dims(known, 1))
    look.set_weights(  # each kernel from a seed of its own
        [
            np.reshape(glorot(SEED + 3 + i // 2)((UNITS, UNITS)), w.shape) if i % 2 == 0 else w
            for i, w in enumerate(look.get_weights())
        ]
    )
    mean = keras.layers.GlobalAveragePooling1D()(memory, mask=known)
    parts = 2 if CELL == "lstm" else 1
    state = keras.ops.split(dense(7, parts * UNITS, activation="tanh")(mean), parts, -1)
encoder = keras.Model(questions, [memory, *state])

embed = keras.layers.Embedding(codec.size, EMBEDDING_DIM, uniform(SEED + 20))
cell = layer(UNITS, 21)
if ATTENTION == "additive":
    query, key = dense(30, use_bias=False), dense(31, use_bias=False)
    attention = keras.layers.AdditiveAttention()
elif ATTENTION == "dot":
    attention = keras.layers.Attention()
if ATTENTION != "none":
    combine = dense(32, activation="tanh")
to_logits = dense(40, codec.size)


def decode(given, questions, known, memory, state):
    output, *state = cell(embed(given), initial_state=state)
    if ATTENTION != "none":
        seen = known if MASKED or ENCODER == "self_attention" else None
        if ATTENTION == "additive":
            asked = [query(output), memory, key(memory)]
        else:
            asked = [output, memory]
        context = attention(asked, mask=[None, seen])
        output = combine(keras.layers.Concatenate()([context, output]))
    return [to_logits(output), *state]


given = keras.Input((ANSWER,), dtype="int32")
model = keras.Model([questions, given], decode(given, questions, known, memory, state)[0])
if ATTENTION == "additive":
    attention.set_weights([glorot(SEED + 33)((UNITS,))])
print(f"{model.count_params()} weights")
if not TEACHER_FORCING:
    one = keras.Input((1,), dtype="int32")
    carried = [keras.Input(part.shape[1:]) for part in (memory, *state)]
    decoder = keras.Model(
        [one, questions, *carried], decode(one, questions, known, carried[0], carried[1:])
    )

    def written(questions):
        """What the decoder reads when it goes on from its own answers."""
        memory, *state = map(tf.identity, encoder(questions))
        ids = [tf.fill((tf.shape(questions)[0], 1), START)]
        for _ in range(ANSWER - 1):
            logits, *state = decoder([ids[-1], questions, memory, *state])
            ids.append(tf.argmax(logits, -1, output_type=tf.int32))
        return tf.stop_gradient(tf.concat(ids, 1))


# %% The training
from core.experiments.kit.run import half_cosine

optimizer = keras.optimizers.Adam(global_clipnorm=CLIP_NORM if CLIP_NORM else None)
optimizer.build(model.trainable_variables)


@tf.function
def update(questions, given, answers):
    if not TEACHER_FORCING:
        given = written(questions)
    counts = tf.cast(answers != PAD, tf.float32)
    with tf.GradientTape() as tape:
        logits = model([questions, given], training=True)
        surprise = keras.losses.sparse_categorical_crossentropy(answers, logits, from_logits=True)
        loss = tf.reduce_sum(counts * surprise) / tf.reduce_sum(counts)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    return loss


test_questions, test_answers = test_texts()
losses, exact = [], []
for epoch in range(1, EPOCHS + 1):
    optimizer.learning_rate = half_cosine(LEARNING_RATE, epoch, EPOCHS)
    for _ in range(EPOCH_UPDATES):
        asked, answers = training_texts(len(losses))
        losses.append(float(update(asked, decoder_inputs(answers), answers)))
        if len(losses) <= 10 or len(losses) % 100 == 0:
            print(f"step {len(losses)}: loss {losses[-1]:.7f}", flush=True)
    logits = model.predict(
        [test_questions, decoder_inputs(test_answers)], batch_size=250, verbose=0
    )
    right = ((logits.argmax(-1) == test_answers) | (test_answers == PAD)).all(1)
    exact.append(right.mean())
    print(f"epoch {epoch}: held-out exact match {exact[-1]:.4f}", flush=True)
model.save("model.keras")

if NOTEBOOK:
    # %% The figures
    from core.experiments.kit.templates.training import loss_curve

    loss_curve({"training": losses}, "nats a character").show()
    figure = go.Figure(go.Scatter(x=np.arange(1, EPOCHS + 1), y=exact))
    figure.update_layout(
        title="Held-out questions whose whole answer is right", xaxis_title="epoch"
    )
    figure.show()
