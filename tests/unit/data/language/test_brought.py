"""Texts as people bring them, cleaned of what is not their author's."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.language import brought, corpora
from core.messages import Problem

TALE = corpora.corpus("conte")
PART = "\n".join(TALE.split("\n")[2:8])
VERSE = """Le meunier dort au bord de l'eau,
Sa roue a perdu la mesure,
Et le vent, qui n'est pas nouveau,
Lui chante encore la même injure.

Que fait au vent ce vieux moulin?
Il tourne, il grince, il continue,
Et quand le blé manque au matin,
Il moud la lune toute nue."""
WRAPPED = "\n\n".join(textwrap.fill(line, 70) for line in PART.split("\n"))
PAGES = "\n".join(
    f"{line}\n\n{12 + at}\n" for at, line in enumerate([*PART.split("\n"), "Et voilà tout."])
)


def gutenberg(start: str, end: str) -> str:
    return f"The Project Gutenberg e-text\nTitle: x\n\n{start}\n\n{PART}\n\n{end}\nTerms.\n"


LICENCE = "Left out: Project Gutenberg's licence ({count} characters)."


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (
            "*** START OF THE PROJECT GUTENBERG EBOOK X ***",
            "*** END OF THE PROJECT GUTENBERG X ***",
        ),
        ("*** START OF THIS PROJECT GUTENBERG EBOOK X ***", "End of Project Gutenberg's X, by Y"),
        ("***START OF THE PROJECT GUTENBERG EBOOK X***", "***END OF THE PROJECT GUTENBERG X***"),
        ("*END*THE SMALL PRINT! FOR PUBLIC DOMAIN*Ver.04*END*", "End of The Project Gutenberg X"),
        ("*** START OF THIS PROJECT GUTENBERG EBOOK X ***", "*** START: FULL LICENSE ***"),
        ("*** DÉBUT DU PROJET GUTENBERG X ***", "*** FIN DU PROJET GUTENBERG X ***"),
    ],
)
def test_gutenberg_licence_is_left_out(start, end):
    text = gutenberg(start, end)
    cleaned = brought.clean(text)
    assert cleaned.text == PART
    assert str(cleaned.notes[0]) == LICENCE.format(count=len(text) - len(PART))


@pytest.mark.parametrize(
    ("text", "right", "notes"),
    [
        (WRAPPED, PART, ["Lines are joined to paragraphs."]),
        (PAGES, None, ["Left out: page numbers"]),
        (
            f"Source gallica.bnf.fr / Bibliothèque nationale de France\n1/ Les contenus...\n"
            f"8/ utilisation.commerciale@bnf.fr.\n{PART}",
            PART,
            ["Left out: Gallica's terms of use"],
        ),
        (
            f"Titre\nExporté de Wikisource le 3 mars 2024\n{PART}\n"
            "À propos de cette édition électronique\nCe livre vient de Wikisource.\n",
            PART,
            ["Left out: what Wikisource adds"],
        ),
        (
            "<!DOCTYPE html><html><head><title>t</title><style>p {}</style></head><body>"
            + "".join(f"<p>{line}</p>" for line in PART.split("\n"))
            + "</body></html>",
            PART,
            ["Left out: the tags"],
        ),
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n<TEI><teiHeader>h</teiHeader><text><body>'
            + "".join(f"<p>{line}</p>" for line in PART.split("\n"))
            + "</body></text></TEI>",
            PART,
            ["Left out: the tags"],
        ),
        (
            f"# Titre\n\n## Un\n\n{PART}\n\n**Fort** et [ici](http://a.fr).",
            f"Titre\nUn\n{PART}\nFort et ici.",
            ["Left out: the marks of Markdown"],
        ),
        (f"Produced by A. Person and B.\n\n{PART}", PART, ["Left out: a transcriber's note"]),
        (PART, PART, []),
        ("The quick brown fox.\n\nA dog; and so on !\n", None, []),
    ],
)
def test_what_is_not_the_authors_is_left_out_and_said(text, right, notes):
    cleaned = brought.clean(text)
    if right is not None:
        assert cleaned.text == right
    sentences = [str(note) for note in cleaned.notes]
    for note in notes:
        assert any(s.startswith(note) for s in sentences), sentences
    if not notes:
        assert sentences == []


def test_page_numbers_are_gone():
    assert brought.clean(PAGES).text == f"{PART}\nEt voilà tout."


def test_verse_is_not_joined():
    assert brought.clean(VERSE).text.split("\n") == [line for line in VERSE.split("\n") if line]
    between = brought.clean(f"{WRAPPED}\n\n{VERSE}\n\n{WRAPPED}").text
    assert "\nSa roue a perdu la mesure,\n" in between


def test_words_that_were_hyphenated_are_whole_again():
    lines = "Le bon docteur Fulgence avait toujours une grande imagi-\nnation, et "
    block = lines + "il la montrait à qui voulait bien la voir un\nmoment dans la "
    text = (block + "grande maison, quand il avait une imagi-\nnation de reste.\n\n") * 5
    assert "imagination" in brought.clean(text).text
    assert "imagi-" not in brought.clean(text).text


def test_shipped_tale_is_returned_as_it_is():
    assert brought.clean(TALE) == brought.Cleaned(TALE)


def test_a_licence_alone_is_refused():
    with pytest.raises(Problem, match="Nothing is left of the text"):
        brought.clean("<html><head><title>x</title></head></html>")


@settings(deadline=None)  # the machine may be training
@given(st.text(min_size=1))
def test_any_text_is_cleaned_or_refused(text):
    try:
        assert brought.clean(text).text.strip()
    except Problem:
        return


def test_notes_of_a_gutenberg_book_are_left_out_and_said_and_those_of_other_texts_stay():
    body = "".join(
        f"Il faut[{i}] cultiver notre jardin, dit Candide à l'abbé.\n\n[{i}] Note de l'éditeur.\n\n"
        for i in range(1, 5)
    )
    start = "*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n"
    end = "The Project Gutenberg Etext of X\nby Voltaire\n******This file should be named x.txt\n"
    cleaned = brought.clean(f"{start}{body}{end}")
    sentence = "Il faut cultiver notre jardin, dit Candide à l'abbé."
    assert cleaned.text.split() == 4 * sentence.split()
    said = [str(note) for note in cleaned.notes]
    assert said[1].startswith("Left out: the notes and their marks (")
    assert "[3] Note" in brought.clean(body).text


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("NOTICE PRÉLIMINAIRE", "NOTICE PRÉLIMINAIRE"),
        ("_Avertissement de l'éditeur._", "Avertissement de l'éditeur"),
        ("Preface to the second edition", "Preface to the second edition"),
        ("Note sans laquelle le reste, dit-on, ne vaudrait rien.", ""),
        ("CHAPITRE PREMIER", ""),
    ],
)
def test_a_preface_stays_and_is_named_for_it_may_be_the_author_s(heading, named):
    text = f"LE TITRE\n\n{heading}\n\n" + "\n\n".join([TALE] * 4)
    cleaned = brought.clean(text)
    assert heading.strip("_.")[:10] in cleaned.text
    notes = [str(note) for note in cleaned.notes if "stays" in note.template]
    sentence = f"“{named}” stays: if it is not the author's, cut it from the file."
    assert notes == ([sentence] if named else [])
