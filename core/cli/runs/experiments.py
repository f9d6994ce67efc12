"""``list`` and ``train``."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

import click

from core.cli.assignments import assignments
from core.cli.data.own_file import settings_of, text_of
from core.cli.runs.backend import choose_backend
from core.cli.runs.cluster import run_there
from core.cli.runs.record import Record
from core.cli.speech import as_json, columns, shown
from core.engine.cluster.chosen import VARIABLE
from core.events import (
    Changed,
    Epoch,
    Event,
    Failed,
    Finished,
    Metrics,
    Moved,
    Queued,
    Started,
    Step,
    flat,
    to_json,
)
from core.experiments import Experiment, experiment, names
from core.experiments.kit.config import Spec
from core.experiments.kit.control import Control
from core.messages import Problem


@click.command("list")
@click.option("--json", "in_json", is_flag=True, help="One JSON array, with labels and help.")
def list_(in_json: bool) -> None:
    """The experiments: their fields, defaults and bounds."""
    experiments = [experiment(name) for name in names()]
    if in_json:
        click.echo(as_json([_described(one) for one in experiments]))
        return
    for one in experiments:
        click.echo(f"{one.name}: {one.about}")
        defaults = one.Config.defaults()
        fields = one.Config.specs().items()
        rows = [(f"  {name}", _value(defaults[name]), spec.allowed) for name, spec in fields]
        click.echo(columns([("  FIELD", "DEFAULT", "ALLOWED"), *rows]))


def _described(one: Experiment) -> dict[str, Any]:
    defaults = one.Config.defaults()
    fields = [
        {"name": name, "default": defaults[name], **_bounds(spec)}
        for name, spec in one.Config.specs().items()
    ]
    return {"name": one.name, "about": one.about, "fields": fields}


def _bounds(spec: Spec) -> dict[str, Any]:
    bounds: dict[str, Any] = {
        "kind": spec.kind,
        "allowed": spec.allowed,
        "label": spec.label,
        "help": spec.help,
    }
    if spec.kind == "choice":
        bounds["options"] = list(spec.options)
    elif spec.kind != "bool":
        bounds |= {"low": spec.low, "high": spec.high}
    return {**bounds, "live": spec.live}


@click.command(short_help="Train an experiment and say how it goes.")
@click.argument("experiment", metavar="EXPERIMENT")
@click.option(
    "--set",
    "settings",
    metavar="FIELD=VALUE",
    multiple=True,
    callback=assignments,
    help="A setting, one of those that 'list' shows; may be given several times.",
)
@click.option(
    "--text",
    "own",
    metavar="FILE",
    type=click.File("rb"),
    help="A text of yours to learn from; - is standard input.",
)
@click.option("--as-it-is", is_flag=True, help="Leave licences and line breaks in the text.")
@click.option(
    "--file",
    "--data",
    "file",
    metavar="FILE",
    type=click.File("rb"),
    help="A file of yours to learn from: a text, a table or images, as the experiment takes them.",
)
@click.option(
    "--choose",
    "choices",
    metavar="NAME=VALUE",
    multiple=True,
    callback=assignments,
    help="An answer to a question of the file, one of those that 'read --json' lists.",
)
@click.option(
    "--json", "in_json", is_flag=True, help="One event a line, the last of them finished."
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for events.jsonl, history.csv, arrays.npz, run.npz and the files of the run.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    envvar=VARIABLE,
    help=f"Train on a worker of the Dask scheduler there; {VARIABLE} by default.",
)
def train(
    experiment: str,
    settings: dict[str, str],
    own: BinaryIO | None,
    as_it_is: bool,
    file: BinaryIO | None,
    choices: dict[str, str],
    in_json: bool,
    out: Path | None,
    cluster: str | None,
) -> None:
    """Train EXPERIMENT in this process, or on a cluster, and say how it goes.

    Ctrl-C stops it early and keeps what it has learned; a second one ends it at once.
    """
    if own and file:
        raise click.UsageError("--text and --file are both given; give one of them.")
    say = _say_json if in_json else _say
    _train(experiment, settings, own, as_it_is, file, choices, say, out, cluster)


def _train(
    name: str,
    settings: dict[str, str],
    own: BinaryIO | None,
    as_it_is: bool,
    file: BinaryIO | None,
    choices: dict[str, str],
    say: Callable[[Event], None],
    out: Path | None,
    cluster: str | None,
) -> None:
    chosen = experiment(name)
    if brought := own or file:
        settings = {
            **settings,
            **settings_of(
                chosen, brought, text=own is not None, as_it_is=as_it_is, choices=choices
            ),
        }
    elif choices:
        raise click.UsageError("--choose answers questions of a file: give it with --file.")
    config = chosen.Config.parse(settings)
    choose_backend()
    left = None
    with Record(out) if out else nullcontext() as record, _stopped_by_ctrl_c() as control:
        if cluster:
            events = run_there(cluster, name, config, control)
        else:
            events = chosen.run(config, control)
        for event in events:
            if record:
                record.add(event)
            try:
                if not left:
                    say(event)
            except BrokenPipeError as error:  # nobody listens any more: end, but keep the work
                left, control.stopped = error, True
            if isinstance(event, Failed):
                raise Problem(event.template, **event.values)
        if record and (text := text_of(chosen, settings)):  # which the script is to read
            (record.folder / "text.txt").write_bytes(text.encode("utf-8"))
    if left:
        raise left


@contextmanager
def _stopped_by_ctrl_c() -> Iterator[Control]:
    control = Control()

    def stop(_signal: int, _frame: FrameType | None):
        control.stopped = True
        signal.signal(signal.SIGINT, before)
        click.echo("Stopping after this step; Ctrl-C again ends it at once.", err=True)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield control
    finally:
        signal.signal(signal.SIGINT, before)


def _say_json(event: Event) -> None:
    click.echo(as_json(to_json(event)))


def _say(event: Event) -> None:
    match event:
        case Started():
            click.echo(
                f"{event.experiment}: {event.params:,} weights, {event.steps:,} steps in "
                f"{event.epochs} epochs"
            )
            if event.references:
                click.echo(f"for comparison: {_measured(event.references)}")
        case Step():
            moment = f"step {event.step}, epoch {event.epoch:.2f}, {event.train_s:.1f} s"
            click.echo(f"{moment}: {_measured(event.metrics)}")
        case Epoch():
            moment = f"epoch {event.epoch} ends, step {event.step}, {event.train_s:.1f} s"
            click.echo(f"{moment}: {_measured(event.metrics)}")
            if sample := event.texts.get("sample"):
                click.echo("".join(f"    {line}\n" for line in shown(sample).splitlines()))
        case Changed():
            click.echo(f"from step {event.step} on: {event.field} = {_value(event.value)}")
        case Moved():
            click.echo(str(event.note), err=True)
        case Queued():
            click.echo(f"waiting for a free worker: place {event.place}", err=True)
        case Finished():
            word = "stopped" if event.stopped else "finished"
            click.echo(f"{word}: {_measured(event.metrics)}")


def _measured(metrics: Metrics) -> str:
    return ", ".join(f"{name} {_number(value)}" for name, value in flat(metrics).items())


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def _value(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
