"""The app in a real Chromium, served as the README says: its frame and the Voltaire lesson."""

import csv
import io
import re
import time
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lesson import button

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop is left to the garbage collector at the end.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PATIENCE_MS = 60_000
SMALL = "corpus=conte&units=16"
SHORT = f"{SMALL}&epoch_chars=10000&epochs=3&seed=301"
LONG = f"{SMALL}&epoch_chars=50000&epochs=100"  # stopped before its end
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# Under a deep link Streamlit asks for these two before it tries the right place.
EXPECTED_404 = re.compile(r"^/voltaire/_stcore/(health|host-config)$")
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def server(serve):
    with serve() as server:
        yield server


@pytest.fixture
def fresh_server(serve):
    with serve() as server:
        yield server


@pytest.fixture
def visit(visits):
    with visits() as visit:
        yield visit


@pytest.fixture(scope="module")
def trained(visits):
    """A page on which a short run has come to its end."""
    with visits() as visit:
        page = visit(query=SHORT)
        train(page)
        expect(page.get_by_text("Finished: 3 epochs")).to_be_visible()
        idle(page)
        yield page


@pytest.fixture(scope="module")
def visits(chromium, server):
    """A context with a function that opens pages, each as a new visitor.

    At its end it fails if a page or its console has reported an error.
    """

    @contextmanager
    def visits():
        contexts, errors = [], []

        def visit(path="/voltaire", query="", at=server, **options) -> Page:
            settings = {"viewport": {"width": 1280, "height": 1400}, "locale": "en-GB", **options}
            context = chromium.new_context(**settings)
            context.set_default_timeout(PATIENCE_MS)
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: errors.extend(complaints(message)))
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"{at.url}{path}?{query}")
            expect(page.get_by_test_id("stTopNavLink")).to_be_visible()
            return page

        yield visit
        for context in contexts:
            context.close()
        assert errors == []

    return visits


def complaints(message) -> list[str]:
    """What the console says that it should not: errors, but for the expected ones."""
    where = urlsplit(message.location["url"]).path
    expected = "404" in message.text and EXPECTED_404.match(where)
    return [] if message.type != "error" or expected else [f"{message.text} ({where})"]


def chapter(page, name):
    return page.get_by_test_id("stTopNav").get_by_role("button", name=name, exact=True)


def written(page):
    """The text; where it moves on the page, the one of old stands behind it for a moment."""
    return page.locator(".st-key-voltaire-text-reading .pangloss-reading .text").first


def text_of(page) -> str:
    idle(page)
    return written(page).text_content()


def prompt(page):
    return page.locator(".st-key-voltaire-prompt input")


def asked(page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def idle(page):
    page.wait_for_selector(IDLE, state="attached")


def set_seed(page, seed):
    page.locator(".st-key-voltaire_writing-more").get_by_role("button").click()
    box = page.locator(".st-key-voltaire_writing-writing_seed input")
    box.fill(str(seed))
    box.press("Enter")
    expect(page.get_by_text("The text below was written with other settings")).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()


def train(page):
    button(page, "Train").click()
    expect(page.locator(".st-key-voltaire-loss .pangloss-plot[data-drawn]")).to_be_visible()


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
    idle(page)


def epoch_of(page) -> int:
    """The epoch that the line beside the buttons tells of."""
    said = page.get_by_text(re.compile(r"^(Epoch|Paused in epoch|Stopped after epoch) \d+ of \d+"))
    return int(re.search(r"\d+", said.inner_text()).group())


def wait_for_epoch_after(page, epoch):
    page.wait_for_function(
        r"after => Number(/Epoch (\d+) of/.exec(document.body.innerText)?.[1]) > after", arg=epoch
    )


def wait_until_ready(page, server):
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while (answer := page.request.get(f"{server.url}/health/ready")).status != 200:
        assert (answer.status, answer.json()) == (503, {"status": "warming"})
        assert time.monotonic() < deadline, "the engine was never ready"
    assert answer.json() == {"status": "ready"}


def assert_nothing_scrolls_sideways(page):
    """Neither the document nor the part of it that Streamlit scrolls."""
    too_wide = page.evaluate("""() =>
        [document.documentElement, document.querySelector('[data-testid="stMain"]')]
            .filter(box => box.scrollWidth > Math.min(box.clientWidth, innerWidth))
            .map(box => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`)""")
    assert too_wide == []


def test_a_deep_link_is_the_first_request_after_a_start(fresh_server, visit):
    page = visit("/voltaire", at=fresh_server)
    expect(page.get_by_role("heading", name="The Voltaire generator")).to_be_visible()
    expect(chapter(page, "Language")).to_be_visible()
    expect(button(page, "FR")).to_be_visible()
    expect(written(page)).to_have_text(re.compile("^Le philosophe.{400}", re.DOTALL))
    idle(page)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert urlsplit(page.url).path == "/voltaire"


def test_health_and_the_cookie(visit, server):
    page = visit("/")
    assert page.request.get(f"{server.url}/health/live").status == 200
    wait_until_ready(page, server)
    [cookie] = [c for c in page.context.cookies() if c["name"] == "pangloss_visitor"]
    assert cookie["httpOnly"] is True
    assert cookie["sameSite"] == "Lax"
    assert len(cookie["value"]) >= 32
    assert "pangloss_visitor" not in page.evaluate("document.cookie")


def test_the_home_page_leads_to_the_lesson(visit):
    page = visit("/")
    expect(page.get_by_role("heading", name="Pangloss", exact=True)).to_be_visible()
    expect(page.locator(".st-key-home_sample")).to_have_text(re.compile("^Candide.*…$", re.DOTALL))
    page.locator(".st-key-lesson_voltaire").get_by_role("link").click()
    expect(page.get_by_role("heading", name="The Voltaire generator")).to_be_visible()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    assert urlsplit(page.url).path == "/voltaire"


def test_a_switch_of_language_keeps_what_was_set(visit):
    page = visit(query="writing_seed=5&" + SMALL)
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    prompt(page).fill("Mon jardin")
    button(page, "Write").click()
    expect(written(page)).to_have_text(re.compile("^Mon jardin"))
    page.locator(".st-key-voltaire-cell").get_by_text("LSTM", exact=True).click()
    page.wait_for_url(re.compile("cell=lstm"))
    before = text_of(page)
    button(page, "FR").click()
    expect(page.get_by_role("heading", name="Le générateur de Voltaire")).to_be_visible()
    expect(page.get_by_role("heading", name="The Voltaire generator")).to_have_count(0)
    expect(chapter(page, "Langage")).to_be_visible()
    expect(button(page, "Écrire")).to_be_visible()
    expect(button(page, "Entraîner")).to_be_enabled()
    expect(page.get_by_role("heading", name="Entraînez le vôtre")).to_be_visible()
    idle(page)
    expect(prompt(page)).to_have_value("Mon jardin")
    expect(page.locator(".st-key-voltaire-cell").get_by_role("radio", name="LSTM")).to_be_checked()
    assert text_of(page) == before
    said = asked(page)
    assert said["lang"] == ["fr"]
    assert said["cell"] == ["lstm"]
    assert said["units"] == ["16"]
    assert said["writing_seed"] == ["5"]
    assert said["prompt"] == ["Mon jardin"]


def test_a_link_may_ask_for_french(visit):
    page = visit("/voltaire", query="lang=fr")
    expect(page.get_by_role("heading", name="Le générateur de Voltaire")).to_be_visible()
    expect(button(page, "Écrire")).to_be_visible()
    expect(button(page, "Write")).to_have_count(0)


def test_a_browser_may_ask_for_french(visit):
    page = visit("/", locale="fr-CH")
    expect(page.get_by_role("heading", name="Le cours")).to_be_visible()
    expect(page.get_by_role("heading", name="The course")).to_have_count(0)


def test_the_same_seed_writes_the_same_text(visit):
    def whole_other_than(before):
        """A text of full length that is not the one of before: streaming may pause half-way."""
        expect(written(page)).not_to_have_text(before)
        expect(written(page)).to_have_text(re.compile(r"^Il faut cultiver[\s\S]{600}$"))
        return text_of(page)

    page = visit()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    prompt(page).fill("Il faut cultiver")
    button(page, "Write").click()
    first = whole_other_than("")
    set_seed(page, 2)
    button(page, "Write").click()
    second = whole_other_than(first)
    set_seed(page, 1)
    button(page, "Write").click()
    assert whole_other_than(second) == first
    button(page, "Another").click()
    assert whole_other_than(first) == second


def test_a_prompt_is_text_and_what_the_network_cannot_read_is_named(visit):
    page = visit()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    prompt(page).fill("<b>x</b> 日*本*")
    button(page, "Write").click()
    expect(written(page)).to_have_text(re.compile(r"^<b>x</b> 日\*本\*"))
    notice = page.get_by_text(re.compile("This network has never read .*“日”.*“本”"))
    expect(notice).to_be_visible()
    idle(page)
    expect(page.locator("b")).to_have_count(0)


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
    idle(trained)
    assert_nothing_scrolls_sideways(trained)
    trained.set_viewport_size({"width": 1280, "height": 1400})


def test_what_is_taken_away(trained):
    script = download(trained, "take-train-py")
    assert script["name"] == "voltaire-train.py"
    compile(script["buffer"], "train.py", "exec")
    assert b"import keras" in script["buffer"]
    history = rows(download(trained, "take-history-csv"))
    assert [row["epoch"] for row in history] == ["1", "2", "3"]
    bits = [float(row["valid_bits"]) for row in history]
    assert bits[2] < bits[0]
    said = trained.get_by_text("Finished: 3 epochs").inner_text()
    assert float(re.search(r"bits per character ([\d.]+)", said)[1]) == float(f"{bits[2]:.3g}")


def test_the_same_settings_are_joined_and_the_weights_can_be_brought_back(trained, visit):
    page = visit(query=SHORT)
    train(page)
    expect(page.get_by_text("Somebody has trained these very settings")).to_be_visible()
    assert asked(page)["job"] == asked(trained)["job"]
    model = download(page, "take-model-zip")
    page.locator(".st-key-voltaire-writer").get_by_text("A file of yours").click()
    page.locator(".st-key-voltaire-model_file input").set_input_files(model)
    expect(page.get_by_text(re.compile("^GRU of 16 units"))).to_be_visible()
    expect(page.get_by_role("group", name="The text that the network of your file")).to_be_visible()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))


def test_a_reload_in_mid_training_keeps_following(visit):
    page = visit(query=LONG + "&seed=302")
    train(page)
    wait_for_epoch_after(page, 0)
    [job] = asked(page)["job"]
    before = epoch_of(page)
    page.reload()
    wait_for_epoch_after(page, before)
    assert asked(page)["job"] == [job]
    expect(page.locator(".st-key-voltaire-loss .pangloss-plot[data-drawn]")).to_be_visible()
    expect(button(page, "Stop")).to_be_enabled()
    stop(page)
    ended_in = epoch_of(page)
    page.reload()
    expect(page.get_by_text(f"Stopped after epoch {ended_in} of 100")).to_be_visible()
    expect(page.locator(".st-key-voltaire-loss .pangloss-plot[data-drawn]")).to_be_visible()
    assert asked(page)["job"] == [job]


def test_pause_resume_and_stop(visit):
    page = visit(query=LONG + "&seed=303")
    button(page, "Train").dblclick()
    wait_for_epoch_after(page, 0)
    expect(page.get_by_text("Waiting: place")).to_have_count(0)
    button(page, "Pause").click()
    expect(page.get_by_text(re.compile("^Paused in epoch"))).to_be_visible()
    paused_in = epoch_of(page)
    before = text_of(page)
    button(page, "Another").click()  # the rest of the page goes on
    expect(written(page)).not_to_have_text(before)
    idle(page)
    assert epoch_of(page) == paused_in
    button(page, "Resume").click()
    wait_for_epoch_after(page, paused_in)
    stop(page)
    expect(page.get_by_text("What it writes after epoch")).to_be_visible()
    expect(page.locator(".st-key-voltaire-take-model-zip")).to_be_visible()
    [run] = rows(download(page, "bench_csv"))
    assert int(run["Epochs done"]) == epoch_of(page)


def test_a_stranger_with_the_link_may_only_watch(visit):
    page = visit(query=LONG + "&seed=304")
    train(page)
    stranger = visit(query=urlsplit(page.url).query)
    expect(stranger.get_by_text("You are watching somebody's run")).to_be_visible()
    expect(stranger.locator(".st-key-voltaire-loss .pangloss-plot[data-drawn]")).to_be_visible()
    wait_for_epoch_after(stranger, 0)
    for name in ("Pause", "One step", "Stop"):
        expect(button(page, name)).to_be_enabled()
        expect(button(stranger, name)).to_have_count(0)
    stop(page)
    expect(stranger.get_by_text(re.compile("^Stopped after epoch"))).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", ["/", "/voltaire"])
def test_nothing_scrolls_sideways(visit, path, language):
    page = visit(path, query=f"lang={language}")
    text = page.locator(".st-key-home_sample") if path == "/" else written(page)
    expect(text).to_have_text(re.compile("^(Candide|Le philosophe)"))
    idle(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 1400})
        page.wait_for_function("width => innerWidth === width", arg=width)
        idle(page)
        assert_nothing_scrolls_sideways(page)


def test_a_link_that_asks_for_the_impossible_says_so_and_works(visit):
    page = visit(query="corpus=conte&units=99999&cell=foo&length=many&job=nonsense")
    for said in (
        "units must be a whole number from 16 to 512, not '99999'. The default is used.",
        "cell must be one of rnn, lstm, gru, not 'foo'. The default is used.",
        "length must be a whole number from 50 to 5000, not 'many'. The default is used.",
        "The run of this link is no longer kept",
    ):
        expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("radio", name="GRU")).to_be_checked()
    expect(written(page)).to_have_text(re.compile("^Le philosophe"))
    expect(button(page, "Train")).to_be_enabled()


def test_after_all_of_it_the_server_has_no_tensorflow(visit, server):
    """Not even mapped. The process that jobs are forked from has it: the look is no blind one."""
    wait_until_ready(visit("/"), server)
    assert not has_tensorflow(server.process)
    theirs = []
    for child in server.process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # a job that has just ended
            theirs.append(has_tensorflow(child))
    assert any(theirs)


def has_tensorflow(process: psutil.Process) -> bool:
    if not hasattr(process, "memory_maps"):
        pytest.skip("psutil cannot tell here what a process has mapped")
    return any("tensorflow" in area.path for area in process.memory_maps())


def test_after_all_of_it_the_log_tells_of_no_failure(server):
    log = server.log.read_text("utf-8", "replace")
    assert "You can now view your Streamlit app" in log
    assert "Traceback" not in log
    assert "A page failed" not in log
