"""What is built and started elsewhere names what is here."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from core.cli import _commands
from core.engine.cluster.chosen import VARIABLE, check

pytest.importorskip("distributed", reason="Dask is not installed: requirements-cluster.txt")
ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def is_a_command(words):
    """Whether these words start a module that is here, or a command of ours."""
    assert words[:2] == ["python", "-m"]
    if words[2] == "core":
        return words[3] in _commands.commands
    return find_spec(words[2]) is not None


def test_the_image_is_made_of_locked_packages_and_of_what_is_compiled():
    assert "--require-hashes -r requirements-image.lock" in DOCKERFILE
    compiled = re.search(r"compileall -q -j 0 (.*) \\", DOCKERFILE)
    assert compiled and all((ROOT / name).exists() for name in compiled[1].split())
    words = json.loads(re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[0])
    assert is_a_command(words) and (ROOT / words[4]).exists()


def test_nothing_that_is_needed_is_left_out_of_the_image():
    left_out = set((ROOT / ".dockerignore").read_text("utf-8").split())
    assert not left_out & {"core", "ui", "pages", "assets", "app.py", ".streamlit", "docs"}


def test_the_image_belongs_to_nobody_and_says_when_it_is_ready():
    final = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER [1-9]\d+$", final, re.MULTILINE)
    assert "/health/ready" in final and "PANGLOSS_HOME=/data" in final


def test_only_the_web_server_s_port_is_open(compose):
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    ours = [service for name, service in services.items() if name != "database"]
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in ours)
    assert all(is_a_command(service["command"]) for service in ours if "command" in service)
    check(services["web"]["environment"][VARIABLE], "client")
    check(services["worker"]["command"][4], "worker")
    assert services["worker"]["deploy"]["replicas"] == 2


def test_the_manifest_starts_the_same_commands():
    documents = list(yaml.safe_load_all((ROOT / "docs/kubernetes.yaml").read_text("utf-8")))
    starts = [
        container["args"]
        for document in documents
        if document["kind"] == "Deployment"
        for container in document["spec"]["template"]["spec"]["containers"]
    ]
    assert len(starts) == 2 and all(map(is_a_command, starts))


def test_the_place_to_develop_in_is_set_up_as_any_other():
    settings = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert (ROOT / settings["postCreateCommand"].split()[1]).exists()
