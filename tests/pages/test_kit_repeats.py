"""The kit repeats a run with several seeds, and compares what was repeated."""

import pytest

from core.sweeps.statistics import Difference
from tests.browser.kit.experiment import find
from tests.pages.kit_page import FAST, SLOW, page, press, status
from tests.pages.lesson import checked, engine_fixture, figure, is_drawn, notices, title, until, url
from ui.notices import plain
from ui.runs.results.comparison import claim

engine = engine_fixture(find)


def captions(at):
    return [caption.value for caption in at.caption]


def texts(at):
    return [markdown.value for markdown in at.markdown]


@pytest.mark.parametrize(
    ("lang", "button", "told", "headline", "sentence"),
    [
        (
            "en",
            "Repeat with 3 seeds",
            "Repeated with 3 seeds",
            "Median and middle half of 3 seeds",
            r"this setting\: median 1\.68\, the middle half of 3 runs from 1\.68 to 1\.68\.",
        ),
        (
            "fr",
            "Répéter avec 3 graines",
            "Répété avec 3 graines",
            "Médiane et moitié centrale de 3 graines",
            "ce réglage\N{NO-BREAK SPACE}\\: médiane 1\\,68\\, la moitié centrale de 3 "
            "entraînements de 1\\,68 à 1\\,68\\.",
        ),
    ],
)
def test_a_setting_is_repeated(lang, button, told, headline, sentence):
    at = page(lang=lang, seeds="3", epochs="3", **FAST)
    assert at.button(key="kit.repeat").label == button
    press(at, "repeat")
    assert url(at)["repeat"] and url(at)["seeds"] == "3"
    until(at, lambda at: told in captions(at))
    assert title(at, "kit.repeat_curves") == headline
    assert sentence in texts(at)
    thin, band, median = figure(at, "kit.repeat_curves")["data"]
    assert median["name"] and "name" not in thin and "name" not in band
    found = page(lang=lang, repeat=url(at)["repeat"], **FAST)  # by anybody, by its link
    assert told in captions(found) and is_drawn(found, "kit.repeat_curves")
    assert url(found)["repeat"] == url(at)["repeat"]


def test_repeated_settings_are_compared():
    at = page(seeds="3", epochs="2", **FAST)
    for cell in ("gru", "rnn"):
        at.button_group(key="kit.cell").set_value(cell)
        checked(at.run())
        press(at, "repeat")
        until(at, lambda at: "Repeated with 3 seeds" in captions(at))
    until(at, lambda at: is_drawn(at, "kit.compared_curves"))
    assert at.multiselect(key="kit.compared").options == ["GRU", "RNN"]
    assert title(at, "kit.compared_curves") == "GRU ahead of RNN in 0 of 3 seeds"
    names = [
        trace["name"] for trace in figure(at, "kit.compared_curves")["data"] if "name" in trace
    ]
    assert names == ["GRU", "RNN"]
    assert (
        r"GRU ahead of RNN in 0 of 3 seeds\, by 0 on average \(95\% interval\: 0 to 0\)\; "
        r"the difference may be chance\."
    ) in "\n\n".join(texts(at)).split("\n\n")
    checked(
        at.multiselect(key="kit.compared")
        .set_value(at.multiselect(key="kit.compared").value[:1])
        .run()
    )
    assert title(at, "kit.compared_curves") == "Median and middle half of 3 seeds"


def test_a_repetition_of_another_setting_is_called_so():
    at = page(seeds="3", epochs="2", cell="gru", units="8", **FAST)
    press(at, "repeat")
    until(at, lambda at: "Repeated with 3 seeds" in captions(at))
    assert notices(at) == []
    checked(at.number_input(key="kit.seed").set_value(7).run())  # the seed is none of the setting
    assert notices(at) == []
    checked(at.button_group(key="kit.cell").set_value("rnn").run())
    assert notices(at) == [plain("These curves belong to another setting: Cell GRU (now RNN).")]


def test_one_repetition_a_visitor_which_is_stopped():
    at = page(seeds="20", **SLOW)
    press(at, "repeat")
    assert at.button(key="kit.repeat").disabled
    told = [caption for caption in captions(at) if caption.startswith("Repeating")]
    assert told == ["Repeating: 0 of 20 seeds have ended; single runs go first"]
    press(at, "train")  # a single run of the same visitor starts at once
    until(at, lambda at: status(at).startswith("Epoch"))
    watching = page(repeat=url(at)["repeat"], **SLOW)
    assert "kit.repeat_stop" not in [button.key for button in watching.button]
    press(at, "repeat_stop")
    until(at, lambda at: any(one.startswith("Stopped after") for one in captions(at)))
    assert not at.button(key="kit.repeat").disabled
    press(at, "stop")


def test_a_link_to_a_repetition_that_is_gone_says_so():
    at = page(repeat="gone", **FAST)
    assert notices(at) == [
        "The repetition of this link is no longer kept. Repeat begins it again: of what had "
        "ended nothing is trained anew."
    ]


def test_what_fails_is_said():
    at = page(seeds="3", learning_rate="1.0", **FAST)
    press(at, "repeat")
    until(at, lambda at: "Repeated with 3 seeds" in captions(at))
    assert notices(at) == [
        plain("Of these runs, 3 failed. The first of them: The loss of Pangloss is not a number.")
    ]
    assert not is_drawn(at, "kit.repeat_curves")


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            Difference(n=10, mean=0.02, interval=(-0.004, 0.05), ahead=7, behind=3, p=0.2,
                       seeds=24),
            "GRU ahead of LSTM in 7 of 10 seeds, by 0.02 on average (95% interval: -0.004 to "
            "0.05); the difference may be chance. About 24 seeds would tell.",
        ),
        (
            Difference(n=10, mean=-0.02, interval=(-0.03, -0.01), ahead=10, behind=0, p=0.002,
                       seeds=6),
            "GRU ahead of LSTM in 10 of 10 seeds, by 0.02 on average (95% interval: 0.01 to "
            "0.03); that is hardly chance.",
        ),
        (
            Difference(n=0, mean=0.0, interval=None, ahead=0, behind=0, p=1.0, seeds=None),
            "GRU and LSTM have no seed in common.",
        ),
    ],
)  # fmt: skip
def test_the_claim_and_its_uncertainty(found, sentence):
    assert claim("GRU", "LSTM", found) == sentence
