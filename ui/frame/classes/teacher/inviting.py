"""How students come in: the code, its QR, and who is there."""

from urllib.parse import urlsplit

import qrcode
import streamlit as st

from core.store.classes.service import Snapshot
from ui import server
from ui.components import component
from ui.frame.classes import board
from ui.frame.classes.acting import act
from ui.notices import plain
from ui.texts import _

_QR = component(
    __file__, "qr", '<svg class="pangloss-qr" role="img" shape-rendering="crispEdges"><path/></svg>'
)


def inviting(now: Snapshot):
    """Draws the code, large, and the names, or how many there are."""
    code, names = st.columns([2, 3], gap="large")
    link = join_link(now.of.code)
    with code:
        if now.of.ended:
            st.info(_("Nobody can join any more."))
        else:
            st.markdown(_("Open {address} and type").format(address=plain(_shown(link))))
            with st.container(key="class_code"):
                st.text(now.of.code)
            _qr_code(link)
    with names:
        _names(now)


def join_link(code: str) -> str:
    """The address at which a class is joined, as this browser reaches the server."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{server.root()}join?code={code}"


def _qr_code(link: str):
    code = qrcode.QRCode(border=2)
    code.add_data(link)
    rows = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    data = {"dark": "".join(dark), "size": len(rows), "alt": _("QR code of the link to join")}
    _QR(key="class_qr", data=data, height="content")


def _names(now: Snapshot):
    number = now.of.number

    def hide():
        hidden = st.session_state["class.anonymous"]
        act(lambda: board.classes().anonymise(server.visitor(), number, hidden), number)

    there = _("{count} are here") if len(now.members) != 1 else _("One is here")
    st.subheader(there.format(count=len(now.members)), anchor=False)
    if not now.of.anonymous:
        with st.container(key="class_names"):
            for member in now.members:
                st.text(member.pseudonym)
    st.toggle(
        _("Hide the names"),
        now.of.anonymous,
        key="class.anonymous",
        on_change=hide,
        help=_("On this page, the wall and the report. Students see their own name alone."),
    )


def _shown(link: str) -> str:
    return link.split("://")[1].split("?")[0]
