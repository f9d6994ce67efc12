"""SciPy's L-BFGS, one iteration at a time, on the weights of a Keras model."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from scipy.optimize import OptimizeResult, minimize

_Function = Callable[[np.ndarray], tuple[float, np.ndarray]]  # weights -> loss and gradient
_MEMORY = 20  # pairs of steps and gradients from which the curvature is estimated


def iterations(model: keras.Model, loss: Callable[[], Any]) -> Iterator[float]:
    """Bring ``loss()`` of the model down: after each iteration the loss, the model having moved.

    loss: the scalar, from the model's weights as they are, in float64. It ends where no step makes
    the loss smaller. Each iteration is made when it is asked for: SciPy waits in a thread
    meanwhile, and is sent home when the iterator is closed.
    Source: Liu & Nocedal (1989), Mathematical Programming 45.
    """
    variables = model.trainable_variables
    shapes = [tuple(v.shape) for v in variables]
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])

    @tf.function(autograph=False)
    def evaluate(*values: Any) -> tuple[Any, list[Any]]:
        for variable, value in zip(variables, values, strict=True):
            variable.assign(value)
        with tf.GradientTape() as tape:
            now = loss()
        return now, tape.gradient(now, variables)

    def value_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        parts = np.split(flat, ends[:-1])
        value, gradients = evaluate(
            *(tf.constant(part.reshape(s)) for part, s in zip(parts, shapes, strict=True))
        )
        return float(value), np.concatenate([np.asarray(g).ravel() for g in gradients])

    start = np.concatenate([np.asarray(v, np.float64).ravel() for v in variables])
    search = _Search(value_and_gradient, start)
    try:
        while search.go_on():
            parts = np.split(search.weights, ends[:-1])
            for variable, part, shape in zip(variables, parts, shapes, strict=True):
                variable.assign(part.reshape(shape))
            yield search.value
    finally:
        search.end()


class LBFGSTrainer:
    """L-BFGS in the place of a ``core.models.supervised.Trainer``: a step is an iteration.

    It learns from all examples at once, so that inputs, targets and rate are not looked at.
    """

    def __init__(self, model: keras.Model, loss: Callable[[], Any]):
        self.train_s = 0.0
        self._iterations = iterations(model, loss)

    def steps(self, inputs: Any, targets: Any, rate: float) -> list[float]:
        """Make an iteration; returns the loss after it, or none if no step makes it smaller."""
        began = time.perf_counter()
        losses = list(itertools.islice(self._iterations, 1))
        self.train_s += time.perf_counter() - began
        return losses

    def steps_per_execution(self) -> int:
        """An iteration at a time."""
        return 1


class _Search:
    """The minimisation in its thread, which takes turns with whoever follows it."""

    def __init__(self, value_and_gradient: _Function, start: np.ndarray):
        self.weights, self.value = start, float("inf")
        self._function = value_and_gradient
        self._may_go, self._has_gone = threading.Semaphore(0), threading.Semaphore(0)
        self._over = self._ending = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(start,), daemon=True)
        self._thread.start()

    def go_on(self) -> bool:
        """Make an iteration; False if there was none left to make."""
        self._may_go.release()
        self._has_gone.acquire()
        if self._error:
            raise self._error
        return not self._over

    def end(self):
        """Have the thread end, wherever it is."""
        self._ending = True
        self._may_go.release()
        self._thread.join()

    def _run(self, start: np.ndarray):
        self._may_go.acquire()
        try:
            if not self._ending:
                minimize(
                    self._function,
                    start,
                    jac=True,
                    method="L-BFGS-B",
                    callback=self._after_iteration,
                    options={
                        "maxiter": 10**6,
                        "maxfun": 10**6,
                        "maxcor": _MEMORY,
                        "ftol": 0.0,
                        "gtol": 1e-10,
                    },
                )
        except BaseException as error:  # is raised where it can be seen
            self._error = error
        self._over = True
        self._has_gone.release()

    def _after_iteration(self, intermediate_result: OptimizeResult):
        self.weights = intermediate_result.x.copy()
        self.value = float(intermediate_result.fun)
        self._has_gone.release()
        self._may_go.acquire()
        if self._ending:
            raise StopIteration
