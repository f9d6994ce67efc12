"""The Keras script that a visitor takes away from a run of a stack of layers."""

from typing import Any

from core.data.sequences.coded_tasks import GREY_LEVELS, TEST_SHARE
from core.experiments.keras_model.config import KerasModelConfig
from core.numeric.recurrent.stack.code import keras_code

_SCRIPT = '''\
"""{about}

It makes the same steps as the run on the page.{usage}
"""

{imports}

EPOCHS, BATCH, SEED = {epochs}, {batch}, {seed}

{data}

{model}
model.summary()

model.compile(
    keras.optimizers.Adam({rate}{clipping}),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
shuffle = np.random.default_rng(SEED)
steps = len(train) // BATCH
for epoch in range(1, EPOCHS + 1):
    order = shuffle.permutation(len(train))
    for step in range(steps):
        batch = order[step * BATCH : (step + 1) * BATCH]
        model.reset_metrics()
        loss, _ = model.train_on_batch(train[batch], train_labels[batch])
        if epoch == 1 and step < 10:
            print(f"step {{step + 1}}: loss {{loss:.6f}}", flush=True)
    loss, accuracy = model.evaluate(test, test_labels, verbose=0)
    print(f"epoch {{epoch}}: held-out loss {{loss:.4f}}, accuracy {{accuracy:.4f}}", flush=True)
model.save("model.keras")
'''

_DIGITS = """\
digits = load_digits()
# Four pixels side by side, in four grey levels each, make one integer below 256.
levels = np.digitize(digits.images, {levels}).reshape(len(digits.images), 16, 4)
codes = (levels * 4 ** np.arange(4)[::-1]).sum(2).astype("int32")
order = np.random.default_rng(SEED).permutation(len(codes))
held_out = round({share} * len(codes))
test, test_labels = codes[order[:held_out]], digits.target[order[:held_out]]
train, train_labels = codes[order[held_out:]], digits.target[order[held_out:]]"""

_FILE = """\
data = np.load(sys.argv[1])
train, train_labels = data["train"], data["train_labels"]
test, test_labels = data["test"], data["test_labels"]"""

_IMPORTS = "import keras\nimport numpy as np"


def training_script(config: KerasModelConfig) -> str:
    """A Python script of Keras alone that makes the same steps as the run of ``config``."""
    c: dict[str, Any] = config.to_dict()
    own = c["task"] == "digits"
    usage = "" if own else " Run it with the data of the run: python train.py data.npz"
    imports = _IMPORTS + "\nfrom sklearn.datasets import load_digits"
    return _SCRIPT.format(
        about=f"A model of {len(config.layers)} layers, trained on the task “{c['task']}”.",
        usage=usage,
        imports=imports if own else "import sys\n\n" + _IMPORTS,
        data=_DIGITS.format(levels=GREY_LEVELS, share=TEST_SHARE) if own else _FILE,
        epochs=c["epochs"],
        batch=c["batch_size"],
        seed=c["seed"],
        model=keras_code(config.layers, (None,)),
        rate=c["learning_rate"],
        clipping=f", global_clipnorm={c['clip_norm']}" if c["clip_norm"] else "",
    )
