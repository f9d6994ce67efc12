"""``calculate``: the shipped calculator, or one of a few weights in its place."""

import json

import numpy as np
import pytest

from core import pretrained
from core.experiments.calculator.recipe import CODEC
from core.numeric.language.codec import END
from core.numeric.language.seq2seq import Seq2Seq, Seq2SeqArchitecture

BEGINS = "A question begins with a digit, not with a sign: 12-3, not -3+12."
NOTHING = "The question is empty; write two numbers with +, − or ×, such as 12+345."
SHIPPED = pretrained.WEIGHTS


def always(digit):
    """A network that answers everything with this digit, or with nothing at all."""
    symbols, units = CODEC.size, 2
    written = 3 + CODEC.symbols.index(digit) if digit else END
    weights = {
        "encoder.embedding": np.zeros((symbols, 1)),
        "decoder.embedding": np.zeros((symbols, 1)),
        "forward.kernel": np.zeros((1, units)),
        "forward.recurrent": np.zeros((units, units)),
        "forward.bias": np.zeros(units),
        "decoder.kernel": np.full((1, units), -9.0),
        "decoder.recurrent": np.zeros((units, units)),
        "decoder.bias": np.ones(units),
        "logits.kernel": np.zeros((units, symbols)),
        "logits.bias": np.zeros(symbols),
    }
    weights["logits.bias"][written] = 8
    weights["decoder.embedding"][written] = 1  # having read it, the state turns: it ends
    weights["logits.kernel"][:, END] = -9
    return Seq2Seq(CODEC, Seq2SeqArchitecture("rnn", "none", "one_way"), weights)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A function that ships a network as the calculator."""
    folder = tmp_path / "weights"
    folder.mkdir()
    monkeypatch.setattr(pretrained, "WEIGHTS", folder)
    pretrained.load.cache_clear()
    yield lambda network: pretrained.save("calculator", network, {}, folder)
    pretrained.load.cache_clear()


def test_answers_come_one_a_line_and_wrong_ones_are_called_so(say, shipped):
    shipped(always("7"))
    words = ["3+4", " 3 + ４ = ", "12-5", "7×1", "3-4", "07+0", "1234+5", "100*7", "7+0000000"]
    assert say("calculate", *words) == (
        0,
        "3+4 = 7\n"
        "3+4 = 7\n"
        "12-5 = 7\n"
        "7*1 = 7\n"
        "3-4 = 7 (wrong: -1 is right)\n"
        "7+0 = 7\n"
        "1234+5 = 7 (wrong: 1239 is right; "
        "for + it has learned numbers of at most 3 digits)\n"
        "100*7 = 7 (wrong: 700 is right; for * it has learned numbers of at most 2 digits)\n"
        "7+0 = 7\n",
        "",
    )


def test_right_beyond_what_it_learned_is_said_too(say, shipped):
    shipped(always("0"))
    assert say("calculate", "1234-1234").out == (
        "1234-1234 = 0 (for - it has learned numbers of at most 3 digits)\n"
    )


def test_an_answer_of_no_characters(say, shipped):
    shipped(always(""))
    assert say("calculate", "3+4").out == "3+4 = nothing (wrong: 7 is right)\n"
    result = json.loads(say("calculate", "3+4", "--json").out)
    assert (result["answer"], result["digit_probabilities"]) == ("", [])


def test_json_is_one_object_a_line(say, shipped):
    network = always("7")
    shipped(network)
    result = say("calculate", "--json", "3+4", "1234+5")
    assert (result.status, result.err) == (0, "")
    first, second = (json.loads(line) for line in result.out.splitlines())
    stored = pretrained.as_stored(network)
    probability = stored.write(stored.questions(["3+4"]), 5).chosen()[0, 0]
    assert 0.9 < probability < 1
    assert first == {
        "question": "3+4",
        "answer": "7",
        "correct": True,
        "digit_probabilities": [pytest.approx(probability)],
        "in_range": True,
    }
    assert (second["question"], second["correct"], second["in_range"]) == ("1234+5", False, False)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ([""], NOTHING),
        (["-5+3"], BEGINS),
        (["--5"], BEGINS),
        (["−5+3"], BEGINS),
        (["--json", "-5+3"], BEGINS),
        (["-5+3", "--json"], BEGINS),
        (["3+4", "-5+3"], BEGINS),
        (["--", "-5+3"], BEGINS),
        (["3+4", "5/2"], "It has not learned to divide; ask for +, − or ×, such as 34×7."),
        (["3+4", "1+\x1b[2J"],
         "“U+001B” cannot be part of a question here: only digits and one of +, − and × can."),
        (["3+4", "1\ud8002"],
         "“U+D800” cannot be part of a question here: only digits and one of +, − and × can."),
        (["3+4", "--", "--json"],
         "“j” cannot be part of a question here: only digits and one of +, − and × can."),
        (["1234567+1"], "A number of 7 digits is too long; at most 6 are answered."),
        ([], "Missing argument 'EXPRESSION ...'."),
        (["--"], "Missing argument 'EXPRESSION ...'."),
        (["3+4", "--jsn"], "No such option '--jsn'. Did you mean '--json'?"),
        (["-x", "3+4"], "No such option '-x'."),
    ],
)  # fmt: skip
def test_a_wrong_word_is_one_line_and_no_answer_comes_before_it(say, shipped, words, line):
    shipped(always("7"))
    assert say("calculate", *words) == (2, "", f"Error: {line}\n")


def test_no_shipped_calculator(say, shipped):
    line = "Error: There is no shipped model calculator; there are: -.\n"
    assert say("calculate", "3+4") == (2, "", line)


def test_help(say):
    for option in ("-h", "--help"):
        result = say("calculate", option)
        assert result.out.startswith("Usage: python -m core calculate [OPTIONS] EXPRESSION ...\n")


def test_the_shipped_calculator(say):
    assert "calculator" in pretrained.names()
    pretrained.load.cache_clear()
    assert say("calculate", "12+345") == (0, "12+345 = 357\n", "")
    result = json.loads(say("calculate", "12 + 345 =", "--json").out)
    probabilities = result.pop("digit_probabilities")
    assert result == {"question": "12+345", "answer": "357", "correct": True, "in_range": True}
    assert len(probabilities) == 3 and all(0.5 < p <= 1 for p in probabilities)


@pytest.mark.slow
def test_calculating_imports_no_tensorflow(process):
    program = f"""
pretrained.WEIGHTS = Path({str(SHIPPED)!r})
assert main(["calculate", "12+345"]) == 0
print(sorted({{"tensorflow", "keras", "streamlit", "plotly", "pooch"}} & set(sys.modules)))
"""
    out, err = process(program).communicate(timeout=300)
    assert (out.splitlines(), err) == ([b"12+345 = 357", b"[]"], b"")
