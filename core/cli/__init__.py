"""The command line: the experiments, the shipped models and the data, without the app."""

import errno
import io
import os
import sys
from collections.abc import Sequence

import click

from core import __version__
from core.cli.data import published, read
from core.cli.language import calculate, generate, neighbours, similar, tag, translate
from core.cli.pretrained import pretrained
from core.cli.runs import experiments, sweep, worker
from core.cli.speech import shown
from core.messages import Problem

_WRONG, _INTERRUPTED = 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="Pangloss")
def _commands() -> None:
    """Train Pangloss's experiments, ask its shipped models, fetch its data."""


for _command in (
    experiments.list_,
    experiments.train,
    sweep.sweep,
    generate.generate,
    generate.bpc,
    similar.similar,
    calculate.calculate,
    neighbours.neighbours,
    tag.tag,
    translate.translate,
    published.data,
    read.read,
    pretrained,
    worker.worker,
):
    _commands.add_command(_command)


def main(args: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Whatever a person did or lacks is one line on standard error, and 2.
    args: the words after ``python -m core``; those of this process by default.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows pipe cannot take every character else
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        # Windows: click would take a prompt with a star in it for a list of files
        status = _commands.main(
            args, prog_name="python -m core", standalone_mode=False, windows_expand_args=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return _WRONG
    except click.ClickException as error:
        return _wrong(error.format_message())
    except click.Abort:
        return _INTERRUPTED
    except Problem as error:
        return _wrong(str(error))
    except OSError as error:
        if os.name == "nt" and error.errno == errno.EINVAL:  # a closed pipe; else click sees it
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        return _wrong(f"{error.filename or 'Input or output'}: {error.strerror or error}.")
    return status or 0


def _wrong(sentence: str) -> int:
    click.echo(f"Error: {shown(' '.join(sentence.split()))}", err=True)
    return _WRONG
