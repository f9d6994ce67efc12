"""``neighbours``."""

import json

import numpy as np
import pytest

from core import pretrained
from core.numeric.language.embeddings.space import WordSpace

WORDS = ("homme", "femme", "roi", "reine", "frémir")
VECTORS = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [-1, 0, 0]], float)


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """A folder of shipped weights with a space of five words."""
    monkeypatch.setattr(pretrained, "WEIGHTS", tmp_path)
    pretrained.load.cache_clear()
    counts = np.array([1_200, 900, 30, 20, 5])
    pretrained.save("word-embeddings", WordSpace(WORDS, VECTORS, counts), {}, tmp_path)
    yield
    pretrained.load.cache_clear()


def test_the_nearest_words_with_cosine_and_count(say):
    assert say("neighbours", "Homme", "-n", "2") == (0, "femme  0.707  900\nroi    0.707  30\n", "")


def test_as_json(say):
    told = json.loads(say("neighbours", "femme", "--n", "1", "--json").out)
    assert told["word"] == "femme" and told["count"] == 900
    (near,) = told["neighbours"]
    assert near == {"word": "reine", "cosine": pytest.approx(0.8165, abs=1e-3), "count": 20}


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        (
            "fremir",
            "Error: The word fremir is not among the 5 of this space; spelled alike: frémir.\n",
        ),
        ("zadig", "Error: The word zadig is not among the 5 of this space.\n"),
    ],
)
def test_an_unknown_word_is_answered_with_what_is_spelled_alike(say, word, sentence):
    assert say("neighbours", word) == (2, "", sentence)


def test_there_is_nothing_to_ask(say, tmp_path):
    (tmp_path / "word-embeddings.npz").unlink()
    pretrained.load.cache_clear()
    status, _, error = say("neighbours", "roi")
    assert status == 2
    assert error == "Error: There is no shipped model word-embeddings; there are: -.\n"
