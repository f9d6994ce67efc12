"""Two steps an epoch."""

import signal

import numpy as np

from core.events import Epoch, Finished, Started, Step
from core.messages import N_, Problem


def run(config, control):
    """Two steps an epoch; Ctrl-C is pressed in the first of them if the config says so."""
    if config.trouble:
        raise Problem(N_("The numbers are {what}."), what=config.trouble)
    yield Started(
        "little", config.to_dict(), 1200, 2 * config.epochs, config.epochs, {"best": 0.25}
    )
    total = 0.0
    for epoch in range(1, config.epochs + 1):
        for half in (1, 2):
            total += config.rate
            for _ in range(config.interrupts if (epoch, half) == (1, 1) else 0):
                signal.raise_signal(signal.SIGINT)
            step = 2 * epoch - 2 + half
            yield Step(
                step, epoch - 1 + half / 2, 0.5 * step, {"loss": 1 / total if total else np.nan}
            )
        metrics = {"loss": total, "perplexity": 2.0**-epoch}
        sample = {"sample": "Tout est bien.\n\x1b[2JTout va bien.", "vocabulary": "abc"}
        yield Epoch(epoch, step, 0.5 * step, metrics, {"weights": np.ones(3)}, sample)
        if control.stopped:
            break
    arrays = {"weights": np.full((2, 3), total, np.float32)}
    yield Finished(
        {"loss": total, "params": 1200}, arrays, {"train.py": b"print()\n"}, stopped=control.stopped
    )
