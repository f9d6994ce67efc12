"""The project's own tale: long enough, one paragraph a line, and never the same eight words."""

import re
import unicodedata
from pathlib import Path

TEXT = (Path(__file__).parents[4] / "assets" / "corpus" / "conte.txt").read_text(encoding="utf-8")
WORDS = 8


def test_it_is_long_enough_and_well_set():
    assert len(TEXT) >= 60_000
    assert unicodedata.is_normalized("NFC", TEXT)
    lines = TEXT.removesuffix("\n").split("\n")
    assert all(line and line == " ".join(line.split(" ")).strip() for line in lines)
    assert set(re.sub(r"\w", "", TEXT)) <= set(" \n.,;:!?'-()«»")


def test_no_eight_words_occur_twice():
    words = re.findall(r"\w+", TEXT.lower())
    passages = [tuple(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)]
    assert len(words) > 10_000
    assert len(set(passages)) == len(passages)


def test_it_is_told_to_the_end():
    chapters = re.findall(r"^CHAPITRE (\w+)", TEXT, re.MULTILINE)
    assert len(chapters) == len(set(chapters)) == 14
    assert "DERNIER" in TEXT.split("CHAPITRE")[-1].split("\n")[0]
