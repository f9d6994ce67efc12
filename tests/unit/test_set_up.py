"""The set-up: what it installs, when it does it again, whom it refuses; where a class finds us."""

import importlib.metadata
import importlib.util
import re
import socket
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]


def tool(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def requirements():
    for name in ("requirements.txt", "requirements-dev.txt"):
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
    assert {r.name for r in conditional if r.marker.evaluate(here)} == expected


def test_changed_requirements_are_installed_again(monkeypatch, tmp_path):
    set_up = tool("set_up")
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    (tmp_path / "requirements.txt").write_text("a==1")
    (tmp_path / "requirements-dev.txt").write_text("b==1")
    before = set_up.stamp("requirements.txt"), set_up.stamp("requirements-dev.txt")
    assert before[0] != before[1]
    (tmp_path / "requirements.txt").write_text("a==2")
    after = set_up.stamp("requirements.txt"), set_up.stamp("requirements-dev.txt")
    assert before[0] != after[0]
    assert before[1] != after[1]  # the file for tests includes the other


def test_nothing_is_done_twice(monkeypatch, tmp_path):
    set_up = tool("set_up")
    monkeypatch.setattr(set_up, "VENV", tmp_path)
    monkeypatch.setattr(set_up, "PYTHON", Path("/no/python/here"))
    set_up.stamp("requirements.txt").touch()
    set_up.main(dev=False)


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_another_python_is_refused_in_a_sentence(monkeypatch, version):
    set_up = tool("set_up")
    said = ".".join(map(str, version))
    monkeypatch.setattr(set_up.sys, "version_info", version)
    monkeypatch.setattr(set_up.sys, "version", f"{said} (main)")
    with pytest.raises(SystemExit) as refused:
        set_up.main(dev=False)
    assert refused.value.code == f"Pangloss needs Python 3.11, 3.12 or 3.13; this is {said}."


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
