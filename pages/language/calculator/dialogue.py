"""A question is put, and what was asked before stays in sight."""

from dataclasses import dataclass

import streamlit as st

from core.data.language.expressions import read_expression
from core.experiments.calculator.analysis import Asked, ask
from core.messages import Problem
from pages.language.calculator.networks import Answerer
from pages.language.calculator.notation import printed
from ui.notices import plain
from ui.state import address
from ui.texts import _, say

_SCOPE, _TEXT, _QUESTION = "calculator.asking", "calculator.text", "calculator.question"
_PROBLEM, _CONVERSATION = "calculator.problem_asked", "calculator.conversation"
_FIRST = (12, "+", 345)
_EXAMPLES = ("999+1", "88-907", "47*86", "1234+5")
_KEPT, _SHOWN = 30, 6

Question = tuple[int, str, int]


@dataclass(frozen=True)
class Exchange:
    """A question that was answered: by whom ("shipped" or "run"), and how."""

    question: Question
    kind: str
    answer: str
    truth: int


def asking(answerer: Answerer) -> Asked:
    """The box to ask in; returns the answer to the question that stands."""
    _begin()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            _("Your question"),
            st.session_state[_TEXT],
            key=_TEXT,
            help=_("Two whole numbers of up to six digits, with +, − or × between them."),
            on_change=_ask,
        )
        st.button(_("Ask"), key="calculator.ask", type="primary", on_click=_ask)
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content"
        ):
            st.caption(_("Or ask:"), width="content")
            for i, example in enumerate(_EXAMPLES):
                st.button(
                    plain(printed(example)),
                    key=f"calculator.example.{i}",
                    type="tertiary",
                    on_click=_put,
                    args=(read_expression(example),),
                )
    problem = st.session_state.get(_PROBLEM)
    if problem:
        st.warning(plain(say(problem)))
    question = st.session_state[_QUESTION]
    address.write({"ask": None if question == _FIRST else _text(question)})
    asked = ask(answerer.model, answerer.learned, *question)
    _remember(Exchange(question, answerer.kind, asked.answer, asked.truth))
    return asked


def conversation():
    """What was asked before, the latest first; each may be asked again."""
    earlier = st.session_state[_CONVERSATION][:-1][::-1][:_SHOWN]
    if not earlier:
        return
    st.caption(_("Asked before (press one to ask it again)"))
    with st.container(gap="small", key="calculator_conversation"):
        for i, exchange in enumerate(earlier):
            st.button(
                _line(exchange),
                key=f"calculator.again.{i}",
                type="tertiary",
                on_click=_put,
                args=(exchange.question,),
            )


def _begin():
    if address.decides(_SCOPE) or _QUESTION not in st.session_state:
        st.session_state[_PROBLEM] = None
        st.session_state[_QUESTION] = _FIRST
        st.session_state[_TEXT] = _text(_FIRST)
        if "ask" in st.query_params:
            _read(st.query_params["ask"])
    elif _TEXT not in st.session_state:  # the page was left, and its widgets with it
        st.session_state[_TEXT] = _text(st.session_state[_QUESTION])
    st.session_state.setdefault(_CONVERSATION, [])


def _read(text: str):
    """Take a question from the URL, where a "+" that was typed by hand arrives as a space."""
    try:
        question = read_expression(text)
    except Problem as problem:
        try:
            question = read_expression(text.strip().replace(" ", "+"))
        except Problem:
            st.session_state[_PROBLEM] = problem
            return
    _put(question)


def _ask():
    try:
        question = read_expression(st.session_state[_TEXT])
    except Problem as problem:
        st.session_state[_PROBLEM] = problem
        return
    _put(question, st.session_state[_TEXT])


def _put(question: Question, text: str | None = None):
    st.session_state[_PROBLEM] = None
    st.session_state[_QUESTION] = question
    st.session_state[_TEXT] = _text(question) if text is None else text


def _remember(exchange: Exchange):
    """One entry a question and network in a row: a run that learns answers again and again."""
    before = st.session_state[_CONVERSATION]
    if before and (before[-1].question, before[-1].kind) == (exchange.question, exchange.kind):
        before.pop()
    st.session_state[_CONVERSATION] = [*before, exchange][-_KEPT:]


def _text(question: Question) -> str:
    return "{}{}{}".format(*question)


def _line(exchange: Exchange) -> str:
    question = plain(printed(_text(exchange.question)))
    answer = plain(printed(exchange.answer)) or _("nothing")
    who = "" if exchange.kind == "shipped" else " · " + _("your run")
    if exchange.answer == str(exchange.truth):
        return f"{question} = **{answer}** ✓{who}"
    truth = _("it is {truth}").format(truth=plain(printed(str(exchange.truth))))
    return f"{question} = **{answer}** ✗ ({truth}){who}"
