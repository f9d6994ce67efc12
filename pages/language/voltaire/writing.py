"""The network writes: what it is asked for, and the text, character by character."""

import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from itertools import chain

import streamlit as st

from core.experiments.kit.config import Config, real, text, whole
from core.messages import N_
from core.numeric.language.generation import generate
from pages.language.voltaire.networks import Writer
from ui.components.reading import stream
from ui.notices import plain
from ui.state import address
from ui.state.controls import choose, controls
from ui.state.kept_text import cut
from ui.texts import _

_ASKED, _WRITE, _PROMPT = "voltaire.asked", "voltaire.write", "voltaire.prompt"
_MOST_PROMPT = 300
_lock = threading.Lock()
_kept: OrderedDict[tuple, str] = OrderedDict()
_MOST_KEPT = 300


@dataclass(frozen=True)
class VoltaireWriting(Config):
    """What a network is asked to write. The names differ from those of a run: the URL has both."""

    prompt: str = text("Le philosophe", 0, _MOST_PROMPT, N_("It begins with"))
    length: int = whole(
        600, 50, 5000, N_("Characters"), N_("How many to write after the beginning."), step=50
    )
    writing_temperature: float = real(
        0.6,
        0.0,
        2.0,
        N_("Temperature"),
        N_("Divides the scores before one character is drawn. 0: always the likeliest."),
        step=0.05,
    )
    top_k: int = whole(
        0, 0, 100, "Top-k", N_("Only the k likeliest characters may be drawn; 0: all of them.")
    )
    top_p: float = real(
        1.0,
        0.0,
        1.0,
        "Top-p",
        N_("Only the fewest likeliest characters that share this probability; 1: all of them."),
        step=0.01,
    )
    writing_seed: int = whole(
        1,
        0,
        999_999,
        N_("Seed"),
        N_("The same seed draws the same text, another seed another text."),
    )


@dataclass(frozen=True)
class WrittenText:
    """A text as it stands on the page: what it was asked to begin with, and what was written."""

    settings: VoltaireWriting
    prompt: str
    body: str

    @property
    def text(self) -> str:
        """Prompt and body."""
        return self.prompt + self.body


def writing(writer: Writer) -> WrittenText | None:
    """The settings, and the text that the network wrote with them; None if they are not allowed.

    The text is written at once when the page opens, and again when asked.
    """
    settings = st.fragment(_settings)(writer)
    if settings is None:
        return None
    asked, asked_now = settings
    prompt = unicodedata.normalize("NFC", asked.prompt)
    return WrittenText(asked, prompt, _body(writer, asked, prompt, asked_now))


def write(writer: Writer, prompt: str, length: int, temperature: float, seed: int) -> str:
    """A text of these settings, kept for whoever asks again."""
    key = (writer.key, prompt, length, temperature, seed)
    body = _recall(key)
    if body is None:
        parts = generate(writer.model, prompt, length, temperature, seed=seed)
        body = "".join(part.text for part in parts)
        _keep(key, body)
    return body


def _settings(writer: Writer) -> tuple[VoltaireWriting, bool] | None:
    """What the network is asked for, and whether it has just been asked; None if not allowed.

    A fragment, since a setting that is moved changes nothing else until it is asked.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _prompt_and_buttons()
        now = controls(
            VoltaireWriting,
            strip=("writing_temperature",),
            more=("top_k", "top_p", "length", "writing_seed"),
        )
    if now is None:
        return None
    if st.session_state.get(_WRITE) and not address.is_whole():
        st.rerun()
    asked_now = st.session_state.pop(_WRITE, False)
    if address.decides(_ASKED) or asked_now or _ASKED not in st.session_state:
        st.session_state[_ASKED] = now
    asked = st.session_state[_ASKED]
    if unknown := writer.model.unknown(unicodedata.normalize("NFC", asked.prompt)):
        note = _("This network has never read {characters}. It takes each for an unknown one.")
        st.warning(note.format(characters=", ".join(f"“{plain(char)}”" for char in unknown)))
    if asked != now:
        st.info(_("The text below was written with other settings. Write applies these."))
    return asked, asked_now


def _prompt_and_buttons():
    if address.decides(_PROMPT) or _ASKED not in st.session_state:
        prompt = st.query_params.get("prompt", VoltaireWriting.defaults()["prompt"])
        st.session_state[_PROMPT] = prompt[:_MOST_PROMPT]
    elif _PROMPT not in st.session_state:  # the page was left, and its widgets with it
        st.session_state[_PROMPT] = st.session_state[_ASKED].prompt
    st.text_input(
        _("It begins with"),
        st.session_state[_PROMPT],
        key=_PROMPT,
        help=_("The network reads this first; what it writes goes on from there."),
        on_change=cut(_PROMPT, _MOST_PROMPT, _prompt_changed),
    )
    st.button(
        _("Write"),
        key="voltaire.write_button",
        type="primary",
        help=_("Write with these settings."),
        on_click=_ask,
    )
    st.button(
        _("Another"),
        key="voltaire.another",
        help=_("Write once more, with the next seed."),
        on_click=_ask_another,
    )


def _ask():
    st.session_state[_WRITE] = True


def _prompt_changed():
    choose(VoltaireWriting, prompt=st.session_state[_PROMPT])
    _ask()


def _ask_another():
    asked = st.session_state.get(_ASKED, VoltaireWriting())
    choose(VoltaireWriting, writing_seed=(asked.writing_seed + 1) % 1_000_000)
    _ask()


def _body(writer: Writer, asked: VoltaireWriting, prompt: str, again: bool) -> str:
    """The text, shown while it is being written; at once where it is already known."""
    key = (writer.key, asked)
    body = None if again else _recall(key)
    if body is None:
        parts = generate(
            writer.model,
            prompt,
            asked.length,
            asked.writing_temperature,
            asked.top_k,
            asked.top_p,
            asked.writing_seed,
        )
        place = st.empty()
        with place:
            chunks = chain([prompt], (part.text for part in parts))
            body = stream(chunks, key="voltaire.stream")[len(prompt) :]
        place.empty()
        _keep(key, body)
    return body


def _recall(key: tuple) -> str | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: tuple, body: str):
    with _lock:
        _kept[key] = body
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
