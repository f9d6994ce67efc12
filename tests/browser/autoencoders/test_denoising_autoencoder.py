"""The lesson on the denoising autoencoder in a browser: a sheet that answers, planes, a run."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from core.numeric.autoencoders.denoising import HELD_OUT_STREAM
from core.numeric.autoencoders.noise import Noise
from pages.autoencoders.denoising_autoencoder.networks import shipped
from tests.browser.lesson import button, chart, new_seed, settled

pytestmark = pytest.mark.browser
PATH = "/denoising-autoencoder?lang=en"
PAD = "document.querySelector('.pangloss-scribble').pad"


def opened(page, url, query=""):
    page.goto(f"{url}&{query}")
    page.locator('.pangloss-scribble[data-ready="true"]').wait_for()
    page.locator(".pangloss-planes[data-decoded]").first.wait_for()
    settled(page)
    return page.locator(".pangloss-scribble")


def seen(page):
    """The sheet's pixels, and what the browser makes of them by each method."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
    pixels = page.evaluate(f"() => Array.from({PAD}.pixels)")
    cleaned = page.evaluate(f"() => {PAD}.cleaned.map((one) => Array.from(one))")
    return np.array(pixels), [np.array(one) for one in cleaned]


def denoiser():
    known = shipped()
    assert known is not None
    return known


def by_numpy(pixels):
    given = pixels[None].astype(np.float32)
    return [denoiser().cleaners[name](given)[0] for name in ("network", "wiener", "best_pca")]


def draw(page, sheet, start, end):
    box = sheet.locator(".glass").bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=5)
    page.mouse.up()


def test_every_stroke_is_answered_as_numpy_would(page, url):
    sheet = opened(page, url)
    noisy, cleaned = seen(page)
    known = denoiser()
    clean = known.clean[known.one_of_each()[:1]]
    expected = Noise("gaussian", 0.3, 0).on(known.clean, (8, 8), HELD_OUT_STREAM)
    np.testing.assert_allclose(noisy, expected[known.one_of_each()[0]], atol=1e-6)
    sheet.get_by_role("button", name="The clean image").click()
    expect(sheet.locator(".sheet figcaption")).to_have_text("Your sheet: ∞ dB")
    np.testing.assert_allclose(seen(page)[0], clean[0], atol=1e-6)
    before = seen(page)[1]
    draw(page, sheet, (0.1, 0.15), (0.9, 0.85))
    drawn, cleaned = seen(page)
    assert drawn[9] > 0.9 and (drawn >= clean[0]).all() and (drawn > clean[0]).any()
    assert np.abs(cleaned[0] - before[0]).max() > 0.05
    for ours, theirs in zip(by_numpy(drawn), cleaned, strict=True):
        np.testing.assert_allclose(theirs, ours, atol=1e-5)
    sheet.get_by_role("button", name="Erase").click()
    draw(page, sheet, (0.1, 0.15), (0.9, 0.85))
    erased, _cleaned = seen(page)
    assert erased[9] < 0.1 and (erased <= drawn).all()
    decibels = re.compile(r"^network: \d+\.\d dB$")
    expect(sheet.locator(".output figcaption").first).to_have_text(decibels)


@pytest.mark.slow
def test_the_keys_draw_too_and_another_digit_is_another_sheet(page, url):
    sheet = opened(page, url)
    sheet.get_by_role("button", name="7", exact=True).click()
    sheet.get_by_role("button", name="The clean image").click()
    before = seen(page)[0]
    pad = sheet.get_by_role("application")
    pad.focus()
    for key in (*("ArrowLeft",) * 4, *("ArrowDown",) * 3, "Space"):
        pad.press(key)
    after = seen(page)[0]
    assert after[7 * 8] == 1 and before[7 * 8] == 0
    expect(sheet.locator(".spoken")).to_contain_text("Row 8, column 1. Your sheet: ")
    sheet.get_by_role("button", name="7", exact=True).click()  # begins again
    np.testing.assert_array_equal(seen(page)[0], before)


@pytest.mark.slow
def test_the_level_changes_the_images_and_the_planes_decode(page, url):
    opened(page, url)
    expect(chart(page, "The network is 1.5 dB above the Wiener filter")).to_be_visible()
    page.get_by_role("slider", name="Level in the test").press("Home")
    expect(chart(page, "So little noise is best left alone")).to_be_visible()
    page.wait_for_url(re.compile("test_level=0.05"))
    board = page.locator(".pangloss-planes").first
    area = board.locator(".scatters .glass").first
    area.click(position={"x": 150, "y": 90})
    expect(board).to_have_attribute("data-decoded", "exact")
    board.get_by_role("button", name="Select samples").click()
    box = area.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 10, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(board.locator(".selection span")).to_contain_text("selected")


@pytest.mark.slow
def test_a_run_is_watched_and_stopped(page, url):
    opened(page, url, f"epochs=200&width=64&latent_dim=16&copies=20&{new_seed()}")
    button(page, "Train").click()
    expect(chart(page, "Epoch ").first).to_be_visible()
    button(page, "Stop").click()
    page.get_by_text(re.compile("^Stopped after epoch")).wait_for()
    expect(page.locator(".pangloss-planes[data-decoded]")).to_have_count(2)
    expect(page.get_by_role("radio", name="The run below")).to_be_visible()
