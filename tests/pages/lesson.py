"""What the tests of the lessons' pages share: a page by AppTest, what it sent to the browser."""

import base64
import json
import time

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from core.engine import Engine, Limits
from core.engine.local.processes import for_this_machine
from core.events import Epoch, Finished, Started, Step
from core.experiments import experiment
from tests import recorded
from tests.events import of, only
from ui import server
from ui.runs.run import Run, Steps


def engine_fixture(find):
    """A fixture for a test module: the pages' engine, without Keras, that finds by ``find``."""

    @pytest.fixture(scope="module", autouse=True)
    def engine():
        processes = for_this_machine("core.events")
        limits = Limits(at_once=2, prepared_s=0)
        made = Engine(limits, find=find, processes=processes, archive=server.archive())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(server, "engine", lambda: made)
            yield made
        made.close()

    return engine


def run_of(name, run="small"):
    """A recorded run as a page sees it when it is over."""
    events = recorded.recorded(name, run)
    started, steps = only(events, Started), of(events, Step)
    names = {name for step in steps for name in step.metrics}
    metrics = {name: np.array([s.metrics.get(name, np.nan) for s in steps]) for name in names}
    return Run(
        id="id",
        experiment=name,
        config=experiment(name).Config(**started.config),
        state="finished",
        place=0,
        is_mine=True,
        start=started,
        steps=Steps(
            np.array([s.step for s in steps]),
            np.array([s.epoch for s in steps]),
            np.array([s.train_s for s in steps]),
            metrics,
        ),
        epochs=tuple(of(events, Epoch)),
        finished=only(events, Finished),
    )


def check_quiz(at, questions, run):
    """The page of a finished run grades its questions: the first is answered right, others not.

    run: the recorded run that the page follows.
    """
    replies = []
    for i, question in enumerate(questions):
        right, why = question.grade(run)
        _text, options = question.words()
        wrong = next(name for name in options if name != right)
        at.radio(key=f"{question.key}.answer").set_value(wrong if i else right)
        otherwise = f"Your run shows otherwise: {options[right]}"
        replies.append(f"{otherwise if i else 'Yes, as you said.'} {why}")
    checked(at.run())
    assert {element.value for element in (*at.success, *at.info)} >= set(replies)


def opened(file, **params):
    """The page of a file at an address with these parameters."""
    at = AppTest.from_file(str(file), default_timeout=120)
    for name, value in params.items():
        at.query_params[name] = value
    return checked(at.run())


def checked(at):
    """The page, which has met with no error, and whose widgets may be made at any time."""
    assert not at.exception, at.exception[0].message
    for proto in (node.proto for node in at.main if isinstance(node, Widget)):
        if getattr(proto, "set_value", False):
            begins, stands = _values(proto)
            assert begins == stands, f"{proto.label} begins with {begins} and stands at {stands}"
    return at


def _values(proto):
    """What a browser makes a widget with, and what the session says a moment later.

    Where they differ, a rerun in between takes the first for the visitor's choice.
    """
    match proto.DESCRIPTOR.name:
        case "ButtonGroup":
            return [proto.options[i].content for i in proto.default], list(proto.raw_values)
        case "MultiSelect":
            return [proto.options[i] for i in proto.default], list(proto.raw_values)
        case "Slider" if proto.options:
            return [proto.options[int(i)] for i in proto.default], list(proto.raw_value)
        case "Slider":
            return list(proto.default), list(proto.value)
        case "Selectbox" | "Radio":
            default = proto.options[proto.default] if proto.HasField("default") else ""
            return default, proto.raw_value
    return proto.default, proto.value


def until(at, condition, seconds=120):
    """The page once a condition of it holds; it is run again and again until then."""
    deadline = time.monotonic() + seconds
    while not condition(at):
        assert time.monotonic() < deadline, [c.value for c in at.caption]
        time.sleep(0.05)
        checked(at.run())
    return at


def downloads(at):
    """The labels of the buttons by which a run's files are taken away."""
    return [button.label for button in at.get("download_button")]


def notices(at):
    """What the page says in its boxes."""
    return [n.value for kind in (at.info, at.warning, at.error) for n in kind]


def is_drawn(at, key):
    """Whether a component is on the page: a run that has only begun has not sent all of them."""
    return any(key in e.proto.id for e in at.get("bidi_component"))


def component(at, key):
    """What the server sent to a component: its data by name."""
    found = [e.proto for e in at.get("bidi_component") if key in e.proto.id]
    assert len(found) == 1, [e.proto.id for e in at.get("bidi_component")]
    return json.loads(found[0].json)


def choices_of(at, key):
    """What a chart offers to choose from."""
    return json.loads(component(at, key)["choices"])


def tables(at):
    """The tables of the page as data frames, of what they are sorted by: numbers are numbers."""
    sent = [e.proto for e in at.get("bidi_component")]
    data = [json.loads(proto.json) for proto in sent if proto.component_name == "pangloss_table"]
    return [
        pd.DataFrame(
            [[order for _text, order in row] for row in one["rows"]],
            columns=[name for name, _numbers in one["columns"]],
        )
        for one in data
    ]


def planes(at, key):
    """Each plane that was sent: its name -> its points, (n, 2)."""
    found = [e.proto for e in at.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    assert len(found) == 1  # its blobs' keys go on behind its own
    return {
        plane["name"]: np.frombuffer(base64.b64decode(plane["points"]), "<f4").reshape(-1, 2)
        for plane in json.loads(found[0].json)["planes"]
    }


def figure(at, key):
    """The figure of a live chart, as Plotly reads it."""
    return json.loads(component(at, key)["figure"])


def title(at, key):
    """The title of a live chart."""
    return figure(at, key)["layout"]["title"]["text"]


def numbers(packed):
    """The numbers of a trace as an array, whether Plotly packed them or not."""
    if not isinstance(packed, dict):
        return np.array(packed)
    flat = np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"])
    return flat.reshape([int(n) for n in str(packed.get("shape", len(flat))).split(",")])


def url(at):
    """The address's parameters."""
    return {n: v[0] if isinstance(v, list) else v for n, v in at.query_params.items()}
