"""The curves of many runs."""

from typing import Any

import numpy as np
import pytest

from core.figures.repeats import Bundle, bundle_curves
from core.figures.style import DASHES, Look


def bundle(name, colour, runs):
    runs = np.array(runs, float)
    low, median, high = np.nanquantile(runs, [0.25, 0.5, 0.75], axis=0)
    return Bundle(name, np.arange(1.0, runs.shape[1] + 1), runs, median, low, high, colour)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_runs_are_thin_their_middle_half_a_band_and_their_median_a_line(theme):
    runs = [[3, 2, 1], [4, 2, np.nan], [8, 6, 4]]
    look = Look(theme, "Title", "epochs", "loss")
    figure: Any = bundle_curves(look, [bundle("GRU", "gru", runs)], x_end=5)
    thin, band, median = figure.data
    assert len(thin.x) == 3 * 4 and list(thin.x[:3]) == [1, 2, 3] and np.isnan(thin.x[3])
    assert list(thin.y[:3]) == [3, 2, 1] and (thin.line.width, thin.opacity) == (1, 0.35)
    assert list(band.x) == [1, 2, 3, 3, 2, 1]
    assert list(band.y) == [3.5, 2, 1.75, 3.25, 4, 6] and band.fill == "toself"
    assert list(median.y) == [4, 2, 2.5] and median.name == "GRU"
    assert median.line.color == look.colour("gru") and median.line.dash == DASHES["gru"]
    assert [note.text for note in figure.layout.annotations] == ["GRU"]
    assert figure.layout.xaxis.range == (0, 5)
    low, high = figure.layout.yaxis.range
    assert low < 1 and high > 8


def test_two_settings_are_told_apart_by_colour_dash_and_name():
    bundles = [bundle("GRU", "gru", [[1, 2]]), bundle("LSTM", "lstm", [[2, 3]])]
    figure: Any = bundle_curves(Look("light", "Title"), bundles, x_end=2)
    medians = [trace for trace in figure.data if trace.name]
    assert len({trace.line.color for trace in medians}) == 2
    assert len({trace.line.dash for trace in medians}) == 2
    assert sorted(note.text for note in figure.layout.annotations) == ["GRU", "LSTM"]


def test_one_epoch_is_a_point():
    bundles = [bundle("a", "rnn", [[1], [3]])]
    figure: Any = bundle_curves(Look("light", "T"), bundles, x_end=1)
    *_, median = figure.data
    assert (median.mode, list(median.y)) == ("lines+markers", [2])
