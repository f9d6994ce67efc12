"""What so many students need: the sums, and that the document has what the script prints."""

from pathlib import Path

import pytest

from benchmarks.capacity import Inputs, need, tables

PAPER = Path(__file__).parents[2] / "docs" / "capacity.md"


def test_the_sums_of_a_round_example():
    given = Inputs(
        moved_ms=70, whole_ms=90, move_every_s=10, follow_percent=1, relay_percent=12,
        scheduler_percent=3, page_mib=1, server_mib=100, fork_mib=200, job_mib=50,
        begin_s=10, run_s=20, train_every_s=60, server_load_percent=50, worker_load_percent=80,
    )  # fmt: skip
    found = need(100, given)
    # Half of a student's minute is a run of 10 + 20 s; pages take 1 core, 50 runs 2 % of one each.
    assert found.runs == pytest.approx(50)
    assert (found.servers, found.server_mib) == (4, pytest.approx(125))
    assert (found.worker_cores, found.worker_mib) == (63, pytest.approx(3350))
    assert found.scheduler_percent == pytest.approx(12.5)
    assert (found.transactions, found.connections) == (pytest.approx(5), 60)


def test_the_document_has_what_the_script_prints():
    said = PAPER.read_text("utf-8").splitlines()
    assert [line for line in tables(Inputs()) if line and line not in said] == []
