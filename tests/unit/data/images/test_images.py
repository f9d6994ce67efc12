"""Images as every lesson on autoencoders has them."""

import numpy as np
import pytest
from sklearn.datasets import load_digits

from core.data import fetch
from core.data.images import known as known_images
from core.data.images.known import images
from core.messages import Problem


def test_the_digits_are_scikit_learn_s():
    ours = images("digits")
    pixels, labels = load_digits(return_X_y=True)
    np.testing.assert_array_equal(ours.pixels, (np.asarray(pixels) / 16).astype(np.float32))
    np.testing.assert_array_equal(ours.labels, labels)
    assert ours.shape == (8, 8) and ours.pixels.dtype == np.float32


def test_a_quarter_of_each_class_is_held_out():
    known = images("digits")
    training, test = known.split(3)
    assert len(np.intersect1d(training, test)) == 0
    assert sorted([*training, *test]) == list(range(len(known.labels)))
    for digit in range(10):
        share = (known.labels[test] == digit).sum() / (known.labels == digit).sum()
        assert share == pytest.approx(0.25, abs=0.005)
    again, other = known.split(3)[1], known.split(4)[1]
    assert np.array_equal(test, again) and not np.array_equal(test, other)


@pytest.mark.skipif(fetch.available("mnist.npz"), reason="MNIST is here")
def test_images_that_are_not_here_are_named():
    with pytest.raises(Problem, match=r"^mnist\.npz is not on this machine"):
        images("mnist")


def test_mnist_is_read_as_keras_wrote_it(tmp_path, monkeypatch):
    pictures = np.random.default_rng(0).integers(0, 256, (30, 28, 28), dtype=np.uint8)
    labels = np.arange(30, dtype=np.uint8) % 10
    file = tmp_path / "mnist.npz"
    np.savez(file, x_train=pictures, y_train=labels, x_test=pictures[:2], y_test=labels[:2])
    monkeypatch.setattr(fetch, "path", lambda name: {"mnist.npz": file}[name])
    known_images._named.cache_clear()
    known = images("mnist")
    known_images._named.cache_clear()
    assert known.shape == (28, 28) and known.class_names == tuple("0123456789")
    np.testing.assert_allclose(known.pixels, pictures.reshape(30, -1) / 255, rtol=1e-6)
    np.testing.assert_array_equal(known.labels, labels)
