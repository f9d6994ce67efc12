"""A file that lies alone in a zip or is packed with gzip: what is in it."""

from __future__ import annotations

import io
import zipfile
import zlib

from core.messages import N_, Note, Problem

_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".data", ".dat", ".json", ".arff", ".ts", ".md")


def unpacked(raw: bytes, most: int) -> tuple[bytes, Note | None]:
    """What is in ``raw``, and a note if it was packed; ``raw`` itself where it is not.

    most: bytes that it may have. A zip is opened where one table or text alone is in it. Raises
    Problem if that is larger or is damaged.
    """
    if raw.startswith(_GZIP):
        return _limited(_inflated(raw, most), most), Note(N_("unpacked (gzip)"))
    if not raw.startswith(_ZIP):
        return raw, None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            inside = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not member.filename.startswith("__MACOSX/")
            ]
            if len(inside) != 1 or not inside[0].filename.lower().endswith(_ENDINGS):
                return raw, None
            with archive.open(inside[0]) as member:
                content = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        return raw, None
    name = inside[0].filename.rsplit("/", 1)[-1]
    return _limited(content, most), Note(N_("unpacked: {name}"), {"name": name[:60]})


def _inflated(raw: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        return inflater.decompress(raw, most + 1)
    except zlib.error:
        raise Problem(
            N_("The file is packed with gzip and damaged: unpack it, and upload what is in it.")
        ) from None


def _limited(content: bytes, most: int) -> bytes:
    if len(content) > most:
        raise Problem(
            N_("Unpacked, the file has more than {most:,} bytes. Upload a part of it."), most=most
        )
    return content
