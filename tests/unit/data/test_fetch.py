"""Data sets: found, checked, downloaded, or refused with a reason."""

import hashlib
import http.server
import os
import socket
import threading

import pytest

from core.data import fetch
from core.messages import Problem

BODY = b"Il faut cultiver notre jardin.\n" * 5000
NAME = "jardin.txt"


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != f"/{NAME}":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="module")
def address():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def known(monkeypatch, tmp_path, address):
    """A manifest of one file, an empty cache and no PANGLOSS_DATA."""
    entry = {
        "url": f"{address}/{NAME}",
        "sha256": hashlib.sha256(BODY).hexdigest(),
        "bytes": len(BODY),
        "licence": "none",
        "about": "made for this test",
    }
    monkeypatch.setattr(fetch, "manifest", lambda: {NAME: entry})
    monkeypatch.setattr(fetch.platformdirs, "user_cache_path", lambda *a, **k: tmp_path / "cache")
    monkeypatch.delenv("PANGLOSS_DATA", raising=False)
    for proxy in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    return entry


def problem_of(call, *args):
    with pytest.raises(Problem) as problem:
        call(*args)
    return str(problem.value)


def test_the_manifest_is_whole():
    for name, known in fetch.manifest().items():
        assert known["url"].startswith("https://"), name
        assert len(known["sha256"]) == 64, name
        assert known["licence"] and known["about"], name
        if name.endswith((".txt", ".xml")):
            assert name.endswith(".xml") or known.get("encoding") in ("iso-8859-1", "utf-8"), name


def test_download_with_progress_into_the_cache(known, tmp_path):
    assert not fetch.available(NAME)
    seen = []
    stored = fetch.fetch(NAME, lambda done, total: seen.append((done, total)))
    assert stored == tmp_path / "cache" / "data" / NAME
    assert stored.read_bytes() == BODY
    assert {total for _, total in seen} == {len(BODY)}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (len(BODY), len(BODY))
    assert fetch.available(NAME)
    assert fetch.path(NAME) == stored


def test_download_into_the_folder_that_pangloss_data_names(known, tmp_path, monkeypatch):
    monkeypatch.setenv("PANGLOSS_DATA", str(tmp_path))
    assert fetch.fetch(NAME) == tmp_path / NAME == fetch.path(NAME)


def test_a_file_that_is_here_is_not_downloaded(known, tmp_path, monkeypatch):
    monkeypatch.setenv("PANGLOSS_DATA", str(tmp_path))
    (tmp_path / NAME).write_bytes(BODY)
    known["url"] = "http://127.0.0.1:9/nowhere"
    assert fetch.fetch(NAME) == tmp_path / NAME


def test_a_file_is_hashed_again_only_when_it_changed(known, tmp_path, monkeypatch):
    monkeypatch.setenv("PANGLOSS_DATA", str(tmp_path))
    (tmp_path / NAME).write_bytes(BODY)
    fetch._sha256.cache_clear()
    fetch.path(NAME)
    fetch.path(NAME)
    assert fetch._sha256.cache_info().misses == 1
    os.utime(tmp_path / NAME, (1, 1))
    fetch.path(NAME)
    assert fetch._sha256.cache_info().misses == 2


def test_an_unknown_name(known):
    message = "There is no data set called candide: 'python -m core data list' shows all names."
    assert problem_of(fetch.path, "candide") == message
    assert problem_of(fetch.fetch, "candide") == message
    assert not fetch.available("candide")


def test_a_file_that_is_not_here(known):
    assert problem_of(fetch.path, NAME) == (
        "jardin.txt is not on this machine: run 'python -m core data fetch jardin.txt', "
        "or set PANGLOSS_DATA to a folder that has it."
    )


def test_a_damaged_file_in_a_named_folder_is_left_to_its_owner(known, tmp_path, monkeypatch):
    monkeypatch.setenv("PANGLOSS_DATA", str(tmp_path))
    (tmp_path / NAME).write_bytes(b"damaged")
    message = (
        f"{tmp_path / NAME} is not the file that the manifest describes (its SHA-256 differs): "
        "delete it and run 'python -m core data fetch jardin.txt'."
    )
    assert problem_of(fetch.path, NAME) == message
    assert problem_of(fetch.fetch, NAME) == message
    assert (tmp_path / NAME).read_bytes() == b"damaged"


def test_a_damaged_file_in_the_cache_is_downloaded_again(known, tmp_path):
    (tmp_path / "cache" / "data").mkdir(parents=True)
    (tmp_path / "cache" / "data" / NAME).write_bytes(b"damaged")
    assert not fetch.available(NAME)
    assert fetch.fetch(NAME).read_bytes() == BODY


def test_offline(known):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        known["url"] = f"http://127.0.0.1:{unused.getsockname()[1]}/{NAME}"
        message = problem_of(fetch.fetch, NAME)
    assert message == (
        "jardin.txt could not be downloaded: no connection. Connect and try again, "
        "or set PANGLOSS_DATA to a folder that has it."
    )


def test_the_server_refuses(known, address):
    known["url"] = f"{address}/elsewhere"
    assert problem_of(fetch.fetch, NAME) == (
        "jardin.txt could not be downloaded: the server answered 404. Try again later, "
        "or set PANGLOSS_DATA to a folder that has it."
    )


def test_other_bytes_arrive(known, tmp_path):
    known["sha256"] = "0" * 64
    assert problem_of(fetch.fetch, NAME) == (
        "jardin.txt was downloaded, but is not the file that the manifest describes (its SHA-256 "
        "differs) and was not kept. Try again, or set PANGLOSS_DATA to a folder that has it."
    )
    assert list((tmp_path / "cache" / "data").iterdir()) == []


def test_no_place_to_store_it(known, tmp_path):
    (tmp_path / "cache").write_bytes(b"a file stands where the folder should")
    message = problem_of(fetch.fetch, NAME)
    assert message.startswith(f"jardin.txt could not be stored in {tmp_path / 'cache' / 'data'}: ")
    assert message.endswith(". Set PANGLOSS_DATA to a folder that can be written to.")
