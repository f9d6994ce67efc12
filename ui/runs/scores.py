"""The scores of a network and of what it is held against, as bars."""

from core.figures.recurrent.classification import score_bars
from ui.components.charts import live_plot, look
from ui.texts import percent


def scores_beside(scores: list[tuple[str, float, str]], *, title: str, axis: str, key: str):
    """Bars, the best first. scores: (name, share, colour) each. title: has the best's {name}."""
    rows = [(*score, percent(score[1], 1)) for score in sorted(scores, key=lambda s: -s[1])]
    title = title.format(name=rows[0][0])
    summary = ", ".join(f"{name}: {share}" for name, _value, _colour, share in rows)
    live_plot(score_bars(look(title, axis, alt=f"{title}. {summary}"), rows), key=key, height=340)
