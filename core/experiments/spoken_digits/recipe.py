"""The shipped networks that hear words: how they are made, scored and described."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from core import pretrained
from core.data.sounds.spoken import spoken
from core.experiments.kit import recipe
from core.experiments.spoken_digits.config import SpokenDigitsConfig
from core.experiments.spoken_digits.run import run
from core.numeric.sound.hearing import steps_of
from core.numeric.sound.listener import Listener

RECIPE = "spoken-digits"
CONFIGS = {
    "spoken-digits": SpokenDigitsConfig(),
    "spoken-digits-synthetic": SpokenDigitsConfig(
        data="synthetic", direction="one", units=24, epochs=30, seed=0
    ),
}
_ABOUT = {
    "spoken-digits": "English digits, learned on half of 600 recordings of six people.",
    "spoken-digits-synthetic": "Ten words of two vowels that a synthesiser makes.",
}


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train both and write weights and cards to ``folder``; log: hears a line now and then.

    Raises Problem if the recordings are not on this machine.
    """
    for name, config in CONFIGS.items():
        end, seconds = recipe.follow(
            name, run(config), log, lambda metrics: f"{metrics['accuracy']:.4f} right", every=5
        )
        about = {
            "cell": config.cell,
            "units": config.units,
            "layers": config.layers,
            "direction": config.direction,
            "classes": list(spoken(config.data).classes(config.task)),
        }
        model = Listener.of({"listener": about}, end.arrays)
        metrics = {n: value for n, value in end.metrics.items() if n.startswith("baseline_")}
        recipe.publish(
            name,
            model,
            folder,
            recipe=RECIPE,
            seconds=seconds,
            about=_ABOUT[name],
            config=config.to_dict(),
            metrics={
                "params": model.params,
                **scored(pretrained.as_stored(model), config),
                **metrics,
            },
        )


def scored(model: Listener, config: SpokenDigitsConfig) -> dict[str, float]:
    """How a model answers for the words that its run held out."""
    data = spoken(config.data)
    _training, test = data.split(config.task, config.heldout, config.group)
    answers = model.logits([steps_of(data.sounds[i]) for i in test]).argmax(1)
    truth = data.labels(config.task)[test]
    return {"accuracy": float(np.mean(answers == truth)), "test_words": len(test)}
