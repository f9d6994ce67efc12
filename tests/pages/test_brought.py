"""What people bring, on every page that takes files: read and said, or refused in a sentence."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.data import fetch, uploads
from tests import recorded
from tests.pages.lesson import checked, engine_fixture, notices, opened, url
from tests.unit.data.tables.test_brought import CASES
from tests.unit.data.tables.test_published import CASES as PUBLISHED

PAGES = Path(__file__).resolve().parents[2] / "pages"
NEXT_VALUE = PAGES / "recurrent" / "next_value" / "page.py"
SEQUENCE_CLASS = PAGES / "recurrent" / "sequence_class" / "page.py"
IMAGES = PAGES / "autoencoders" / "linear_autoencoder" / "page.py"
WHERE = {
    "series": (NEXT_VALUE, {"window": "4"}, "next_value.file"),
    "classes": (SEQUENCE_CLASS, {}, "sequence_class.file"),
    "images": (IMAGES, {}, "linear_autoencoder.file"),
}

engine = engine_fixture(recorded.find)


@pytest.fixture(autouse=True, scope="module")
def on_its_own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brought")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetch, "folders", lambda: [folder])
        patch.setattr(uploads, "folder", lambda: folder / "uploads")
        yield


@pytest.fixture(scope="module")
def pages():
    """The page of a kind of file in a language, opened once."""
    kept = {}

    def page(kind, language="en"):
        if (kind, language) not in kept:
            file, params, key = WHERE[kind]
            kept[kind, language] = opened(file, data="upload", lang=language, **params), key
        return kept[kind, language]

    return page


def bring(pages, kind, raw, language="en"):
    """The page after a file was brought."""
    at, key = pages(kind, language)
    return checked(at.file_uploader(key=key).set_value(("mine.csv", raw, "text/csv")).run())


def said(at):
    """What the page says of the file: what it understood or did not, as it is read."""
    words = [*notices(at), *(c.value for c in at.caption)]
    begins = ("Understood", "Compris", "Your images", "Your table", "Vos images", "Votre tableau")
    errors = [error.value for error in at.error]
    return [w.replace("\\", "") for w in (*errors, *(w for w in words if w.startswith(begins)))]


def by_day(kind):
    """Every fourth file, brought to the page of one kind; how each is read has tests of its own."""
    return [*CASES.items(), *PUBLISHED.items()][4 * list(WHERE).index(kind) :: 4 * len(WHERE)]


@pytest.mark.parametrize(
    ("kind", "cases"),
    [(kind, by_day(kind)) for kind in WHERE]
    + [
        pytest.param(kind, [*CASES.items(), *PUBLISHED.items()], marks=pytest.mark.slow)
        for kind in WHERE
    ],
)
def test_no_file_that_people_bring_breaks_a_page(kind, cases, pages):
    for name, case in cases:
        text = case.text
        raw = text if isinstance(text, bytes) else text.encode(case.encoding)
        at = bring(pages, kind, raw)
        assert not any("Something went wrong" in words for words in notices(at)), name
        assert said(at), name


def table(heading, row, count=40):
    return "\n".join([heading, *(row(i) for i in range(count))])


def month(i):
    return f"{2015 + i // 12}-{i % 12 + 1:02}"


def saw(i):
    return i * i % 7


@dataclass
class Typical:
    """A file, the first sentence of a French page on it, the questions that it asks there."""

    kind: str
    text: str
    sentence: str
    asked: tuple[str, ...] = ()


MONTHLY = "Compris~: 40 lignes · de 2015-01 à 2018-04"
LACKS = f"{MONTHLY} · valeurs absentes de v, remplies en ligne droite~: 1"
TYPICAL = [
    Typical(
        "series",
        table("mois;ventes", lambda i: f"{month(i)};1.{i:03}.000"),
        f"{MONTHLY} · virgule décimale",
    ),
    Typical(
        "series",
        table("mois;ventes", lambda i: f"{month(39 - i)};{i},5"),
        f"{MONTHLY} · virgule décimale · la plus récente d’abord~: ordre retourné",
    ),
    Typical(
        "series",
        table("Date;Heure;v", lambda i: f"{15 + i // 24}/05/2021;{i % 24:02}h00;{saw(i)},5"),
        "Compris~: 40 lignes · de 15/05/2021 00h00 à 16/05/2021 15h00 · virgule décimale",
    ),
    Typical(
        "series",
        table(
            "t;v", lambda i: f"{i % 4 + 1}{'e' if i % 4 else 'er'} trimestre {2010 + i // 4};{i}"
        ),
        "Compris~: 40 lignes · de 1er trimestre 2010 à 4e trimestre 2019",
    ),
    Typical(
        "series",
        table("mois;pays;v", lambda i: f"{month(i // 2)};{'FI'[i % 2]};{saw(i)}", 80),
        f"{MONTHLY} · pays~: F, 40 lignes sur 80",
        ("Plusieurs séries, que distingue pays~: laquelle~?",),
    ),
    Typical(
        "series",
        table("heure;v", lambda i: f"{(20 + i) % 24:02}h00;{saw(i)}"),
        "Compris~: 40 lignes · de 20h00 à 11h00 · heure passe minuit~: 2",
    ),
    Typical(
        "series",
        "pays;"
        + ";".join(map(month, range(40)))
        + "\nF;"
        + ";".join(str(saw(i)) for i in range(40)),
        f"{MONTHLY} · une colonne par date~: le tableau est tourné, une date par ligne",
    ),
    Typical(
        "series",
        "<!DOCTYPE html><html><title>404</title><p>Page introuvable</html>",
        "Le fichier est une page web (404), pas un tableau~: cherchez sur cette page le lien qui "
        "mène au fichier lui-même.",
    ),
    Typical(
        "series", table("mois;v", lambda i: f"{month(i)};{'n/a' if i == 7 else saw(i)}"), LACKS
    ),
    Typical(
        "series",
        table("mois;v", lambda i: f"{month(i)};{-999 if i == 7 else saw(i)}"),
        LACKS,
        ("v vaut -999 (lignes~: 1)~: est-ce la marque d’une valeur absente~?",),
    ),
    Typical(
        "series",
        table("mois;v", lambda i: f"{'' if i == 7 else month(i)};{saw(i)}"),
        f"{MONTHLY} · dates manquantes de mois, complétées~: 1",
    ),
    Typical(
        "series",
        table("mois;v\nTotal;780", lambda i: f"{month(i)};{i}"),
        f"{MONTHLY} · ligne Total laissée de côté",
        ("Une ligne s’appelle Total~: est-ce une somme~?",),
    ),
    Typical(
        "series",
        table("mois;v;actif", lambda i: f"{month(i)};{saw(i)};{'VRAI' if i % 2 else 'FAUX'}"),
        f"{MONTHLY} · actif~: vrai vaut 1, faux vaut 0",
    ),
    Typical(
        "series",
        str([saw(i) for i in range(40)]),
        "Compris~: 40 lignes · JSON, lu comme un tableau",
    ),
    Typical(
        "series",
        table("v", lambda i: "x" if i == 7 else str(i)),
        "Ligne 9~: la colonne v contient x là où l’on attend un nombre.",
    ),
    Typical(
        "classes",
        table("a;b;c;espece", lambda i: f"{i},5;{saw(i)},25;3,5;{'xy'[i % 2]}"),
        "Compris~: 40 lignes · virgule décimale · espece est la classe",
    ),
    Typical(
        "classes",
        table("a,b,sorte,couleur", lambda i: f"{i}.5,{saw(i)}.5,{'xy'[i % 2]},{'rgb'[i % 3]}"),
        "Compris~: 40 lignes · sorte est la classe",
        ("Quelle colonne est la classe~?",),
    ),
    Typical(
        "classes",
        table("a,b,total,label", lambda i: f"{i},3,{i + 3},{'xy'[i % 2]}"),
        "Compris~: 40 lignes · la colonne total laissée de côté · label est la classe",
        ("La colonne total est la somme des autres~: la garder~?",),
    ),
    Typical(
        "images",
        table("a;b;c", lambda i: f"1.{i + 100};{saw(i)};{i % 5}", 60),
        "Votre tableau~: 60 lignes de 3 nombres, sans étiquettes, donc rien ne sera dit des "
        "classes~; 45 pour apprendre, les autres sont mises de côté.",
        ("Comment lire 1.100~?", "Quelle colonne est la classe~?"),
    ),
    Typical(
        "images",
        "PK\x03\x04 [Content_Types].xml",
        "Le fichier n’est pas un tableau de texte, mais des données binaires. Dans un tableur, "
        "choisissez «~Enregistrer sous~» et CSV, et apportez ce fichier-là.",
    ),
]


@pytest.mark.parametrize("case", TYPICAL, ids=lambda case: case.sentence[:60])
def test_what_was_understood_is_said_in_french_word_for_word(case, pages):
    at = bring(pages, case.kind, case.text.encode(), "fr")
    assert said(at)[0] == case.sentence.replace("~", "\u00a0")
    if not at.error:  # else the questions are of the file before
        asked = [field.label.replace("\\", "") for field in answers(at)]
        assert sorted(asked) == sorted(question.replace("~", "\u00a0") for question in case.asked)


def answers(at):
    return [field for field in (*at.radio, *at.selectbox) if "file.answer" in (field.key or "")]


def test_another_class_is_chosen_and_stays_in_the_link(pages):
    text = table("a,b,sorte,couleur", lambda i: f"{i}.5,{saw(i)}.5,{'xy'[i % 2]},{'rgb'[i % 3]}")
    at = bring(pages, "classes", text.encode())
    (field,) = answers(at)
    assert field.value == "sorte"
    before = url(at)["upload"]
    checked(field.set_value("couleur").run())
    assert url(at)["upload"] != before
    assert any(words.endswith("couleur is the class") for words in said(at))
    again = opened(SEQUENCE_CLASS, data="upload", upload=url(at)["upload"])
    assert answers(again)[0].value == "couleur"


def test_labels_of_images_are_left_out_when_it_is_so_chosen(pages):
    text = table("a,b,c,label", lambda i: f"{i},{saw(i)},{i % 5},{'xy'[i % 2]}", 60)
    at = bring(pages, "images", text.encode())
    assert any("2 classes" in words for words in said(at))
    checked(answers(at)[0].set_value("").run())
    assert any("no labels" in words for words in said(at))


def test_a_class_beside_which_no_sequence_is_left_is_refused_and_the_one_before_stays(pages):
    text = table("s,kind", lambda i: f"{'abab'[: 2 + i % 3]},{'xy'[i % 2]}")
    at = bring(pages, "classes", text.encode())
    before = url(at)["upload"]
    checked(answers(at)[0].set_value("s").run())
    assert said(at)[0] == "The longest sequence has 1 steps; 2 to 200 are taken."
    assert url(at)["upload"] == before and answers(at)[0].value == "kind"


def test_an_answer_leaves_the_column_that_was_chosen(pages):
    text = table("mois;v;w", lambda i: f"{month(i)};{-999 if i == 7 else saw(i)};{i}")
    at = bring(pages, "series", text.encode())
    (column,) = [field for field in at.selectbox if field.label == "Column to forecast"]
    checked(column.set_value("w").run())
    (field,) = answers(at)
    checked(field.set_value("value").run())
    assert url(at)["column"] == "w" and answers(at)[0].value == "value"
    bring(pages, "series", text.encode())
    assert "column" not in url(at)
