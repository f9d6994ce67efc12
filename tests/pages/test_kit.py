"""The kit of ui/ on a page of its own: a real engine, an experiment that needs no Keras."""

import time
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core.engine import Engine, Limits
from core.engine.processes import for_this_machine
from core.events import Epoch, Finished, Started, Step
from core.figures import style
from core.figures.training import Line, loss_curve
from tests.browser.kit.experiment import SAMPLE, Config, find
from ui import server, steering, visits
from ui.bench import run_name, run_table
from ui.charts import _SWAPS
from ui.notices import plain, significant
from ui.runs import Run, Steps
from ui.widgets import stops

PAGE = Path(__file__).parent.parent / "browser" / "kit" / "page.py"
FAST = {"step_ms": "0"}
SLOW = {"step_ms": "100", "epochs": "40"}


@pytest.fixture(scope="module")
def engine():
    made = Engine(Limits(at_once=2), find=find, processes=for_this_machine("core.events"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def in_use(engine, monkeypatch):
    monkeypatch.setattr(server, "engine", lambda: engine)


def page(**params):
    at = AppTest.from_file(str(PAGE), default_timeout=20)
    for name, value in params.items():
        at.query_params[name] = value
    return checked(at.run())


def checked(at):
    assert not at.exception, at.exception[0].message
    return at


def press(at, name):
    return checked(at.button(key=f"kit.{name}").click().run())


def until(at, condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition(at):
        assert time.monotonic() < deadline, [c.value for c in at.caption]
        time.sleep(0.05)
        checked(at.run())
    return at


def status(at):
    return at.caption[0].value if at.caption else ""


def notices(at):
    return [n.value for kind in (at.info, at.warning, at.error) for n in kind]


def config_of(at):
    return at.session_state["config"]


def url(at):
    return {
        name: value[0] if isinstance(value, list) else value
        for name, value in at.query_params.items()
    }


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
    assert config_of(at) == Config(**{field: meant})
    assert url(at) == {field: said}
    checked(at.run())
    assert config_of(at) == Config(**{field: meant})


@pytest.mark.parametrize("said", ["FALSE", "off", "0"])
def test_other_words_for_false_are_understood(said):
    assert config_of(page(shuffle=said)).shuffle is False


def test_every_kind_of_widget_sets_config_and_url():
    at = page()
    at.button_group(key="experiment.cell").set_value("rnn")
    at.selectbox(key="experiment.optimizer").set_value("sgd")
    at.select_slider(key="experiment.units").set_value(256)
    at.select_slider(key="experiment.learning_rate").set_value(0.05)
    at.slider(key="experiment.dropout").set_value(0.25)
    at.slider(key="experiment.epochs").set_value(9)
    at.number_input(key="experiment.seed").set_value(42)
    at.toggle(key="experiment.shuffle").set_value(False)
    at.text_input(key="experiment.name").set_value("Martin")
    checked(at.run())
    assert config_of(at) == Config("rnn", "sgd", 256, 0.05, 0.25, 9, 42, False, "Martin")
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
    at.slider(key="experiment.epochs").set_value(4)  # the default again
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
    assert config_of(at) == Config(epochs=9, seed=5)
    assert url(at) == {"epochs": "9", "seed": "5"}


def test_nonsense_is_said_in_french_too():
    at = page(units="7", lang="fr")
    said = "units doit être un nombre entier de 8 à 512, et non '7'."
    assert [w.value for w in at.warning] == [plain(said) + " La valeur par défaut est utilisée."]
    assert at.button(key="kit.train").label == "Entraîner"


def test_the_complaint_goes_when_the_control_is_moved():
    at = page(units="7")
    at.select_slider(key="experiment.units").set_value(128)
    assert not checked(at.run()).warning
    assert config_of(at).units == 128


def test_markup_in_the_url_stays_text():
    at = page(cell="[x](http://y) <b>")
    assert r"\[x\]\(http\:\/\/y\) \<b\>" in at.warning[0].value


def test_a_config_that_is_not_allowed_cannot_be_trained():
    at = page()
    at.text_input(key="experiment.name").set_value("")
    checked(at.run())
    assert config_of(at) is None
    assert [e.value for e in at.error] == [plain("name must be 1 to 20 characters, not ''.")]
    assert at.button(key="kit.train").disabled


def test_locked_controls_are_hidden_and_keep_the_value_of_the_url():
    at = page(lock="units,seed", units="128", seed="3")
    assert [s.key for s in at.select_slider] == ["experiment.learning_rate"]
    assert not [n for n in at.number_input if n.key == "experiment.seed"]
    assert config_of(at) == Config(units=128, seed=3)
    assert url(at) == {"lock": "seed,units", "units": "128", "seed": "3"}


def test_values_survive_a_page_switch_and_a_language_switch():
    at = page(lock="seed", seed="3", cell="gru", units="100")
    at.selectbox(key="experiment.optimizer").set_value("lamb")
    checked(at.run())
    meant = Config("gru", "lamb", 100, seed=3)
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
    assert at.button(key="experiment.reset").label == "Revenir aux valeurs par défaut"


def test_back_to_the_defaults():
    at = page(cell="gru", units="100", seed="3")
    checked(at.button(key="experiment.reset").click().run())
    assert config_of(at) == Config()
    assert url(at) == {}


@pytest.mark.parametrize(
    ("lang", "finished", "numbers"),
    [
        ("en", "Finished: 3 epochs · held-out loss 1.68 · 0 s of training", "Numbers"),
        (
            "fr",
            "Terminé\N{NO-BREAK SPACE}: 3 époques · held-out loss 1,68 · 0 s d'apprentissage",
            "Chiffres",
        ),
    ],
)
def test_a_run_from_train_to_what_is_taken_away(lang, finished, numbers):
    at = page(lang=lang, seed=f"1{len(lang + finished)}", epochs="3", **FAST)
    assert at.text[0].value == "nothing yet"
    press(at, "train")
    assert url(at)["job"]
    until(at, lambda at: at.get("download_button"))
    until(at, lambda at: len(at.get("download_button")) == 4)
    assert status(at) == finished
    assert at.button(key="kit.train").disabled
    assert at.button(key="kit.stop").disabled
    assert "chosen None after epoch 3" in [t.value for t in at.text]
    assert at.dataframe[0].value.iloc[0]["held-out loss"] == pytest.approx(1.68)
    assert [b.label for b in at.get("download_button")][-1] == numbers


def test_pressing_train_twice_submits_once(engine):
    at = page(seed="20", **SLOW)
    button = at.button(key="kit.train")
    checked(button.click().run())
    job, visitor = url(at)["job"], at.session_state[server.COOKIE]
    checked(button.click().run())  # as it stood on screen at the first click
    assert url(at)["job"] == job
    assert visits.remembered(visitor, "kit") == [job]
    engine.kill(job, visitor)


def test_pause_one_step_resume_stop(engine):
    at = page(seed="21", **SLOW)
    press(at, "train")
    job = url(at)["job"]
    until(at, lambda at: not at.button(key="kit.pause").disabled)
    press(at, "pause")
    until(at, lambda at: status(at).startswith("Paused in epoch "))

    def steps():  # an epoch's last step is followed by its Epoch: only Steps are counted
        return sum(isinstance(event, Step) for event in engine.events(job))

    before = steps()
    press(at, "step")
    until(at, lambda _: steps() > before)
    time.sleep(0.5)  # long enough for five more, and a second click within it is dropped
    assert steps() == before + 1
    press(at, "resume")
    until(at, lambda at: status(at).startswith("Epoch "))
    press(at, "stop")
    until(at, lambda at: status(at).startswith("Stopped after epoch"))
    assert not at.button(key="kit.train").disabled


def test_the_second_click_on_pause_does_not_resume(engine, monkeypatch):
    monkeypatch.setattr(steering, "_DOUBLE_CLICK_S", 60)  # however busy the machine is
    at = page(seed="22", **SLOW)
    press(at, "train")
    until(at, lambda at: not at.button(key="kit.pause").disabled)
    press(at, "pause")
    press(at, "resume")
    assert engine.job(url(at)["job"]).state == "paused"
    engine.kill(url(at)["job"], at.session_state[server.COOKIE])


def test_the_scrubber_shows_an_epoch_as_it_was_and_keeps_it():
    at = page(seed="23", epochs="5", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    scrubber = at.select_slider(key=f"kit.epoch.{url(at)['job']}")
    assert scrubber.options == ["1", "2", "3", "4", "the last"]
    checked(scrubber.set_value(2).run())
    assert "chosen None after epoch 2" in [t.value for t in at.text]
    checked(at.run())
    assert "chosen None after epoch 2" in [t.value for t in at.text]
    checked(at.select_slider(key=f"kit.epoch.{url(at)['job']}").set_value(0).run())
    assert "chosen None after epoch 5" in [t.value for t in at.text]


def test_a_stranger_watches_without_controls_and_may_train_their_own(engine):
    owner = page(seed="24", **SLOW)
    press(owner, "train")
    job = url(owner)["job"]
    until(owner, lambda at: status(at).startswith("Epoch"))
    stranger = page(job=job, seed="24", **SLOW)
    assert status(stranger).startswith("Epoch")
    assert not [b for b in stranger.button if b.key in ("kit.pause", "kit.step", "kit.stop")]
    assert notices(stranger) == [
        "You are watching somebody's run; only who started it can steer it. "
        "Change a setting, then Train starts one of your own."
    ]
    assert stranger.button(key="kit.train").disabled
    stranger.number_input(key="experiment.seed").set_value(25)
    checked(stranger.run())
    assert plain("These curves belong to another setting: Seed 24 (now 25).") in notices(stranger)
    press(stranger, "train")
    assert url(stranger)["job"] != job
    for at in (owner, stranger):
        engine.kill(url(at)["job"], at.session_state[server.COOKIE])


def test_who_asks_for_a_run_that_somebody_has_trained_gets_it_at_once():
    first = page(seed="35", **FAST)
    press(first, "train")
    until(first, lambda at: status(at).startswith("Finished"))
    second = page(seed="35", **FAST)
    press(second, "train")
    assert url(second)["job"] == url(first)["job"]
    assert status(second).startswith("Finished")
    assert notices(second) == [
        "Somebody has trained these very settings: the same settings give the same run."
    ]
    assert len(second.dataframe[0].value) == 1


def test_a_run_is_found_again_after_a_page_switch():
    at = page(seed="36", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    before = url(at)
    at.session_state["away"] = True
    checked(at.run())
    at.session_state["away"] = False
    for name in list(at.query_params):
        del at.query_params[name]
    checked(at.run())
    assert url(at) == before
    assert status(at).startswith("Finished")


def test_a_waiting_run_can_be_stopped(engine):
    at = page(seed="37", **SLOW)
    press(at, "train")
    first, visitor = url(at)["job"], at.session_state[server.COOKIE]
    at.number_input(key="experiment.seed").set_value(38)
    checked(at.run())
    press(at, "train")
    press(at, "stop")
    until(at, lambda at: "The run was ended before it began\\." in notices(at))
    assert not at.button(key="kit.train").disabled
    engine.kill(first, visitor)


def test_an_expired_run_offers_its_settings_again():
    at = page(job="long-gone", units="128", lang="fr", seed="26", **FAST)
    assert notices(at)[0].startswith("L'apprentissage de ce lien n'est plus conservé")
    assert config_of(at) == Config(units=128, seed=26, step_ms=0)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Terminé"))


def test_the_curves_say_when_they_belong_to_another_setting():
    at = page(seed="27", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    assert notices(at) == []
    at.button_group(key="experiment.cell").set_value("gru")
    checked(at.run())
    assert notices(at) == [plain("These curves belong to another setting: Cell LSTM (now GRU).")]
    assert not at.button(key="kit.train").disabled


def test_a_run_that_fails_says_so_in_a_sentence():
    at = page(learning_rate="1", name="*Doctor*", seed="28", **FAST)
    press(at, "train")
    until(at, lambda at: at.error)
    assert [e.value for e in at.error] == [plain("The loss of *Doctor* is not a number.")]


def test_a_live_setting_reaches_the_run_and_no_other_does(engine):
    at = page(seed="29", **SLOW)
    press(at, "train")
    job, visitor = url(at)["job"], at.session_state[server.COOKIE]
    until(at, lambda at: status(at).startswith("Epoch"))
    at.select_slider(key="experiment.learning_rate").set_value(0.1)
    checked(at.run())
    until(at, lambda at: at.session_state["kit.follower"].view().changes)
    run = at.session_state["kit.follower"].view()
    assert [(c.field, c.value) for c in run.changes] == [("learning_rate", 0.1)]
    assert run.config.learning_rate == 0.1
    assert notices(at) == []
    assert at.button(key="kit.train").disabled
    at.slider(key="experiment.dropout").set_value(0.5)  # another run now: this one is let alone
    at.select_slider(key="experiment.learning_rate").set_value(0.2)
    checked(at.run())
    time.sleep(0.5)
    checked(at.run())
    assert len(at.session_state["kit.follower"].view().changes) == 1
    engine.kill(job, visitor)
    until(at, lambda at: plain("The run was ended.") in notices(at))
    at.slider(key="experiment.dropout").set_value(0.0)
    at.select_slider(key="experiment.learning_rate").set_value(0.1)
    checked(at.run())  # these settings from the start are another run than the one changed to them
    assert not at.button(key="kit.train").disabled


def test_a_second_run_waits_and_begins_when_the_first_is_stopped():
    at = page(seed="30", **SLOW)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Epoch"))
    at.number_input(key="experiment.seed").set_value(31)
    checked(at.run())
    press(at, "train")
    assert status(at) == "Waiting: place 1 in the queue."
    at.number_input(key="experiment.seed").set_value(32)
    checked(at.run())
    press(at, "train")
    assert plain("You already have a run waiting; wait until it begins, or stop it.") in notices(at)
    press(at, "stop_other")
    until(at, lambda at: status(at).startswith("Epoch"))
    press(at, "stop")
    until(at, lambda at: status(at).startswith("Stopped"))


def test_the_bench_keeps_the_visit_s_runs_and_pins_one():
    at = page(seed="33", epochs="3", **FAST)
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    first = url(at)["job"]
    at.button_group(key="experiment.cell").set_value("gru")
    checked(at.run())
    press(at, "train")
    until(at, lambda at: len(at.dataframe[0].value) == 2)
    table = at.dataframe[0].value
    assert list(table["Cell"]) == ["LSTM", "GRU"]
    assert list(table["Weights"]) == [1064, 1064]
    pin = at.selectbox(key="kit.pin")
    assert pin.options[0] == "none"
    assert pin.options[1].startswith("Run 1, Cell LSTM")
    checked(pin.set_value(first).run())
    checked(at.run())
    assert url(at)["pin"] == first


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        ("down", "Yes, as you said. Each step makes it a little smaller."),
        ("up", "Your run says otherwise: It falls. Each step makes it a little smaller."),
    ],
)
def test_a_prediction_is_graded_against_the_visitor_s_run(answer, reply):
    at = page(seed="34", epochs="2", **FAST)
    question = at.radio(key="kit.question.answer")
    assert question.value is None
    checked(question.set_value(answer).run())
    assert not at.success
    press(at, "train")
    until(at, lambda at: status(at).startswith("Finished"))
    assert [s.value for s in (*at.success, *at.info)][-1] == reply
    checked(at.run())
    assert at.radio(key="kit.question.answer").disabled


# --- the parts by themselves ---


def run_of(job_id, cell, valid, changes=()):
    epochs = tuple(
        Epoch(n, 5 * n, 0.5 * n, {"valid_loss": v}, {"w": np.ones(3)}, {"sample": SAMPLE})
        for n, v in enumerate(valid, start=1)
    )
    steps = Steps(np.arange(1, 4), np.arange(3) / 5, np.arange(3) / 10, {"loss": np.ones(3)})
    return Run(
        job_id,
        "kit",
        Config(cell=cell),
        "finished",
        0,
        True,
        Started("kit", {}, 1064, 10, len(valid)),
        steps,
        epochs,
        epochs[-1],
        changes,
        Finished({"valid_loss": valid[-1]}, {"w": np.ones(3)}, {"train.py": b"x"}),
    )


def test_the_table_shows_only_settings_that_differ():
    runs = [run_of("a", "lstm", [2.0, 1.0]), run_of("b", "gru", [1.5])]
    table = run_table(runs, {"valid_loss": "loss"})
    assert table.to_dict("records") == [
        {
            "Run": 1,
            "Cell": "LSTM",
            "Weights": 1064,
            "Epochs done": 2,
            "Training (s)": 1.0,
            "loss": 1.0,
        },
        {
            "Run": 2,
            "Cell": "GRU",
            "Weights": 1064,
            "Epochs done": 1,
            "Training (s)": 0.5,
            "loss": 1.5,
        },
    ]
    assert run_name(runs[1], runs) == "Run 2, Cell GRU"


def test_a_light_run_keeps_the_curve_and_drops_what_is_heavy():
    light = run_of("a", "lstm", [2.0, 1.0]).light()
    epochs, values = light.by_epoch("valid_loss")
    assert (epochs.tolist(), values.tolist()) == ([1, 2], [2.0, 1.0])
    assert all(not e.arrays and not e.texts for e in (*light.epochs, light.at))
    assert not light.finished.arrays
    assert not light.finished.files
    assert light.finished.metrics == {"valid_loss": 1.0}


@pytest.mark.parametrize(("count", "left"), [(0, 0), (1, 1), (600, 600), (601, 301), (1801, 451)])
def test_thinned_steps_keep_the_first_and_the_last(count, left):
    all_steps = np.arange(1, count + 1)
    thin = Steps(all_steps, all_steps / 9, all_steps / 7, {"loss": 1.0 / all_steps}).thinned()
    assert len(thin) == left
    assert thin.step.tolist()[:1] == all_steps.tolist()[:1]
    assert thin.step.tolist()[-1:] == all_steps.tolist()[-1:]
    assert np.array_equal(thin["loss"], 1.0 / thin.step)


def test_stops_of_logarithmic_sliders():
    specs = Config.specs()
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


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (2.0, "2"), (1.2345, "1.23"), (1234.5, "1,234"), (-0.00123456, "-0.00123")],
)
def test_numbers_have_three_significant_digits(value, said, monkeypatch):
    monkeypatch.setattr("ui.texts.language", lambda: "en")
    assert significant(value) == said


def test_each_colour_of_a_theme_has_one_counterpart_in_the_other():
    to_dark, to_light = _SWAPS["dark"], _SWAPS["light"]
    for colour in (*style.COLOURS["light"].values(), style.PAGE["light"], style.INK["light"]):
        assert to_light[to_dark[colour]] == colour


def curve(**more):
    x = np.array([1.0, 2.0, 3.0])
    lines = [Line("held out", x, np.array([4.0, 2.0, 1.0]), "lstm")]
    lines += [Line("training", x, np.array([4.0, 2.0, 1.001]), "lstm", faint=True)]
    titles = {"title": "It falls", "x_title": "epochs", "y_title": "loss"}
    return loss_curve([*lines, *more.pop("lines", [])], theme="light", **titles, **more)


def test_few_lines_are_named_at_their_ends_and_not_on_top_of_each_other():
    figure = curve()
    assert not figure.layout.showlegend
    ends = {a.text: a.y for a in figure.layout.annotations}
    low, high = figure.layout.yaxis.range
    assert ends["held out"] == 1.0
    assert ends["training"] - ends["held out"] == pytest.approx(0.07 * (high - low))


def test_many_lines_get_a_legend():
    more = [Line(name, np.array([1.0]), np.array([3.0]), "gru") for name in ("a", "b")]
    figure = curve(lines=more)
    assert figure.layout.showlegend
    assert not figure.layout.annotations


def test_a_logarithmic_axis_says_so_and_puts_its_words_where_the_lines_are():
    figure = curve(log_y="logarithmic", references={"guess": 10.0})
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.title.text == "loss (logarithmic)"
    assert {a.text: a.y for a in figure.layout.annotations}["guess"] == 1.0
    assert figure.layout.shapes[0].y0 == 10.0
    assert figure.layout.yaxis.range[1] > 1.0


def test_changes_and_the_chosen_epoch_are_marked():
    figure = curve(changes=[(1.5, "Learning rate: 0.1")], at=2.0, x_end=8)
    assert [s.x0 for s in figure.layout.shapes] == [1.5, 2.0]
    assert "Learning rate: 0.1" in [a.text for a in figure.layout.annotations]
    assert figure.layout.xaxis.range == (0, 8)


def test_a_curve_without_points_is_an_empty_chart():
    empty = np.array([])
    figure = loss_curve(
        [Line("loss", empty, empty, "rnn")],
        theme="dark",
        title="Nothing yet",
        x_title="epochs",
        y_title="loss",
    )
    assert figure.layout.yaxis.range == (0, 1)
    assert not figure.layout.annotations
