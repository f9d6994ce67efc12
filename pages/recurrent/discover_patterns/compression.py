"""What held-out sequences cost in bits, coded by counts and by the network's guesses."""

from functools import partial

import numpy as np

from core.data.sequences.patterns import unlabelled
from core.experiments.discover_patterns.config import DiscoverPatternsConfig
from core.experiments.discover_patterns.run import split
from core.figures.recurrent.classification import score_bars
from core.numeric.sequences.compression import frequency_bits, pair_bits
from ui.components.charts import live_plot, look
from ui.runs.run import Run
from ui.texts import _, number, percent


def counted_bits(config: DiscoverPatternsConfig) -> dict[str, np.ndarray]:
    """Bits a sign of each held-out sequence by "frequency" and by "pairs", as in a run."""
    data = unlabelled(config.data, config.noise, config.seed)
    training, test = split(len(data.ids), config.seed)
    known, asked, letters = data.ids[training], data.ids[test], len(data.letters)
    return {
        "frequency": frequency_bits(known, asked, letters),
        "pairs": pair_bits(known, asked, letters),
    }


def bits(config: DiscoverPatternsConfig, run: Run | None):
    """Bits a sign side by side; with a run, the network's of the epoch that is looked at, too."""
    letters = len(unlabelled(config.data, config.noise, config.seed).letters)
    alike = float(np.log2(letters))
    counts = {name: float(values.mean()) for name, values in counted_bits(config).items()}
    costs = [
        (_("each sign alike"), alike, "baseline"),
        (_("how frequent a sign is"), counts["frequency"], "baseline"),
        (_("what follows what"), counts["pairs"], "baseline"),
    ]
    if run and run.epochs:
        costs.append((_("this network"), run.at.metrics["bits_per_sign"], config.cell))
    costs.sort(key=lambda cost: cost[1])
    rows = [(*cost, number(cost[1], 2)) for cost in costs]
    least = costs[0][1]
    title = _("{share} fewer bits").format(share=percent(1 - least / alike))
    if least > 0.98 * alike:
        title = _("Nothing here saves any bits")
    summary = ", ".join(f"{name}: {text}" for name, _value, _colour, text in rows)
    figure = partial(
        score_bars,
        look(title, _("bits per sign, held out"), alt=f"{title}. {summary}"),
        rows,
        most=alike,
    )
    live_plot(figure, key="discover_patterns.bits", height=260)
