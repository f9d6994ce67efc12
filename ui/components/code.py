"""Code to read and to copy, coloured by the server: Streamlit's own brings half a megabyte."""

import io
import keyword
import tokenize
from itertools import groupby

from ui.components import component
from ui.texts import _

_CODE = component(
    __file__,
    "code",
    '<div class="pangloss-code"><pre><code></code></pre><button type="button"></button></div>',
)
_KINDS = {
    tokenize.COMMENT: "comment",
    tokenize.STRING: "string",
    tokenize.NUMBER: "number",
}
# An f-string is one token up to Python 3.11, later its parts are.
_STRING_PARTS = ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
_KINDS |= {getattr(tokenize, part): "string" for part in _STRING_PARTS if hasattr(tokenize, part)}


def python(source: str, *, key: str):
    """A script in Python, its lines wrapped, with a button that copies it."""
    _draw(pieces(source.rstrip()), key, wraps=True)


def printed(text: str, *, key: str):
    """What a program prints, each line as it is, with a button that copies it."""
    _draw([("", text.rstrip())], key, wraps=False)


def pieces(source: str) -> list[tuple[str, str]]:
    """``source`` cut into (kind, text): "comment", "string", "number", "keyword" or "".

    Raises SyntaxError or tokenize.TokenError where it is not Python.
    """
    starts = [0]  # of each line
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    cut: list[tuple[str, str]] = []
    end = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        begin, until = (starts[row - 1] + column for row, column in (token.start, token.end))
        begin = max(begin, end)  # that of a doubled brace in an f-string is a little early
        if begin >= until:
            continue
        kind = "keyword" if keyword.iskeyword(token.string) else _KINDS.get(token.type, "")
        cut += [("", source[end:begin]), (kind, source[begin:until])]
        end = until
    cut.append(("", source[end:]))
    return [
        (kind, "".join(text for _kind, text in group))
        for kind, group in groupby((piece for piece in cut if piece[1]), key=lambda piece: piece[0])
    ]


def _draw(cut: list[tuple[str, str]], key: str, *, wraps: bool):
    data = {"pieces": cut, "wraps": wraps, "copy": _("Copy"), "copied": _("Copied")}
    _CODE(key=key, data=data, height="content")
