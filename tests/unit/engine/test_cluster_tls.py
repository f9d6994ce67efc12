"""A cluster of machines that have certificates, as docs/many-machines.md says."""

import shutil
import subprocess

import pytest
from cluster_kit import Machines
from engine_kit import Visit, Watch

from core.cli import main

pytest.importorskip("distributed", reason="Dask is not installed: requirements-cluster.txt")
import dask.config

from core.engine.cluster.processes import Cluster


@pytest.fixture
def certificates(tmp_path):
    """The environment of who has a certificate of an authority of the test's own."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl is installed here")

    def run(*words):
        subprocess.run([openssl, *words], cwd=tmp_path, check=True, capture_output=True)

    new = ("req", "-newkey", "rsa:2048", "-nodes", "-subj")
    run(*new, "/CN=authority", "-x509", "-days", "2", "-keyout", "ca.key", "-out", "ca.pem")
    run(*new, "/CN=machine", "-keyout", "key.pem", "-out", "asked.pem")
    signing = ("x509", "-req", "-days", "2", "-in", "asked.pem", "-out", "cert.pem")
    run(*signing, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial")
    tls = "DASK_DISTRIBUTED__COMM__TLS__"
    said = {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true"}
    said[f"{tls}CA_FILE"] = str(tmp_path / "ca.pem")
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        said[f"{tls}{role}__CERT"] = str(tmp_path / "cert.pem")
        said[f"{tls}{role}__KEY"] = str(tmp_path / "key.pem")
    return said


@pytest.fixture
def machines(certificates, tmp_path):
    class Encrypted(Machines):
        protocol = "tls"

        @property
        def environment(self):
            return {**super().environment, **certificates}

    machines = Encrypted(tmp_path)
    machines.start_scheduler()
    machines.start_worker()
    yield machines
    machines.end()


@pytest.mark.slow
def test_with_certificates_a_run_goes_there_and_without_nobody_does(
    machines, certificates, open_engine, capsys
):
    told = dask.config.collect_env(certificates)["distributed"]["comm"]
    ours = dask.config.merge(dask.config.get("distributed.comm"), told)
    with dask.config.set({"distributed.comm": ours}):
        engine = open_engine(processes=Cluster(machines.address))
        job = Visit(engine, "ada").submit(steps=20)
        assert Watch(engine).result(job).metrics == {"steps": 20}
        engine.close()
    assert main(["train", "keras-model", "--cluster", machines.address]) == 2
    said = "needs certificates: docs/many-machines.md says where Dask finds them."
    assert capsys.readouterr().err == f"Error: {machines.address} {said}\n"
    plain = machines.address.replace("tls", "tcp")
    assert main(["train", "keras-model", "--cluster", plain]) == 2
    assert capsys.readouterr().err == f"Error: No scheduler answers at {plain}.\n"
