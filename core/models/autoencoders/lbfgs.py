"""SciPy's L-BFGS, one iteration at a time, on the weights of a Keras model."""

import itertools
import threading
import time
from collections.abc import Callable, Generator
from queue import SimpleQueue
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from scipy.optimize import OptimizeResult, minimize

_OPTIONS = {
    "maxiter": 10**6,
    "maxfun": 10**6,
    "maxcor": 20,  # pairs of steps and gradients from which the curvature is estimated
    "ftol": 0.0,
    "gtol": 1e-10,
}


def iterations(model: keras.Model, loss: Callable[[], Any]) -> Generator[float]:
    """Bring ``loss()`` of the model down: after each iteration the loss, the model having moved.

    loss: the scalar, from the model's weights as they are, in float64. It ends where no step makes
    the loss smaller. Each iteration is made when it is asked for: SciPy waits in a thread
    meanwhile, and is sent home when the iterator is closed.
    Source: Liu & Nocedal (1989), Mathematical Programming 45.
    """
    variables = model.trainable_variables
    shapes = [tuple(v.shape) for v in variables]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
    results: SimpleQueue[OptimizeResult | BaseException | None] = SimpleQueue()
    asked, closed = threading.Semaphore(0), threading.Event()

    @tf.function(autograph=False)
    def evaluate(*values: Any) -> tuple[Any, list[Any]]:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        with tf.GradientTape() as tape:
            now = loss()
        return now, tape.gradient(now, variables)

    def unpacked(flat: np.ndarray) -> list[np.ndarray]:
        parts = np.split(flat, ends[:-1])
        return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]

    def value_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradients = evaluate(*map(tf.constant, unpacked(flat)))
        return float(value), np.concatenate([np.asarray(g).ravel() for g in gradients])

    def after_iteration(intermediate_result: OptimizeResult):
        results.put(intermediate_result)
        asked.acquire()
        if closed.is_set():
            raise StopIteration

    def search():
        start = np.concatenate([np.asarray(v, np.float64).ravel() for v in variables])
        try:
            minimize(
                value_and_gradient,
                start,
                jac=True,
                method="L-BFGS-B",
                callback=after_iteration,
                options=_OPTIONS,
            )
            results.put(None)
        except BaseException as error:  # is raised where it can be seen
            results.put(error)

    thread = threading.Thread(target=search, daemon=True)
    thread.start()
    try:
        while isinstance(result := results.get(), OptimizeResult):
            for variable, value in zip(variables, unpacked(result.x), strict=True):
                variable.assign(value)
            yield float(result.fun)
            asked.release()
    finally:
        closed.set()
        asked.release()
        thread.join()
    if result:
        raise result


class LBFGSTrainer:
    """L-BFGS in the place of a ``core.models.supervised.Trainer``: a step is an iteration.

    It learns to give back all rows (n, features) at once, by the mean squared error, so that the
    inputs, targets and rate of a step are not looked at.
    """

    def __init__(self, model: keras.Model, rows: np.ndarray):
        self.train_s = 0.0
        wanted = tf.constant(rows)
        self._iterations = iterations(model, lambda: tf.reduce_mean((model(wanted) - wanted) ** 2))

    def steps(self, inputs: Any, targets: Any, rate: float) -> list[float]:
        """Make an iteration; returns the loss after it, or none if no step makes it smaller."""
        began = time.perf_counter()
        losses = list(itertools.islice(self._iterations, 1))
        self.train_s += time.perf_counter() - began
        return losses

    def steps_per_execution(self) -> int:
        """An iteration at a time."""
        return 1
