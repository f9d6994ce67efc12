"""Training in the Voltaire lesson in a browser: to its end, stopped, found again, watched."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.language.voltaire import (
    SMALL,
    asked,
    losses_are_drawn,
    opened,
    text_of,
    train,
    written,
)
from tests.browser.lesson import assert_nothing_is_wider_than_the_page, button, new_seed, settled
from tests.browser.visitors import visitors

pytestmark = pytest.mark.browser
PATH = "/voltaire"

SHORT = f"{SMALL}&epoch_chars=10000&epochs=3"
LONG = f"{SMALL}&epoch_chars=50000&epochs=100"  # stopped before its end


@pytest.fixture(scope="module")
def trained(chromium, url):
    """A page on which a short run has come to its end."""
    with visitors(chromium) as visitor:
        page = opened(visitor(), url, f"{SHORT}&{new_seed()}")
        train(page)
        expect(page.get_by_text("Finished: 3 epochs")).to_be_visible()
        settled(page)
        yield page


def download(page, key):
    """A file that the page offers, in the form in which Playwright uploads one."""
    with page.expect_download() as waiting:
        page.locator(f".st-key-voltaire-{key}").get_by_role("button").click()
    file = waiting.value
    return {
        "name": file.suggested_filename,
        "mimeType": "application/octet-stream",
        "buffer": file.path().read_bytes(),
    }


def rows(file) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file["buffer"].decode())))


def stop(page):
    button(page, "Stop").click()
    expect(page.get_by_text(re.compile(r"^Stopped after epoch \d+ of 100"))).to_be_visible()
    settled(page)


def epoch_of(page) -> int:
    """The epoch that the line beside the buttons tells of."""
    state = page.get_by_text(re.compile(r"^(Epoch|Paused in epoch|Stopped after epoch) \d+ of \d+"))
    (epoch,) = re.findall(r"\d+(?= of)", state.inner_text())
    return int(epoch)


def wait_for_epoch_after(page, epoch):
    page.wait_for_function(
        r"after => Number(/Epoch (\d+) of/.exec(document.body.innerText)?.[1]) > after", arg=epoch
    )


@pytest.mark.slow
def test_a_training_to_its_end(trained):
    expect(trained.get_by_text("What it writes after epoch 3")).to_be_visible()
    sample = trained.locator(".st-key-voltaire-sample .pangloss-reading .text")
    assert len(sample.text_content()) == 600
    scrubber = trained.get_by_role("slider", name="Look at the end of epoch")
    expect(scrubber).to_have_attribute("aria-valuetext", "the last")
    scrubber.focus()
    scrubber.press("Home")
    expect(trained.get_by_text("What it writes after epoch 1")).to_be_visible()
    scrubber.press("End")
    expect(trained.get_by_text("What it writes after epoch 3")).to_be_visible()
    trained.set_viewport_size({"width": 390, "height": 1400})
    settled(trained)
    assert_nothing_is_wider_than_the_page(trained)
    trained.set_viewport_size({"width": 1280, "height": 1400})


@pytest.mark.slow
def test_what_is_taken_away(trained):
    script = download(trained, "take-train-py")
    assert script["name"] == "voltaire-train.py"
    compile(script["buffer"], "train.py", "exec")
    assert b"import keras" in script["buffer"]
    history = rows(download(trained, "take-history-csv"))
    assert [row["epoch"] for row in history] == ["1", "2", "3"]
    bits = [float(row["valid_bits"]) for row in history]
    assert bits[2] < bits[0]
    summary = trained.get_by_text("Finished: 3 epochs").inner_text()
    (shown,) = re.findall(r"bits per character ([\d.]+)", summary)
    assert float(shown) == float(f"{bits[2]:.3g}")


@pytest.mark.slow
def test_the_same_settings_are_joined_and_the_weights_can_be_brought_back(trained, page, url):
    opened(page, url, f"{SHORT}&seed={asked(trained)['seed'][0]}")
    train(page)
    expect(page.get_by_text("Someone has already trained with these settings")).to_be_visible()
    assert asked(page)["job"] == asked(trained)["job"]
    model = download(page, "take-model-zip")
    page.locator(".st-key-voltaire-writer").get_by_text("A file of yours").click()
    page.locator(".st-key-voltaire-model_file input").set_input_files(model)
    expect(page.get_by_text(re.compile("^GRU of 16 units"))).to_be_visible()
    expect(page.get_by_role("group", name="The text that the network of your file")).to_be_visible()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))


@pytest.mark.slow
def test_a_run_is_watched_by_a_stranger_reloaded_paused_and_stopped(visitor, url):
    page = opened(visitor(), url, f"{LONG}&{new_seed()}")
    button(page, "Train").dblclick()
    wait_for_epoch_after(page, 0)
    expect(page.get_by_text("Waiting: place")).to_have_count(0)
    [job] = asked(page)["job"]

    # A stranger with the link may only watch.
    stranger = opened(visitor(), url, urlsplit(page.url).query)
    expect(stranger.get_by_text("You are watching someone else's run")).to_be_visible()
    losses_are_drawn(stranger)
    wait_for_epoch_after(stranger, 0)
    for name in ("Pause", "One step", "Stop"):
        expect(button(page, name)).to_be_enabled()
        expect(button(stranger, name)).to_have_count(0)

    # A reload keeps following.
    before = epoch_of(page)
    page.reload()
    wait_for_epoch_after(page, before)
    assert asked(page)["job"] == [job]
    losses_are_drawn(page)

    # In a pause the rest of the page goes on.
    button(page, "Pause").click()
    expect(page.get_by_text(re.compile("^Paused in epoch"))).to_be_visible()
    paused_in = epoch_of(page)
    before = text_of(page)
    button(page, "Another").click()
    expect(written(page)).not_to_have_text(before)
    settled(page)
    assert epoch_of(page) == paused_in
    button(page, "Resume").click()
    wait_for_epoch_after(page, paused_in)

    # Stopped, for both; it can be taken away, and is there after a reload.
    stop(page)
    expect(stranger.get_by_text(re.compile("^Stopped after epoch"))).to_be_visible()
    expect(page.get_by_text("What it writes after epoch")).to_be_visible()
    expect(page.locator(".st-key-voltaire-take-model-zip")).to_be_visible()
    ended_in = epoch_of(page)
    [run] = rows(download(page, "bench_csv"))
    assert int(run["Epochs done"]) == ended_in
    page.reload()
    expect(page.get_by_text(f"Stopped after epoch {ended_in} of 100")).to_be_visible()
    losses_are_drawn(page)
    assert asked(page)["job"] == [job]
