"""The set-up: what it installs, when it does it again, whom it refuses; where a class finds us."""

import importlib.metadata
import importlib.util
import re
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def requirements(*names):
    for name in names or ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r")):
                yield Requirement(line)


def test_every_requirement_is_pinned_and_installed_as_pinned():
    for requirement in requirements():
        assert re.fullmatch(r"==[\d.]+", str(requirement.specifier)), requirement
        if requirement.marker is None or requirement.marker.evaluate():
            installed = importlib.metadata.version(requirement.name)
            assert requirement.specifier.contains(installed), requirement


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("linux", "x86_64", {"tensorflow-cpu", "keras"}),
        ("linux", "aarch64", {"tensorflow", "keras"}),
        ("darwin", "arm64", {"tensorflow", "keras"}),
        ("darwin", "x86_64", set()),
        ("win32", "AMD64", {"tensorflow", "keras"}),
    ],
)
def test_each_machine_gets_one_tensorflow_or_none(system, machine, expected):
    here = {"sys_platform": system, "platform_machine": machine}
    conditional = [r for r in requirements() if r.marker]
    assert {r.name for r in conditional if r.marker and r.marker.evaluate(here)} == expected


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_the_requirements_as_pinned_and_a_hash_of_everything(lock):
    """Where this fails: ``make lock``."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^(\S+==[^\\]+?) \\((?:\n    --hash=sha256:[0-9a-f]{64}.*)+)", text, re.M)
    locked = [Requirement(entry) for entry, _ in entries]
    lines = [line for line in text.splitlines() if not line.startswith(("#", " "))]
    assert len(locked) == len(lines) > 40
    assert "://" not in text
    known = {(r.name, str(r.specifier)) for r in locked}
    direct = requirements() if "dev" in lock else requirements("requirements.txt")
    assert not {(r.name, str(r.specifier)) for r in direct} - known


def test_the_lock_for_tests_holds_the_other():
    def pins(lock):
        text = (ROOT / lock).read_text(encoding="utf-8")
        return set(re.findall(r"^\S+==\S+", text, re.M))

    assert pins("requirements.lock") < pins("requirements-dev.lock")


@pytest.fixture
def set_up(monkeypatch, tmp_path):
    """The set-up of a project in an empty folder, whose installations are only noted."""
    module = tool("set_up")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path)
    for name in (*module.LOCKS, "package-lock.json"):
        (tmp_path / name).write_text(name)
    module.installed = []
    monkeypatch.setattr(module, "create", lambda: None)
    monkeypatch.setattr(module, "run", lambda *command: module.installed.append(command[-1]) or "")
    monkeypatch.setattr(
        module.subprocess,
        "run",
        lambda command, **_: module.installed.append(command[-1]) or module.done,
    )
    module.done = subprocess.CompletedProcess([], 0)
    return module


def locks_installed(set_up, dev):
    set_up.installed.clear()
    set_up.main(dev)
    return [name for name in set_up.installed if str(name).endswith((".lock", "error"))]


def test_nothing_is_installed_twice_and_what_has_changed_is_installed_again(set_up, tmp_path):
    npm = "--loglevel=error"
    assert locks_installed(set_up, dev=False) == ["requirements.lock"]
    assert locks_installed(set_up, dev=False) == []
    assert locks_installed(set_up, dev=True) == ["requirements-dev.lock", npm]
    assert locks_installed(set_up, dev=True) == [npm]  # what it makes is not there
    (tmp_path / "node_modules").mkdir()
    assert locks_installed(set_up, dev=True) == []
    assert locks_installed(set_up, dev=False) == []
    (tmp_path / "requirements-dev.lock").write_text("changed")
    assert locks_installed(set_up, dev=False) == []
    assert locks_installed(set_up, dev=True) == ["requirements-dev.lock"]
    (tmp_path / "package-lock.json").write_text("changed")
    assert locks_installed(set_up, dev=True) == [npm]


def test_without_npm_s_registry_it_is_said_and_tried_again(set_up, capsys):
    set_up.done = subprocess.CompletedProcess([], 1)
    set_up.main(dev=True)
    assert "npm's registry could not be reached" in capsys.readouterr().out
    assert locks_installed(set_up, dev=True) == ["--loglevel=error"]


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_another_python_is_refused_in_a_sentence(monkeypatch, version):
    set_up = tool("set_up")
    monkeypatch.setattr(set_up.sys, "version_info", version)
    running = ".".join(map(str, version))
    monkeypatch.setattr(set_up.sys, "version", f"{running} (main)")
    with pytest.raises(SystemExit) as refused:
        set_up.main(dev=False)
    assert refused.value.code == f"Pangloss needs Python 3.11, 3.12 or 3.13; this is {running}."


def test_a_port_that_is_taken_is_passed_over(monkeypatch):
    classroom = tool("classroom")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(classroom, "FIRST_PORT", port)
        monkeypatch.setattr(classroom, "LAST_PORT", port)
        with pytest.raises(SystemExit, match="is taken"):
            classroom.free_port()
    assert classroom.free_port() == port


def test_the_address_is_an_address():
    socket.inet_aton(tool("classroom").own_address())


def test_a_class_is_told_what_its_network_sees_and_how_to_put_tls_before_it():
    told = tool("classroom").seen_by_the_network("192.0.2.7", 8502)
    assert (
        "What is sent is not encrypted" in told and "a run is seen by\nwhoever has its link" in told
    )
    assert (
        "caddy reverse-proxy --from https://192.0.2.7:8443 --to 127.0.0.1:8502 --internal-certs\n"
        in told
    )
    assert max(map(len, told.splitlines())) <= 100
