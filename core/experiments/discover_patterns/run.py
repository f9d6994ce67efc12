"""The run of the experiment discover-patterns."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from core.data.sequences.patterns import Unlabelled, unlabelled
from core.events import Changed, Epoch, Event, Finished, Started, Step
from core.experiments.discover_patterns.config import DiscoverPatternsConfig
from core.experiments.kit.control import Control
from core.numeric.principal import plane

TYPICAL = 8  # members of a cluster that are told
_TEST_SHARE = 0.25
_PART = 400


@dataclass
class _Progress:
    """Where a run stands, and what it found last."""

    rate: float
    step: int = 0
    metrics: dict[str, float] = field(default_factory=dict)
    clusters: np.ndarray | None = None
    points: np.ndarray | None = None


def run(config: DiscoverPatternsConfig, control: Control | None = None) -> Iterator[Event]:
    """Train to continue the sequences, cluster the hidden states; labels are used to judge only.

    Metrics: accuracy, the share of next letters told rightly in held-out sequences; ari, the
    adjusted Rand index of the clusters with the hidden kinds; references: baseline_majority and
    baseline_pairs (of accuracy: the most frequent letter; the most frequent one after the last),
    baseline_raw_ari and baseline_pairs_ari (k-means of the one-hot sequences; of how often each
    pair of neighbours comes). Arrays of an epoch: points (n, 2), clusters (n,), typical
    (clusters, TYPICAL). Raises Problem if the data are missing.
    """
    control = control or Control()
    data = unlabelled(config.data, config.noise, config.seed)
    rng = np.random.default_rng([14, config.seed])
    order = rng.permutation(len(data.ids))
    cut = round(_TEST_SHARE * len(order))
    test, training = order[:cut], order[cut:]
    one_hot = np.eye(len(data.letters), dtype=np.float32)[data.ids]

    from core.models.recurrent.pattern_clusters import build_continuer
    from core.models.supervised import Trainer

    steps = data.ids.shape[1] - 1
    model, reader = build_continuer(
        steps, len(data.letters), config.cell, config.units, config.seed
    )
    trainer = Trainer(model, "crossentropy", clip_norm=1.0)
    references = _references(config, data, one_hot, training, test)
    updates = max(1, len(training) // config.batch_size)
    yield Started(
        "discover-patterns",
        config.to_dict(),
        model.count_params(),
        updates * config.epochs,
        config.epochs,
        references,
    )
    now = _Progress(config.learning_rate)
    for epoch in range(1, config.epochs + 1):
        losses: list[float] = []
        for event in _epoch(config, control, trainer, one_hot, data.ids, training, now, epoch):
            if isinstance(event, Step):
                losses.append(event.metrics["train_loss"])
            yield event
        if losses:
            told = np.concatenate(_parts(control, trainer.predict, one_hot[test, :-1])).argmax(-1)
            hidden = np.concatenate(_parts(control, _states(reader), one_hot[:, :-1]))
            arrays = _groups(config, hidden, now)
            now.metrics = {
                "epoch": epoch,
                "train_s": trainer.train_s,
                "train_loss": float(np.mean(losses)),
                "accuracy": float(np.mean(told == data.ids[test, 1:])),
                "ari": _agreement(now.clusters, data.kinds),
            }
            metrics = {k: v for k, v in now.metrics.items() if k not in ("epoch", "train_s")}
            yield Epoch(epoch, now.step, trainer.train_s, metrics, arrays)
        if control.stopped:
            break
    final = {**now.metrics, **references, "params": model.count_params()}
    yield Finished(final, {}, _files(model), control.stopped)


def pair_counts(ids: np.ndarray, letters: int) -> np.ndarray:
    """How often each pair of neighbours comes in a sequence, float (n, letters * letters)."""
    pairs = ids[:, :-1] * letters + ids[:, 1:]
    counts = np.zeros((len(ids), letters * letters))
    np.add.at(counts, (np.arange(len(ids))[:, None], pairs), 1)
    return counts


def _references(config, data: Unlabelled, one_hot, training, test) -> dict[str, float]:
    from core.models.recurrent.pattern_clusters import agreement, clustered

    letters = len(data.letters)
    seen, asked = data.ids[training], data.ids[test]
    follows = pair_counts(seen, letters).sum(0).reshape(letters, letters).argmax(1)
    pairs = pair_counts(data.ids, letters)

    def of(points):
        return agreement(clustered(points, config.clusters, config.seed), data.kinds)

    return {
        "baseline_majority": float(np.mean(asked[:, 1:] == np.bincount(seen.ravel()).argmax())),
        "baseline_pairs": float(np.mean(asked[:, 1:] == follows[asked[:, :-1]])),
        "baseline_raw_ari": of(one_hot.reshape(len(one_hot), -1)),
        "baseline_pairs_ari": of(pairs),
    }


def _epoch(config, control, trainer, one_hot, ids, training, now, epoch) -> Iterator[Event]:
    batch = min(config.batch_size, len(training))
    whole = len(training) // batch * batch
    rng = np.random.default_rng([config.seed, epoch])
    order = rng.permutation(training)[:whole].reshape(-1, batch)
    done = 0
    while done < len(order):
        for name, value in control.checkpoint().items():
            now.rate = value
            yield Changed(now.step + 1, name, value)
        if control.stopped:
            return
        some = order[done : done + trainer.calls_for()]
        for loss in trainer.steps(one_hot[some][..., :-1, :], ids[some][..., 1:], now.rate):
            done += 1
            now.step += 1
            at = epoch - 1 + done / len(order)
            yield Step(now.step, at, trainer.train_s, {"train_loss": float(loss)})


def _parts(control, answer, inputs) -> list[np.ndarray]:
    parts = []
    for at in range(0, len(inputs), _PART):
        parts.append(answer(inputs[at : at + _PART]))
        control.wait()
    return parts


def _states(reader):
    return lambda inputs: np.asarray(reader(inputs, training=False))


def _groups(config, hidden, now) -> dict[str, np.ndarray]:
    from core.models.recurrent.pattern_clusters import clustered, nearest_first, renamed

    late = hidden[:, hidden.shape[1] // 2 :]
    points = {"last": hidden[:, -1], "mean": late.mean(1), "spread": late.std(1)}[config.state]
    found = clustered(points, config.clusters, config.seed)
    now.clusters = renamed(found, now.clusters, config.clusters)
    now.points = plane(points, now.points)
    return {
        "points": now.points,
        "clusters": now.clusters.astype(np.int8),
        "typical": nearest_first(points, now.clusters, TYPICAL).astype(np.int16),
    }


def _agreement(clusters, kinds) -> float:
    from core.models.recurrent.pattern_clusters import agreement

    return agreement(clusters, kinds)


def _files(model) -> dict[str, bytes]:
    from core.models.saving import keras_bytes

    return {"model.keras": keras_bytes(model)}
