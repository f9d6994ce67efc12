"""Numbers in words: who learns from what, and what a run says of it."""

import numpy as np
import pytest

from core import pretrained
from core.data.language.french_numerals import LARGEST, in_words, number_of
from core.events import Epoch, Step
from core.experiments.kit.config import ConfigError
from core.experiments.kit.seq2seq_run import SHOWN, model_of
from core.experiments.number_words.config import MOST_OTHERS, SYMBOLS, NumberWordsConfig, lengths
from core.experiments.number_words.recipe import CONFIGS, written_right
from core.experiments.number_words.run import (
    ALWAYS,
    TEST,
    letters_of,
    numbers,
    pairs,
    run,
    texts_of,
    unseen,
    update_places,
    words_of,
)
from core.numeric.language.codec import PAD, decoder_inputs
from core.numeric.language.seq2seq import Seq2Seq
from tests.contracts.small import small
from tests.events import ended, of


def tiny(**changes):
    return small("number-words", **changes)


def losses(config):
    return [step.metrics["train_loss"] for step in of(run(config), Step)][:10]


@pytest.fixture(scope="module")
def events(small_run):
    return small_run("number-words")


@pytest.mark.slow
def test_an_epoch_holds_what_its_figures_need(events):
    for epoch in of(events, Epoch):
        arrays = {n: (a.shape, a.dtype.name) for n, a in epoch.arrays.items() if "/" not in n}
        assert arrays == {
            "right": ((1000,), "bool"),
            "numbers": ((1000,), "int32"),
            "answers": ((SHOWN, 7), "int8"),
        }
        np.testing.assert_array_equal(epoch.arrays["numbers"], unseen()[:1000])
        weights = {n.removeprefix("weights/"): a for n, a in epoch.arrays.items() if "/" in n}
        model = model_of(tiny(), weights)
        questions, _ = pairs(unseen()[:SHOWN], "to_digits", "traditional")
        said = [tiny().codec.text(ids) for ids in epoch.arrays["answers"]]
        assert said == model.answers(questions, 7)


def test_the_last_epoch_is_scored_on_all_that_nobody_learned(events):
    config, done = tiny(), ended(events)
    texts = texts_of(config, unseen())
    model = model_of(config, done.arrays)
    encoded = model.encode(texts.questions)
    state, hits = encoded.state, []
    for given, answer in zip(decoder_inputs(texts.answers).T, texts.answers.T, strict=True):
        logits, state, _ = model.step(given, state, encoded)
        hits.append((logits.argmax(-1) == answer)[answer != PAD])
    assert done.metrics["char_accuracy"] == pytest.approx(np.concatenate(hits).mean(), abs=1e-4)
    right = written_right(model, config, unseen())
    assert done.metrics["exact_match"] == right.mean()
    assert done.metrics["by_length"].keys() == set(letters_of(unseen(), "traditional"))


def test_exact_match_is_what_a_network_that_can_read_writes_itself():
    for name in ("number-words-to-digits", "number-words-to-words"):
        model, _card = pretrained.load(name, Seq2Seq)
        config, chosen = CONFIGS[name], unseen()[:100]
        questions, answers = pairs(chosen, config.direction, config.spelling)
        said = model.answers(questions, lengths(config.direction)[1])
        right = np.array(said) == np.array(answers)
        assert right.mean() > 0.9
        np.testing.assert_array_equal(written_right(model, config, chosen), right)


def test_nobody_learns_from_what_is_tested():
    tested = set(unseen().tolist())
    assert len(tested) == len(unseen()) == TEST == 10_000
    learned = numbers(MOST_OTHERS)
    assert len(set(learned.tolist())) == len(learned) == ALWAYS + MOST_OTHERS == 21_000
    assert not tested & set(learned.tolist())
    assert min(tested) >= 1000 and max(tested) <= LARGEST
    np.testing.assert_array_equal(learned[:1000], np.arange(1000))
    np.testing.assert_array_equal(numbers(700), learned[:1700])
    assert numbers(0).tolist() == list(range(1000))
    assert np.mean(learned[1000:]) == pytest.approx(500_000, rel=0.02)


def test_small_numbers_come_more_often_than_the_others():
    places = np.concatenate([update_places(0, update, 128, 21_000) for update in range(200)])
    assert (places < ALWAYS).mean() == pytest.approx(0.15, abs=0.01)
    assert places.max() < 21_000 and len(set(places[places < 1000].tolist())) > 950
    alone = np.concatenate([update_places(0, update, 128, 1000) for update in range(50)])
    assert alone.min() == 0 and alone.max() == 999
    np.testing.assert_array_equal(update_places(1, 2, 16, 5000), update_places(1, 2, 16, 5000))
    assert update_places(1, 2, 16, 5000).tolist() != update_places(1, 3, 16, 5000).tolist()
    assert update_places(1, 2, 16, 5000).tolist() != update_places(2, 2, 16, 5000).tolist()


@pytest.mark.slow
def test_symbols_and_lengths_are_those_of_the_range():
    longest, letters = 0, set()
    for number in range(LARGEST + 1):
        words = in_words(number)
        longest, letters = max(longest, len(words)), letters | set(words)
    assert lengths("to_words") == (6, longest + 1)
    assert lengths("to_digits") == (longest, 7)
    assert set(SYMBOLS) == letters | set("0123456789-") and len(set(SYMBOLS)) == len(SYMBOLS)


@pytest.mark.parametrize("direction", ["to_words", "to_digits"])
@pytest.mark.parametrize("spelling", ["traditional", "1990"])
def test_pairs_are_digits_and_words(direction, spelling):
    chosen = np.array([0, 71, 80_021, 200_000])
    questions, answers = pairs(chosen, direction, spelling)
    digits, words = (questions, answers) if direction == "to_words" else (answers, questions)
    assert digits == ["0", "71", "80021", "200000"]
    assert words == [in_words(number, spelling) for number in chosen.tolist()]
    texts = texts_of(tiny(direction=direction, spelling=spelling), chosen)
    assert texts.questions.shape == (4, lengths(direction)[0])
    assert texts.answers.shape == (4, lengths(direction)[1])


def test_with_both_spellings_each_number_has_one_for_ever():
    drawn = [21 + 1000 * i for i in range(1, 1000)]
    words = [words_of(number, "both") for number in drawn]
    assert words == [words_of(number, "both") for number in drawn]
    traditional = np.mean([" " in said for said in words])
    assert 0.45 < traditional < 0.55
    assert [number_of(said) for said in words] == drawn


def test_numbers_are_grouped_by_their_letters():
    chosen = np.array([1, 90, 100, 999_999])  # 2, 16, 4 and 72 letters, spaces and hyphens
    groups = letters_of(chosen, "traditional")
    for group, number in zip(groups, chosen.tolist(), strict=True):
        low, high = map(int, group.split("-"))
        assert low <= len(in_words(number)) <= high and high - low == 9 and low % 10 == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"spelling": "both", "masked": False, "teacher_forcing": False, "cell": "rnn"},
        {"encoder": "self_attention", "attention": "additive", "cell": "gru"},
        {"direction": "to_words", "spelling": "1990", "attention": "none"},
    ],
)
def test_the_same_config_is_the_same_run(changes):
    config = tiny(epochs=1, **changes)
    first = losses(config)
    assert len(first) == 10 and np.isfinite(first).all()
    assert losses(config) == first


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"spelling": "both"},
         "Both spellings at once (spelling) can only be read; to write, choose one of the two."),
        ({"direction": "back"}, "direction must be one of to_words, to_digits, not 'back'."),
        ({"spelling": "2000"}, "spelling must be one of traditional, 1990, both, not '2000'."),
        ({"encoder": "none"},
         "encoder must be one of one_way, both_ways, self_attention, not 'none'."),
        ({"others": 20_001}, "others must be a whole number from 0 to 20000, not 20001."),
        ({"epoch_updates": 4}, "epoch_updates must be a whole number from 5 to 500, not 4."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_config_is_said(change, sentence):
    with pytest.raises(ConfigError) as caught:
        NumberWordsConfig(**change)
    assert str(caught.value) == sentence
    assert caught.value.field == next(iter(change))
