"""The kit in a real Chromium: what only a browser can tell."""

import re

import pytest
from playwright.sync_api import expect

from core.figures import style
from tests.browser.lesson import (
    assert_labels_are_apart,
    assert_nothing_is_wider_than_the_page,
    button,
    chart,
    new_seed,
)

pytestmark = pytest.mark.browser

SLOW = "epochs=200&step_ms=150"  # two and a half minutes, unless stopped


@pytest.fixture(scope="module")
def address(serve):
    with serve("tests/browser/kit/app.py") as server:
        yield server.url


@pytest.fixture
def visit(visitor, address):
    """Opens the kit's page as a new visitor."""

    def visit(query="", prepare=None, **options):
        page = visitor(**options)
        if prepare:
            prepare(page)
        page.goto(f"{address}/?{query}")
        expect(button(page, "Train")).to_be_visible()
        return page

    return visit


def train(page):
    button(page, "Train").click()
    expect(page.locator(".pangloss-plot[data-drawn]")).to_be_visible()


def drawings(page):
    return int(page.locator(".pangloss-plot").get_attribute("data-drawn"))


def wait_for_drawing(page, count):
    page.wait_for_function(
        "n => Number(document.querySelector('.pangloss-plot')?.dataset.drawn) >= n",
        arg=count,
    )


def css(colour):
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


def epoch_shown(page):
    text = page.get_by_text(re.compile(r"^chosen .* after epoch")).inner_text()
    return int(text.split()[-1])


def test_the_live_plot_is_redrawn_in_place_and_disturbs_nobody(visit):
    page = visit(f"{SLOW}&{new_seed()}")
    train(page)
    page.evaluate("""() => {
        const plot = document.querySelector('.pangloss-plot');
        plot.wasHere = plot.querySelector('.main-svg').wasHere = true;
        window.blanks = 0;
        new MutationObserver(() => {
            if (!document.querySelector('.pangloss-plot .main-svg')) window.blanks += 1;
        }).observe(document.body, {childList: true, subtree: true});
    }""")
    first = drawings(page)
    wait_for_drawing(page, first + 2)
    assert page.evaluate("document.querySelector('.pangloss-plot').wasHere")
    assert page.evaluate("document.querySelector('.pangloss-plot .main-svg').wasHere")
    assert page.evaluate("window.blanks") == 0
    plot = page.get_by_role("img", name=re.compile("^The loss falls below a guess"))
    expect(plot).to_have_attribute("tabindex", "0")

    # What is typed elsewhere is not disturbed by the training.
    box = page.get_by_label("Elsewhere")
    box.press_sequentially("il faut cultiver", delay=80)
    expect(box).to_have_value("il faut cultiver")
    expect(box).to_be_focused()
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped after epoch")).to_be_visible()


@pytest.mark.slow
def test_a_reload_in_mid_training_keeps_following(visit):
    page = visit(f"{SLOW}&{new_seed()}")
    train(page)
    address = page.url
    assert "job=" in address
    page.reload()
    expect(page.get_by_text(re.compile(r"^Epoch \d+ of 200"))).to_be_visible()
    assert page.url == address
    wait_for_drawing(page, 2)
    expect(button(page, "Stop")).to_be_enabled()
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped after epoch")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Pin a run for comparison")).to_be_visible()


@pytest.mark.slow
def test_a_lost_connection_is_picked_up_again(visit):
    sockets = []

    def pass_on(socket):
        sockets.append((socket, socket.connect_to_server()))

    def prepare(page):
        page.route_web_socket(re.compile("/_stcore/stream"), pass_on)

    page = visit(f"{SLOW}&{new_seed()}", error="disconnected from server", prepare=prepare)
    train(page)
    wait_for_drawing(page, drawings(page) + 1)  # so that nothing is on its way just then
    for end in sockets[-1]:
        end.close()
    wait_for_drawing(page, drawings(page) + 3)
    assert len(sockets) >= 2  # where much goes on, the second may be lost, too
    expect(button(page, "Stop")).to_be_enabled()
    button(page, "Stop").click()
    expect(page.get_by_text("Stopped after epoch")).to_be_visible()


def test_a_double_click_starts_one_run_and_a_stranger_sees_it_without_buttons(visit):
    page = visit(f"{SLOW}&{new_seed()}")
    button(page, "Train").dblclick()
    expect(page.locator(".pangloss-plot[data-drawn]")).to_be_visible()
    stranger = visit(page.url.partition("?")[2])
    expect(stranger.get_by_text("You are watching someone else's run")).to_be_visible()
    expect(stranger.locator(".pangloss-plot[data-drawn]")).to_be_visible()
    expect(button(stranger, "Stop")).to_have_count(0)
    button(page, "Stop").click()
    expect(stranger.get_by_text("Stopped after epoch")).to_be_visible()
    expect(page.get_by_text("Stopped after epoch")).to_be_visible()
    expect(page.get_by_text("Waiting")).to_have_count(0)


@pytest.mark.slow
def test_the_scrubber_holds_an_epoch_while_the_run_goes_on(visit):
    page = visit(f"epochs=200&step_ms=60&{new_seed()}")
    train(page)
    scrubber = page.get_by_role("slider", name="Look at the end of epoch")
    expect(scrubber).to_be_visible()
    scrubber.focus()
    scrubber.press("Home")
    expect(page.get_by_text("after epoch 1", exact=False)).to_be_visible()
    wait_for_drawing(page, drawings(page) + 3)
    assert epoch_shown(page) == 1
    scrubber.press("End")
    page.wait_for_function("!document.body.innerText.match(/after epoch 1$/m)")
    assert epoch_shown(page) > 2
    button(page, "Stop").click()


@pytest.mark.slow
def test_a_text_that_is_clicked_a_change_of_theme_and_a_narrow_screen(visit):
    page = visit(f"epochs=2&{new_seed()}")
    train(page)
    expect(page.get_by_text("Finished: 2 epochs")).to_be_visible()
    text = page.get_by_role("group", name="A sample")
    assert text.evaluate("box => box.textContent") == "<b>not bold</b> *nor this*\nÉcrasez l'infâme"
    assert text.locator("b").count() == 0
    text.locator("span").nth(4).click()
    expect(page.get_by_text("chosen 4 after epoch 2")).to_be_visible()
    text.press("ArrowRight")
    expect(page.get_by_text("chosen 5 after epoch 2")).to_be_visible()
    text.press("ArrowDown")  # to what stands below it, a letter more or less
    expect(page.get_by_text(re.compile("chosen 3[123] after epoch 2"))).to_be_visible()
    text.press("ArrowUp")
    expect(page.get_by_text(re.compile("chosen [456] after epoch 2"))).to_be_visible()
    text.press("End")
    expect(page.get_by_text("chosen 42 after epoch 2")).to_be_visible()
    expect(page.locator(".pangloss-reading .spoken")).to_have_text("e, 43 / 43")
    first, last = text.locator("span").first, text.locator("span").last
    low, high = style.DIVERGING["light"][0][1], style.DIVERGING["light"][-1][1]
    expect(first).to_have_css("background-color", css(low))
    expect(first).to_have_css("color", css(style.INK["dark"]))
    expect(last).to_have_css("background-color", css(high))

    # A change of theme recolours at once.
    curve = page.locator(".pangloss-plot .lines path").last
    expect(curve).to_have_css("stroke", css(style.COLOURS["light"]["lstm"]))
    page.emulate_media(color_scheme="dark")
    expect(curve).to_have_css("stroke", css(style.COLOURS["dark"]["lstm"]))
    expect(first).to_have_css("background-color", css(style.DIVERGING["dark"][0][1]))

    # Nothing scrolls sideways.
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_function("width => innerWidth === width", arg=width)
        assert_nothing_is_wider_than_the_page(page)


def test_settings_go_into_the_url_and_back_undoes(visit):
    page = visit("units=100")
    page.get_by_role("radio", name="GRU").click()
    expect(page).to_have_url(re.compile("cell=gru"))
    assert "units=100" in page.url
    page.go_back()
    expect(page.get_by_role("radio", name="LSTM")).to_be_checked()
    page.go_forward()
    expect(page.get_by_role("radio", name="GRU")).to_be_checked()


@pytest.mark.slow
def test_a_chart_whose_script_does_not_come_says_what_it_would_show(visit):
    page = visit(f"epochs=2&{new_seed()}", error="net::ERR_FAILED")
    page.route("**/lib/plotly*", lambda route: route.abort())
    button(page, "Train").click()
    plot = page.locator(".pangloss-plot")
    expect(plot).to_contain_text("The loss falls below a guess")


def repeated(page):
    button(page, "Repeat with 3 seeds").click()
    page.wait_for_url("**repeat=*")


@pytest.mark.slow
def test_a_run_is_repeated_compared_and_found_again(visit):
    page = visit("seeds=3&epochs=4&step_ms=20&cell=gru")
    repeated(page)
    page.reload()  # what goes on is found again, and shown as it ends
    expect(page.get_by_text("Repeated with 3 seeds")).to_be_visible()
    expect(chart(page, "Median and middle half of 3 seeds")).to_be_visible()
    expect(button(page, "Repeat with 3 seeds")).to_be_enabled()
    first = page.url
    page.get_by_role("radio", name="RNN").click()
    page.wait_for_url("**cell=rnn*")
    repeated(page)
    page.wait_for_url(lambda url: url.split("repeat=")[1] != first.split("repeat=")[1])
    button(page, "Train").click()  # which starts beside it
    expect(page.get_by_text("Finished: 4 epochs")).to_be_visible()
    compared = chart(page, "GRU ahead of RNN in 0 of 3 seeds")
    expect(compared).to_be_visible()
    compared.scroll_into_view_if_needed()
    assert_labels_are_apart(page)
    assert_nothing_is_wider_than_the_page(page)


@pytest.mark.slow
def test_a_repetition_is_stopped(visit):
    page = visit("seeds=20&epochs=200&step_ms=50")
    button(page, "Repeat with 20 seeds").click()
    button(page, "Stop the repetition").click()
    expect(page.get_by_text("Stopped after 0 of 20 seeds")).to_be_visible()
    expect(button(page, "Repeat with 20 seeds")).to_be_enabled()
    expect(button(page, "Stop the repetition")).to_be_hidden()
