"""A network of one's own: settings, text, the run, and what each epoch learned."""

from functools import partial

import streamlit as st

from core.data.language import corpora
from core.experiments.voltaire.config import VoltaireConfig
from core.figures.language.text import share_by_epoch
from core.figures.training import loss_curve
from core.messages import Problem
from core.numeric.language.ngram import MAX_ORDER
from pages.language.voltaire import networks, source
from pages.language.voltaire.inspection import distributions
from pages.language.voltaire.quiz import QUESTIONS
from pages.language.voltaire.writing import VoltaireWriting, WrittenText
from ui.components.charts import live_plot, look
from ui.components.reading import reading
from ui.notices import plain
from ui.runs.inputs.fetching import begin_with_what_is_here
from ui.runs.results.curves import looked_at, training_curve, x_end
from ui.runs.run import Run
from ui.runs.sections import takeaway_section, training_section
from ui.texts import _, number, percent, say

_ORDERS = range(1, MAX_ORDER + 1)
_LINES = (2, 3, 7)  # orders of n-grams far enough apart to be labelled, besides 1


def training() -> Run | None:
    """The whole section; returns the run that is followed, None if there is none."""
    begin_with_what_is_here(VoltaireConfig, "corpus", corpora.missing, "conte")
    return training_section(
        "voltaire",
        VoltaireConfig,
        _draw,
        strip=("corpus", "cell", "units", "learning_rate", "epochs"),
        metrics={"valid_bits": _("bits per character")},
        questions=QUESTIONS,
        prepare=source.usable,
        before=_to_beat,
        pending=_("A sample comes at the end of the first epoch."),
        choice=networks.CHOICE,
    )


def takeaway(run: Run | None):
    """The bench, and what can be taken away from the run."""
    files = takeaway_section(
        "voltaire",
        run,
        metrics={
            "valid_bits": _("Bits per character"),
            "perplexity": _("Perplexity"),
            "known_words": _("Known words"),
        },
    )
    if run and run.epochs and run.finished:
        with files:
            _texts(run.config.text_name)


def _texts(name: str):
    """The texts of the run, without which its script has nothing to read."""
    try:
        corpora.corpus(name)
    except Problem as gone:
        st.caption(plain(say(gone)))
        return
    parts = {_("Training text"): ("text.txt", 0)}
    if name == "voltaire":
        parts[_("Held-out text")] = ("held_out.txt", 1)
    with st.container(horizontal=True):
        for label, (file, part) in parts.items():
            st.download_button(
                label,
                # The script cuts off the last tenth itself, but knows no books.
                lambda part=part: (
                    corpora.splits(name)[part] if name == "voltaire" else corpora.corpus(name)
                ).encode(),
                file,
                "text/plain",
                key=f"voltaire.take.{file}",
                icon=":material/download:",
                on_click="ignore",
            )


def _to_beat(config: VoltaireConfig):
    shipped = networks.shipped()
    if config.corpus != "voltaire" or shipped is None:
        return
    counted = shipped.card["metrics"]["ngram_bits_on_validation"]["voltaire"]
    title = _("What there is to beat, as recorded when the shipped network was made")
    heights = {label: counted[name] for name, label in _lines().items() if name in counted}
    figure = partial(
        loss_curve,
        look(title, _("epochs"), _("bits per character")),
        [],
        references=heights | _shipped_bits(shipped),
        x_end=config.epochs,
    )
    live_plot(figure, key="voltaire.to_beat", height=420)


def _shipped_bits(shipped: networks.Writer) -> dict[str, float]:
    return {_("the shipped network"): shipped.card["metrics"]["bits_per_char"]["validation"]}


def _lines() -> dict[str, str]:
    """The n-grams that are drawn: name among a run's references -> what people call it."""
    names = {"ngram_1": _("counting single letters")}
    many = _("counting {order} characters")
    return names | {f"ngram_{order}": many.format(order=order) for order in _LINES}


def _draw(run: Run):
    chart, sample = st.columns([3, 2])
    with chart:
        _curves(run)
    if not run.epochs:
        return
    with sample:
        index = _sample(run)
    if index is not None:
        _expected(run, index)


def _curves(run: Run):
    shipped = networks.shipped() if run.config.corpus == "voltaire" else None
    training_curve(
        run,
        key="voltaire.loss",
        title=_loss_title(run),
        y_title=_("bits per character"),
        step_metric="train_bits",
        epoch_metrics={"valid_bits": _("held out")},
        colour=run.config.cell,
        references=_lines(),
        recorded=_shipped_bits(shipped) if shipped else {},
        height=420,
    )
    epochs, share = run.by_epoch("known_words")
    figure = partial(
        share_by_epoch,
        look(_("Sampled words that exist"), _("epochs"), _("known words")),
        epochs,
        share,
        cell=run.config.cell,
        x_end=x_end(run),
        at=looked_at(run),
    )
    live_plot(figure, key="voltaire.known", height=220)


def _loss_title(run: Run) -> str:
    """What the curve shows now: how many characters of counting the network is worth."""
    if not run.epochs:
        return _("The network has just begun")
    bits, counted = run.at.metrics["valid_bits"], run.started.references
    beaten = [order for order in _ORDERS if bits < counted.get(f"ngram_{order}", 0.0)]
    if not beaten:
        title = _("Epoch {epoch}: worse than counting letters")
    elif beaten == [1]:
        title = _("Epoch {epoch}: beats counting letters")
    else:
        title = _("Epoch {epoch}: beats counting {order} characters")
    return title.format(epoch=run.at.epoch, order=max(beaten, default=0))


def _sample(run: Run) -> int | None:
    """What the network wrote at the epoch's end; the character that was clicked, if any."""
    at = run.at
    st.markdown(_("**What it writes after epoch {epoch}**").format(epoch=at.epoch))
    index = reading(
        at.texts["sample"],
        key="voltaire.sample",
        alt=_("Sample after epoch {epoch}").format(epoch=at.epoch),
        mono=True,
        height=420,
    )
    st.caption(
        _(
            "Temperature {temperature}. {share} of its words of three letters or more are words "
            "of the text it learns from. Click a character to see what the network expected."
        ).format(
            temperature=number(run.config.temperature, 1),
            share=percent(at.metrics["known_words"]),
        )
    )
    return index


def _expected(run: Run, index: int):
    writer = networks.of_epoch(run)
    if writer is None:
        st.caption(_("The weights of this epoch were not kept; those of the last epoch are."))
        return
    settings = VoltaireWriting(prompt="", writing_temperature=run.config.temperature)
    written = WrittenText(settings, "", run.at.texts["sample"])
    distributions(writer, written, index, "voltaire.sample")
