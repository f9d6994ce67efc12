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


def alternative(figure: dict[str, Any]) -> str:
    """The alternative text of the figure's look; if it has no number, with those of the arrays.

    figure: as ``to_dict`` says it.
    """
    alt, title = figure["layout"]["meta"]["alt"], _title(figure["layout"])
    if any(letter.isdigit() for letter in alt.removeprefix(title)):
        return _plain(alt)
    return " ".join(map(_sentence, filter(None, map(_plain, [alt, *_described(figure)]))))


def _described(figure: dict[str, Any]) -> list[str]:
    """A sentence on the axes, one on each trace, one on each line across that has a name."""
    layout = figure["layout"]
    names = [_plain(_title(layout.get(axis, {}))) for axis in ("xaxis", "yaxis")]
    axes = [_("Across: {x}; up: {y}").format(x=names[0], y=names[1])] if all(names) else []
    traces = list(_traces(figure))
    more = [_("And {count} more").format(count=len(traces) - _MOST)] if traces[_MOST:] else []
    return [*axes, *traces[:_MOST], *more, *_lines_across(layout)]


def _title(part: dict[str, Any]) -> str:
    return part.get("title", {}).get("text") or ""


def _traces(figure: dict[str, Any]) -> Iterator[str]:
    layout = figure["layout"]
    for trace in figure["data"]:
        named = trace.get("name")
        if trace.get("opacity", 1) < _FAINT or (trace.get("hoverinfo") == "skip" and not named):
            continue
        across, up = (
            layout.get(_axis(trace.get(which), which), {}) for which in ("xaxis", "yaxis")
        )
        words = _WORDS.get(trace["type"], _nothing)(trace, across, up)
        name = ", ".join(filter(None, [_panel(layout, across), named]))
        if words:
            yield _("{name}: {words}").format(name=name, words=words) if name else words


def _curve(trace: dict[str, Any], across: Any, up: Any) -> str:
    """Where a line begins, turns farthest and ends; how far a cloud of points reaches."""
    heights = _list(trace.get("y"))
    pairs = zip(_list(trace.get("x")) or range(len(heights)), heights, strict=False)
    pairs = [(x, y) for x, y in pairs if _is_drawn(x) and _is_drawn(y)]
    if not pairs:
        return _("nothing yet")
    xs, ys = zip(*pairs, strict=True)
    if len(xs) > 1 and ("lines" not in trace.get("mode", "lines") or isinstance(ys[0], str)):
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


def _bars(trace: dict[str, Any], across: Any, up: Any) -> str:
    places, values = _list(trace.get("x")), _list(trace.get("y"))
    if trace.get("orientation") == "h":
        places, values, across, up = values, places, up, across
    pairs = [(x, y) for x, y in zip(places, values, strict=False) if _is_drawn(y)]
    if len(pairs) <= _FEW_BARS:
        named = (f"{_value(x, across)} {_value(y, up)}" for x, y in pairs)
        return ", ".join(named)
    ends = (_AT, *pairs[0]), (_AT, *pairs[-1])
    lowest, highest = (find(pairs, key=lambda pair: pair[1]) for find in (min, max))
    return _places([*ends, (_LOWEST, *lowest), (_HIGHEST, *highest)], across, up)


def _map(trace: dict[str, Any], across: Any, up: Any) -> str:
    """The extremes of a heat map, and where they are."""
    values = np.asarray(_list(trace.get("z")), dtype=float)
    if values.ndim != 2 or not np.isfinite(values).any():
        return ""
    rows, columns = values.shape
    power = "10<sup>%{z" in trace.get("hovertemplate", "")
    words = [_("{rows} rows of {columns}").format(rows=rows, columns=columns)]
    for find, said in ((np.nanargmin, _LOWEST), (np.nanargmax, _HIGHEST)):
        row, column = np.unravel_index(find(values), values.shape)
        x = _label(trace, "x", int(column), across)
        y = _label(trace, "y", int(row), up)
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


def _lines_across(layout: dict[str, Any]) -> Iterator[str]:
    """Horizontal lines with a name beside them, as ``labels.across`` makes them."""
    axis = layout.get("yaxis", {})
    for line in layout.get("shapes", ()):
        y = line.get("y0")
        if line.get("type") != "line" or y != line.get("y1") or line.get("yref", "y") != "y":
            continue
        height = math.log10(y) if axis.get("type") == "log" and y > 0 else y
        for note in layout.get("annotations", ()):
            at, text = note.get("y"), note.get("text") or "<b>"
            beside = note.get("yref", "y") == "y" and isinstance(at, int | float)
            if not beside or text.startswith("<b>"):  # a point's name
                continue
            if math.isclose(at, height, abs_tol=1e-9):
                yield _("{name}: {words}").format(name=text, words=_value(y, axis))


def _panel(layout: dict[str, Any], axis: dict[str, Any]) -> str:
    """The title of the panel that an axis belongs to, as ``make_subplots`` writes it above."""
    middle = sum(axis["domain"]) / 2 if axis.get("domain") else None
    for note in layout.get("annotations", ()):
        over = note.get("xref") == note.get("yref") == "paper" and note.get("xanchor") == "center"
        if over and middle is not None and math.isclose(note["x"], middle, abs_tol=1e-6):
            return note["text"]
    return ""


def _axis(name: str | None, which: str) -> str:
    """The name in the layout of a trace's axis: "x2" is "xaxis2"."""
    return which + (name or "x")[1:]


def _label(trace: dict[str, Any], which: str, i: int, axis: dict[str, Any]) -> str:
    """What stands at the i-th column or row of a heat map."""
    if (places := trace.get(which)) is not None:
        return _value(_list(places)[i], axis)
    return _value(trace.get(f"{which}0", 0) + i * trace.get(f"d{which}", 1), axis)


def _value(value: Any, axis: dict[str, Any]) -> str:
    """A value as its axis writes it."""
    if not isinstance(value, int | float):
        return str(value)
    ticks, texts = _list(axis.get("tickvals")), _list(axis.get("ticktext"))
    if axis.get("tickmode") == "array" and value in ticks and len(texts) == len(ticks):
        return str(texts[ticks.index(value)])
    if axis.get("tickformat", "").endswith("%"):
        return percent(float(value), 1)
    if axis.get("tickprefix", "").startswith("10<sup>"):
        return _power(float(value))
    return scientific(float(value)) + axis.get("ticksuffix", "")


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
