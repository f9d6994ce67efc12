"""What is given as NAME=VALUE on the command line."""

import click


def assignments(
    _context: click.Context, _option: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    """Value by name of an option that may be given several times. Raises BadParameter."""
    for words in given:
        if "=" not in words:
            raise click.BadParameter(f"{words[:60]!r} is not of the form FIELD=VALUE.")
    return dict(words.split("=", 1) for words in given)
