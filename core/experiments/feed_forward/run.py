"""The run of the experiment feed-forward."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.sequences.recall_task import KEYS, SHORTEST, SYMBOLS, test_set, training_batch
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.numeric.recurrent.recall_networks import (
    accuracy_by_length,
    dense_scores,
    recurrent_scores,
    window_of,
)

CHANCE = 1 / KEYS
_EACH = 100  # test sequences of every length
_BLOCK = 10  # updates that one network makes before it is the other's turn


@dataclass
class _Progress:
    """Where the run stands."""

    rate: float
    step: int = 0


def run(config: FeedForwardConfig, control: Control | None = None) -> Iterator[Event]:
    """Train both, and say what happens: Started, Step and Epoch events, Changed, Finished.

    Both learn from the same fresh sequences, of SHORTEST to ``longest`` symbols, and are tested on
    the same fixed ones. Metrics, of each network NAME (dense, rnn): NAME_accuracy on lengths as
    in training, NAME_longer on greater ones, up to twice as long, NAME_loss, NAME_params,
    NAME_train_s on its own clock; dense_beyond and rnn_beyond on the lengths of training that
    exceed the window (absent if none does); baseline_accuracy, of a guess.
    """
    from core.models.recurrent.recall_models import build_dense, build_recurrent
    from core.models.supervised import Trainer

    control = control or Control()
    dense = build_dense(config.window * SYMBOLS, config.hidden, KEYS, config.seed)
    rnn = build_recurrent(config.cell, config.units, SYMBOLS, KEYS, config.seed)
    trainers = {
        name: Trainer(model, "crossentropy", clip_norm=1.0)
        for name, model in {"dense": dense, "rnn": rnn}.items()
    }
    params = {f"{name}_params": float(t.model.count_params()) for name, t in trainers.items()}
    yield Started(
        "feed-forward",
        config.to_dict(),
        int(sum(params.values())),
        config.epochs * config.epoch_updates,
        config.epochs,
        {"baseline_accuracy": CHANCE},
    )
    test = test_set(2 * config.longest, _EACH)
    now = _Progress(config.learning_rate)
    final: dict[str, float] = {"baseline_accuracy": CHANCE, **params}
    weights: dict[str, np.ndarray] = {}
    for epoch in range(1, config.epochs + 1):
        losses: dict[str, list[float]] = {name: [] for name in trainers}
        yield from _epoch(config, control, trainers, now, epoch, losses)
        if losses["rnn"]:
            weights, metrics, arrays = _examine(config, trainers, test)
            metrics |= {f"{name}_loss": float(np.mean(seen)) for name, seen in losses.items()}
            metrics |= {f"{name}_train_s": t.train_s for name, t in trainers.items()}
            final |= metrics
            yield Epoch(epoch, now.step, _train_s(trainers), metrics, arrays)
        if control.stopped:
            break
    final["train_s"] = _train_s(trainers)
    yield Finished(final, weights, _files(config, trainers), control.stopped)


def _epoch(config, control, trainers, now, epoch, losses) -> Iterator[Event]:
    """An epoch's updates, a block of them for each network in turn."""
    done = 0
    while done < config.epoch_updates:
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        block = range(min(_BLOCK, config.epoch_updates - done))
        batches = [
            training_batch(config.longest, config.seed, now.step + i, config.batch_size)
            for i in block
        ]
        inputs, keys = (np.stack(part) for part in zip(*batches, strict=True))
        rows = np.stack([window_of(batch, config.window) for batch in inputs])
        seen = {}
        for name, given in {"dense": rows, "rnn": inputs}.items():
            seen[name] = _learn(control, trainers[name], given, keys, now.rate)
            losses[name] += seen[name]
        for i in block:
            now.step += 1
            done += 1
            said = {f"{name}_loss": seen[name][i] for name in seen}
            at = epoch - 1 + done / config.epoch_updates
            yield Step(now.step, at, _train_s(trainers), said)


def _learn(control, trainer, inputs, keys, rate) -> list[float]:
    """Updates on a block of batches, in calls that are short enough to wait between."""
    seen: list[float] = []
    while len(seen) < len(inputs):
        control.wait()
        some = slice(len(seen), len(seen) + trainer.calls_for())
        seen += trainer.steps(inputs[some], keys[some], rate).tolist()
    return seen


def _examine(config, trainers, test):
    """Weights as NETWORK/part, metrics, and accuracies by length of both networks."""
    from core.models.recurrent.recall_models import named_weights

    inputs, keys, lengths = test
    weights = {name: named_weights(t.model, name) for name, t in trainers.items()}
    known = np.arange(SHORTEST, 2 * config.longest + 1)
    scores = {
        "dense": dense_scores(weights["dense"], window_of(inputs, config.window)),
        "rnn": np.empty((len(keys), KEYS)),
    }
    for shown in (known <= config.longest, known > config.longest):  # filled as in training
        chosen = np.isin(lengths, known[shown])
        cut = inputs[chosen][:, -int(known[shown].max()) :]
        scores["rnn"][chosen] = recurrent_scores(config.cell, weights["rnn"], cut)
    arrays, metrics = {"lengths": known}, {}
    for name, said in scores.items():
        right = accuracy_by_length(said, keys, lengths)
        arrays[f"{name}_by_length"] = right.astype(np.float32)
        metrics[f"{name}_accuracy"] = float(right[known <= config.longest].mean())
        metrics[f"{name}_longer"] = float(right[known > config.longest].mean())
        beyond = (known > config.window) & (known <= config.longest)
        if beyond.any():
            metrics[f"{name}_beyond"] = float(right[beyond].mean())
    flat = {f"{name}/{part}": w for name, ws in weights.items() for part, w in ws.items()}
    return flat, metrics, arrays


def _train_s(trainers) -> float:
    return sum(trainer.train_s for trainer in trainers.values())


def _files(config, trainers) -> dict[str, bytes]:
    from core.models.saving import keras_bytes

    files = {f"{name}.keras": keras_bytes(t.model) for name, t in trainers.items()}
    return files | keras_files("feed-forward", config)
