"""What a run has learned at the end of an epoch: what is right, where it looks, what it writes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
import streamlit as st

from core import pretrained
from core.experiments.number_words.config import NumberWordsConfig
from core.experiments.number_words.run import letters_of, pairs, unseen
from core.figures.language.number_words import ByLength, right_by_length, weights_map
from pages.language.number_words import networks
from pages.language.number_words.query import Query
from ui.components.charts import live_plot, look
from ui.components.table import table
from ui.notices import plain
from ui.runs.run import Run
from ui.texts import _, percent

_EACH = 6  # examples that are right, and as many that are wrong


def shipped_name(config: NumberWordsConfig) -> str:
    """The shipped network that is nearest to these settings."""
    if config.direction == "to_words" and config.encoder == "self_attention":
        return networks.SELF_ATTENTION
    names = networks.WITHOUT if config.attention == "none" else networks.NAMES
    return names[config.direction]


def by_length(config: NumberWordsConfig, shares: Mapping[str, float], title: str):
    """What is right by length: of a run, if ``shares`` are known, and of the shipped network."""
    lines = [ByLength(_("this run"), shares, config.cell)] if shares else []
    name = shipped_name(config)
    if name in pretrained.names():
        label = _("the shipped network") if shares else _("like these settings")
        lines.append(ByLength(label, networks.metrics_of(name)["by_length"], "baseline"))
    counts = group_counts(config.spelling)
    draw_by_length(lines, counts, title, key="number_words.run_by_length", height=320)


@lru_cache
def group_counts(spelling: str) -> dict[str, int]:
    """How many of the numbers that nobody learns from are in each group, shortest first."""
    groups, counts = np.unique(letters_of(unseen(), spelling), return_counts=True)
    counts_by_group = dict(zip(groups.tolist(), counts.tolist(), strict=True))
    return dict(sorted(counts_by_group.items(), key=lambda item: int(item[0].partition("-")[0])))


def draw_by_length(
    lines: Sequence[ByLength], counts: Mapping[str, int], title: str, *, key: str, height: int
):
    """Draws the shares of right answers over the numbers that there are of each length."""
    parts = [
        f"{line.name}: " + ", ".join(f"{g} {percent(s, 1)}" for g, s in line.shares.items())
        for line in lines
    ]
    alt = f"{title}. " + "; ".join(parts)
    figure = partial(
        right_by_length,
        look(title, _("letters of the number in words"), _("Right answers"), alt),
        lines,
        counts,
        numbers_name=_("numbers"),
    )
    live_plot(figure, key=key, height=height)


def alignment_at(run: Run, typed: Query):
    """What the run's network makes of a number at this epoch, and where it looks."""
    asked = typed.turned(run.config.direction, run.config.spelling)
    if asked is None:
        return
    writer = networks.of_epoch(run)
    if writer is None:
        st.caption(_("The weights of this epoch were not kept; those of the last epoch are."))
        return
    written = writer.write(asked.text)
    answer = writer.model.codec.text(written.ids[0])
    right = answer == asked.truth(run.config.spelling)
    title = _("Epoch {epoch}: “{asked}” becomes “{answer}”").format(
        epoch=run.at.epoch, asked=asked.text, answer=answer
    )
    title += "\u00a0✓" if right else "\u00a0✗"
    if run.config.attention == "none":
        st.markdown("**" + plain(title) + "**")
        return
    weights = written.attention[0]
    symbols = [writer.model.codec.symbol(int(i)) or "∎" for i in written.ids[0]]
    read = [*asked.text, *"∅" * (weights.shape[1] - len(asked.text))]
    sides = [(_visible(symbols), _("written")), (_visible(read), _("read"))]
    if len(symbols) > len(read):  # the longer text along the page
        sides, weights = sides[::-1], weights.T
    (rows, y_title), (columns, x_title) = sides
    figure = partial(
        weights_map, look(title, x_title, y_title), weights, rows, columns, bar_title=_("weight")
    )
    live_plot(figure, key="number_words.run_alignment", height=150 + 24 * len(rows))


def _visible(characters: list[str]) -> list[str]:
    return ["␣" if character == " " else character for character in characters]


def examples(run: Run):
    """Some test numbers with what the network wrote at this epoch, wrong ones first."""
    arrays, config = run.at.arrays, run.config
    answers = arrays["answers"]
    right = arrays["right"][: len(answers)]
    wrong = np.flatnonzero(~right)[:_EACH]
    chosen = [*wrong, *np.flatnonzero(right)[: 2 * _EACH - len(wrong)]]
    questions, truths = pairs(arrays["numbers"][chosen], config.direction, config.spelling)
    rows = [
        {
            "": "✓" if right[i] else "✗",
            _("asked"): question,
            _("written"): config.codec.text(answers[i]),
            _("right answer"): truth,
        }
        for i, question, truth in zip(chosen, questions, truths, strict=True)
    ]
    title = _("Epoch {epoch}: {wrong} of {all} test numbers wrong").format(
        epoch=run.at.epoch, wrong=int((~right).sum()), all=len(right)
    )
    st.markdown(f"**{title}**")
    alt = _("A table of test numbers and what the network wrote.")
    table(rows, key="number_words.examples", alt=alt)
