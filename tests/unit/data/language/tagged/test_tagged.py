"""Tagged texts: read, repaired, cut, parted, made up."""

import pytest

from core.data import fetch, uploads
from core.data.language.tagged import brought, invented
from core.data.language.tagged.reading import as_bio, read_tagged
from core.data.language.tagged.sets import missing, tagged_corpus
from core.data.language.tagged.tagged_text import MOST_WORDS, TaggedText, cuts, parted
from core.messages import Problem

CONLLU = """# text = Du pain
1-2\tDu\t_\t_\t_\t_\t_\t_\t_\t_
1\tDe\tde\tADP\t_\t_\t3\tcase\t_\t_
2\tle\tle\tDET\t_\t_\t3\tdet\t_\t_
3\tpain\tpain\tNOUN\t_\t_\t0\troot\t_\t_

1\t10 000\t10 000\tNUM\t_\t_\t0\troot\t_\t_
1.1\tx\tx\tX\t_\t_\t_\t_\t_\t_
"""


def needs(*names):
    """Skips a test where a corpus is not on this machine."""
    absent = [file for name in names for file in missing(name)]
    return pytest.mark.skipif(bool(absent), reason=f"not here: {absent[:2]}")


def test_conllu_is_read_without_ranges_and_empty_nodes():
    known = read_tagged(CONLLU)
    assert known.words == [["De", "le", "pain"], ["10 000"]]
    assert known.tags == [["ADP", "DET", "NOUN"], ["NUM"]]
    assert not known.spans and not known.notes


def test_a_word_and_its_tag_may_be_parted_by_tabs_or_spaces_and_have_columns_between():
    known = read_tagged("-DOCSTART- -X- O\n\nEmma NNP B-PER\nrit VB O\n\t\nà\tO\nYonville\tB-LOC\n")
    assert known.words == [["Emma", "rit"], ["à", "Yonville"]]
    assert known.tags == [["B-PER", "O"], ["O", "B-LOC"]]
    assert known.spans and not known.notes


def test_bad_lines_are_left_out_and_told_with_their_numbers():
    lines = ["le D", "chat N", "."] * 2 + ["dort V"] * 20
    known = read_tagged("\n".join(lines))
    assert len(known.words[0]) == 24
    assert [str(note) for note in known.notes] == [
        "2 lines without a word and its tag are left out: 3, 6."
    ]
    many = "\n".join(["."] * 9 + ["dort V"] * 100)
    assert str(read_tagged(many).notes[0]).endswith("left out: 1, 2, 3, 4, 5, ….")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Il faut cultiver notre\njardin quand même\nle monde comme il va\n", 2),
        ("jardin\n" * 3, 1),
    ],
)
def test_a_text_that_is_not_tagged_is_refused_with_a_line_of_it(text, line):
    with pytest.raises(Problem, match=rf"^Line {line} cannot be read \(\d of 3 lines\): a word"):
        read_tagged(text)


def test_other_schemes_become_bio_and_it_is_said():
    tags = [
        ["I-PER", "I-PER", "B-PER", "O"],
        ["S-LOC", "I-LOC", "B-X", "E-X", "E-X"],
        ["U-A", "L-A"],
    ]
    bio, changed = as_bio(tags)
    assert bio == [
        ["B-PER", "I-PER", "B-PER", "O"],
        ["B-LOC", "B-LOC", "B-X", "I-X", "B-X"],
        ["B-A", "B-A"],
    ]
    assert changed == 7
    told = read_tagged("Emma I-PER\nrit O\n")
    assert told.tags == [["B-PER", "O"]]
    assert str(told.notes[0]) == "1 tags are written as BIO: a span begins with B-."


def test_a_long_sentence_is_cut_behind_a_mark_and_nothing_is_lost():
    sentence = (["mot"] * 30 + ["."]) * 5 + ["mot"] * 100 + [","] + ["mot"] * 90
    parts = cuts(sentence)
    assert [sentence[a] for a, _b in parts[:3]] == ["mot"] * 3
    assert all(0 < b - a <= MOST_WORDS for a, b in parts)
    assert [w for a, b in parts for w in sentence[a:b]] == sentence
    assert parts[0] == (0, 62)  # two sentences of 31 words
    text = TaggedText.cut([sentence], [["X"] * len(sentence)], 3)
    assert text.size == len(sentence) and set(text.documents) == {3}


def test_the_end_is_held_out():
    text = TaggedText.cut([[str(i)] * 2 for i in range(10)], [["X", "Y"]] * 10)
    learned, tested = parted(text)
    assert (len(learned), len(tested)) == (8, 2)
    assert learned.words + tested.words == text.words


def test_invented_sentences_need_their_neighbours():
    corpus = invented.corpus(0)
    assert corpus.made and not corpus.spans
    assert len(corpus.training) + len(corpus.test) == invented.SENTENCES
    learned = {tuple(words) for words in corpus.training.words}
    assert not learned & {tuple(words) for words in corpus.test.words}
    tags = {}
    for words, row in zip(corpus.training.words, corpus.training.tags, strict=True):
        for word, tag in zip(words, row, strict=True):
            tags.setdefault(word, set()).add(tag)
    assert tags["porte"] == {"NOUN", "VERB"} and tags["la"] == {"DET", "PRON"}
    assert tags["petit"] == {"ADJ", "NOUN"}
    assert invented.corpus(1).training.words != corpus.training.words


def test_a_visitors_text_is_kept_and_parted(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "folder", lambda: tmp_path)
    text = "\n\n".join(f"le D\nchat{i} N\ndort V" for i in range(30))
    digest = brought.store(text.encode())
    corpus = tagged_corpus("upload", digest)
    assert corpus.tags == ("D", "N", "V")
    assert (len(corpus.training), len(corpus.test)) == (24, 6)
    with pytest.raises(Problem, match=r"^The text has 2 sentences; at least 20 are needed\."):
        brought.store("le D\nchat N\n\nil P\ndort V\n" + " " * 20)
    with pytest.raises(Problem, match=r"^The text has 1 different tags; from 2 to 60"):
        brought.store("\n\n".join(["le D\nchat D"] * 30))
    with pytest.raises(Problem, match=r"^Bring a tagged text first"):
        brought.corpus_of("")


@needs("sequoia")
def test_the_treebank_has_its_official_parts():
    corpus = tagged_corpus("sequoia")
    assert (corpus.training.size, corpus.test.size) == (50_502, 10_044)
    assert not corpus.spans and len(corpus.tags) == 16 and not corpus.notes


@needs("novels")
def test_the_novels_are_three_to_learn_from_and_one_that_is_held_out():
    corpus = tagged_corpus("novels")
    assert set(corpus.training.documents) == {0, 1, 2} and set(corpus.test.documents) == {0}
    assert corpus.test.size == 149_137 and corpus.books
    assert corpus.tags == (
        *("O", "B-LOC", "I-LOC", "B-MISC", "I-MISC", "B-ORG", "I-ORG", "B-PER", "I-PER"),
    )
    assert not any(row[0].startswith("I-") for row in corpus.test.tags)  # no span is cut in two


@pytest.mark.slow
@needs("newspapers", "posts", "requests")
@pytest.mark.parametrize(
    ("name", "words", "tags"),
    [("newspapers", 205_916, 7), ("posts", 86_124, 13), ("requests", 27_357, 71)],
)
def test_the_other_corpora_are_read_whole(name, words, tags):
    corpus = tagged_corpus(name)
    assert corpus.training.size + corpus.test.size == words and len(corpus.tags) == tags


def test_what_is_missing_is_told_by_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "folders", lambda: [tmp_path])
    assert missing("sequoia") == ["fr_sequoia_train.conllu", "fr_sequoia_test.conllu"]
    assert len(missing("requests")) == 14 and missing("invented") == missing("upload") == []
