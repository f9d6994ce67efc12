"""Bytes for a component of the browser, sent apart from what changes often."""

from hashlib import blake2b

from ui.components import component

_BLOB = component(__file__, "blob", '<div class="pangloss-blob" hidden></div>')
_NAME_BYTES = 16  # of a blob, in front of what it holds


def blob(data: bytes, key: str) -> str:
    """Send ``data`` and return its name: what the browser has is not sent again."""
    name = blake2b(data, digest_size=_NAME_BYTES)
    _BLOB(key=key, data=name.digest() + data, height="content")
    return name.hexdigest()
