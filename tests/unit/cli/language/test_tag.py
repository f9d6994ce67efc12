"""``tag``: the tags of a sentence's words."""

import json

from core import pretrained
from core.cli.language.tag import MOST_CHARS
from core.numeric.language.tagging.tagger import Tagger


def test_each_word_with_its_tag_and_what_each_side_would_say(say):
    result = say("tag", "Il la porte.")
    assert result.status == 0 and not result.err
    head, *lines = [line.split() for line in result.out.splitlines()]
    assert head == ["WORD", "TAG", "PROB", "FROM", "LEFT", "FROM", "RIGHT"]
    assert [line[:2] for line in lines] == [
        ["Il", "PRON"],
        ["la", "PRON"],
        ["porte", "VERB"],
        [".", "PUNCT"],
    ]
    reading = pretrained.load("tagger", Tagger)[0].read(["Il", "la", "porte", "."])
    shares = reading.probabilities["both"].max(1)
    assert [line[2] for line in lines] == [f"{share:.3f}" for share in shares]
    assert lines[1][3:] == ["DET", "DET"]


def test_names_as_json(say):
    told = json.loads(say("tag", "M. Mantes arriva à Mantes.", "--task", "names", "--json").out)
    assert told["names"] == [
        {"kind": "PER", "words": "M. Mantes"},
        {"kind": "LOC", "words": "Mantes"},
    ]
    assert told["words"][0].keys() == {"word", "tag", "probability", "from_left", "from_right"}


def test_what_is_no_word_is_refused_and_what_steers_a_terminal_is_not_said(say):
    result = say("tag", " \n")
    assert result == (2, "", "Error: There is no word to read in this.\n")
    assert "\x1b" not in say("tag", "le \x1b[2J chat").out
    assert say("tag", "a " * MOST_CHARS).status == 0


def test_a_tagged_text_is_read_as_the_lesson_would(say, tmp_path):
    file = tmp_path / "own.conll"
    file.write_text("le D\nchat N\n.\ndort V\nici A\nla A\n\n" * 30, "utf-8")
    told = json.loads(say("read", str(file), "--as", "tagged", "--json").out)
    assert told["rows"] == 30 and told["label"]["classes"] == ["A", "D", "N", "V"]
    assert told["removed"][0].startswith("30 lines without a word and its tag are left out: 3, 10,")
    assert "30 rows; 4 classes" in say("read", str(file), "--as", "tagged").out
