"""Configs: bounds, words of the errors, addresses."""

import dataclasses
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.experiments import experiment, names
from core.experiments.kit.config import Config, ConfigError, choice, flag, real, text, whole
from core.messages import Problem


@dataclass(frozen=True)
class Small(Config):
    units: int = whole(8, 1, 64, "Units")
    rate: float = real(0.1, 0.001, 1.0, "Rate", live=True)
    cell: str = choice("rnn", {"rnn": "RNN", "gru": "GRU"}, "Cell")
    on: bool = flag(False, "On")
    name: str = text("", 0, 5, "Name")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"units": "65"}, "units must be a whole number from 1 to 64, not '65'."),
        ({"units": 2.5}, "units must be a whole number from 1 to 64, not 2.5."),
        ({"units": True}, "units must be a whole number from 1 to 64, not True."),
        ({"units": float("inf")}, "units must be a whole number from 1 to 64, not inf."),
        ({"units": None}, "units must be a whole number from 1 to 64, not None."),
        ({"rate": "nan"}, "rate must be a number from 0.001 to 1, not 'nan'."),
        ({"cell": "lstm"}, "cell must be one of rnn, gru, not 'lstm'."),
        ({"on": "perhaps"}, "on must be true or false, not 'perhaps'."),
        ({"name": "toolong"}, "name must be 0 to 5 characters, not 'toolong'."),
        (
            {"nmae": 1},
            "'nmae' is not a setting here; the settings are units, rate, cell, on, name.",
        ),
    ],
)
def test_errors_word_for_word(values, said):
    with pytest.raises(ConfigError) as caught:
        Small.parse(values)
    assert str(caught.value) == said


def test_strings_become_the_fields_types():
    config = Small.parse({"units": "16", "rate": "0.5", "cell": "gru", "on": "True", "name": "x"})
    assert config == Small(16, 0.5, "gru", True, "x")


def test_the_error_names_its_field():
    with pytest.raises(ConfigError) as caught:
        Small(units=0)
    assert caught.value.field == "units"


def test_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Small().units = 3  # type: ignore[misc]


@given(
    st.builds(
        Small,
        units=st.integers(1, 64),
        rate=st.floats(0.001, 1),
        cell=st.sampled_from(["rnn", "gru"]),
        on=st.booleans(),
        name=st.text(max_size=5),
    )
)
def test_round_trip_through_strings(config):
    assert Small.parse({k: str(v) for k, v in config.to_dict().items()}) == config


def test_address_depends_on_experiment_and_every_field():
    plain = Small()
    assert plain.address("a") == Small(units=8).address("a")
    others = [plain.replace(units=9), plain.replace(on=True), plain.replace(rate=0.2)]
    addresses = {plain.address("a"), plain.address("b"), *(o.address("a") for o in others)}
    assert len(addresses) == 5 and all(len(a) == 64 for a in addresses)


@pytest.mark.parametrize("name", names())
def test_every_experiment_has_defaults_labels_and_help(name):
    found = experiment(name)
    assert found.Config() == found.Config.parse(found.Config.defaults())
    for spec in found.Config.specs().values():
        assert spec.label and spec.help


def test_an_unknown_experiment_names_the_known():
    known = ", ".join(names())
    assert "keras-model" in known and "voltaire" in known
    with pytest.raises(Problem, match=f"^There is no experiment nothing; there are: {known}.$"):
        experiment("nothing")
