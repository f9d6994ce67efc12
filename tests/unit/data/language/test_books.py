"""Small made files of each kind that core.data.books cleans."""

import pytest

from core.data.language import books
from core.messages import Problem

GUTENBERG = """The Project Gutenberg EBook of Le Conte, by Personne

This eBook is for the use of anyone anywhere.

*** START OF THIS PROJECT GUTENBERG EBOOK LE CONTE ***

Produced by Nobody

We thank the library that has made available the image files.


                                LE CONTE,

                                   ou

                               LA MORALE.


CHAPITRE I.

Comment il fut
élevé.

Il y avait en Vestphalie un _jeune_ garçon[1] qui avait les moeurs
douces.  «Oh! dit-il; quoi?» Son coeur[a], son oeil , vingt-
quatre fois ; au-
dessus.

  [1] Note de l'éditeur.  B.

  Seconde partie de la note:

        Des vers cités.

[3]Voici la suite--la vraie suite.... &c.

  [3]Note sans espace.  B.


     Par les plus grands forfaits
     J'ai vu troubler la terre.

[Illustration]

       *       *       *       *       *

--Adieu!

FIN DU CONTE.


End of the Project Gutenberg EBook of Le Conte, by Personne

*** END OF THIS PROJECT GUTENBERG EBOOK LE CONTE ***

Updated editions will replace the previous one.
"""

CLEANED = """LE CONTE, ou LA MORALE.
CHAPITRE I.
Comment il fut élevé.
Il y avait en Vestphalie un jeune garçon qui avait les mœurs douces. «Oh! dit-il; quoi?» Son \
cœur, son œil, vingt-quatre fois; au-dessus.
Voici la suite — la vraie suite... etc.
Par les plus grands forfaits
J'ai vu troubler la terre.
— Adieu!"""

OLD_HEADER = """The Project Gutenberg Etext of Zadig
by Voltaire
(#3 in our series by Voltaire)

The Project Gutenberg Etext of Zadig
by Voltaire
******This file should be named 4647.txt or 4647.zip******

***
Produced by Nobody.

Le texte de l'auteur.
The Project Gutenberg Etext of Zadig
by Voltaire
******This file should be named zadig10.txt or zadig10.zip******

End of The Project Gutenberg Etext of Zadig
"""

LETTERS = """CORRESPONDANCE

DU PRINCE ROYAL

À Berlin, 8 auguste 1736.

Monsieur, je vous admire.

DE M. DE VOLTAIRE

À Paris, le 26 auguste 1736.

Monseigneur, votre lettre[A] me touche:

    Le ciel vous fit expressément
    Pour nous instruire.

DU ROI Postdam, le 30 octobre 1770.

Je vous envoie des vers.

DE LA MARGRAVE DE BAREITH

Mon frère est perdu.

DE M. D'ALEMBERT

Sire, j'ai l'honneur.

BILLET DE CONGÉ DE VOLTAIRE

    Non, malgré vos vertus,
    Mon âme n'est point satisfaite.

_Réponse, écrite au bas, de la main du roi._

    Traître, vous me quittez.

DE M. DE VOLTAIRE.

Daignez agréer mon respect.
"""

TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader><fileDesc><titleStmt><title>Titre</title></titleStmt></fileDesc></teiHeader>
  <text>
    <front><p>Garnier, Paris, 1877</p></front>
    <body>
      <div><head>CHAPITRE I.<ref target="#N1"/></head>
        <p>Milord <hi>Chesterfield</hi><ref target="#N2"/> , qui m'aimait
            fort&#160;; il l'avait promis<note>Note.</note>.<pb n="3"/> « --- Oui. »</p>
        <p>Il disait : *toujours* à M. C*** le 1^er mai \\[4\\].</p>
        <p>1. ↑ Note du wiki.</p>
        <p>· · · ·</p>
        <l>Premier vers,</l><l>second vers&#8230;</l>
      </div>
      <trailer>FIN.</trailer>
    </body>
    <back><note xml:id="N1">Note de l'éditeur.</note></back>
  </text>
</TEI>
"""


def test_gutenberg_in_latin_1_and_in_utf_8():
    assert books.clean(GUTENBERG.encode("iso-8859-1")) == CLEANED
    assert books.clean(GUTENBERG.encode("utf-8-sig").replace(b"\n", b"\r\n")) == CLEANED


def test_gutenberg_without_a_start_line():
    assert books.clean(OLD_HEADER.encode("iso-8859-1")) == "Le texte de l'auteur."


def test_only_voltaires_letters_stay():
    assert books.clean(LETTERS.encode()).split("\n") == [
        "À Paris, le 26 auguste 1736.",
        "Monseigneur, votre lettre me touche:",
        "Le ciel vous fit expressément",
        "Pour nous instruire.",
        "Non, malgré vos vertus,",
        "Mon âme n'est point satisfaite.",
        "Daignez agréer mon respect.",
    ]


def test_an_editors_preface_goes_where_the_manifest_names_the_book():
    text = "MICROMÉGAS\n\nPréface de l'éditeur\n\nBEUCHOT.\n\n4 octobre 1829.\n\n\nCHAPITRE I.\n"
    assert books.clean(text.encode("iso-8859-1"), "voltaire_micromegas.txt") == "CHAPITRE I."


def test_tei_gives_the_body_alone():
    assert books.clean(TEI.encode()).split("\n") == [
        "CHAPITRE I.",
        "Milord Chesterfield, qui m'aimait fort; il l'avait promis. «— Oui.»",
        "Il disait: toujours à M. C*** le 1er mai.",
        "Premier vers,",
        "second vers...",
    ]


def test_decomposed_accents_become_nfc():
    assert books.clean("e\u0301leve\u0301 a\u0300 la ville".encode()) == "élevé à la ville"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "This book holds no text once its header, licence and notes are taken away."),
        (
            b"  [1] Une note.  B.\n",
            "This book holds no text once its header, licence and notes are taken away.",
        ),
        (
            b"<TEI><text><body><p>Un",
            "The XML file is not well-formed (no element found: line 1, column 22); a TEI book is "
            + "expected.",
        ),
        (b"<TEI/>", "The XML file has no text body; a TEI book is expected."),
        (
            b'<!DOCTYPE a [<!ENTITY b "c">]><TEI><text><body><p>&b;</p></body></text></TEI>',
            "The XML file declares entities; a TEI book is expected, without any.",
        ),
    ],
)
def test_what_is_no_book_is_refused(raw, message):
    with pytest.raises(Problem) as problem:
        books.clean(raw)
    assert str(problem.value) == message


def test_the_name_is_in_the_message():
    with pytest.raises(Problem, match=r"^voltaire_zadig\.txt holds no text"):
        books.clean(b"\n", "voltaire_zadig.txt")
