"""The shipped autoencoders, simple and stacked: how they are made, scored and described."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from core import pretrained
from core.experiments.autoencoder.config import NAME, AutoencoderConfig
from core.experiments.autoencoder.run import compared, finished, run
from core.experiments.kit import recipe
from core.experiments.kit.image_task import image_task
from core.numeric.autoencoders.autoencoder import Autoencoder

_DEEP = AutoencoderConfig()
CONFIGS = {
    NAME: _DEEP,
    # So small a network learns slowly: at the rate of the deep one it would not be at its end.
    f"{NAME}-simple": _DEEP.replace(depth=0, learning_rate=0.01, epochs=500),
    f"{NAME}-greedy": _DEEP.replace(pretraining="greedy"),
    f"{NAME}-convolutional": _DEEP.replace(kind="convolutional", depth=2),
}
_ABOUT = {
    NAME: "deep and dense, trained end to end",
    f"{NAME}-simple": "with the code for its only hidden layer",
    f"{NAME}-greedy": "deep and dense, pre-trained layer by layer",
    f"{NAME}-convolutional": "by convolutions",
}
_TIMES = ("train_s", "pca_train_s", "pca_params")  # which no weights tell


def rebuild(folder: Path, log: Callable[[str], None]) -> None:
    """Train all of them and write weights and cards to ``folder``; ``log`` hears how it goes."""
    for name, config in CONFIGS.items():
        end, seconds = recipe.follow(
            name,
            run(config),
            log,
            lambda metrics: f"{metrics['mse_over_pca']:.3f} times PCA's error",
            every=50,
        )
        weights = {n: array for n, array in end.arrays.items() if "." in n}
        model = Autoencoder(config.architecture(image_task(config).known.shape), weights)
        publish(name, model, end.metrics, seconds, folder)


def publish(
    name: str, model: Autoencoder, reached: Mapping[str, Any], seconds: float, folder: Path
) -> pretrained.Card:
    """Score the model as it is stored and write it with its card.

    reached: the run's last metrics, of which the times are kept.
    """
    return recipe.publish(
        name,
        model,
        folder,
        recipe=NAME,
        seconds=seconds,
        about=f"Digits 8 x 8 as two numbers each, and back: {_ABOUT[name]}.",
        config=CONFIGS[name].to_dict(),
        metrics={
            "params": model.params,
            **measured(name, pretrained.as_stored(model)),
            **{n: reached[n] for n in _TIMES},
        },
    )


def measured(name: str, model: Autoencoder) -> dict[str, float]:
    """What the run's metrics would be with these weights, its times apart."""
    task = image_task(CONFIGS[name])
    scores = compared(task, task.references(), model)
    return {**scores.metrics, **finished(CONFIGS[name], task, model, False).metrics}
