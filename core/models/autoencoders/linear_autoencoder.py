"""A linear autoencoder in Keras: two matrices, or one and its transpose."""

from typing import Any

import keras

from core.models.seeds import glorot


@keras.saving.register_keras_serializable("pangloss")
class Transposed(keras.layers.Layer):
    """Decodes by the transpose of a dense layer's kernel: codes (batch, k) to (batch, features)."""

    def __init__(self, dense: keras.layers.Dense, **more: Any):
        super().__init__(**more)
        self.dense = dense

    def call(self, codes: Any) -> Any:
        """codes: (batch, k)."""
        kernel: Any = self.dense.kernel
        return keras.ops.matmul(codes, keras.ops.transpose(kernel))


def build_linear_autoencoder(
    features: int, latent_dim: int, *, tied: bool = False, seed: int = 0
) -> keras.Model:
    """X -> x W_e W_d, or x W W^T where ``tied``: (batch, features) to the same. Without biases.

    It computes in double precision.

    W_e: (features, latent_dim), W_d: (latent_dim, features); drawn by Glorot's rule from ``seed``.
    """

    def dense(units: int, seed: int, name: str) -> Any:
        start = glorot(seed)
        return keras.layers.Dense(
            units, use_bias=False, kernel_initializer=start, dtype="float64", name=name
        )

    inputs = keras.Input((features,), dtype="float64")
    encode = dense(latent_dim, seed, "encoder")
    decode: Any = dense(features, seed + 1, "decoder")
    if tied:
        decode = Transposed(encode, dtype="float64", name="decoder")
    return keras.Model(inputs, decode(encode(inputs)), name="linear_autoencoder")
