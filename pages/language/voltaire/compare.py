"""The same beginning at three temperatures, and the network beside models that only count."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from core.data.language import corpora
from core.experiments.kit.config import Config, real
from core.figures.language.text import bits_by_order
from core.messages import N_
from core.numeric.language.ngram import MAX_ORDER, NGram
from core.numeric.language.originality import words_of
from pages.language.voltaire.networks import Writer
from pages.language.voltaire.writing import WrittenText, write
from ui.components.charts import live_plot, look
from ui.components.reading import reading
from ui.layout import paragraphs, text_beside
from ui.state import address
from ui.state.controls import controls
from ui.state.widgets import pressed
from ui.texts import _, lesson_text, number

_CHARS = 350
_NGRAM_CHARS = 300
_ORDERS = range(1, MAX_ORDER + 1)
_DEFAULT_ORDER = 4
_ORDER, _COUNT = "voltaire.order", "voltaire.count"


@dataclass(frozen=True)
class TemperatureComparison(Config):
    """The three temperatures at which a text is compared with itself."""

    cool: float = real(0.3, 0.0, 2.0, N_("On the left"), step=0.1)
    medium: float = real(0.8, 0.0, 2.0, N_("In the middle"), step=0.1)
    warm: float = real(1.3, 0.0, 2.0, N_("On the right"), step=0.1)


def temperatures(writer: Writer, written: WrittenText):
    """The same network, prompt and seed at three temperatures, side by side."""
    st.subheader(_("Three temperatures"), anchor=False)
    paragraphs(lesson_text("voltaire", "temperatures"))
    names = list(TemperatureComparison.specs())
    config = controls(TemperatureComparison, strip=names)
    if config is None:
        return
    seed = written.settings.writing_seed
    for name, column in zip(names, st.columns(len(names), gap="large"), strict=True):
        temperature = getattr(config, name)
        with column:
            body = write(writer, written.prompt, _CHARS, temperature, seed)
            shown = number(temperature, 1)
            st.markdown(_("**At {temperature}**").format(temperature=shown))
            reading(
                written.prompt + body,
                key=f"voltaire.at_{name}",
                alt=_("Written at temperature {temperature}").format(temperature=shown),
                mono=True,
                height=400,
            )
            words = list(words_of(body))
            if words:
                counted = _("{different} different words among {all}")
                st.caption(counted.format(different=len(set(words)), all=len(words)))


def counting(shipped: Writer | None):
    """Bits per character of the shipped network and of n-gram models, and what those write."""
    st.subheader(_("Beside mere counting"), anchor=False)
    text, figure = text_beside("voltaire.counting_text")
    text.markdown(lesson_text("voltaire", "ngrams"))
    if shipped is None:
        figure.info(_("The scores come with the shipped network, which is missing here."))
        return
    with figure:
        _chart(shipped)
    with text:
        _ngram_sample()


def _chart(shipped: Writer):
    metrics = shipped.card["metrics"]
    bits, counted = metrics["bits_per_char"]["micromegas"], metrics["ngram_bits"]
    names = {"voltaire": _("Voltaire, counted"), "everything": _("all it read, counted")}
    curves = {
        label: [counted[name][f"ngram_{order}"] for order in _ORDERS]
        for name, label in names.items()
    }
    best = min(min(values) for values in curves.values())
    below, above = (
        _("Network: {bits} bits below the best count"),
        _("Network: {bits} bits above the best count"),
    )
    title = (below if bits < best else above).format(bits=number(abs(best - bits), 2))
    figure = partial(
        bits_by_order,
        look(title, _("order n of the n-gram"), _("bits per character")),
        list(_ORDERS),
        curves,
        (_("the shipped network"), bits),
        cell=shipped.model.cell,
    )
    live_plot(figure, key="voltaire.ngrams", height=380)
    st.caption(_("Recorded when the network was made, on Micromégas, which neither has read."))


@st.fragment
def _ngram_sample():
    if corpora.missing("voltaire"):
        st.caption(
            _(
                "Where Voltaire's texts are on this machine, an n-gram model can write here too: "
                "“python -m core data fetch --all” gets them."
            )
        )
        return
    if address.decides(_ORDER) or _ORDER not in st.session_state:
        order = st.query_params.get("order", "")
        st.session_state[_ORDER] = int(order) if order in map(str, _ORDERS) else _DEFAULT_ORDER
    order = st.select_slider(
        _("Order of the n-gram"),
        list(_ORDERS),
        st.session_state[_ORDER],
        key=_ORDER,
        help=_("1: letters by their frequency alone. 7: each by the six before it."),
    )
    address.write({"order": str(order) if order != _DEFAULT_ORDER else None})
    if pressed(
        _("Let it write"),
        key="voltaire.count_button",
        help=_("Counts Voltaire's texts first, once."),
    ):
        st.session_state[_COUNT] = True
    if not st.session_state.get(_COUNT):
        return
    with st.spinner(_("Counting.")):
        body = _counted(corpora.digest("voltaire")).generate(length=_NGRAM_CHARS, order=order)
    reading(
        body,
        key="voltaire.ngram_text",
        alt=_("Written by an n-gram model of order {order}").format(order=order),
        mono=True,
        height=240,
    )


@st.cache_resource(max_entries=1, show_spinner=False)
def _counted(digest: str) -> NGram:
    return NGram.fit(corpora.corpus("voltaire"))
