"""Serve Pangloss to a classroom: listen on the network, print the address and its QR code.

What the network can see is printed, too, and how to put TLS before it.
"""

import os
import socket
import sys
from pathlib import Path

import qrcode
from streamlit.web import cli

ROOT = Path(__file__).resolve().parent.parent
FIRST_PORT, LAST_PORT = 8501, 8550


def main() -> None:
    """Print where the class finds the app, then run it until Ctrl-C."""
    address, port = own_address(), free_port()
    url = f"http://{address}:{port}"
    code = qrcode.QRCode(border=2)
    code.add_data(url)
    code.print_ascii(invert=sys.stdout.isatty())
    print(f"Students, in the same network:  {url}")
    print(f"The projector:                  {url}/?view=class", flush=True)
    print(f"Open a class, with a code:      {url}/class", flush=True)
    if address.startswith("127."):
        print("No network was found: only this machine can reach this address.", flush=True)
    else:
        print(seen_by_the_network(address, port), flush=True)
    os.chdir(ROOT)
    options = {
        "server.address": "0.0.0.0",
        "server.port": port,
        "server.headless": "true",
        "browser.serverAddress": address,
    }
    cli.main(["run", "app.py", *(f"--{name}={value}" for name, value in options.items())])


def seen_by_the_network(address: str, port: int) -> str:
    """What others can do and read, and the two lines that put TLS before it."""
    return f"""
Whoever is in this network can open this app, train, and join a class whose code they have.
Only your browser steers your class, nobody sees another's answers, and a run is seen by
whoever has its link. What is sent is not encrypted: who listens in can read it, cookies
included. Where that matters, put TLS before it, with Caddy, and have the class open the
address that it serves:

    apt install caddy        (or brew, or choco)
    caddy reverse-proxy --from https://{address}:8443 --to 127.0.0.1:{port} --internal-certs

Browsers warn of a certificate of your own; for a name of yours, such as class.school.example,
Caddy gets one that they know: --from class.school.example, without --internal-certs.
In the first case Caddy has this machine trust its certificates; caddy untrust ends that.
"""


def own_address() -> str:
    """This machine's address in its network; 127.0.0.1 if it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: UDP sends nothing here
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


def free_port() -> int:
    """The first port that nobody listens on: the QR code must not promise another's."""
    for port in range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    sys.exit(f"Every port from {FIRST_PORT} to {LAST_PORT} is taken.")


if __name__ == "__main__":
    main()
