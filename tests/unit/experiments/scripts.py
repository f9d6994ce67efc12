"""Runs the scripts that visitors take away."""

import contextlib
import io
import re
import runpy
import sys
import warnings
from unittest import mock

_NO_MODEL = (".py", ".txt", ".npz")  # a model among the files is what the script is to make anew


def printed(files, folder, *words):
    """What train.py prints, run as a program with these words, beside the run's other files.

    In this process, which has imported Keras already: that takes longer than all the rest.
    """
    for name, content in files.items():
        if name.endswith(_NO_MODEL):
            (folder / name).write_bytes(content)
    out = io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        mock.patch.object(sys, "argv", ["train.py", *words]),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # what Keras warns of does not end a visitor's script
        runpy.run_path("train.py", run_name="__main__")
    return out.getvalue()


def losses(text):
    """The losses of the steps in what a script printed."""
    return [float(loss) for loss in re.findall(r"^step \d+: loss (-?[\d.]+)", text, re.M)]
