"""The lesson on spoken digits in a browser: a word under the hand, and a voice that is heard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from scipy.io import wavfile
from scipy.signal import resample_poly

from core.data.sounds.spoken import spoken
from tests.browser.lesson import assert_labels_are_apart, chart, settled

pytestmark = pytest.mark.browser
PATH = "/spoken-digits?lang=en&listener=synthetic"
VOICE = "/spoken-digits?lang=en&listener=synthetic&sound=voice"


def test_a_moment_of_the_word_is_chosen_by_hand_and_by_keys(page, url):
    page.goto(url)
    settled(page)
    heard = chart(page, "It hears")
    expect(heard).to_be_visible()
    assert_labels_are_apart(page)
    last = int(heard.get_attribute("aria-valuemax"))
    expect(heard).to_have_attribute("aria-valuenow", str(last))
    heard.focus()
    page.keyboard.press("ArrowLeft")
    expect(heard).to_have_attribute("aria-valuenow", str(last - 1))
    expect(heard).to_have_attribute("aria-valuetext", re.compile(r"^After \d+ ms: .+ \d+%"))
    box = heard.bounding_box()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.2 * box["height"])
    expect(heard).to_have_attribute("aria-valuenow", re.compile("^[0-4]$"))


@pytest.mark.slow  # a Chromium of its own, whose microphone is a file
def test_a_voice_is_recorded_and_heard(app, chromium, browser_path, tmp_path):
    data = spoken("synthetic")
    word = data.sounds[data.place(data.word_names.index("oi"), 2, 0)]
    silence = np.zeros(4000)
    file = tmp_path / "voice.wav"
    samples = resample_poly(np.concatenate([silence, word, silence]), 6, 1)
    wavfile.write(file, 48_000, (32_767 * np.clip(samples, -1, 1)).astype(np.int16))
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-features=AudioServiceOutOfProcess,AudioServiceSandbox",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={file}",
    ]
    # Listening begins where the file is, and it is played again and again.
    browser = chromium.browser_type.launch(executable_path=browser_path, args=arguments)
    page = browser.new_context(permissions=["microphone"], locale="en-GB").new_page()
    page.goto(app.url + VOICE)
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record").click()
    expect(recorder).to_contain_text(re.compile("00:0[2-9]"))
    recorder.get_by_role("button", name="Stop recording").click()
    expect(chart(page, "It hears")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ ms of a word"))).to_be_visible()
    browser.close()
