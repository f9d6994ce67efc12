"""Plotly's figure, drawn quickly: what is put into it is checked by who looks into it."""

from collections.abc import Iterator, Mapping
from functools import partialmethod
from typing import Any

import plotly.graph_objects as go

# Of Plotly's names, those with an underscore that does not lead into a part of a part.
_WHOLE = {"error_x", "error_y", "paper_bgcolor", "plot_bgcolor"}
_PLOTLYS = "_data_validator"  # an attribute that Plotly's figure has, and a drawing has not


class Shared(dict[str, Any]):
    """A part that many drawings have in common, and none changes: it is not copied."""

    def __deepcopy__(self, _memo: Any) -> "Shared":
        return self


class Drawing(go.Figure):
    """A figure of Plotly's that keeps what is added to it as dictionaries, as Plotly's JSON does.

    Plotly checks each property as it is set, those of traces twice, which takes ten times as long
    as all the rest. Here nothing is checked until something else is asked for than what is below:
    ``data``, ``layout``, ``show``, any other change. Then it is Plotly's own figure, with all its
    checks, and raises what that raises. The tests look into every figure.
    """

    def __init__(self, layout: Mapping[str, Any], grid: Any = None):
        """grid: the panels' axes, as Plotly's ``make_subplots`` keeps them; None for one pair."""
        self._data: list[dict[str, Any]] = []
        self._layout = _merged({}, layout)
        self._frame_objs = ()
        self._grid_ref = grid

    def __getattr__(self, name: str) -> Any:
        """An attribute of Plotly's figure, which this becomes."""
        if name.startswith("__") or _PLOTLYS in vars(self) or "_layout" not in vars(self):
            raise AttributeError(name)
        data, layout, grid = self._data, self._layout, self._grid_ref
        super().__init__(data, layout)
        self._grid_ref = grid
        return getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled or copied it is Plotly's."""
        return go.Figure, (self.to_dict(),)

    @property
    def _is_plain(self) -> bool:
        return _PLOTLYS not in vars(self)

    def update_layout(self, *of: Any, **properties: Any) -> go.Figure:
        """As Plotly's."""
        if not self._is_plain or "overwrite" in properties:
            return super().update_layout(*of, **properties)
        for part in of:
            _merged(self._layout, part or {})
        _merged(self._layout, properties)
        return self

    def _added(self, kind: str, *of: Any, **properties: Any) -> go.Figure:
        """With one more trace."""
        if of or not self._is_plain:
            return getattr(super(), f"add_{kind}")(*of, **properties)
        row, col = properties.pop("row", None), properties.pop("col", None)
        axes = self._panel(row, col).trace_kwargs if row else {}
        self._data.append(_merged({"type": kind}, {**properties, **axes}))
        return self

    def _noted(self, kind: str, *of: Any, **properties: Any) -> go.Figure:
        """With one more annotation or shape."""
        if len(of) > 1 or "row" in properties or not self._is_plain:
            return getattr(super(), f"add_{kind}")(*of, **properties)
        one = _merged(_merged({}, of[0] if of else {}), properties)
        self._layout[f"{kind}s"] = [*self._layout.get(f"{kind}s", ()), one]
        return self

    def _axes_updated(self, which: str, *of: Any, **properties: Any) -> go.Figure:
        if of or not self._is_plain or not {"selector", "overwrite"}.isdisjoint(properties):
            return getattr(super(), f"update_{which[0]}axes")(*of, **properties)
        row, col = properties.pop("row", None), properties.pop("col", None)
        for axis in self._axes(which, row, col):
            _merged(self._layout.setdefault(axis, {}), properties)
        return self

    add_scatter: Any = partialmethod(_added, "scatter")
    add_scattergl: Any = partialmethod(_added, "scattergl")
    add_bar: Any = partialmethod(_added, "bar")
    add_heatmap: Any = partialmethod(_added, "heatmap")
    add_annotation: Any = partialmethod(_noted, "annotation")
    add_shape: Any = partialmethod(_noted, "shape")
    update_xaxes: Any = partialmethod(_axes_updated, "xaxis")
    update_yaxes: Any = partialmethod(_axes_updated, "yaxis")

    def _axes(self, which: str, row: int | None, col: int | None) -> Iterator[str]:
        """The names of the axes of one panel, of a row or a column of them, or of all."""
        if self._grid_ref is None:
            yield from {which, *(name for name in self._layout if name.startswith(which))}
            return
        for i, panels in enumerate(self._grid_ref, start=1):
            for k, panel in enumerate(panels, start=1):
                if panel and row in (None, i) and col in (None, k):
                    yield panel[0].layout_keys["xy".index(which[0])]

    def _panel(self, row: int, col: int) -> Any:
        return self._grid_ref[row - 1][col - 1][0]


def _merged(into: dict[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """``into`` with these properties: parts merged, None taken out, names like line_color read."""
    for name, value in properties.items():
        part, _, rest = name.partition("_") if name not in _WHOLE else (name, "", "")
        if rest:
            _merged(into.setdefault(part, {}), {rest: value})
        elif value is None:
            into.pop(part, None)
        elif part == "title" and isinstance(value, str):
            _merged(into.setdefault(part, {}), {"text": value})
        elif isinstance(value, Mapping) and not isinstance(value, Shared):
            _merged(into.setdefault(part, {}), value)
        else:
            into[part] = value
    return into
