"""The run of the experiment discover-patterns."""

from collections.abc import Iterator

import numpy as np

from core.data.sequences.patterns import unlabelled
from core.events import Event
from core.experiments.discover_patterns.config import DiscoverPatternsConfig
from core.experiments.kit.control import Control
from core.experiments.kit.notebook import keras_files
from core.experiments.kit.run import Scores, Training, shuffled, train
from core.numeric.principal import plane
from core.numeric.recurrent.stack.code import keras_code
from core.numeric.sequences.compression import frequency_bits, logit_bits, pair_bits

TYPICAL = 8  # members of a cluster that are told
_TEST_SHARE = 0.25
_PART = 400


def run(config: DiscoverPatternsConfig, control: Control | None = None) -> Iterator[Event]:
    """Train to continue the sequences, cluster the hidden states; labels are used to judge only.

    Metrics: accuracy, the share of next letters told rightly in held-out sequences; bits_per_sign,
    what coding them by the network's guesses costs; ari, the adjusted Rand index of the clusters
    with the hidden kinds; references: baseline_majority and baseline_pairs (of accuracy: the most
    frequent letter; the most frequent one after the last), baseline_frequency_bits and
    baseline_pairs_bits (of bits_per_sign), baseline_raw_ari and baseline_pairs_ari (k-means of the
    one-hot sequences; of how often each pair of neighbours comes). Arrays of an epoch: points
    (n, 2), clusters (n,), typical (clusters, TYPICAL), bits (held-out sequences,), those of each.
    Raises Problem if the data are missing.
    """
    yield from train(_DiscoverPatterns(config, control))


class _DiscoverPatterns(Training):
    name = "discover-patterns"

    def __init__(self, config: DiscoverPatternsConfig, control: Control | None):
        from core.models.recurrent.pattern_clusters import build_continuer
        from core.models.supervised import Trainer

        super().__init__(config, control)
        self._data = data = unlabelled(config.data, config.noise, config.seed)
        self._training, self._test = split(len(data.ids), config.seed)
        self._one_hot = np.eye(len(data.letters), dtype=np.float32)[data.ids]
        self._network = config.network(len(data.letters))
        self.model, self._reader = build_continuer(
            self._network, data.ids.shape[1] - 1, len(data.letters)
        )
        self.trainer = Trainer(self.model, "crossentropy", clip_norm=1.0)
        self.updates = max(1, len(self._training) // config.batch_size)
        self.references = self._baselines()
        self._clusters: np.ndarray | None = None
        self._points: np.ndarray | None = None

    def order(self, epoch: int) -> np.ndarray:
        batch = min(self.config.batch_size, len(self._training))
        return shuffled([self.config.seed, epoch], self._training, batch)

    def batches(self, chosen: np.ndarray, update: int) -> tuple[np.ndarray, np.ndarray]:
        return self._one_hot[chosen][..., :-1, :], self._data.ids[chosen][..., 1:]

    def score(self, last: bool) -> Scores:
        from core.models.recurrent.pattern_clusters import agreement

        test, inputs = self._test, self._one_hot[:, :-1]
        logits = self.in_parts(self.trainer.predict, inputs[test], _PART).astype(float)
        bits = logit_bits(logits, self._data.ids[test])
        hidden = self.in_parts(
            lambda some: np.asarray(self._reader(some, training=False)), inputs, _PART
        )
        arrays = self._groups(hidden)
        metrics = {
            "accuracy": float(np.mean(logits.argmax(-1) == self._data.ids[test, 1:])),
            "bits_per_sign": float(bits.mean()),
            "ari": agreement(arrays["clusters"], self._data.kinds),
        }
        return Scores(metrics, {**arrays, "bits": bits.astype(np.float32)})

    def _groups(self, hidden: np.ndarray) -> dict[str, np.ndarray]:
        from core.models.recurrent.pattern_clusters import clustered, nearest_first, renamed

        late, k = hidden[:, hidden.shape[1] // 2 :], self.config.clusters
        states = {"last": hidden[:, -1], "mean": late.mean(1), "spread": late.std(1)}
        points = states[self.config.state]
        clusters = renamed(clustered(points, k, self.config.seed), self._clusters, k)
        self._clusters, self._points = clusters, plane(points, self._points)
        return {
            "points": self._points,
            "clusters": clusters.astype(np.int8),
            "typical": nearest_first(points, clusters, TYPICAL).astype(np.int16),
        }

    def _baselines(self) -> dict[str, float]:
        from core.models.recurrent.pattern_clusters import agreement, clustered

        config, data = self.config, self._data
        letters = len(data.letters)
        known, asked = data.ids[self._training], data.ids[self._test]
        follows = pair_counts(known, letters).sum(0).reshape(letters, letters).argmax(1)

        def rand_index(points: np.ndarray) -> float:
            return agreement(clustered(points, config.clusters, config.seed), data.kinds)

        majority = np.bincount(known.ravel()).argmax()
        return {
            "baseline_majority": float(np.mean(asked[:, 1:] == majority)),
            "baseline_pairs": float(np.mean(asked[:, 1:] == follows[asked[:, :-1]])),
            "baseline_frequency_bits": float(frequency_bits(known, asked, letters).mean()),
            "baseline_pairs_bits": float(pair_bits(known, asked, letters).mean()),
            "baseline_raw_ari": rand_index(self._one_hot.reshape(len(data.ids), -1)),
            "baseline_pairs_ari": rand_index(pair_counts(data.ids, letters)),
        }

    def end(self) -> Scores:
        return Scores(self.references)

    def code(self) -> dict[str, bytes]:
        data = self._data
        lines = [
            f"{part}\t{''.join(data.letters[i] for i in row)}\n"
            for part, places in (("test", self._test), ("train", self._training))
            for row in data.ids[places]
        ]
        files = {"data.txt": "".join(lines).encode()}
        code = keras_files(
            self.name,
            self.config,
            files,
            NETWORKS={"model": keras_code(self._network, self._one_hot[0, :-1].shape)},
            LETTERS="".join(data.letters),
            BATCH=min(self.config.batch_size, len(self._training)),
        )
        return {**code, **files}


def split(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The places of the sequences to learn from, and of the quarter that is held out."""
    places = np.random.default_rng([14, seed]).permutation(count)
    cut = round(_TEST_SHARE * count)
    return places[cut:], places[:cut]


def pair_counts(ids: np.ndarray, letters: int) -> np.ndarray:
    """How often each pair of neighbours comes in a sequence, float (n, letters * letters)."""
    pairs = ids[:, :-1] * letters + ids[:, 1:]
    counts = np.zeros((len(ids), letters * letters))
    np.add.at(counts, (np.arange(len(ids))[:, None], pairs), 1)
    return counts
