"""What the project makes itself: seeded, bounded, and what it says it is."""

import io
import wave

import numpy as np
import pytest

from core.data.sequences import synthetic as made

MAKERS = {
    "integers": made.integer_series,
    "counting": made.counting_series,
    "pen": made.pen_strokes,
    "heartbeats": made.heartbeats,
    "currencies": made.currencies,
    "film": lambda seed: made.film("disc", seed),
    "sound": lambda seed: made.sound("chirps", seed),
    "visits": lambda seed: [v.array() for v in made.visits(seed)],
}


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_seed_makes_the_same_and_another_another(name):
    first, again, other = (list(MAKERS[name](seed)) for seed in (3, 3, 4))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert len(first) != len(other) or not all(
        np.array_equal(a, b) for a, b in zip(first, other, strict=True)
    )


@pytest.mark.parametrize("seed", range(20))
def test_counting_series_count_by_one_step_within_bounds(seed):
    rows = made.counting_series(seed, longest=12)
    assert max(map(len, rows)) == len(rows[0]) == 12 and min(map(len, rows)) >= 2
    for row in rows:
        assert row.min() >= 1 and row.max() <= 30
        assert len(set(np.diff(row[:, 0]))) == 1


def test_digits_have_unequal_lengths():
    rows = made.integer_series(1)
    assert len({len(row) for row in rows}) > 1
    assert all(row.min() >= 0 and row.max() <= 9 and row.shape[1] == 1 for row in rows)


@pytest.mark.parametrize("name", made.SOUNDS)
def test_a_sound_can_be_heard_and_is_not_clipped(name):
    samples = made.sound(name)
    assert samples.shape == (24_000,) and 0.3 < np.abs(samples).max() <= 1
    with wave.open(io.BytesIO(made.wav_bytes(samples))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 16_000, 24_000)
        read = np.frombuffer(file.readframes(24_000), "<i2") / 32767
    np.testing.assert_allclose(read, samples, atol=1e-4)


def test_an_unknown_sound_or_shape_is_an_error():
    with pytest.raises(KeyError):
        made.sound("moo")
    with pytest.raises(KeyError):
        made.film("moo")


def test_the_spectrogram_of_a_tone_is_loudest_at_its_frequency():
    tone = np.sin(2 * np.pi * 2000 * np.arange(16_000) / made.SAMPLE_RATE)
    power = made.spectrogram(tone)
    assert power.shape == (61, 257)
    assert (power.argmax(1) == 2000 * 512 // 16_000).all()
    assert power.max() == 0 and power.min() >= -80


@pytest.mark.parametrize("shape", made.SHAPES)
@pytest.mark.parametrize("seed", range(5))
def test_the_shape_moves_and_stays_whole_in_the_picture(shape, seed):
    film = made.film(shape, seed, frames=40)
    assert film.shape == (40, 16, 16) and film.min() >= 0 and film.max() <= 1
    sizes = film.sum((1, 2))
    assert sizes.min() > 0.8 * sizes.max()
    assert (np.abs(np.diff(film, axis=0)).sum((1, 2)) > 0.5).all()


def test_prices_are_positive_and_their_changes_as_large_as_said():
    prices = made.currencies(0, days=5000)
    assert prices.min() > 0 and (prices[0] == 100).all()
    deviation = np.diff(np.log(prices), axis=0).std(0)
    np.testing.assert_allclose(deviation, [0.005, 0.008, 0.012, 0.03], rtol=0.05)


def test_a_visit_begins_leaves_and_waits():
    for visit in made.visits(2, count=40):
        array = visit.array()
        assert 3 <= len(array) <= 24 and array.shape[1] == 1 + len(made.ACTIONS)
        assert (visit.actions[0], visit.actions[-1]) == (0, len(made.ACTIONS) - 1)
        np.testing.assert_array_equal(array[:, 1:].argmax(1), visit.actions)
        np.testing.assert_allclose(60 * array[:, 0].cumsum(), visit.seconds, atol=1e-3)
        assert (np.diff(visit.seconds) >= 0).all()


def test_a_heartbeat_has_its_peak_where_r_is():
    beats = made.heartbeats(1)
    assert beats.shape == (12, 140)
    assert np.abs(beats.argmax(1) / 139 - 0.4).max() < 0.05
