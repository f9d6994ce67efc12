"""The calculator's lesson by AppTest: questions, answers, and what is understood of them."""

import numpy as np
import pytest

from core import pretrained
from core.data.language.arithmetic import Questions
from core.experiments.calculator import recipe as calculator_shipped
from core.experiments.calculator import recorded as calculator_recorded
from core.experiments.calculator.analysis import LONGEST, ask
from core.experiments.calculator.config import CalculatorConfig
from core.experiments.kit.seq2seq_run import model_of
from core.numeric.language.codec import Codec
from core.numeric.language.seq2seq import Seq2Seq, Seq2SeqArchitecture
from pages.language.calculator.analysis import perturbation as calculator_changed
from pages.language.calculator.answer import attention_by_character, digits_of, sure
from pages.language.calculator.networks import Answerer
from pages.language.calculator.notation import learned_by
from tests import recorded
from tests.pages.language.calculator_page import CLASSIC, answer, asked, conversation, page
from tests.pages.lesson import checked, engine_fixture, figure, numbers, tables, title, url
from ui.texts import percent

engine = engine_fixture(recorded.find)
WEIGHTS = recorded.weights(recorded.epochs("calculator", "dot")[-1])  # of additions, two digits


@pytest.fixture(autouse=True)
def on_its_own(monkeypatch):
    monkeypatch.setattr(calculator_recorded, "load", lambda: CLASSIC)


@pytest.fixture(scope="module")
def shipped():
    return pretrained.load("calculator", Seq2Seq)[0]


@pytest.mark.parametrize(
    ("lang", "button", "heads", "claim", "looked"),
    [
        (
            "en",
            "Ask",
            ["What it reaches", "Understand it", "Train one of your own"],
            "A question such as `12+345`",
            "Where it looked while it wrote ",
        ),
        (
            "fr",
            "Demander",
            ["Ce qu’il atteint", "Comprendre", "Entraînez le vôtre"],
            "Une question comme `12+345`",
            "Où il regardait en écrivant ",
        ),
    ],
)
def test_the_page_in_both_languages(lang, button, heads, claim, looked):
    at = page(lang=lang)
    assert at.button(key="calculator.ask").label == button
    assert sorted(h.value for h in at.header) == sorted(heads)
    assert any(m.value.startswith(claim) for m in at.markdown)
    assert title(at, "calculator.looked").startswith(looked)


def test_a_question_is_answered_as_the_page_opens(shipped):
    at = page()
    said = ask(shipped, calculator_shipped.LEARNED, 12, "+", 345)
    shown = answer(at)
    assert shown["question"] == "12+345"
    assert "".join(d["symbol"] for d in shown["digits"]) == said.answer
    shares = [d["share"] for d in shown["digits"]]
    assert shares == pytest.approx(said.digit_probabilities, abs=1e-6)
    assert shown["right"] is said.correct
    assert shown["verdict"] == f"{'Right' if said.correct else 'Wrong'}: it is 357."
    expected = shipped.beam("12+345", 5, LONGEST)
    assert [a["text"] for a in shown["answers"]] == [text for text, _ in expected]
    assert [a["right"] for a in shown["answers"]] == [text == "357" for text, _ in expected]
    assert conversation(at) == []


def test_the_attention_is_that_of_each_step_over_the_question_as_it_is_read(shipped):
    at = page(ask="88-907")
    written = shipped.write(shipped.questions(["88-907"]), LONGEST)
    trace = figure(at, "calculator.looked")["data"][0]
    assert numbers(trace["z"]) == pytest.approx(written.attention[0][:, ::-1], abs=1e-6)
    layout = figure(at, "calculator.looked")["layout"]
    assert layout["xaxis"]["ticktext"] == list("88−907")
    assert layout["yaxis"]["ticktext"][-1].endswith("end")


@pytest.mark.parametrize("said", ["47*86", "４７×８６", " 47 x 86 = "])
def test_the_question_may_come_by_the_url(said):
    at = page(ask=said)
    assert answer(at)["question"] == "47×86"
    assert url(at)["ask"] == "47*86"
    assert not at.warning


def test_a_plus_that_the_url_made_a_space_is_understood():
    at = page(ask="47 86")
    assert answer(at)["question"] == "47+86"
    assert not at.warning


CANNOT_BE_ASKED = [
    ("", "The question is empty; write two numbers with +, − or ×, such as 12+345."),
    ("abc", "“a” cannot be part of a question here: only digits and one of +, − and × can."),
    ("2^8", "It has not learned powers; ask for +, − or ×, such as 34×7."),
    ("12++3", "One operation at a time, as in 12+3, not 2."),
    ("6/2", "It has not learned to divide; ask for +, − or ×, such as 34×7."),
    ("9" * 10_000, "That has 10,000 characters; a question like 12+345 has at most 60."),
    ("1234567+1", "A number of 7 digits is too long; at most 6 are answered."),
    ("12", "That is only one number; write two, with +, − or × between them."),
    ("<b>1+2", "“<” cannot be part of a question here: only digits and one of +, − and × can."),
]


def test_what_cannot_be_asked_is_a_sentence_and_the_conversation_stays():
    at = asked(page(), "3+4")
    before = conversation(at)
    assert len(before) == 1
    for text, sentence in CANNOT_BE_ASKED:
        at = asked(at, text)
        assert [w.value.replace("\\", "") for w in at.warning] == [sentence]
        assert answer(at)["question"] == "3+4"
        assert conversation(at) == before
    at = asked(at, "5+6")
    assert not at.warning


def test_a_wrong_question_in_the_url_is_told_and_the_default_answered():
    at = page(ask="6/2")
    assert len(at.warning) == 1
    assert answer(at)["question"] == "12+345"
    assert "ask" not in url(at)


def test_what_was_asked_before_stays_and_may_be_asked_again(shipped):
    at = asked(asked(page(), "3+4"), "34*7")
    assert answer(at)["question"] == "34×7"
    assert url(at)["ask"] == "34*7"
    first = shipped.answers(["12+345"], LONGEST)[0]
    earlier = conversation(at)
    assert earlier[0].startswith("3\\+4 = ")
    assert earlier[1].startswith(f"12\\+345 = **{first}** {'✓' if first == '357' else '✗'}")
    checked(at.button(key="calculator.again.1").click().run())
    assert answer(at)["question"] == "12+345"
    assert at.text_input(key="calculator.text").value == "12+345"
    assert len(conversation(at)) == 3


def test_a_wrong_answer_names_the_result_in_the_conversation(shipped):
    said = shipped.answers(["123456*654321"], LONGEST)[0]
    at = asked(page(ask="123456*654321"), "1+1")
    assert conversation(at) == [f"123456×654321 = **{said}** ✗ (it is 80779853376)"]


def test_an_example_is_asked_by_a_click():
    at = page()
    checked(at.button(key="calculator.example.1").click().run())
    assert answer(at)["question"] == "88−907"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "1234+5",
            "Outside what it has learned: in training the numbers of additions had 3 digits at "
            "most.",
        ),
        (
            "100*7",
            "Outside what it has learned: in training the numbers of products had 2 digits at "
            "most.",
        ),
    ],
)
def test_a_question_beyond_its_range_is_answered_and_marked(text, note):
    shown = answer(page(ask=text))
    assert ["outside", note] in shown["notes"]
    assert shown["digits"]


def test_it_is_said_whether_a_question_was_held_out():
    for first, second in ((12, 345), (300, 41), (7, 8), (901, 33)):
        question = Questions(np.array([first]), np.array(["+"]), np.array([second]))
        notes = " ".join(text for _, text in answer(page(ask=f"{first}+{second}"))["notes"])
        assert ("No network" not in notes) and (
            notes.startswith("Held out:") is bool(question.held_out()[0])
        )


def test_the_table_is_what_the_card_says():
    card = pretrained.card("calculator")
    table = tables(page())[0]
    exact = card["metrics"]["exact_match"]
    assert list(table["Operation"]) == ["Additions", "Subtractions", "Products"]
    for row, name in zip(
        table["Right, held out"], ("additions", "subtractions", "products"), strict=True
    ):
        share = exact[f"{name} held out"]
        assert row.startswith(percent(share, 3 if 0.999 < share < 1 else 1) + " of ")
    assert table["Right, others"].iloc[2].endswith("of 7,983")


def test_the_marks_of_failure_are_the_wrong_questions():
    at = page(fails_at="*")
    wrong = calculator_shipped.wrong_questions()["*"]
    drawn = figure(at, "calculator.plane")["data"]
    assert sum(len(numbers(t["x"])) for t in drawn) == min(2000, len(wrong))
    everything = set(zip(wrong.first.tolist(), wrong.second.tolist(), strict=True))
    for trace in drawn:
        points = zip(numbers(trace["x"]).tolist(), numbers(trace["y"]).tolist(), strict=True)
        assert set(points) <= everything


def test_without_the_shipped_network_the_page_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(pretrained, "WEIGHTS", tmp_path)
    at = page()
    assert any(i.value.startswith("The shipped calculator is missing") for i in at.info)
    assert [h.value for h in at.header] == ["Train one of your own"]


def test_without_the_recorded_recipe_the_page_still_works(monkeypatch):
    monkeypatch.setattr(calculator_recorded, "load", lambda: None)
    at = page()
    assert not [e for e in at.get("bidi_component") if "calculator.to_beat" in e.proto.id]


def test_the_recorded_recipe_is_called_so_before_a_run():
    at = page()
    assert title(at, "calculator.to_beat") == "What there is to beat: the classic recipe, recorded"
    other = page(operations="*")
    assert not [e for e in other.get("bidi_component") if "calculator.to_beat" in e.proto.id]


def test_each_digit_of_a_place_is_asked(shipped):
    at = page(ask="12+345", place="5")
    rows = figure(at, "calculator.changed")["layout"]["yaxis"]["ticktext"]
    said = shipped.answers([f"12+3{d}5" for d in range(10)], LONGEST)
    marks = ["✓" if a == str(12 + 305 + 10 * d) else "✗" for d, a in enumerate(said)]
    expected = [f"12+3{d}5 {mark}" for d, mark in enumerate(marks)]
    expected[4] = f"<b>{expected[4]}</b>"
    assert rows == expected
    assert url(at)["place"] == "5"


def test_a_place_that_the_next_question_lacks_falls_back_to_the_first():
    at = asked(page(ask="12+345", place="6"), "3+4")
    assert at.button_group(key="calculator.place").value == "1"
    assert page(ask="3+4", place="²").button_group(key="calculator.place").value == "1"


def test_a_certainty_is_said_only_of_what_is_certain():
    assert [sure(p) for p in (1.0, 0.99999, 0.5, 0.00001, 0.0)] == [
        "100%",
        "> 99.9%",
        "50%",
        "< 0.1%",
        "0%",
    ]


@pytest.mark.parametrize("reverse", [True, False])
def test_a_network_that_reads_padding_has_a_column_for_it(reverse):
    config = CalculatorConfig(
        digits=3, units=16, embedding_dim=4, masked=False, reverse_question=reverse
    )
    model = model_of(config, WEIGHTS)
    answerer = Answerer("run", "1", "it", model, learned_by(config))
    said = ask(model, answerer.learned, 1, "+", 23)
    weights, columns = attention_by_character(answerer, said)
    assert columns == ["1", "+", "2", "3", "padding"]
    assert weights.sum(1) == pytest.approx(1, abs=1e-5)
    raw = said.written.attention[0]
    first = raw[:, -1] if reverse else raw[:, 0]
    assert weights[:, 0] == pytest.approx(first)


def test_digits_are_read_in_their_order_whichever_is_written_first():
    for units_first in (True, False):
        config = CalculatorConfig(units=16, embedding_dim=4, units_first=units_first)
        model = model_of(config, WEIGHTS)
        answerer = Answerer("run", "1", "it", model, learned_by(config))
        said = ask(model, answerer.learned, 12, "+", 345)
        digits = digits_of(answerer, said)
        assert [d.symbol for d in digits] == list(said.answer.replace("-", "−").replace("*", "×"))
        assert [d.probability for d in digits] == pytest.approx(said.digit_probabilities)
        steps = [d.step for d in digits]
        assert steps == sorted(steps, reverse=units_first)


def test_answers_stand_with_their_last_digits_under_each_other():
    codec = Codec("0123456789+-*", True, True)
    model = Seq2Seq(codec, Seq2SeqArchitecture("lstm", "dot", "both_ways", True, 7), WEIGHTS)
    variants = [ask(model, {"+": 3}, n, "+", 1) for n in (1, 2)]
    table, probabilities, moved = calculator_changed.answer_table(variants, 1)
    longest = max(len(v.answer) for v in variants)
    for row, shares, variant in zip(table, probabilities, variants, strict=True):
        assert "".join(row) == variant.answer.replace("-", "−").replace("*", "×")
        assert len(row) == longest
        assert np.isnan(shares).sum() == longest - len(variant.answer)
    assert not moved[1].any()
