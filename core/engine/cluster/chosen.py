"""Whether jobs go to a cluster. Imports nothing of Dask before one is named."""

import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from core.messages import N_, Problem

if TYPE_CHECKING:
    from core.engine.cluster.processes import Cluster

VARIABLE = "PANGLOSS_CLUSTER"
_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")


def check(address: str, role: Literal["client", "worker"]) -> None:
    """Raise Problem if it is no address of a scheduler, or what it needs is not here.

    role: what is to be encrypted, where the address says so.
    """
    if not _ADDRESS.fullmatch(address):
        raise Problem(
            N_("The address of a scheduler is tcp://HOST:PORT or tls://HOST:PORT, not {given}."),
            given=address[:60],
        )
    if not find_spec("distributed"):
        raise Problem(N_("A cluster needs Dask: install what requirements-cluster.txt names."))
    from distributed.security import Security

    if address.startswith("tls") and not Security().get_connection_args(role)["ssl_context"]:
        raise Problem(
            N_("{address} needs certificates: docs/many-machines.md says where Dask finds them."),
            address=address,
        )


def cluster(address: str) -> "Cluster":
    """The processes of the cluster of that scheduler. Raises Problem as ``check``."""
    check(address, "client")
    from core.engine.cluster.processes import Cluster

    return Cluster(address)


def reached(address: str, most: int | None = None) -> "Cluster":
    """As ``cluster``, once its scheduler has answered; Problem where it does not.

    most: how many of its slots may be taken, None for all.
    """
    check(address, "client")
    from core.engine.cluster.processes import Cluster

    found = Cluster(address, most)
    try:
        found.warm()
    except OSError:
        found.close()
        raise Problem(N_("No scheduler answers at {address}."), address=address) from None
    return found
