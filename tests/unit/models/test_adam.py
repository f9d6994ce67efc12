import keras
import numpy as np
import pytest
import tensorflow as tf

from core.models.adam import FusedAdam


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_it_moves_variables_as_keras_s_adam_does(dtype):
    random = np.random.default_rng(0)
    gradients = [random.normal(size=(3, 2)) for _ in range(5)]
    reached = []
    for kind in (FusedAdam, keras.optimizers.Adam):
        variable = keras.Variable(np.ones((3, 2)), dtype=dtype)
        optimizer = kind(0.01, global_clipnorm=1.0, weight_decay=0.1)
        optimizer.build([variable])
        for gradient in gradients:
            optimizer.apply_gradients([(tf.constant(gradient, dtype), variable)])
        reached.append(variable.numpy())
    np.testing.assert_allclose(reached[0], reached[1], rtol=2e-6)  # Keras rounds, too
