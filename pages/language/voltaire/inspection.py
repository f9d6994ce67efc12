"""Inside a text that a network wrote: what it expected at a character, and what a unit does."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st

from core.data.language import corpora
from core.figures.language.text import next_character
from core.messages import N_
from core.numeric.language.generation import log_probs_at
from core.numeric.language.language_model import LanguageModel, TextReading
from core.numeric.language.sampling import entropy_bits, filtered
from core.numeric.language.unit_finder import (
    PROPERTIES,
    Finding,
    activations_by_line,
    find_units,
)
from pages.language.voltaire.networks import Writer
from pages.language.voltaire.writing import WrittenText
from ui.components.charts import live_plot, look
from ui.components.reading import reading
from ui.layout import the_figure
from ui.state import address
from ui.state.widgets import in_new_words, place_of
from ui.texts import _, lesson_text, number, percent

_ROWS = 9  # of characters, the likeliest; the others are one row together
_NEAR = 80  # characters that are read by themselves rather than with the whole text
_AROUND = 3  # lines before and after one with quotation marks
_CHOSEN = "choose"
_NAMES = {" ": N_("space"), "\n": N_("line end")}
_NAMED = {" ": N_("a space"), "\n": N_("a line end")}


@st.fragment
def inspection(writer: Writer, written: WrittenText, key: str):
    """The text, to be clicked and coloured; beneath it, what was expected at one character."""
    figure = the_figure()
    unit, colours = _colouring(writer, written.text, key)
    start = len(written.prompt)
    letters = (i for i, char in enumerate(written.body, start) if char.isalpha())
    with figure:
        index = reading(
            written.text,
            key=f"{key}.reading",
            alt=_("The text that {writer} wrote").format(writer=writer.name),
            colours=colours,
            selected=next(letters, start),  # at first, the first letter that the network wrote
            legend=None if unit is None else (_("unit {unit} at −1").format(unit=unit), "+1"),
            mono=True,
            height=420,
        )
    if index is not None:
        distributions(writer, written, index, key)
    st.markdown(lesson_text("voltaire", "inside"))
    if unit is not None:
        st.markdown(lesson_text("voltaire", "units"))


def name_of(char: str) -> str:
    """A character as a label: a space by its name."""
    return _(_NAMES[char]) if char in _NAMES else char


def quoted(char: str) -> str:
    """A character within a sentence."""
    return _(_NAMED[char]) if char in _NAMED else _("“{character}”").format(character=char)


@dataclass(frozen=True)
class Expected:
    """At a character of a text: the likeliest rows, before the filters and after.

    labels: (rows,), of which the last is all others together. before, after: float (rows,).
    chosen: the row of the character that stands there, None if the network does not know it.
    bits: the entropy before and after.
    """

    labels: list[str]
    before: np.ndarray
    after: np.ndarray
    chosen: int | None
    bits: tuple[float, float]


def expected_at(writer: Writer, written: WrittenText, index: int) -> Expected:
    """What the network expected at ``index`` of the text, and what the settings left of it."""
    if index < _NEAR:
        log_probs = _near(writer.key, written.text[: index + 1], writer.model)
    else:
        log_probs = _read(writer.key, written.text, writer.model).log_probs[index]
    asked, before = written.settings, np.exp(log_probs, dtype=float)
    after = filtered(log_probs, asked.writing_temperature, asked.top_k, asked.top_p)
    chosen = int(writer.model.encode(written.text[index])[0])
    best = [int(i) for i in np.argsort(-before, kind="stable")[:_ROWS]]
    if chosen and chosen not in best:
        best[-1] = chosen
    others = np.setdiff1d(np.arange(len(before)), best)
    labels = [name_of(writer.model.vocabulary[i]) for i in best]
    return Expected(
        [*labels, _("all others")],
        np.append(before[best], before[others].sum()),
        np.append(after[best], after[others].sum()),
        best.index(chosen) if chosen else None,
        (entropy_bits(before), entropy_bits(after)),
    )


@st.cache_resource(max_entries=256, ttl=1800, show_spinner=False)
def _near(writer_key: str, text: str, _model: LanguageModel) -> np.ndarray:
    """What was expected at the last of a few characters: most visitors see the same."""
    return log_probs_at(_model, text, len(text) - 1)


@st.cache_resource(max_entries=16, ttl=1800, show_spinner=False)
def _read(writer_key: str, text: str, _model: LanguageModel) -> TextReading:
    """The reading of a text, kept for the next click; the many activations in half precision."""
    read = _model.read(text)
    return TextReading(read.activations.astype(np.float16), read.log_probs)


def distributions(writer: Writer, written: WrittenText, index: int, key: str):
    """Draws what the network expected at ``index``, and what the settings left of it."""
    expected = expected_at(writer, written, index)
    drawn = index >= len(written.prompt)
    title = _("It drew {character}") if drawn else _("You began with {character} here")
    before, after = (number(bits, 2) for bits in expected.bits)
    alt = _("The likeliest was {character}. Entropy: {before} bits, then {after} bits.").format(
        character=expected.labels[int(expected.before[:-1].argmax())], before=before, after=after
    )
    panels = {
        _("expected: {bits} bits").format(bits=before): expected.before,
        _("kept: {bits} bits").format(bits=after): expected.after,
    }
    figure = partial(
        next_character,
        look(title.format(character=quoted(written.text[index])), _("probability"), alt=alt),
        expected.labels,
        {title: (shares, [_percent(float(p)) for p in shares]) for title, shares in panels.items()},
        expected.chosen,
        cell=writer.model.cell,
    )
    live_plot(figure, key=f"{key}.distribution", height=400)


def _percent(probability: float) -> str:
    if probability == 0:
        return "–"
    if probability < 1e-3:
        return _("under {share}").format(share=percent(1e-3, 1))
    return percent(probability, 0 if probability >= 0.1 else 1)


def _colouring(writer: Writer, text: str, key: str) -> tuple[int | None, np.ndarray | None]:
    """The unit that the text is coloured by, and its activations; None and None for no unit."""
    asked = _asked_unit(writer, key)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by_unit = st.toggle(
            _("Colour by a hidden unit"),
            key=f"{key}.by_unit",
            value=asked is not None,
            help=_("Orange: the unit is near +1 after this character; blue: near −1."),
        )
        unit = _choose_unit(writer, asked, key) if by_unit else None
    address.write({"unit": None if unit is None else str(unit)})
    if unit is None:
        return None, None
    return unit, _read(writer.key, text, writer.model).activations[:, unit].astype(float)


def _asked_unit(writer: Writer, key: str) -> int | None:
    """The unit that the URL names when the page is opened."""
    name = f"{key}.asked_unit"
    if address.decides(name):
        unit = st.query_params.get("unit", "")
        known = unit.isdecimal() and int(unit) < writer.model.units()
        st.session_state[name] = int(unit) if known else None
    return st.session_state.get(name)


def _choose_unit(writer: Writer, asked: int | None, key: str) -> int:
    with st.spinner(_("Looking for units that follow something readable.")):
        findings = {finding.property: finding for finding in _findings(writer.key, writer.model)}
    label = _("{what}: unit {unit}, {share}")
    names = {
        name: label.format(
            what=_(PROPERTIES[name][0]),
            unit=finding.unit,
            share=percent(finding.balanced_accuracy),
        )
        for name, finding in findings.items()
    }
    names[_CHOSEN] = _("unit number …")
    chosen = f"{key}.property.{len(findings)}"
    usual = next(iter(names)) if asked is None else _CHOSEN
    choice = st.selectbox(
        _("A unit that follows"),
        list(names),
        index=place_of(in_new_words(chosen, names, usual), names),
        format_func=names.__getitem__,
        key=chosen,
        help=_(
            "The best unit for each property, chosen on the first half of a passage of this "
            "project's tale, {chars} characters, and scored on the second half: the mean "
            "share of the places with and without the property that it recognises. One half "
            "is chance."
        ).format(chars=number(len(passage()), 0)),
    )
    if choice in findings:
        return findings[choice].unit
    most = writer.model.units() - 1
    return int(
        st.number_input(
            _("Unit"), 0, most, value=min(asked or 0, most), key=f"{key}.unit.{most}", width=120
        )
    )


@st.cache_data(max_entries=64, ttl=3600, show_spinner=False)
def _findings(writer_key: str, _model: LanguageModel) -> list[Finding]:
    return find_units(passage(), activations_by_line(_model, passage()))


@st.cache_data(show_spinner=False)
def passage() -> str:
    """Lines of the tale in which all that units may follow occurs, quotation marks too."""
    lines = corpora.corpus("conte").split("\n")
    near = (lines[max(0, i - _AROUND) : i + _AROUND + 1] for i in range(len(lines)))
    around = zip(lines, near, strict=True)
    return "\n".join(line for line, others in around if any("«" in other for other in others))
