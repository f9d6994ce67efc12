"""The kit's controls: fields, widgets, URL and what is wrong in it."""

import pytest

from tests.browser.kit.experiment import KitConfig, find
from tests.pages.kit_page import config_of, page
from tests.pages.lesson import checked, engine_fixture, url
from ui.notices import plain
from ui.state.widgets import stops

engine = engine_fixture(find)


FIELDS = [
    ("cell", "gru", "gru"),
    ("optimizer", "lion", "lion"),
    ("units", "128", 128),
    ("units", "100", 100),  # between two stops of its slider
    ("learning_rate", "0.2", 0.2),
    ("learning_rate", "0.0123", 0.0123),
    ("dropout", "0.35", 0.35),
    ("epochs", "7", 7),
    ("seed", "123456", 123456),
    ("shuffle", "false", False),
    ("name", "Candide & Cunégonde", "Candide & Cunégonde"),
]


@pytest.mark.parametrize(("field", "said", "meant"), FIELDS)
def test_a_value_in_the_url_is_the_config_s_and_stays_in_the_url(field, said, meant):
    at = page(**{field: said})
    assert config_of(at) == KitConfig(**{field: meant})
    assert url(at) == {field: said}
    checked(at.run())
    assert config_of(at) == KitConfig(**{field: meant})


@pytest.mark.parametrize("said", ["FALSE", "off", "0"])
def test_other_words_for_false_are_understood(said):
    assert config_of(page(shuffle=said)).shuffle is False


def test_every_kind_of_widget_sets_config_and_url():
    at = page()
    at.button_group(key="kit.cell").set_value("rnn")
    at.selectbox(key="kit.optimizer").set_value("sgd")
    at.select_slider(key="kit.units").set_value(256)
    at.select_slider(key="kit.learning_rate").set_value(0.05)
    at.slider(key="kit.dropout").set_value(0.25)
    at.slider(key="kit.epochs").set_value(9)
    at.number_input(key="kit.seed").set_value(42)
    at.toggle(key="kit.shuffle").set_value(False)
    at.text_input(key="kit.name").set_value("Martin")
    checked(at.run())
    assert config_of(at) == KitConfig("rnn", "sgd", 256, 0.05, 0.25, 9, 42, False, "Martin")
    assert url(at) == {
        "cell": "rnn",
        "optimizer": "sgd",
        "units": "256",
        "learning_rate": "0.05",
        "dropout": "0.25",
        "epochs": "9",
        "seed": "42",
        "shuffle": "false",
        "name": "Martin",
    }
    at.slider(key="kit.epochs").set_value(4)  # the default again
    assert "epochs" not in url(checked(at.run()))


WRONG = [
    ("units", "7", "units must be a whole number from 8 to 512, not '7'."),
    ("units", "many", "units must be a whole number from 8 to 512, not 'many'."),
    ("learning_rate", "nan", "learning_rate must be a number from 0.0001 to 1, not 'nan'."),
    ("cell", "tree", "cell must be one of rnn, lstm, gru, not 'tree'."),
    ("shuffle", "maybe", "shuffle must be true or false, not 'maybe'."),
    ("name", "", "name must be 1 to 20 characters, not ''."),
    ("name", "x" * 80, "name must be 1 to 20 characters, not '" + "x" * 56 + "...."),
]


@pytest.mark.parametrize(("field", "said", "sentence"), WRONG)
def test_nonsense_in_the_url_is_said_and_nothing_else_is_lost(field, said, sentence):
    at = page(**{"epochs": "9", "seed": "5", field: said})
    assert [w.value for w in at.warning] == [plain(sentence) + " The default is used."]
    assert config_of(at) == KitConfig(epochs=9, seed=5)
    assert url(at) == {"epochs": "9", "seed": "5"}


def test_nonsense_is_said_in_french_too():
    at = page(units="7", lang="fr")
    said = "units doit être un nombre entier de 8 à 512, et non '7'."
    assert [w.value for w in at.warning] == [plain(said) + " La valeur par défaut est utilisée."]
    assert at.button(key="kit.train").label == "Entraîner"


def test_the_complaint_goes_when_the_control_is_moved():
    at = page(units="7")
    at.select_slider(key="kit.units").set_value(128)
    assert not checked(at.run()).warning
    assert config_of(at).units == 128


def test_markup_in_the_url_stays_text():
    at = page(cell="[x](http://y) <b>")
    assert r"\[x\]\(http\:\/\/y\) \<b\>" in at.warning[0].value


def test_a_config_that_is_not_allowed_cannot_be_trained():
    at = page()
    at.text_input(key="kit.name").set_value("")
    checked(at.run())
    assert config_of(at) is None
    assert [e.value for e in at.error] == [plain("name must be 1 to 20 characters, not ''.")]
    assert at.button(key="kit.train").disabled


def test_locked_controls_are_hidden_and_keep_the_value_of_the_url():
    at = page(lock="units,seed", units="128", seed="3")
    assert [s.key for s in at.select_slider] == ["kit.learning_rate"]
    assert not [n for n in at.number_input if n.key == "kit.seed"]
    assert config_of(at) == KitConfig(units=128, seed=3)
    assert url(at) == {"lock": "seed,units", "units": "128", "seed": "3"}


def test_what_somebody_else_holds_is_not_the_url_s_to_change():
    at = page(lock="shuffle", units="64", seed="5", cell="gru")
    at.session_state["controls.held"] = {"units": "128", "seed": "", "learning_rate": "x"}
    checked(at.run())
    meant = KitConfig("gru", units=128)
    assert config_of(at) == meant and not at.select_slider
    assert not [n for n in at.number_input if n.key == "kit.seed"]
    assert [c.key for c in at.toggle] == ["kit.shuffle"]
    assert url(at) == {"lock": "shuffle", "units": "128", "cell": "gru"}
    checked(at.button(key="kit.reset").click().run())
    assert config_of(at) == KitConfig(units=128)
    at.session_state["controls.held"] = None
    checked(at.run())
    assert [s.key for s in at.select_slider] == ["kit.units", "kit.learning_rate"]
    assert not [c for c in at.toggle if c.key == "kit.shuffle"]


def test_values_survive_a_page_switch_and_a_language_switch():
    at = page(lock="seed", seed="3", cell="gru", units="100")
    at.selectbox(key="kit.optimizer").set_value("lamb")
    checked(at.run())
    meant = KitConfig("gru", "lamb", 100, seed=3)
    at.session_state["away"] = True
    checked(at.run())
    at.session_state["away"] = False
    for name in list(at.query_params):
        del at.query_params[name]
    checked(at.run())
    assert config_of(at) == meant
    assert url(at) == {
        "lock": "seed",
        "seed": "3",
        "cell": "gru",
        "units": "100",
        "optimizer": "lamb",
    }
    at.query_params["lang"] = "fr"
    checked(at.run())
    assert config_of(at) == meant
    assert at.button(key="kit.reset").label == "Revenir aux valeurs par défaut"


def test_back_to_the_defaults():
    at = page(cell="gru", units="100", seed="3")
    checked(at.button(key="kit.reset").click().run())
    assert config_of(at) == KitConfig()
    assert url(at) == {}


def test_stops_of_logarithmic_sliders():
    specs = KitConfig.specs()
    assert stops(specs["units"]) == [8, 16, 32, 64, 128, 256, 512]
    assert stops(specs["learning_rate"]) == [
        1e-4,
        2e-4,
        5e-4,
        1e-3,
        2e-3,
        5e-3,
        1e-2,
        2e-2,
        5e-2,
        0.1,
        0.2,
        0.5,
        1.0,
    ]
