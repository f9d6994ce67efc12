"""Each kind of sequence of the gallery: how it is drawn as it is, and which array it makes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.data import sequences, synthetic_sequences, uploads
from core.data.tables import MAX_ROWS
from core.figures import sequences as figures
from core.messages import N_, Problem
from ui import server
from ui.charts import live_plot
from ui.controls import choose
from ui.lessons.sequences_shown import EXAMPLES, Gallery, Shown
from ui.notices import plain
from ui.texts import _, number, say

_WEATHER_DAYS, _SUNSPOT_MONTHS, _PRICE_DAYS, _OWN_ROWS = 60, 132, 60, 60
_BATCH = 5  # sequences of the small sets made here
_KEY = "sequences.as_it_is"
_FILE, _WRONG = "sequences.table_file", "sequences.table_problem"


@dataclass(frozen=True)
class Kind:
    """A kind of sequence. name: marked for translation. controls: fields of Gallery it uses.

    draw: draws it as it is; returns its array, None if there is nothing yet. Raises Problem.
    """

    name: str
    draw: Callable[[Gallery], Shown | None]
    controls: Sequence[str] = ("example",)


def _made() -> str:
    return _("Made by this project, not measured.")


def _pick(config: Gallery, count: int) -> int:
    return (config.example - 1) % count


def _start(config: Gallery, length: int, window: int) -> int:
    """Where the example's window begins, the examples spread over the whole series."""
    return (length - window) * (config.example - 1) // (EXAMPLES - 1)


def _scaled(array: np.ndarray) -> np.ndarray:
    """Each feature with mean 0 and standard deviation 1."""
    deviation = array.std(0)
    return (array - array.mean(0)) / np.where(deviation > 0, deviation, 1.0)


def _between(lengths) -> tuple[int, int]:
    return min(lengths), max(lengths)


def _integers(config: Gallery) -> Shown:
    rows = synthetic_sequences.integer_series(1, _BATCH)
    at = _pick(config, len(rows))
    lines = [
        rf"x_{i + 1} &= ({', '.join(str(int(v)) for v in row[:, 0])})" for i, row in enumerate(rows)
    ]
    lines[at] += r"\quad\longleftarrow"
    st.markdown("$$\n\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n$$")
    return Shown(
        rows[at],
        ["x₁x₂x₃x₄x₅"[2 * at : 2 * at + 2]],
        len(rows),
        _between([len(row) for row in rows]),
        _("Rows of unequal length make no array yet: the next part shows what is done about it."),
        _made(),
    )


def _vectors(config: Gallery) -> Shown:
    rows = synthetic_sequences.pen_strokes(1, _BATCH)
    row = rows[_pick(config, len(rows))]
    title = _("A pen's path: two numbers at each step")
    figure = figures.path(row, theme=server.theme(), title=title, x_title="x", y_title="y")
    live_plot(figure, key=_KEY, alt=title, height=330)
    lengths = _between([len(row) for row in rows])
    return Shown(
        row, ["x", "y"], len(rows), lengths, _("Where the pen is at each moment."), _made()
    )


def _text(config: Gallery) -> Shown:
    characters = list(config.sentence)
    alphabet = sorted(set(characters))
    array = np.array([[c == a for a in alphabet] for c in characters], np.float32)
    with st.container(border=True):
        st.text(config.sentence)
    shown = [[c if c == a else "" for c in characters] for a in alphabet]
    return Shown(
        array,
        [c if c != " " else "␣" for c in alphabet],
        1,
        (len(characters), len(characters)),
        _(
            "One-hot: a 1 in the row of its character, 0 elsewhere. Here the alphabet is the "
            "sentence's own; Keras's Embedding turns each 1 into a row of learned numbers."
        ),
        _("Type a sentence of yours above."),
        shown,
    )


def _dna(config: Gallery) -> Shown:
    found = sequences.dna(config.genes)
    label = {
        "promoter": _("promoter: a gene begins here"),
        "other": _("no promoter"),
        "EI": _("EI: from exon to intron, in the middle"),
        "IE": _("IE: from intron to exon, in the middle"),
        "N": _("N: no junction"),
    }
    # the file is sorted by class: spread the examples over all of it
    steps = np.linspace(0, len(found.sequences) - 1, EXAMPLES).round().astype(int)
    at = int(steps[_pick(config, EXAMPLES)])
    sequence = found.sequences[at]
    with st.container(border=True):
        st.text(sequence)
        st.caption(label[found.classes[found.labels[at]]])
    array = sequences.one_hot([sequence])[0]
    source = _("Real: UCI, E. coli promoter gene sequences (CC BY 4.0).")
    if config.genes == "splice":
        source = _("Real: UCI, primate splice junctions (CC BY 4.0), without its 185 duplicates.")
    time = len(sequence)
    return Shown(
        array,
        list(sequences.NUCLEOTIDES),
        len(found.sequences),
        (time, time),
        _("One-hot: a row for each of the four nucleotides."),
        source,
        [[letter if letter == n else "" for letter in sequence] for n in sequences.NUCLEOTIDES],
    )


def _sound(config: Gallery) -> Shown:
    samples = synthetic_sequences.sound(config.noise)
    rate = synthetic_sequences.SAMPLE_RATE
    st.audio(synthetic_sequences.wav_bytes(samples), format="audio/wav")
    theme, every = server.theme(), 8
    title = _("{count} numbers for {seconds} seconds").format(
        count=number(len(samples), 0), seconds=number(len(samples) / rate, 1)
    )
    wave = figures.lines_over_time(
        (np.arange(0, len(samples), every) / rate).round(4).tolist(),
        {_("pressure"): samples[::every].round(3)},
        theme=theme,
        title=title,
        x_title=_("seconds"),
        y_titles=[_("pressure")],
    )
    live_plot(wave, key=_KEY, alt=title, height=220)
    power = synthetic_sequences.spectrogram(samples)
    title = _("The spectrogram: what sounds when")
    figure = figures.spectrogram_map(
        power,
        (np.arange(len(power)) * 256 + 256) / rate,
        np.linspace(0, rate / 2000, power.shape[1]),
        theme=theme,
        title=title,
        x_title=_("seconds"),
        y_title="kHz",
        unit="dB",
    )
    live_plot(figure, key=f"{_KEY}.spectrogram", alt=title, height=300)
    return Shown(
        1 + power / 80,
        [""] * power.shape[1],
        len(synthetic_sequences.SOUNDS),
        (len(power), len(power)),
        _(
            "The spectrogram, scaled to 0 to 1: 257 frequencies at each of its steps. The "
            "waveform itself would be {count} steps of one number, too long a memory for most."
        ).format(count=number(len(samples), 0)),
        _made(),
    )


def _film(config: Gallery) -> Shown:
    pictures = synthetic_sequences.film(config.shape, _pick(config, EXAMPLES))
    title = _("A film: one picture after the other")
    figure = figures.frames(pictures, theme=server.theme(), title=title, frame_name="t = {t}")
    live_plot(figure, key=_KEY, alt=title, height=330)
    array = pictures.reshape(len(pictures), -1)
    return Shown(
        array,
        [""] * array.shape[1],
        EXAMPLES,
        (len(array), len(array)),
        _("Each picture's 16 × 16 pixels in one row of 256; a convolution would keep the plane."),
        _made(),
    )


def _weather(config: Gallery) -> Shown:
    days, values = sequences.weather()
    at = _start(config, len(days), _WEATHER_DAYS)
    part = slice(at, at + _WEATHER_DAYS)
    names = {
        "precipitation": _("rain"),
        "temp_max": _("warmest"),
        "temp_min": _("coldest"),
        "wind": _("wind"),
    }
    title = _("Seattle, {first} to {last}").format(first=days[part][0], last=days[part][-1])
    figure = figures.lines_over_time(
        days[part],
        {names[name]: values[part, k] for k, name in enumerate(names)},
        theme=server.theme(),
        title=title,
        x_title="",
        y_titles=[f"{names[n]}<br>({unit})" for n, unit in sequences.WEATHER.items()],
    )
    live_plot(figure, key=_KEY, alt=title, height=430)
    return Shown(
        _scaled(values)[part],
        list(names.values()),
        len(days) - _WEATHER_DAYS,
        (_WEATHER_DAYS, _WEATHER_DAYS),
        _("Windows of {steps} days; each feature scaled to mean 0 and deviation 1.").format(
            steps=_WEATHER_DAYS
        ),
        _("Real: NOAA, {days} days.").format(days=number(len(days), 0)),
    )


def _sunspots(config: Gallery) -> Shown:
    found = sequences.series("sunspots")
    at = _start(config, len(found.values), _SUNSPOT_MONTHS)
    part = slice(at, at + _SUNSPOT_MONTHS)
    title = _("Sunspots, {first} to {last}").format(
        first=found.times[part][0], last=found.times[part][-1]
    )
    figure = figures.lines_over_time(
        found.times[part],
        {_("sunspots"): found.values[part]},
        theme=server.theme(),
        title=title,
        x_title="",
        y_titles=[_("sunspots")],
        date_format="%Y-%m",
    )
    live_plot(figure, key=_KEY, alt=title, height=300)
    return Shown(
        _scaled(found.values[:, None])[part],
        [_("sunspots")],
        len(found.values) - _SUNSPOT_MONTHS,
        (_SUNSPOT_MONTHS, _SUNSPOT_MONTHS),
        _("Windows of {steps} months, about one cycle; scaled to mean 0 and deviation 1.").format(
            steps=_SUNSPOT_MONTHS
        ),
        _("Real: monthly means, 1749 to 1983."),
    )


def _health(config: Gallery) -> Shown:
    real = not sequences.missing("heartbeats")
    beats = sequences.heartbeats() if real else synthetic_sequences.heartbeats(1, EXAMPLES)
    beat = beats[_pick(config, EXAMPLES)]
    title = _("One heartbeat, as an ECG shows it")
    figure = figures.lines_over_time(
        list(range(1, len(beat) + 1)),
        {_("voltage"): beat.round(3)},
        theme=server.theme(),
        title=title,
        x_title=_("time step t"),
        y_titles=[_("voltage (scaled)")],
    )
    live_plot(figure, key=_KEY, alt=title, height=300)
    if real:
        source = _("Real: ECG5000 (PhysioNet, by way of the UCR archive).")
    else:
        source = (
            _made()
            + " "
            + _("“python -m core data fetch {name}” gets real ones (ECG5000).").format(
                name=sequences.FILES["heartbeats"]
            )
        )
    return Shown(
        beat[:, None],
        [_("voltage")],
        len(beats),
        (len(beat), len(beat)),
        _("One number a step; pulse and temperature would be two features more."),
        source,
    )


def _economy(config: Gallery) -> Shown:
    prices = synthetic_sequences.currencies(config.example)
    names = [_("currency {name}").format(name=n) for n in synthetic_sequences.CURRENCIES]
    title = _("Prices of four invented currencies")
    figure = figures.lines_over_time(
        list(range(1, len(prices) + 1)),
        {name: prices[:, k].round(2) for k, name in enumerate(names)},
        theme=server.theme(),
        title=title,
        x_title=_("days"),
        y_titles=[_("price")],
    )
    live_plot(figure, key=_KEY, alt=title, height=330)
    returns = 100 * np.diff(np.log(prices), axis=0)[:_PRICE_DAYS]
    return Shown(
        returns,
        names,
        len(prices) - 1 - _PRICE_DAYS,
        (_PRICE_DAYS, _PRICE_DAYS),
        _(
            "The changes from day to day in per cent, the first {days} days. They are random "
            "walks: nothing in them can be predicted."
        ).format(days=_PRICE_DAYS),
        _made(),
    )


def _clicks(config: Gallery) -> Shown:
    visits = synthetic_sequences.visits(1)
    visit = visits[_pick(config, len(visits))]
    words = {
        "visit": _("arrives"),
        "search": _("searches"),
        "view": _("looks"),
        "basket": _("basket"),
        "buy": _("buys"),
        "leave": _("leaves"),
    }
    title = _("What was done, and when")
    figure = figures.actions_over_time(
        visit.seconds,
        visit.actions,
        list(words.values()),
        theme=server.theme(),
        title=title,
        x_title=_("seconds"),
    )
    live_plot(figure, key=_KEY, alt=title, height=300)
    return Shown(
        visit.array(),
        [_("minutes"), *words.values()],
        len(visits),
        _between([len(v.actions) for v in visits]),
        _("A step is an action, not a second: how long it was waited for is a feature."),
        _made(),
    )


def _own(config: Gallery) -> Shown | None:
    st.file_uploader(
        _("A table of yours (CSV): a row a time step, a column a feature"),
        type=["csv", "tsv", "txt"],
        key=_FILE,
        on_change=_brought,
        help=_(
            "Commas, semicolons or tabs, decimal points or commas; at most {most} rows. It is kept "
            "for a day and shown to nobody who does not have the link."
        ).format(most=number(MAX_ROWS, 0)),
    )
    wrong = st.session_state.get(_WRONG)
    if wrong:
        st.error(plain(say(wrong)))
        return None
    digest = config.table
    if not digest:
        st.caption(_("Nothing yet: bring a table, and see it as a network does."))
        return None
    table = uploads.load_table(digest)
    names, columns = list(table.columns)[:8], list(table.columns.values())[:8]
    values = np.column_stack(columns)
    title = _("Your table: {rows} steps, {count} columns").format(
        rows=number(table.rows, 0), count=len(table.columns)
    )
    first = next(iter(table.texts.values()), None)
    figure = figures.lines_over_time(
        first if first and len(set(first)) == len(first) else list(range(1, table.rows + 1)),
        {_as_text(name): values[:, k] for k, name in enumerate(names)},
        theme=server.theme(),
        title=title,
        x_title="",
        y_titles=[_as_text(name)[:18] for name in names],
    )
    live_plot(figure, key=_KEY, alt=title, height=140 + 110 * len(names))
    window = min(_OWN_ROWS, table.rows)
    part = slice(_start(config, table.rows, window), None)
    return Shown(
        _scaled(values)[part][:window],
        [_as_text(name) for name in names],
        table.rows - window + 1,
        (window, window),
        _("Windows of {steps} steps; each feature scaled to mean 0 and deviation 1.").format(
            steps=window
        ),
        _("Your own table.") if len(table.columns) <= len(names) else _("Its first 8 columns."),
    )


def _brought():
    """Keep the table that was brought, or the reason why it is none."""
    st.session_state[_WRONG] = None
    file = st.session_state[_FILE]
    if file is None:
        return
    try:
        choose(Gallery, table=uploads.store_table(file.getvalue()))
    except Problem as problem:
        st.session_state[_WRONG] = problem


def _as_text(name: str) -> str:
    """A name of a visitor's for Plotly, which would read markup in it."""
    return name.replace("&", "&amp;").replace("<", "&lt;")


KINDS = {
    "integers": Kind(N_("Whole numbers"), _integers),
    "vectors": Kind(N_("Vectors"), _vectors),
    "text": Kind(N_("Text"), _text, ("sentence",)),
    "dna": Kind(N_("DNA"), _dna, ("genes", "example")),
    "sound": Kind(N_("Sound"), _sound, ("noise",)),
    "film": Kind(N_("Film"), _film, ("shape", "example")),
    "weather": Kind(N_("Weather"), _weather),
    "sunspots": Kind(N_("Sunspots"), _sunspots),
    "health": Kind(N_("Heartbeats"), _health),
    "economy": Kind(N_("Prices"), _economy),
    "clicks": Kind(N_("Clicks"), _clicks),
    "own": Kind(N_("Your own"), _own, ("example",)),
}
