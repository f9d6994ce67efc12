"""What a chart shows, in words and numbers, for who does not see it: read from its own arrays."""

import math
import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import numpy as np

from core.messages import N_
from ui.notices import power_of_ten, scientific
from ui.texts import _, percent

_MARKUP = re.compile(r"<[^>]*>")
_MOST = 12  # curves whose numbers are read out; others are counted
_FEW_BARS = 12
_AWAY = 0.05  # of the curve's height: an extreme nearer to one of its ends is not named
_RANGE = 300  # powers of ten that a number may have
_FAINT = 0.5  # opacity, below which a trace stands behind another
_AT, _LOWEST, _HIGHEST = N_("{y} at {x}"), N_("lowest {y} at {x}"), N_("highest {y} at {x}")


def alternative(figure: Any) -> str:
    """The alternative text of the figure's look; if it has no number, with those of the arrays."""
    alt, title = figure.layout.meta["alt"], figure.layout.title.text or ""
    if any(letter.isdigit() for letter in alt.removeprefix(title)):
        return _plain(alt)
    return " ".join(map(_sentence, filter(None, map(_plain, [alt, *_described(figure)]))))


def _described(figure: Any) -> list[str]:
    """A sentence on the axes, one on each trace, one on each line across that has a name."""
    names = [_plain(axis.title.text or "") for axis in (figure.layout.xaxis, figure.layout.yaxis)]
    axes = [_("Across: {x}; up: {y}").format(x=names[0], y=names[1])] if all(names) else []
    traces = list(_traces(figure))
    more = [_("And {count} more").format(count=len(traces) - _MOST)] if traces[_MOST:] else []
    return [*axes, *traces[:_MOST], *more, *_lines_across(figure)]


def _traces(figure: Any) -> Iterator[str]:
    for trace in figure.data:
        behind = trace.opacity is not None and trace.opacity < _FAINT
        if behind or (trace.hoverinfo == "skip" and not trace.name):
            continue
        across, up = (figure.layout[_axis(trace[which], which)] for which in ("xaxis", "yaxis"))
        words = _WORDS.get(trace.type, _nothing)(trace, across, up)
        name = ", ".join(filter(None, [_panel(figure, across), trace.name]))
        if words:
            yield _("{name}: {words}").format(name=name, words=words) if name else words


def _curve(trace: Any, across: Any, up: Any) -> str:
    """Where a line begins, turns farthest and ends; how far a cloud of points reaches."""
    heights = _list(trace.y)
    pairs = zip(_list(trace.x) or range(len(heights)), heights, strict=False)
    pairs = [(x, y) for x, y in pairs if _is_drawn(x) and _is_drawn(y)]
    if not pairs:
        return _("nothing yet")
    xs, ys = zip(*pairs, strict=True)
    if len(xs) > 1 and ("lines" not in (trace.mode or "lines") or isinstance(ys[0], str)):
        return _cloud(xs, ys, across, up)
    at = {0: _AT, len(xs) - 1: _AT}
    if not isinstance(ys[0], str):
        extremes = ((int(np.argmin(ys)), _LOWEST), (int(np.argmax(ys)), _HIGHEST))
        height = max(ys) - min(ys)
        for place, words in extremes:
            if min(abs(ys[place] - ys[0]), abs(ys[place] - ys[-1])) > _AWAY * height:
                at[place] = words
    return _places([(words, xs[i], ys[i]) for i, words in sorted(at.items())], across, up)


def _cloud(xs: Any, ys: Any, across: Any, up: Any) -> str:
    ends = [
        _("{low} to {high}").format(low=_value(min(of), axis), high=_value(max(of), axis))
        for of, axis in ((xs, across), (ys, up))
    ]
    words = _("{count} points, {x} across, {y} up")
    return words.format(count=len(xs), x=ends[0], y=ends[1])


def _bars(trace: Any, across: Any, up: Any) -> str:
    places, values = _list(trace.x), _list(trace.y)
    if trace.orientation == "h":
        places, values, across, up = values, places, up, across
    pairs = [(x, y) for x, y in zip(places, values, strict=False) if _is_drawn(y)]
    if len(pairs) <= _FEW_BARS:
        named = (f"{_value(x, across)} {_value(y, up)}" for x, y in pairs)
        return ", ".join(named)
    ends = (_AT, *pairs[0]), (_AT, *pairs[-1])
    lowest, highest = (find(pairs, key=lambda pair: pair[1]) for find in (min, max))
    return _places([*ends, (_LOWEST, *lowest), (_HIGHEST, *highest)], across, up)


def _map(trace: Any, across: Any, up: Any) -> str:
    """The extremes of a heat map, and where they are."""
    values = np.asarray(_list(trace.z), dtype=float)
    if values.ndim != 2 or not np.isfinite(values).any():
        return ""
    rows, columns = values.shape
    power = "10<sup>%{z" in (trace.hovertemplate or "")
    words = [_("{rows} rows of {columns}").format(rows=rows, columns=columns)]
    for find, said in ((np.nanargmin, _LOWEST), (np.nanargmax, _HIGHEST)):
        row, column = np.unravel_index(find(values), values.shape)
        x = _label(trace.x, trace.x0, trace.dx, int(column), across)
        y = _label(trace.y, trace.y0, trace.dy, int(row), up)
        value = float(values[row, column])
        words.append(_(said).format(x=f"{x}, {y}", y=_power(value) if power else scientific(value)))
    return ", ".join(words)


def _nothing(*_of: Any) -> str:
    return ""


_WORDS = {"scatter": _curve, "scattergl": _curve, "bar": _bars, "heatmap": _map}


def _places(places: Any, across: Any, up: Any) -> str:
    """Values and where they are: (marked sentence, x, y) each."""
    said = (_(words).format(x=_value(x, across), y=_value(y, up)) for words, x, y in places)
    return ", ".join(said)


def _lines_across(figure: Any) -> Iterator[str]:
    """Horizontal lines with a name beside them, as ``add_hline`` makes them."""
    log = figure.layout.yaxis.type == "log"
    for line in figure.layout.shapes:
        if line.type != "line" or line.y0 != line.y1 or line.yref not in (None, "y"):
            continue
        height = math.log10(line.y0) if log and line.y0 > 0 else line.y0
        for note in figure.layout.annotations:
            beside = note.yref in (None, "y") and isinstance(note.y, int | float)
            beside = beside and not (note.text or "<b>").startswith("<b>")  # a point's name
            if beside and math.isclose(note.y, height, abs_tol=1e-9):
                value = _value(line.y0, figure.layout.yaxis)
                yield _("{name}: {words}").format(name=note.text, words=value)


def _panel(figure: Any, axis: Any) -> str:
    """The title of the panel that an axis belongs to, as ``make_subplots`` writes it above."""
    middle = sum(axis.domain) / 2 if axis.domain else None
    for note in figure.layout.annotations:
        over = note.yref == "paper" and note.xref == "paper" and note.xanchor == "center"
        if over and middle is not None and math.isclose(note.x, middle, abs_tol=1e-6):
            return note.text
    return ""


def _axis(name: str | None, which: str) -> str:
    """The name in the layout of a trace's axis: "x2" is "xaxis2"."""
    return which + (name or "x")[1:]


def _label(places: Any, start: Any, step: Any, i: int, axis: Any) -> str:
    """What stands at the i-th column or row of a heat map."""
    at = _list(places)[i] if places is not None else (start or 0) + i * (step or 1)
    return _value(at, axis)


def _value(value: Any, axis: Any) -> str:
    """A value as its axis writes it."""
    if not isinstance(value, int | float):
        return str(value)
    ticks, texts = _list(axis.tickvals), _list(axis.ticktext)
    if axis.tickmode == "array" and value in ticks and len(texts) == len(ticks):
        return str(texts[ticks.index(value)])
    if (axis.tickformat or "").endswith("%"):
        return percent(float(value), 1)
    if (axis.tickprefix or "").startswith("10<sup>"):
        return _power(float(value))
    return scientific(float(value)) + (axis.ticksuffix or "")


def _power(exponent: float) -> str:
    """10 to a power, which may be beyond all numbers."""
    return scientific(10.0**exponent) if abs(exponent) < _RANGE else power_of_ten(exponent)


def _is_drawn(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def _list(values: Any) -> list[Any]:
    """An array of a figure as lists: as it was given, or as Plotly packs it for the browser."""
    if isinstance(values, dict):
        flat = np.frombuffer(b64decode(values["bdata"]), values["dtype"])
        values = flat.reshape([int(n) for n in str(values.get("shape", len(flat))).split(",")])
    return [] if values is None else np.asarray(values).tolist()


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _plain(text: str) -> str:
    return _MARKUP.sub("", text.replace("<br>", " ")).strip()
