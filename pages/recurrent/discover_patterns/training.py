"""Patterns nobody named: a network learns to continue sequences, and its states are grouped."""

from functools import partial

import numpy as np
import streamlit as st

from core.data.sequences.patterns import Unlabelled, unlabelled
from core.experiments.discover_patterns.config import DiscoverPatternsConfig
from core.figures.recurrent.classification import cluster_map, letter_grid, score_bars
from core.messages import Problem
from core.numeric.principal import plane
from core.numeric.sequences.groups import Trait, trait, transitions
from pages.recurrent.discover_patterns.compression import bits
from pages.recurrent.discover_patterns.quiz import QUESTIONS, kinds_in_groups
from ui.components.charts import live_plot, look
from ui.layout import notation_table, side_by_side, the_figure
from ui.notices import plain
from ui.runs.results.curves import training_curve
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.state.widgets import in_new_words
from ui.texts import _, number, percent, say

NAME = "discover-patterns"


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    return training_section(
        NAME,
        DiscoverPatternsConfig,
        _draw,
        title="",
        strip=("data", "clusters", "cell", "epochs"),
        metrics={"accuracy": _("next sign right")},
        questions=QUESTIONS,
        prepare=_usable,
        before=_before,
        pending=_("The groups come at the end of the first epoch."),
        notes=lambda _config: notation_table(NAME),
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    takeaway_section(
        NAME,
        run,
        metrics={
            "ari": _("Rand index"),
            "baseline_pairs_ari": _("Rand index, pair counts"),
            "accuracy": _("Next sign right"),
            "bits_per_sign": _("Bits per sign"),
            "baseline_pairs_bits": _("Bits per sign, pairs"),
        },
    )


def _usable(config: DiscoverPatternsConfig | None) -> DiscoverPatternsConfig | None:
    if config is None:
        return None
    try:
        data = _data(config)
    except Problem as problem:
        st.info(plain(say(problem)))
        return None
    about = (
        _(
            "Synthetic: {count} sequences of {steps} digits, by four rules that the network is "
            "not told. Every digit is equally frequent everywhere in each of them."
        )
        if data.made
        else _("{count} genes of {steps} nucleotides (UCI, 1992); their classes stay hidden.")
    )
    st.caption(about.format(count=number(len(data.ids), 0), steps=data.ids.shape[1]))
    return config


def _data(config: DiscoverPatternsConfig) -> Unlabelled:
    return unlabelled(config.data, config.noise, config.seed)


def _lines(data: Unlabelled) -> list[str]:
    return ["".join(data.letters[i] for i in row) for row in data.ids]


def _before(config: DiscoverPatternsConfig):
    with the_figure():
        side_by_side(lambda: _raw(config), lambda: bits(config, None))
    _about_costs()


def _about_costs():
    st.caption(
        _(
            "Held-out sequences, from their second sign on: what an arithmetic coder would send, "
            "give or take two bits a sequence. Not counted: the table of counts or the network, "
            "which the receiver needs, too."
        )
    )


@st.cache_data(max_entries=64, ttl=3600, show_spinner=False)
def _raw_plane(data: str, noise: float, seed: int) -> np.ndarray:
    """(n, 2): the sequences, as numbers, on their first two components."""
    sequences = unlabelled(data, noise, seed)
    one_hot = np.eye(len(sequences.letters), dtype=np.float32)[sequences.ids]
    return plane(one_hot.reshape(len(one_hot), -1))


def _raw(config: DiscoverPatternsConfig):
    data = _data(config)
    title = _("The raw sequences in the plane")
    figure = partial(
        cluster_map,
        look(title, _("first component"), _("second component")),
        _raw_plane(config.data, config.noise, config.seed),
        np.zeros(len(data.ids), int),
        [_("sequences")],
        texts=_lines(data),
    )
    layout = {"showlegend": False, "margin": {"t": 56}}
    live_plot(figure, key="discover_patterns.raw_map", height=460, room=1, layout=layout)


def _draw(run: Run):
    if not run.epochs:
        return
    data = _data(run.config)
    clusters = run.at.arrays["clusters"].astype(int)
    figure = the_figure()
    reveal = st.toggle(
        _("Show the kinds that were hidden"),
        key="discover_patterns.reveal",
        help=_("They were used neither for training nor for grouping, only for the index below."),
    )
    with figure:
        _map(run, data, clusters, reveal)
    left, right = st.columns(2)
    with left:
        _group(run, data, clusters)
    with right:
        bits(run.config, run)
        _about_costs()
        _scores(run, reveal)
        training_curve(
            run,
            key="discover_patterns.accuracy",
            title=_("Groups form as it learns to continue"),
            y_title=_("next sign right"),
            epoch_metrics={"accuracy": _("network")},
            colour=run.config.cell,
            references={
                "baseline_majority": _("most frequent sign"),
                "baseline_pairs": _("after the last sign"),
            },
            height=300,
        )


def _map(run: Run, data: Unlabelled, clusters: np.ndarray, reveal: bool):
    ari = run.at.metrics["ari"]
    if reveal:
        names, groups = [_(kind) for kind in data.kind_names], data.kinds
        title = _verdict(ari)
    else:
        names, groups = _names(run.config.clusters), clusters
        title = _("What the network held, in {count} groups").format(count=run.config.clusters)
    sizes = ", ".join(f"{n}: {int((groups == i).sum())}" for i, n in enumerate(names))
    figure = partial(
        cluster_map,
        look(title, _("first component"), _("second component"), f"{title}. {sizes}"),
        run.at.arrays["points"],
        groups,
        names,
        texts=_lines(data),
    )
    live_plot(figure, key="discover_patterns.map", height=520, room=1)


def _verdict(ari: float) -> str:
    return {
        "same": _("The groups are the hidden kinds"),
        "partly": _("The groups are partly the hidden kinds"),
        "other": _("The groups are something else than the hidden kinds"),
    }[kinds_in_groups(ari)]


def _names(count: int) -> list[str]:
    return [_("group {letter}").format(letter="ABCDEFGH"[i]) for i in range(count)]


def _group(run: Run, data: Unlabelled, clusters: np.ndarray):
    """What the members of one group share."""
    names = _names(run.config.clusters)
    key, places = f"discover_patterns.group.{len(names)}", range(len(names))
    group = st.segmented_control(
        _("What they share"),
        places,
        format_func=lambda i: names[i],
        default=in_new_words(key, places, 0),
        key=key,
        required=True,
    )
    members = clusters == group
    if not members.any() or members.all():
        return
    letters = len(data.letters)
    shared = _trait(trait(data.ids, members, letters, cyclic=data.made), data.letters)
    st.markdown(shared)
    title = _("What follows what in {name}").format(name=names[group])
    figure = partial(
        letter_grid,
        look(title, _("next sign"), _("sign"), f"{title}. {shared}"),
        100 * transitions(data.ids[members], letters),
        data.letters,
        data.letters,
        unit="%",
        most=100.0 if data.made else None,
    )
    live_plot(figure, key="discover_patterns.follows", height=340)
    st.caption(_("Its most typical members: those nearest to its middle"))
    lines = _lines(data)
    st.text("\n".join(lines[i] for i in run.at.arrays["typical"][group] if i >= 0))


def _trait(shared: Trait, letters: tuple[str, ...]) -> str:
    shares = {"inside": percent(shared.inside), "outside": percent(shared.outside)}
    match shared.kind:
        case "shift":
            up = shared.value if shared.value <= len(letters) // 2 else shared.value - len(letters)
            return _(
                "From one digit to the next {shift} (after 9 comes 0): {inside} of the time, "
                "elsewhere {outside}."
            ).format(shift=f"{up:+d}".replace("-", "−"), **shares)
        case "return":
            return _(
                "A sign comes back after {lag} steps: {inside} of the time, elsewhere {outside}."
            ).format(lag=shared.value, **shares)
    return _("More {letter}: {inside} of all signs, elsewhere {outside}.").format(
        letter=letters[shared.value], **shares
    )


def _scores(run: Run, reveal: bool):
    """The Rand indices, once the kinds are shown."""
    if not reveal:
        st.caption(
            _("How well the groups agree with the hidden kinds is told when you show the kinds.")
        )
        return
    known = run.started.references
    scores = [
        (_("the network's states"), run.at.metrics["ari"], run.config.cell),
        (_("counts of pairs"), known["baseline_pairs_ari"], "baseline"),
        (_("the raw sequences"), known["baseline_raw_ari"], "baseline"),
    ]
    scores.sort(key=lambda score: -score[1])
    rows = [(name, max(0.0, x), colour, number(x, 2)) for name, x, colour in scores]
    best, highest, colour = scores[0]
    title = _("Nearest to the hidden kinds: {name}").format(name=best)
    if highest < 0.1:
        title = _("None finds the hidden kinds")
    summary = ", ".join(f"{name}: {text}" for name, _value, _colour, text in rows)
    figure = partial(
        score_bars,
        look(title, _("adjusted Rand index"), alt=f"{title}. {summary}"),
        rows,
        share=False,
    )
    live_plot(figure, key="discover_patterns.scores", height=220)
    if colour == "baseline" and highest > run.at.metrics["ari"] + 0.02:
        st.caption(_why_simple_wins(run.config))


def _why_simple_wins(config: DiscoverPatternsConfig) -> str:
    if config.data == "splice":
        return _(
            "These genes were cut so that the junction is always in the middle: anyone who "
            "compares them place by place sees it. The network only learned what comes next, and "
            "for that the junction is of little use."
        )
    return _(
        "Here k-means on something simple is ahead: the network has to learn from the sequences "
        "what was put into the counts by hand."
    )
