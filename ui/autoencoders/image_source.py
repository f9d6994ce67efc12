"""The images to learn from: those that are here, MNIST to be fetched, or a visitor's own."""

from typing import TypeVar

import streamlit as st

from core.data import fetch, uploads
from core.data.images import files as image_files
from core.data.images.image_set import Images
from core.data.images.known import MNIST_FILE, images
from core.experiments.kit.config import Config
from core.experiments.kit.image_task import MOST_IMAGES
from ui.notices import plain
from ui.runs.inputs.fetching import fetch_or_replace
from ui.runs.inputs.upload_field import TABLES, upload_field
from ui.state.controls import choose
from ui.texts import _, number, say

_Config = TypeVar("_Config", bound=Config)


def usable(config: _Config | None) -> _Config | None:
    """``config``, which has the fields data and upload, if its images are here.

    Else what is needed to get them is shown, and None returned. What a visitor's images are is
    said beneath.
    """
    if config is None:
        return None
    key, fields = config.scope(), config.to_dict()
    if fields["data"] != "upload":
        config = config.replace(upload="") if fields["upload"] else config
        if fields["data"] == "mnist" and not fetch.available(MNIST_FILE):
            _offer_mnist(type(config), key)
            return None
        return config
    known = upload_field(
        config,
        _("Images (.npz) or a table (CSV)"),
        TABLES,
        key=f"{key}.file",
        help=_(
            "An .npz with an array x of shape (n, height, width), brightness from 0 up, and "
            "labels y if you like; {least} to {most} grey images of at most {side} × {side} "
            "pixels. Or a CSV with one example per row, and a column called label if you "
            "like."
        ).format(
            least=image_files.MIN_IMAGES,
            most=number(image_files.MAX_IMAGES, 0),
            side=image_files.MAX_SIDE,
        ),
        store=uploads.store_images,
        load=lambda digest: images("upload", digest),
        empty=_("Upload images or a table to train on them."),
        questions=lambda known: known.questions,
    )
    if known is None:
        return None
    training, _test = known.split(fields["seed"])
    st.caption(_about(known, len(training)))
    return config


def _about(known: Images, training: int) -> str:
    count, (height, width) = len(known.pixels), known.shape
    what = (
        _("Your table: {count} rows of {width} numbers").format(
            count=number(count, 0), width=number(width, 0)
        )
        if height == 1
        else _("Your images: {count} of {height} × {width} pixels").format(
            count=number(count, 0), height=height, width=width
        )
    )
    classes = (
        _("{classes} classes").format(classes=len(known.class_names))
        if known.labelled
        else _("no labels, so nothing can be said about classes")
    )
    kept = min(training, MOST_IMAGES)
    about = _("{what}, {classes}; {training} to learn from, the others are held out.").format(
        what=what, classes=classes, training=number(kept, 0)
    )
    return plain(" ".join([about, *(f"{say(note)}." for note in known.notes)]))


def _offer_mnist(config_class: type[Config], key: str):
    fetch_or_replace(
        [MNIST_FILE],
        about=_("MNIST is not on this machine: 11 MB. Fetch it, or take the digits that are here."),
        key=f"{key}.mnist",
        fetch_label=_("Fetch MNIST"),
        instead_label=_("Take the digits"),
        take_instead=lambda: choose(config_class, data="digits"),
    )
