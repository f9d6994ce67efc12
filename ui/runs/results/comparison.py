"""Many runs beside each other: their curves, and who is ahead, as far as chance allows to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TypeGuard

import numpy as np
import streamlit as st

from core.events import Epoch, Event
from core.figures.repeats import Bundle, bundle_curves
from core.sweeps import metrics as known
from core.sweeps.repeats import Repetition
from core.sweeps.results import Result
from core.sweeps.statistics import Difference
from core.sweeps.summary import Compared, Setting, compared
from ui import server
from ui.components.charts import live_plot, look
from ui.notices import plain, significant
from ui.runs.readable import differing_settings
from ui.state.widgets import in_new_words
from ui.texts import _

MOST = 4  # groups in one figure
_LETTERS = 32  # of a line beside the axis
_COLOURS = ("lstm", "rnn", "gru", "autoencoder")
_CELLS = {"rnn", "lstm", "gru"}


@dataclass(frozen=True)
class Group:
    """Runs of one setting, or of one of the networks that race in them. metric: theirs."""

    name: str
    results: Sequence[Result]
    metric: str
    colour: str = ""


def compare(experiment: str, metrics: Mapping[str, str]):
    """The visitor's repetitions of a lesson beside each other, where there are two; else nothing.

    metrics: as of ``bench``.
    """
    found = server.repeats().of(server.visitor(), experiment)
    found = [one for one in found if any(result.finished for result in one.results)]
    if len(found) < 2:
        return
    st.subheader(_("Compare"), anchor=False)
    chosen = _chosen(experiment, found)
    names = known.main_of(list(metrics), [result for one in found for result in one.results])
    metric = names[0]
    if len(names) > 1:  # networks that race in each run
        key = f"{experiment}.compared_metric"
        begins = in_new_words(key, names, metric)
        metric = st.selectbox(
            _("Of"), names, names.index(begins), key=key, format_func=lambda n: metrics[n]
        )
    if chosen:
        one_metric = {metric: metrics[metric]}
        groups = groups_of(chosen, one_metric)
        draw_comparison(groups, one_metric, key=f"{experiment}.compared_curves")


def _chosen(experiment: str, found: Sequence[Repetition]) -> list[Repetition]:
    """Those that are compared: the visitor's choice, to which a new one is added."""
    key, known_key = f"{experiment}.compared", f"{experiment}.compared_known"
    ids = {one.id: one for one in found}
    new = [i for i in ids if i not in st.session_state.get(known_key, ())]
    before = [i for i in st.session_state.get(key, ()) if i in ids]
    st.session_state[known_key] = list(ids)
    st.session_state[key] = chosen = [*before, *new][-MOST:]
    words = differing_settings([one.config for one in found])
    names = {one.id: ", ".join(told) for one, told in zip(found, words, strict=True)}
    chosen = st.multiselect(
        _("Repeated settings"),
        list(ids),
        chosen,
        key=key,
        format_func=names.__getitem__,
        max_selections=MOST,
    )
    return [ids[i] for i in chosen]


def groups_of(repetitions: Sequence[Repetition], metrics: Mapping[str, str]) -> list[Group]:
    """What there is to compare: repetitions, or in one of them the networks that race.

    metrics: name -> what people call it; the first that is a score counts.
    """
    results = [result for one in repetitions for result in one.results]
    names = known.main_of(list(metrics), results)
    if len(repetitions) == 1 and len(names) > 1:
        labels = [metrics[name] for name in names]
        shared, racers = shared_words(labels), [name.split("_")[0] for name in names]
        return [
            Group(_without(label, shared), results, name, racer if racer in _CELLS else "")
            for label, name, racer in zip(labels, names, racers, strict=True)
        ]
    settings = differing_settings([one.config for one in repetitions])
    cells = [getattr(one.config, "cell", "") for one in repetitions]
    own_colours = set(cells) <= _CELLS and len(set(cells)) == len(cells)
    return [
        Group(
            ", ".join(told) or _("this setting"),
            one.results,
            names[0] if names else "",
            cell if own_colours else "",
        )
        for one, told, cell in zip(repetitions, settings, cells, strict=True)
    ]


def shared_words(labels: Sequence[str]) -> list[str]:
    """The words that all labels have: of "RNN error" and "GRU error" what is measured."""
    return [w for w in labels[0].split() if all(w in other.split() for other in labels)]


def _without(label: str, words: Sequence[str]) -> str:
    return " ".join(word for word in label.split() if word not in words).strip(" :,")


def draw_comparison(groups: Sequence[Group], metrics: Mapping[str, str], *, key: str):
    """The groups' curves and who is ahead in which of the seeds.

    metrics: as of ``groups_of``.
    """
    groups = [group for group in groups if _curves(group)[1].size][:MOST]
    if not groups:
        return
    settings = [Setting(g.name, known.values(g.results, g.metric), 0) for g in groups]
    found = compared(settings, groups[0].metric)
    bundles = [_bundle(group, place) for place, group in enumerate(groups)]
    labels = list(dict.fromkeys(metrics[group.metric] for group in groups))
    axis = labels[0] if len(labels) == 1 else " ".join(shared_words(labels)) or _("score")
    title, words = _title(found), _sentences(found)
    figure = bundle_curves(
        look(
            title,
            _("epochs"),
            "<br>".join(wrap(axis, _LETTERS)),
            alt=" ".join([title + ".", *words]),
        ),
        bundles,
        x_end=max(float(bundle.x[-1]) for bundle in bundles),
    )
    live_plot(figure, key=key, height=320)
    st.markdown(plain("\n\n".join(words)))


def _title(found: Compared) -> str:
    """What the figure shows: who is ahead, where there are two."""
    if found.best is None:
        return _("Median and middle half of {n} seeds").format(n=found.settings[0].spread.n)
    other, difference = _nearest(found)
    return _("{best} ahead of {other} in {ahead} of {n} seeds").format(
        best=found.best.name, other=other.name, ahead=difference.ahead, n=difference.n
    )


def _nearest(found: Compared) -> tuple[Setting, Difference]:
    """The setting that comes nearest to the best."""
    return min(found.beside, key=lambda one: abs(one[1].mean))


def _sentences(found: Compared) -> list[str]:
    """A sentence on each setting, and one on each beside the best."""
    spreads = [(setting, setting.spread) for setting in found.settings]
    sentences = [
        _("{name}: median {median}, the middle half of {n} runs from {low} to {high}.").format(
            name=setting.name,
            median=significant(spread.median),
            n=spread.n,
            low=significant(spread.low),
            high=significant(spread.high),
        )
        for setting, spread in spreads
        if spread.n
    ]
    if found.best:
        sentences += [claim(found.best.name, other.name, one) for other, one in found.beside]
    return sentences


def claim(best: str, other: str, found: Difference) -> str:
    """Who is ahead, in how many of the seeds, by how much, and whether that may be chance."""
    if not found.n:
        return _("{best} and {other} have no seed in common.").format(best=best, other=other)
    sentence = _("{best} ahead of {other} in {ahead} of {n} seeds, by {mean} on average")
    sentence = sentence.format(
        best=best,
        other=other,
        ahead=found.ahead,
        n=found.n,
        mean=significant(abs(found.mean)),
    )
    if found.interval:
        low, high = sorted(np.sign(found.mean or 1) * bound for bound in found.interval)
        sentence += _(" (95% interval: {low} to {high})").format(
            low=significant(low), high=significant(high)
        )
    if not found.may_be_chance:
        return sentence + _("; that is hardly chance.")
    sentence += _("; the difference may be chance.")
    if found.seeds and found.seeds > found.n:
        sentence += " " + _("About {seeds} seeds would tell.").format(seeds=found.seeds)
    return sentence


def _curves(group: Group) -> tuple[np.ndarray, np.ndarray]:
    """Epochs (n,) and the metric at their ends by run (runs, n), NaN where a run tells none."""
    told = [
        {e.epoch: e.metrics[group.metric] for e in result.events if _tells(e, group.metric)}
        for result in group.results
        if result.finished
    ]
    epochs = sorted({epoch for one in told for epoch in one})
    values = [[one.get(epoch, np.nan) for epoch in epochs] for one in told if one]
    return np.array(epochs, float), np.array(values, float).reshape(len(values), len(epochs))


def _tells(event: Event, metric: str) -> TypeGuard[Epoch]:
    return isinstance(event, Epoch) and bool(np.isfinite(event.metrics.get(metric, np.nan)))


def _bundle(group: Group, place: int) -> Bundle:
    epochs, runs = _curves(group)
    low, median, high = np.nanquantile(runs, [0.25, 0.5, 0.75], axis=0)
    return Bundle(group.name, epochs, runs, median, low, high, group.colour or _COLOURS[place])
