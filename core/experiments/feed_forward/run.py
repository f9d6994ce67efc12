"""The run of the experiment feed-forward."""

from collections.abc import Iterator

import numpy as np

from core.data.sequences.recall_task import (
    KEYS,
    SHORTEST,
    accuracy_by_length,
    test_set,
    training_batch,
    window_of,
)
from core.events import Event
from core.experiments.feed_forward.config import FeedForwardConfig
from core.experiments.kit.control import Control
from core.experiments.kit.race import Race, Racer
from core.experiments.kit.run import Scores, stacked, train
from core.numeric.recurrent.stack.read import stack_outputs

CHANCE = 1 / KEYS
_EACH = 100  # test sequences of every length


def run(config: FeedForwardConfig, control: Control | None = None) -> Iterator[Event]:
    """Train both, and say what happens: Started, Step and Epoch events, Changed, Finished.

    Both learn from the same fresh sequences, of SHORTEST to ``longest`` symbols, and are tested on
    the same fixed ones. Metrics, of each network NAME (dense, rnn): NAME_accuracy on lengths as
    in training, NAME_longer on greater ones, up to twice as long, NAME_loss, NAME_params,
    NAME_train_s on its own clock; dense_beyond and rnn_beyond on the lengths of training that
    exceed the window (absent if none does); baseline_accuracy, of a guess. Arrays of an epoch:
    lengths (n,), NAME_by_length, the accuracies.
    """
    yield from train(_FeedForward(config, control))


class _FeedForward(Race):
    name = "feed-forward"
    block = 10

    def __init__(self, config: FeedForwardConfig, control: Control | None):
        super().__init__(config, control, self.trainers(config, "crossentropy", 1.0))
        self.references = {"baseline_accuracy": CHANCE}
        self._inputs, self._keys, self._lengths = test_set(2 * config.longest, _EACH)
        self._by_length = np.arange(SHORTEST, 2 * config.longest + 1)

    def batches(self, chosen: range, update: int) -> tuple[np.ndarray, ...]:
        config = self.config
        return stacked(
            training_batch(config.longest, config.seed, i, config.batch_size) for i in chosen
        )

    def inputs_of(self, racer: Racer, inputs: np.ndarray) -> np.ndarray:
        if racer.name == "rnn":
            return inputs
        return np.stack([window_of(batch, self.config.window) for batch in inputs])

    def measure(self, racer: Racer) -> None:
        window, longest, lengths = self.config.window, self.config.longest, self._by_length
        accuracies = accuracy_by_length(self._answers(racer), self._keys, self._lengths)
        racer.arrays["by_length"] = accuracies
        shares = {
            "accuracy": lengths <= longest,
            "longer": lengths > longest,
            "beyond": (lengths > window) & (lengths <= longest),
        }
        racer.metrics |= {
            name: float(accuracies[of].mean()) for name, of in shares.items() if of.any()
        }

    def _answers(self, racer: Racer) -> np.ndarray:
        """The scores of the keys, (test, KEYS)."""
        config, inputs = self.config, self._inputs
        stack, weights = config.networks[racer.name], self.racer_weights(racer)
        if racer.name == "dense":
            return stack_outputs(stack, weights, window_of(inputs, config.window))
        scores = np.empty((len(self._keys), KEYS))
        longer = self._lengths > config.longest
        for which, steps in ((~longer, config.longest), (longer, 2 * config.longest)):
            cut = inputs[which][:, -steps:]  # filled as in training
            scores[which] = stack_outputs(stack, weights, cut)
        return scores

    def score(self, last: bool) -> Scores:
        scores = super().score(last)
        return Scores(scores.metrics, {"lengths": self._by_length, **scores.arrays})
