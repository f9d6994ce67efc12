"""Serve Pangloss to a classroom: listen on the network, print the address and its QR code."""

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
    if address.startswith("127."):
        print("No network was found: only this machine can reach this address.", flush=True)
    os.chdir(ROOT)
    options = {
        "server.address": "0.0.0.0",
        "server.port": port,
        "server.headless": "true",
        "browser.serverAddress": address,
    }
    cli.main(["run", "app.py", *(f"--{name}={value}" for name, value in options.items())])


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
