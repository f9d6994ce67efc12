"""Every figure's empty start: as if all of it had been checked, and what is added still is."""

import plotly.graph_objects as go
import pytest

from core.figures.style import Look, template


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_empty_figure_is_as_plotly_would_have_checked_it(theme):
    figure = Look(theme, "A title", "Time (s)").figure()
    checked = go.Figure(
        layout={
            "template": template(theme),
            "title": {"text": "A title"},
            "meta": {"alt": "A title"},
            "xaxis": {"title": {"text": "Time (s)"}},
        }
    )
    assert figure.to_plotly_json() == checked.to_plotly_json()
    assert isinstance(figure.layout.template, go.layout.Template)


def test_figures_share_no_template():
    one, other = (Look("light", "A title").figure() for _ in range(2))
    one.layout.template.layout.font.size = 99
    assert other.layout.template.layout.font.size == 15


def test_what_is_added_is_checked_by_who_looks_into_it():
    wrong = Look("light", "A title").figure().add_scatter(y=[1], mode="nonsense")
    with pytest.raises(ValueError, match="mode"):
        _ = wrong.data
    unknown = Look("light", "A title").figure().update_layout(nonsense=3)
    with pytest.raises(ValueError, match="nonsense"):
        _ = unknown.layout
