"""A held-out sequence opened: what in it spoke for a class, and what another letter would do."""

from collections.abc import Sequence
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
from ui.texts import _, percent

_QUICK_PARAMS = 40_000  # of a network that may be asked every second while it learns


def open_sequence(run: Run, classes: list[str]):
    """The chooser of a sequence, its letters coloured, and every letter exchanged in turn."""
    arrays, texts = run.at.arrays, run.at.texts
    tokens = [line.split("\t") for line in texts["sequences"].split("\n")]
    letters = texts["letters"].split("\n") if texts["letters"] else []
    labels, inputs = arrays["shown_labels"], arrays["shown_inputs"].astype(np.float32)
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
        index = _choose(tokens, classes, labels, predicted)
        towards = _towards(classes, int(predicted[index].argmax()), index)
    look = arrays["look"][towards, index]
    if letters:
        chosen = _letters(tokens[index], look, classes[towards], run.id, index)
        if run.ended or run.started.params <= _QUICK_PARAMS:
            _exchanged(inputs[index], probabilities, letters, tokens[index], towards, classes)
            _told(chosen, tokens[index], inputs[index], probabilities, letters, classes)
    else:
        _numbers(inputs[index, :, 0], look, classes[towards])


def _choose(
    tokens: Sequence[Sequence[str]],
    classes: Sequence[str],
    labels: np.ndarray,
    said: np.ndarray,
) -> int:
    wrong = said.argmax(1) != labels

    names = {}
    for i in range(len(tokens)):
        verdict = _("called {said}") if wrong[i] else _("rightly called {said}")
        verdict = verdict.format(said=classes[said[i].argmax()])
        names[i] = f"{i + 1}: {classes[labels[i]]}, {verdict}, {percent(float(said[i].max()))}"
    index = st.selectbox(
        _("Sequence"),
        list(names),
        format_func=names.__getitem__,
        key="predict.class_sequence",
        help=_("What it is, what the network says, and how sure it is."),
        width=380,
    )
    return index or 0


def _towards(classes, predicted: int, index: int) -> int:
    return st.segmented_control(
        _("What speaks for"),
        list(range(len(classes))),
        format_func=lambda c: plain(classes[c]),
        default=predicted,
        key=f"predict.class_towards.{index}",
        required=True,
    )


def _letters(tokens, saliency, name, run_id, index) -> int | None:
    """The sequence as coloured text; the step that was clicked."""
    by_word = any(len(token) > 1 for token in tokens)
    text = " ".join(tokens) if by_word else "".join(tokens)
    saliency = saliency[len(saliency) - len(tokens) :]
    top = float(np.abs(saliency).max()) or 1.0
    steps: list[int] = []
    for step, token in enumerate(tokens):
        steps += [step] * (len(token) + by_word)
    steps = steps[: len(text)]
    chosen = reading(
        text,
        key=f"predict.class_reading.{run_id}.{index}",
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


def _exchanged(one, probabilities, letters, tokens, towards, classes):
    """The change of a class's probability with each letter at each step."""
    now = probabilities(one[None])[0, towards]
    other = probabilities(substitutions(one))[:, towards]
    change = (other.reshape(len(one), len(letters)) - now).T
    change = change[:, len(one) - len(tokens) :]
    steps = np.arange(1, len(tokens) + 1)
    place = np.unravel_index(np.abs(change).argmax(), change.shape)
    title = _("A {letter} at step {step} would change most").format(
        letter=escape(letters[place[0]]), step=int(place[1]) + 1
    )
    figure = letter_grid(
        look(title, _("step of the sequence"), _("letter instead")),
        100 * change,
        [escape(letter) for letter in letters],
        [_("step {step}").format(step=step) for step in steps],
        unit=_("points"),
        signed=True,
        most=max(1.0, float(np.abs(100 * change).max())),
        x=steps.tolist(),
    )
    height = 180 + 22 * len(letters)
    live_plot(figure, key="predict.class_exchange", height=height)
    st.caption(
        _(
            "Not a gradient: each letter is really exchanged, and the network asked again. Colour: "
            "how the probability of {name} changes, now {now}."
        ).format(name=plain(classes[towards]), now=percent(float(now), 1))
    )


def _told(step: int | None, tokens, one, probabilities, letters, classes):
    """What the network says with each letter at the step that was clicked."""
    if step is None:
        return
    at = len(one) - len(tokens) + step
    every = substitutions(one).reshape(len(one), len(letters), *one.shape)[at]
    by_letter = probabilities(every)
    lines = [
        "| "
        + " | ".join(
            [f"{plain(letter)}{' ←' * (letter == tokens[step])}", *(percent(p, 1) for p in row)]
        )
        + " |"
        for letter, row in zip(letters, by_letter.tolist(), strict=True)
    ]
    head = "| " + " | ".join([_("step {step}").format(step=step + 1), *map(plain, classes)]) + " |"
    st.markdown("\n".join([head, "|---" * (len(classes) + 1) + "|", *lines]))


def _numbers(values, saliency, name):
    figure = over_steps(
        look(_("What speaks for {name}").format(name=name), _("step of the sequence"), _("scaled")),
        np.arange(1, len(values) + 1),
        [
            (_("the sequence, scaled"), values),
            (_("gradient × value, for {name}").format(name=name), saliency),
        ],
    )
    live_plot(figure, key="predict.class_numbers", alt=name, height=300)
