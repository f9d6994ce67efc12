"""The real books, cleaned: length and hash are pinned, where the data are."""

import hashlib
import re

import pytest

from core.data import fetch
from core.data.language import corpora

PINNED = {
    "voltaire_candide.txt": (
        185404,
        "33b915dda022a0a135e9284766a83ad05e9313a1adaf380a1718f11976abe0a5",
    ),
    "voltaire_zadig.txt": (
        148239,
        "8728dc15b7020044d18579d949bad5e7ba0e006f523ba9f4fe30a90c5a7a7e10",
    ),
    "voltaire_ingenu.txt": (
        133894,
        "b373a747dfbeb1373f0ce217bc0f41b3552e01a55d503c88afdb52e21f49168a",
    ),
    "voltaire_micromegas.txt": (
        39111,
        "614e0faf951718a2086d79819898a1b104603b2df7c0a7c4430cad1646c79f79",
    ),
    "voltaire_tolerance.txt": (
        179371,
        "296c6f3837ac4d01f8a623b2b8ff458949d3d76c28c782d5f3b1c02ce4ec6169",
    ),
    "voltaire_lettres_roi_de_prusse.txt": (
        103247,
        "7cb43eb78a9489b708f0a712966866fc4792ff20b0f23a2b640c0732188677c0",
    ),
    "voltaire_le_monde_comme_il_va.txt": (
        32705,
        "458c8c8cd1acbc1ccc1ac392cca4c761f9c0bc55bf9f538bc9d402c0b0df940f",
    ),
    "voltaire_le_blanc_et_le_noir.txt": (
        26654,
        "127e044c0d7fd240aa4caea418bdcb27347ddfde8ed3cd87877a1540e8d491d9",
    ),
    "voltaire_scarmentado.txt": (
        15760,
        "8d2033bb37e5185c2eef5cf304efee6a8e85d17bc961388efc26d119a4bcddb6",
    ),
    "voltaire_memnon.txt": (
        11725,
        "36d2cac22d1571f18675af65ad5eaed9e9d8f20761bf91da155cc418c3e54d22",
    ),
    "diderot_jacques_le_fataliste.txt": (
        497745,
        "5f922806cf6777b6d0c0c090be32f50ca94dc74f3ada1d3a627b42201d249a51",
    ),
    "verne_tour_du_monde.txt": (
        415020,
        "311f4aea76c9b99c454ac6c31384eb052ab7dcad1ca77a4b6986f083fd4cf10b",
    ),
    "flaubert_madame_bovary.txt": (
        679927,
        "fae506e5a3c7e654308e1569bcd79e464473045887de78de76b7cea895040bfe",
    ),
    "zola_germinal.txt": (
        1001916,
        "894542723ff051f7435143d3d7e0127afa338a50eba0f0970dadd57b2dbdab52",
    ),
    "moliere_avare.txt": (
        122580,
        "1636ac6caf869a5ff6a7dfc4612e5ce0594b23f391ff5d88c5e04a84e8350443",
    ),
    "moliere_don_juan.txt": (
        102130,
        "232d0e352ef4fc5339fd3f950271086c783281fcbcee9d94956923243d74e719",
    ),
    "voltaire_princesse_de_babylone.xml": (
        150224,
        "e5fea625414123026fb69330b93a923040d359fcc45ba93f024e5d2e5d90291a",
    ),
    "voltaire_histoire_de_jenni.xml": (
        120340,
        "49a4a43205ccf8f3a95acc463d8e59653e75fb469261e7a466e53ce98457a4f8",
    ),
    "voltaire_homme_aux_quarante_ecus.xml": (
        117880,
        "0cbfb82be64c8f632c34adc51fd86f003f78dabad0646e532c31f1d50b5ce60a",
    ),
    "voltaire_lettres_d_amabed.xml": (
        88749,
        "3b1940b78acd99e84d65d77f6ac294cd7d7f225f105970e9bd4dce0439ace596",
    ),
    "voltaire_oreilles_du_comte.xml": (
        36820,
        "0a8d93e4a5e6df50f5a9e3b8ad9e6c8e8eedfb9bf8b83908f36eb74e3a399f0d",
    ),
    "laclos_liaisons_dangereuses.xml": (
        791410,
        "a8cc047b9d94ad94012c8a3ef85117242a26e4e91345566b3100099d532fb6af",
    ),
    "rousseau_julie.xml": (
        1553006,
        "526e16e0d6fdd4007c840f49c35c4e225910d615f02531e14ba7863e092835dd",
    ),
    "diderot_religieuse.xml": (
        348350,
        "9245729d58f14c68ebf373f844dd565fa82e528de2907fa314b8a3de8d93ce1b",
    ),
    "diderot_neveu_de_rameau.xml": (
        174607,
        "8bd9dbcf5eff9869cd7675bc68c935f9d144b1b91f4ebc74febb3a6b46353232",
    ),
    "rousseau_reveries.xml": (
        234884,
        "67d19b94c2283a7e11c9e451dcaa2709e4204437883eaa4a160f7174574625d8",
    ),
    "flaubert_trois_contes.txt": (
        183594,
        "efc49942ac0eaef918f86d678417190b3ad1ed8d39ea5534e3812ac59bcafb56",
    ),
    "zola_therese_raquin.txt": (
        401489,
        "4d58c7c0f03b2fae8b5da56c3fbfbf45863f3ebac957bcce8f937126f582fa89",
    ),
    "verne_centre_de_la_terre.txt": (
        409049,
        "aa69634db5ad55357561bd9ccbb7f3db8dfcd2f41018caec4d1332952093c8b7",
    ),
}
VOLTAIRE_ON_GUTENBERG = [name for name in PINNED if re.match(r"voltaire_.*\.txt", name)]


def book(name):
    if not fetch.available(name):
        pytest.skip(f"{name} is not on this machine")
    return corpora.book(name)


def test_every_book_of_the_manifest_is_pinned():
    texts = {name for name in fetch.manifest() if name.endswith((".txt", ".xml"))}
    no_books = ("google_analogies", "wordsim353", "babi_")
    assert set(PINNED) == {name for name in texts if not name.startswith(no_books)}


@pytest.mark.parametrize("name", PINNED)
def test_length_and_hash(name):
    text = book(name)
    assert (len(text), hashlib.sha256(text.encode()).hexdigest()) == PINNED[name]


@pytest.mark.parametrize("name", PINNED)
def test_nothing_of_the_transcription_stays(name):
    text = book(name)
    assert not re.search(r"Gutenberg|BEUCHOT|gallica\.bnf|\[\w{1,3}\]|https?:|↑|_|[<>^|~{}]", text)
    assert not re.search(r" B\.$|  |^ | $|^$| [,;:!?)]|« | »", text, re.MULTILINE)


@pytest.mark.parametrize("name", VOLTAIRE_ON_GUTENBERG)
def test_voltaire_is_set_in_one_alphabet(name):
    assert not set(book(name)) - set(
        "\n ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        "ÀÂÇÈÉÊËÎÏÔÙÛÜŒàâæçèéêëîïôòùûüœ.,;:!?'«»()—-*°"
    )


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("voltaire_candide.txt", "CANDIDE, ou L'OPTIMISME,", "il faut cultiver notre jardin."),
        ("voltaire_micromegas.txt", "MICROMÉGAS, HISTOIRE", "je m'en étais bien douté.»"),
        ("voltaire_zadig.txt", "ZADIG.\nou LA DESTINÉE,", "et Zadig bénissait le ciel."),
        (
            "voltaire_lettres_roi_de_prusse.txt",
            "À Paris, le 26 auguste 1736.\nMonseigneur, il faudrait",
            "l'inviolable attachement de VOLTAIRE.",
        ),
        (
            "voltaire_tolerance.txt",
            "TRAITÉ SUR LA TOLÉRANCE,\nA l'occasion",
            "dans l'édifice inébranlable qui est le mien.",
        ),
        ("voltaire_princesse_de_babylone.xml", "CHAPITRE I. DESCRIPTION", "pour ses étrennes."),
    ],
)
def test_first_and_last_words(name, first, last):
    text = book(name)
    assert text.startswith(first)
    assert text.endswith(last)


def test_the_kings_letters_are_left_out():
    text = book("voltaire_lettres_roi_de_prusse.txt")
    assert "FÉDÉRIC" not in text
    assert "Monsieur, quoique je n'aie pas la satisfaction de vous connaître" not in text
    assert "Je ne vous quitterai pas" not in text
    assert text.count("Votre Majesté") > 50


def test_voltaire_is_long_enough_to_learn_from():
    if corpora.missing("voltaire"):
        pytest.skip("not every book of Voltaire is on this machine")
    train, validation = corpora.splits("voltaire")
    assert len(train) > 1_300_000
    assert len(validation) > 27_000
    assert corpora.book(corpora.HELD_OUT) not in train + validation
