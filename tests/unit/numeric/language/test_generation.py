import numpy as np
import pytest

from core.messages import Problem
from core.numeric.language.generation import generate, log_probs_at
from core.numeric.language.language_model import UNKNOWN
from core.numeric.language.sampling import filtered

FILTERS = {"temperature": 0.9, "top_k": 8, "top_p": 0.95}


def written(model, *args, **settings):
    return "".join(part.text for part in generate(model, *args, **settings))


def test_chunks_join_to_the_text(make_model):
    model = make_model()
    parts = list(generate(model, "ab", length=50, chunk=16, seed=3))
    assert [len(part.text) for part in parts] == [16, 16, 16, 2]
    assert "".join(part.text for part in parts) == parts[-1].so_far
    assert all(part.text == model.decode(part.ids) for part in parts)
    assert UNKNOWN not in parts[-1].so_far


def test_the_seed_decides(make_model):
    model = make_model()
    text = written(model, "ab", length=80, seed=3, **FILTERS)
    assert written(model, "ab", length=80, seed=3, chunk=7, **FILTERS) == text
    assert written(model, "ab", length=200, seed=3, **FILTERS)[:80] == text
    assert written(model, "ab", length=80, seed=4, **FILTERS) != text


def test_temperature_zero_takes_the_most_probable(make_model):
    model = make_model("gru", (7, 5))
    text = written(model, "é", length=20, temperature=0)
    for i in range(20):
        log_probs = log_probs_at(model, "é" + text, 1 + i)
        assert model.vocabulary[log_probs.argmax()] == text[i]


def test_every_character_passes_the_filters_that_it_was_drawn_by(make_model):
    model = make_model()
    text = "ab" + written(model, "ab", length=60, seed=1, temperature=1, top_k=3, top_p=0.8)
    ranks = []
    for i in range(2, 62):
        log_probs = log_probs_at(model, text, i)
        left = filtered(log_probs, 1, top_k=3, top_p=0.8)
        index = model.encode(text[i])[0]
        assert left[index] > 0
        ranks.append(int((log_probs > log_probs[index]).sum()))
    assert set(ranks) == {0, 1, 2}


def test_without_a_prompt_a_line_begins(make_model):
    model = make_model()
    logits, _ = model.step(model.encode("\n")[0], model.initial_state())
    first = written(model, length=1, temperature=0)
    assert first == model.vocabulary[logits.argmax()]


def test_the_prompt_is_composed(make_model):
    model = make_model()
    assert written(model, "e\u0301", length=30) == written(model, "é", length=30)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"length": 0}, "length must be from 1 to 20000, not 0."),
        ({"length": 20_001}, "length must be from 1 to 20000, not 20001."),
        ({"temperature": -0.1}, "temperature must be from 0 to 5, not -0.1."),
        ({"temperature": float("nan")}, "temperature must be from 0 to 5, not nan."),
        ({"top_k": -1}, "top_k must be from 0 to 4096, not -1."),
        ({"top_p": 1.01}, "top_p must be from 0 to 1, not 1.01."),
        ({"seed": -1}, "seed must be from 0 to 4294967295, not -1."),
        ({"prompt": "a" * 10_001}, "The prompt may have at most 10000 characters, not 10001."),
    ],
)
def test_bounds_are_checked_at_once(make_model, settings, sentence):
    with pytest.raises(Problem) as caught:
        generate(make_model(), **settings)
    assert str(caught.value) == sentence


def test_a_place_outside_the_text_is_refused(make_model):
    with pytest.raises(Problem, match=r"^There is no character 2 in a text of 2\.$"):
        log_probs_at(make_model(), "ab", 2)


def test_log_probs_need_only_what_stands_before(make_model):
    model = make_model()
    np.testing.assert_allclose(
        log_probs_at(model, "abcde", 2), model.read("abcde").log_probs[2], atol=1e-6
    )
