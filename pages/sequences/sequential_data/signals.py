"""Kinds of sequence that are measured at even steps: sound, film, weather, heartbeats, prices."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.sequences import known as sequences
from core.data.sequences import synthetic
from core.figures import sequences as figures
from pages.sequences.sequential_data.sample import (
    EXAMPLES,
    KEY,
    Sample,
    SequenceGallery,
    made,
    pick,
    room,
    scaled,
    start,
)
from ui.components.charts import live_plot, look
from ui.texts import _, number

_EVERY = 8  # of so many samples of a sound its chart shows one
_WEATHER_DAYS, _SUNSPOT_MONTHS, _PRICE_DAYS = 60, 132, 60


def sound(config: SequenceGallery) -> Sample:
    """A sound to be heard, and its spectrogram."""
    samples = synthetic.sound(config.noise)
    rate = synthetic.SAMPLE_RATE
    st.audio(synthetic.wav_bytes(samples), format="audio/wav")
    title = _("{count} numbers for {seconds} seconds").format(
        count=number(len(samples), 0), seconds=number(len(samples) / rate, 1)
    )
    wave = partial(
        figures.lines_over_time,
        look(title, _("seconds"), _("pressure")),
        (np.arange(0, len(samples), _EVERY) / rate).round(4).tolist(),
        {_("pressure"): samples[::_EVERY].round(3)},
    )
    live_plot(wave, key=KEY, height=220, room=room())
    power = synthetic.spectrogram(samples)
    figure = partial(
        figures.spectrogram_map,
        look(_("The spectrogram: what sounds when"), _("seconds"), "kHz"),
        power,
        (np.arange(len(power)) * 256 + 256) / rate,
        np.linspace(0, rate / 2000, power.shape[1]),
    )
    live_plot(figure, key=f"{KEY}.spectrogram", height=300)
    return Sample(
        1 + power / 80,
        [""] * power.shape[1],
        len(synthetic.SOUNDS),
        [len(power)],
        _(
            "The spectrogram, scaled to 0 to 1: 257 frequencies at each of its steps. The "
            "waveform itself would be {count} steps of one number each, more than most "
            "networks can remember."
        ).format(count=number(len(samples), 0)),
        made(),
    )


def film(config: SequenceGallery) -> Sample:
    """A shape that moves."""
    pictures = synthetic.film(config.shape, pick(config, EXAMPLES))
    figure = partial(figures.frames, look(_("A film: one picture after the other")), pictures)
    live_plot(figure, key=KEY, height=330, room=room())
    array = pictures.reshape(len(pictures), -1)
    return Sample(
        array,
        [""] * array.shape[1],
        EXAMPLES,
        [len(array)],
        _(
            "Each picture's 16 × 16 pixels in one row of 256; a convolution would keep the "
            "two dimensions."
        ),
        made(),
    )


def weather(config: SequenceGallery) -> Sample:
    """Sixty days of Seattle."""
    days, values = sequences.weather()
    at = start(config, len(days), _WEATHER_DAYS)
    part = slice(at, at + _WEATHER_DAYS)
    names = {
        "precipitation": _("rain"),
        "temp_max": _("warmest"),
        "temp_min": _("coldest"),
        "wind": _("wind"),
    }
    title = _("Seattle, {first} to {last}").format(first=days[part][0], last=days[part][-1])
    figure = partial(
        figures.lines_over_time,
        look(title),
        days[part],
        {names[name]: values[part, k] for k, name in enumerate(names)},
        y_titles=[f"{names[n]}<br>({unit})" for n, unit in sequences.WEATHER.items()],
    )
    live_plot(figure, key=KEY, height=430, room=room())
    return Sample(
        scaled(values)[part],
        list(names.values()),
        len(days) - _WEATHER_DAYS,
        [_WEATHER_DAYS],
        _(
            "Windows of {steps} days; each feature scaled to mean 0 and standard deviation 1."
        ).format(steps=_WEATHER_DAYS),
        _("Real: NOAA, {days} days.").format(days=number(len(days), 0)),
    )


def sunspots(config: SequenceGallery) -> Sample:
    """Eleven years of monthly means."""
    series = sequences.series("sunspots")
    at = start(config, len(series.values), _SUNSPOT_MONTHS)
    part = slice(at, at + _SUNSPOT_MONTHS)
    months = series.times[part]
    title = _("Sunspots, {first} to {last}").format(first=months[0], last=months[-1])
    figure = partial(
        figures.lines_over_time,
        look(title, y=_("sunspots")),
        months,
        {_("sunspots"): series.values[part]},
        date_format="%Y-%m",
    )
    live_plot(figure, key=KEY, height=300, room=room())
    return Sample(
        scaled(series.values[:, None])[part],
        [_("sunspots")],
        len(series.values) - _SUNSPOT_MONTHS,
        [_SUNSPOT_MONTHS],
        _(
            "Windows of {steps} months, about one cycle; scaled to mean 0 and standard deviation 1."
        ).format(steps=_SUNSPOT_MONTHS),
        _("Real: monthly means, 1749 to 1983."),
    )


def health(config: SequenceGallery) -> Sample:
    """A heartbeat; a real one where there are any."""
    real = not sequences.missing("heartbeats")
    beats = sequences.heartbeats() if real else synthetic.heartbeats(1, EXAMPLES)
    beat = beats[pick(config, EXAMPLES)]
    figure = partial(
        figures.lines_over_time,
        look(_("One heartbeat, as an ECG shows it"), _("time step t"), _("voltage (scaled)")),
        list(range(1, len(beat) + 1)),
        {_("voltage"): beat.round(3)},
    )
    live_plot(figure, key=KEY, height=300, room=room())
    source = _("Real: ECG5000 (PhysioNet, through the UCR archive).")
    if not real:
        fetch = _("“python -m core data fetch {name}” gets real ones (ECG5000).")
        source = f"{made()} {fetch.format(name=sequences.FILES['heartbeats'])}"
    return Sample(
        beat[:, None],
        [_("voltage")],
        len(beats),
        [len(beat)],
        _("One number per step; pulse and temperature would be two more features."),
        source,
    )


def economy(config: SequenceGallery) -> Sample:
    """Random walks."""
    prices = synthetic.currencies(config.example)
    names = [_("currency {name}").format(name=n) for n in synthetic.CURRENCIES]
    figure = partial(
        figures.lines_over_time,
        look(_("Prices of four invented currencies"), _("days"), _("price")),
        list(range(1, len(prices) + 1)),
        {name: prices[:, k].round(2) for k, name in enumerate(names)},
    )
    live_plot(figure, key=KEY, height=330, room=room())
    returns = 100 * np.diff(np.log(prices), axis=0)[:_PRICE_DAYS]
    return Sample(
        returns,
        names,
        len(prices) - 1 - _PRICE_DAYS,
        [_PRICE_DAYS],
        _(
            "The changes from day to day in percent, the first {days} days. They are random "
            "walks: nothing in them can be predicted."
        ).format(days=_PRICE_DAYS),
        made(),
    )
