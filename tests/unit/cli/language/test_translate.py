"""``translate``: a sentence in the other language."""

import json
import math
import subprocess
import sys

import pytest

from core import pretrained
from core.experiments.translation import shipped
from core.numeric.language.seq2seq import Seq2Seq


def test_the_beams_answers_with_their_probabilities_the_best_first(say):
    result = say("translate", "She doesn't like the black cat.")
    assert result.status == 0 and not result.err
    model = pretrained.load("translation-en-fr", Seq2Seq)[0]
    found = shipped.search(model, "She doesn't like the black cat.")
    lines = [line.split("  ", 1) for line in result.out.splitlines()]
    assert lines[0][1] == shipped.best_of(model, found)
    shares = [math.exp(found.prefixes[at].log_probability) for at in found.best]
    assert [line[0] for line in lines] == [f"{share:.3f}" for share in shares]


def test_french_greedily_as_json(say):
    told = json.loads(
        say("translate", "Il fait froid.", "--from", "fr", "--beam", "1", "--json").out
    )
    assert told["sentence"] == "Il fait froid." and len(told["translations"]) == 1
    assert told["translations"][0]["text"] == "It's cold."


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("... !", "There is no word to translate in this."),
        (
            "no " * 31,
            "A sentence may have 30 words and 300 characters; this one has 31 and 92.",
        ),
    ],
)
def test_what_cannot_be_translated_is_one_line(say, sentence, line):
    assert say("translate", sentence) == (2, "", f"Error: {line}\n")


@pytest.mark.slow
def test_no_tensorflow_is_imported():
    code = (
        "import sys; from core.cli import main; main(['translate', 'Hello.']);"
        "sys.exit('tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
