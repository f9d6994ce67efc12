"""Convolution of images, and the way back to larger ones, as Keras computes them."""

import numpy as np


def conv2d(maps: np.ndarray, kernel: np.ndarray, bias: np.ndarray, stride: int) -> np.ndarray:
    """Maps (n, ceil(height / stride), ceil(width / stride), filters): padding "same".

    maps: (n, height, width, channels). kernel: (rows, columns, channels, filters).
    bias: (filters,).
    """
    rows, columns, channels, filters = kernel.shape
    pads = [_padding(maps.shape[1 + i], (rows, columns)[i], stride) for i in range(2)]
    padded = np.pad(maps, ((0, 0), *pads, (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (rows, columns), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]  # (n, height, width, channels, rows, columns)
    n, height, width = windows.shape[:3]
    flat = windows.transpose(0, 1, 2, 4, 5, 3).reshape(n * height * width, -1)
    said = flat @ kernel.reshape(rows * columns * channels, filters) + bias
    return said.reshape(n, height, width, filters)


def upsample(maps: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Every pixel twice in each direction, cut to ``size``: maps (n, height, width, channels)."""
    return maps.repeat(2, axis=1).repeat(2, axis=2)[:, : size[0], : size[1]]


def _padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and behind an axis: as TensorFlow shares them out, the odd one goes behind."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
