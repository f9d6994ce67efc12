"""A file of one's own that an experiment is to learn from, instead of the data that it knows."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

import click

from core.cli.data.read import understood
from core.cli.data.texts import MOST_READ, read_text
from core.data import uploads
from core.data.language.labelled.brought import store_texts
from core.data.language.tagged import brought as tagged
from core.data.sequences.labelled import store_labelled
from core.experiments import Experiment

# What a Spec calls a file -> what people call it, and how it is read and kept.
_KINDS: dict[str, tuple[str, Callable[[bytes, Mapping[str, str]], str]]] = {
    "text": ("a text", lambda raw, _choices: uploads.put(read_text(raw, as_it_is=False))),
    "series": ("a table of numbers (CSV)", uploads.store_table),
    "sequences": ("a table of sequences and their classes (CSV)", store_labelled),
    "texts": ("a table of texts and their classes (CSV)", store_texts),
    "tagged": ("a tagged text (CoNLL)", lambda raw, _choices: tagged.store(raw)),
    "images": ("images (.npz) or a table (CSV)", uploads.store_images),
}


def settings_of(
    experiment: Experiment,
    file: BinaryIO,
    *,
    text: bool,
    as_it_is: bool = False,
    choices: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The settings by which an experiment learns from ``file``, which is kept.

    text: the file was called a text. as_it_is: a text is not cleaned. choices: answers to the
    questions of a table. Raises UsageError if the experiment does not take it or the file does not
    ask that, and Problem as the file's reader does.
    """
    specs = experiment.Config.specs()
    kind = specs["upload"].upload if "upload" in specs else ""
    if not kind:
        raise click.UsageError(
            f"The experiment {experiment.name} takes no {'text' if text else 'file of yours'}."
        )
    about, store = _KINDS[kind]
    if text and kind != "text":
        raise click.UsageError(
            f"The experiment {experiment.name} takes no text but {about}: give it with --file."
        )
    raw = file.read(MOST_READ)
    if choices:
        understood(raw, kind, choices)  # which says of each whether the file asks that
    if kind == "text" and as_it_is:
        kept = uploads.put(read_text(raw, as_it_is=True))
    else:
        kept = store(raw, choices or {})
    source = next(name for name, spec in specs.items() if "upload" in spec.options)
    return {source: "upload", "upload": kept}


def text_of(experiment: Experiment, settings: Mapping[str, str]) -> str:
    """The text of one's own that an experiment learns from, as it was cleaned; else nothing."""
    specs = experiment.Config.specs()
    is_own = "upload" in specs and specs["upload"].upload == "text" and settings.get("upload")
    return uploads.get(settings["upload"]) if is_own else ""
