"""A held-out sequence opened: what in it spoke for a class, and what another letter would do."""

from collections.abc import Sequence
from functools import partial
from html import escape

import numpy as np
import streamlit as st

from core.figures.recurrent.classification import letter_grid, over_steps
from core.numeric.activations import softmax
from core.numeric.recurrent.stack.read import by_network, stack_outputs
from core.numeric.sequences.class_profile import substitutions
from ui.components.charts import live_plot, look
from ui.components.reading import reading
from ui.notices import plain
from ui.runs.run import Run
from ui.state.widgets import in_new_words
from ui.texts import _, percent

_SEQUENCE = "sequence_class.sequence"
_QUICK_PARAMS = 40_000  # of a network that may be asked every second while it learns


def open_sequence(run: Run, classes: list[str]):
    """The chooser of a sequence, its letters coloured, and every letter exchanged in turn."""
    arrays, texts = run.at.arrays, run.at.texts
    tokens = [line.split("\t") for line in texts["sequences"].split("\n")]
    letters = texts["letters"].split("\n") if texts["letters"] else []
    inputs = arrays["shown_inputs"].astype(np.float32)
    weights = by_network(arrays).get("weights")
    if not weights:
        st.caption(_("The weights of this epoch were not kept; those of the last epoch are."))
        return
    network = run.config.network(len(classes))

    def probabilities(inputs: np.ndarray) -> np.ndarray:
        return softmax(stack_outputs(network, weights, inputs))

    predicted = probabilities(inputs)
    st.markdown("**" + _("Open a held-out sequence") + "**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        index = _choose(classes, arrays["shown_labels"], predicted)
        towards = st.segmented_control(
            _("What speaks for"),
            list(range(len(classes))),
            format_func=lambda c: plain(classes[c]),
            default=int(predicted[index].argmax()),
            key=f"sequence_class.towards.{index}",
            required=True,
        )
    name, gradient = classes[towards], arrays["look"][towards, index]
    one = inputs[index]
    if not letters:
        _numbers(one[:, 0], gradient, name)
        return
    sequence = tokens[index]
    chosen = _letters(sequence, gradient, name, key=f"sequence_class.reading.{run.id}.{index}")
    if run.ended or run.started.params <= _QUICK_PARAMS:
        exchanged = probabilities(substitutions(one)).reshape(*one.shape, -1)[-len(sequence) :]
        _exchange_map(exchanged[..., towards], predicted[index, towards], letters, name)
        if chosen is not None:
            _exchange_table(exchanged[chosen], sequence[chosen], chosen + 1, letters, classes)


def _choose(classes: Sequence[str], labels: np.ndarray, predicted: np.ndarray) -> int:
    names = {}
    for i, (label, shares) in enumerate(zip(labels, predicted, strict=True)):
        answer = int(shares.argmax())
        verdict = _("rightly called {said}") if answer == label else _("called {said}")
        verdict = verdict.format(said=classes[answer])
        names[i] = f"{i + 1}: {classes[label]}, {verdict}, {percent(float(shares.max()))}"
    index = st.selectbox(
        _("Sequence"),
        list(names),
        in_new_words(_SEQUENCE, names, 0),  # a number, its own place
        format_func=names.__getitem__,
        key=_SEQUENCE,
        help=_("What it is, what the network says, and how sure it is."),
        width=380,
    )
    return index or 0


def _letters(tokens: Sequence[str], saliency: np.ndarray, name: str, *, key: str) -> int | None:
    """The sequence as coloured text; the step that was clicked."""
    by_word = any(len(token) > 1 for token in tokens)
    text = " ".join(tokens) if by_word else "".join(tokens)
    saliency = saliency[-len(tokens) :]
    top = float(np.abs(saliency).max()) or 1.0
    steps: list[int] = []
    for step, token in enumerate(tokens):
        steps += [step] * (len(token) + by_word)
    steps = steps[: len(text)]
    chosen = reading(
        text,
        key=key,
        alt=_("The sequence, coloured by what speaks for {name}").format(name=name),
        colours=[float(saliency[step]) / top for step in steps],
        legend=(_("against {name}").format(name=name), _("for {name}").format(name=name)),
        mono=True,
        height=150,
    )
    st.caption(
        _(
            "Gradient of the class's logit at the letter that stands there, against the mean of "
            "all letters. Click a letter to exchange it."
        )
    )
    return steps[chosen] if chosen is not None else None


def _exchange_map(exchanged: np.ndarray, now: float, letters: Sequence[str], name: str):
    """How a class's probability changes with each letter at each step.

    exchanged: float (steps, letters), the probability then. now: as the sequence is.
    """
    change = (exchanged - now).T
    steps = range(1, len(exchanged) + 1)
    letter, step = (int(i) for i in np.unravel_index(np.abs(change).argmax(), change.shape))
    title = _("A {letter} at step {step} would change most").format(
        letter=escape(letters[letter]), step=step + 1
    )
    figure = partial(
        letter_grid,
        look(title, _("step of the sequence"), _("letter instead")),
        100 * change,
        [escape(letter) for letter in letters],
        [_("step {step}").format(step=step) for step in steps],
        unit=_("points"),
        signed=True,
        most=max(1.0, float(np.abs(100 * change).max())),
        x=list(steps),
    )
    live_plot(figure, key="sequence_class.exchange", height=180 + 22 * len(letters))
    st.caption(
        _(
            "Not a gradient: each letter is really exchanged, and the network asked again. Colour: "
            "how the probability of {name} changes, now {now}."
        ).format(name=plain(name), now=percent(float(now), 1))
    )


def _exchange_table(
    probabilities: np.ndarray,
    present: str,
    step: int,
    letters: Sequence[str],
    classes: Sequence[str],
):
    """What the network says with each letter, (letters, classes), at the step that was clicked."""
    rows = [[_("step {step}").format(step=step), *map(plain, classes)]]
    for letter, shares in zip(letters, probabilities.tolist(), strict=True):
        rows.append([plain(letter) + " ←" * (letter == present), *(percent(p, 1) for p in shares)])
    head, *lines = ["| " + " | ".join(row) + " |" for row in rows]
    st.markdown("\n".join([head, "|---" * (len(classes) + 1) + "|", *lines]))


def _numbers(values: np.ndarray, saliency: np.ndarray, name: str):
    figure = partial(
        over_steps,
        look(
            _("What speaks for {name}").format(name=name),
            _("step of the sequence"),
            _("scaled"),
            name,
        ),
        np.arange(1, len(values) + 1),
        [
            (_("the sequence, scaled"), values),
            (_("gradient × value, for {name}").format(name=name), saliency),
        ],
    )
    live_plot(figure, key="sequence_class.numbers", height=300)
