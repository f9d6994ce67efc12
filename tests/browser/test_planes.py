"""The planes in a real Chromium: the picture follows the hand, and both planes know of it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(serve):
    with serve("tests/browser/planes_kit/app.py") as server:
        yield server.url


@pytest.fixture
def visit(visitor, address):
    """Opens the planes as a new visitor."""

    def visit(query="", received=None, **options):
        page = visitor(**options)
        if received is not None:
            page.on(
                "websocket",
                lambda ws: ws.on("framereceived", lambda frame: received.append(len(frame))),
            )
        page.goto(f"{address}/?{query}")
        expect(board(page)).to_have_attribute("data-decoded", re.compile("blended|none"))
        expect(page.get_by_text("turned 0")).to_be_visible()
        page.wait_for_function(INK, arg=".sample canvas")
        return page

    return visit


# Whether a canvas shows more than one shade.
INK = """name => {
    const canvas = document.querySelector(name);
    const shades = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(new Uint32Array(shades.buffer)).size > 1;
}"""


def board(page):
    return page.locator(".pangloss-planes")


def picture(page, name):
    return page.locator(f".{name} canvas").evaluate("canvas => canvas.toDataURL()")


def wait_for_other(page, name, before):
    page.wait_for_function(
        "([name, before]) => document.querySelector(name).toDataURL() !== before",
        arg=[f".{name} canvas", before],
    )


def place(page, plane, across, down):
    """The pixel of a place in a plane, in shares of its width and height."""
    box = page.locator(".glass").nth(plane).bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def drag(page, plane, *places):
    page.mouse.move(*place(page, plane, *places[0]))
    page.mouse.down()
    for one in places[1:]:
        page.mouse.move(*place(page, plane, *one), steps=3)
    page.mouse.up()


# How much of a plane is at full strength: its axes, and the samples that are not faded.
STRONG = """n => {
    const canvas = document.querySelectorAll('.base')[n];
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let strong = 0;
    for (let i = 3; i < data.length; i += 4) strong += data[i] > 250;
    return strong;
}"""


def test_something_is_shown_before_anyone_touches_it(visit):
    page = visit()
    assert page.evaluate(INK, ".decoded canvas")
    expect(page.get_by_role("group", name="Two planes of the same digits")).to_be_visible()
    expect(page.locator(".plane figcaption").first).to_have_text(
        "Two components keep like digits together"
    )
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded here, blended")
    expect(page.locator(".what")).to_have_text("Nearest sample: 0 (0 away)")
    expect(page.locator(".note").nth(1)).to_have_text(
        "No way back from this plane: nearest sample only."
    )
    expect(page.get_by_text("picked nothing")).to_be_visible()


def test_the_decoded_picture_follows_the_hand_and_the_exact_one_replaces_it(visit):
    page = visit()
    start = picture(page, "decoded")
    page.mouse.move(*place(page, 0, 0.3, 0.4))
    page.mouse.down()
    wait_for_other(page, "decoded", start)
    first = picture(page, "decoded")
    page.mouse.move(*place(page, 0, 0.6, 0.6), steps=3)
    wait_for_other(page, "decoded", first)
    expect(board(page)).to_have_attribute("data-decoded", "blended")
    expect(page.get_by_text("picked nothing")).to_be_visible()
    blended = picture(page, "decoded")
    page.mouse.up()
    expect(page.get_by_text("picked latent 1")).to_be_visible()
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded exactly")
    exact = picture(page, "decoded")
    assert exact != blended
    # The next drag blends again: an answer belongs to its own pick.
    page.mouse.move(*place(page, 0, 0.6, 0.6))
    page.mouse.down()
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded here, blended")
    wait_for_other(page, "decoded", exact)
    assert picture(page, "decoded") == blended
    page.mouse.up()
    expect(page.get_by_text("picked latent 2")).to_be_visible()


@pytest.mark.slow
def test_what_is_blended_on_the_lattice_is_the_atlas_s_own_image(visit):
    page = visit()
    same = page.evaluate("""() => {
        const {board} = document.querySelector('.pangloss-planes');
        const [plane] = board.planes;
        const {x, y, shape, start} = plane.atlas;
        const [rows, columns, height, width] = shape;
        const [row, column] = [3, 7];
        const at = ([low, high], i, n) => low + ((high - low) * i) / (n - 1);
        board.moveHand(plane, at(x, column, columns), at(y, row, rows));
        const from = start + (row * columns + column) * height * width;
        return Array.from(board.blobs.atlases.bytes.slice(from, from + height * width));
    }""")
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded here, blended")
    page.wait_for_function(
        """bytes => {
            const canvas = document.querySelector('.decoded canvas');
            const {data} = canvas.getContext('2d').getImageData(0, 0, 8, 8);
            const [paper, ink] = [0xfb, 0x20]; // red of the light theme's page and ink
            return bytes.every((byte, i) =>
                Math.abs(data[4 * i] - (paper + (byte / 255) * (ink - paper))) < 2);
        }""",
        arg=same,
    )


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_planes_have_the_colours_of_the_theme(visit, theme):
    page = visit()
    page.emulate_media(color_scheme=theme)
    page.mouse.move(*place(page, 0, 0.5, 0.5))  # colours are looked up when the pointer comes
    page.wait_for_function(
        """theme => {
            const {board} = document.querySelector('.pangloss-planes');
            return board.colours === board.data.colours[theme];
        }""",
        arg=theme,
    )


@pytest.mark.slow
def test_hovering_marks_a_sample_in_both_planes(visit):
    page = visit()
    spots = page.evaluate("""() => {
        const {planes} = document.querySelector('.pangloss-planes').board;
        return planes.map(({view, points}) =>
            [view.toX(points[14]) / view.width, view.toY(points[15]) / view.height]);
    }""")
    glasses = "() => Array.from(document.querySelectorAll('.glass'), c => c.toDataURL())"
    before = page.evaluate(glasses)
    page.mouse.move(*place(page, 1, *spots[1]))
    expect(page.locator(".what")).to_have_text(re.compile(r"^Sample: \d$"))
    sample = int(board(page).get_attribute("data-sample"))
    expect(page.locator(".said")).to_have_text(f"error {float(f'{sample / 1000:.2g}'):g}")
    after = page.evaluate(glasses)
    assert all(old != new for old, new in zip(before, after, strict=True))
    page.mouse.move(10, 10)
    expect(page.locator(".what")).to_have_text("Nearest sample: 0 (0 away)")


@pytest.mark.slow
def test_a_selection_in_one_plane_is_seen_in_the_other(visit):
    page = visit()
    whole = [page.evaluate(STRONG, n) for n in (0, 1)]
    page.get_by_role("button", name="Select samples").click()
    drag(page, 0, (0.3, 0.3), (0.6, 0.7))
    expect(board(page)).to_have_attribute("data-selected", re.compile(r"^[1-9]\d*$"))
    count = int(board(page).get_attribute("data-selected"))
    assert 0 < count < 450
    expect(page.locator(".selection")).to_contain_text(f"{count} selected: “")
    for plane in (0, 1):
        assert 0 < page.evaluate(STRONG, plane) < whole[plane]
    page.locator(".frame").first.press("Escape")
    expect(board(page)).to_have_attribute("data-selected", "")
    assert [page.evaluate(STRONG, n) for n in (0, 1)] == whole
    # In the other plane, with Shift instead of the mode; a click on it clears.
    page.get_by_role("button", name="Decode here").click()
    page.keyboard.down("Shift")
    drag(page, 1, (0.1, 0.1), (0.9, 0.9))
    page.keyboard.up("Shift")
    expect(board(page)).to_have_attribute("data-selected", re.compile(r"^[1-9]\d*$"))
    page.get_by_role("button", name="Select samples").click()
    page.mouse.click(*place(page, 1, 0.02, 0.02))
    expect(board(page)).to_have_attribute("data-selected", "")
    expect(page.get_by_text("picked nothing")).to_be_visible()


@pytest.mark.slow
def test_a_class_is_selected_by_its_name(visit):
    page = visit()
    seven = page.get_by_role("group", name="Select a class").get_by_role("button", name="7")
    seven.click()
    expect(seven).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".selection span")).to_have_text(re.compile(r"^(\d+) selected: “7” \1$"))
    seven.click()
    expect(board(page)).to_have_attribute("data-selected", "")


def test_the_keyboard_alone_is_enough(visit):
    page = visit()
    frame = page.get_by_role("application", name=re.compile("^Two components keep"))
    frame.focus()
    start = picture(page, "decoded")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    wait_for_other(page, "decoded", start)
    expect(page.get_by_text("picked latent 1")).to_be_visible()
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded exactly")
    expect(page.locator(".spoken")).to_contain_text(re.compile(r"component 1 [−\d.]+, component 2"))
    for _ in range(8):
        page.keyboard.press("Shift+ArrowUp")
        page.keyboard.press("Shift+ArrowLeft")
    expect(board(page)).to_have_attribute("data-selected", re.compile(r"^[1-9]\d*$"))
    page.keyboard.press("Escape")
    expect(board(page)).to_have_attribute("data-selected", "")
    page.keyboard.press("Enter")
    expect(page.locator(".what")).to_have_text(re.compile(r"^Nearest sample: \d \(0 away\)$"))


@pytest.mark.slow
def test_far_from_every_sample_there_is_a_warning(visit):
    page = visit()
    drag(page, 0, (0.5, 0.5), (0.99, 0.01))
    warning = "Far from every sample: what is decoded here cannot be trusted."
    expect(page.locator(".far")).to_have_text(warning)
    drag(page, 0, (0.99, 0.01), (0.5, 0.6))
    expect(page.locator(".far")).to_have_text("")


@pytest.mark.slow
def test_a_plane_without_an_atlas_has_no_way_back(visit):
    page = visit("planes=1&atlas=none&exact=none")
    expect(page.get_by_role("button", name="Find here")).to_have_attribute("aria-pressed", "true")
    drag(page, 0, (0.5, 0.5), (0.98, 0.02))
    expect(board(page)).to_have_attribute("data-decoded", "none")
    expect(page.locator(".decoded figcaption")).to_have_text(
        "No way back from this plane: nearest sample only."
    )
    expect(page.locator(".far")).to_have_text(
        "Far from every sample: the nearest one says little about this place."
    )
    assert not page.evaluate(INK, ".decoded canvas")


def test_new_points_leave_hand_and_selection_where_they_are(visit):
    page = visit("exact=none")
    drag(page, 0, (0.4, 0.5), (0.45, 0.5))
    expect(page.get_by_text("picked latent 1")).to_be_visible()
    page.keyboard.down("Shift")
    drag(page, 0, (0.3, 0.3), (0.6, 0.7))
    page.keyboard.up("Shift")
    expect(board(page)).to_have_attribute("data-selected", re.compile(r"^[1-9]\d*$"))
    kept = """() => {
        const {board} = document.querySelector('.pangloss-planes');
        document.querySelectorAll('.base').forEach(canvas => (canvas.wasHere = true));
        return [board.hand.x, board.hand.y, Array.from(board.lit)];
    }"""
    before = page.evaluate(kept)
    plane = page.evaluate("document.querySelector('.base').toDataURL()")
    page.get_by_role("button", name="Turn").click()
    expect(page.get_by_text("turned 1")).to_be_visible()
    page.wait_for_function("b => document.querySelector('.base').toDataURL() !== b", arg=plane)
    assert page.evaluate("document.querySelector('.base').wasHere")
    assert page.evaluate(kept) == before
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded here, blended")


@pytest.mark.slow
def test_what_the_browser_has_is_not_sent_again(visit):
    received = []
    page = visit("count=1797", received)
    images = 1797 * 64
    first = sum(received)
    assert first > images
    received.clear()
    drag(page, 0, (0.4, 0.5), (0.45, 0.5))
    expect(page.locator(".decoded figcaption")).to_have_text("Decoded exactly")
    assert 0 < sum(received) < first - images


@pytest.mark.slow
def test_a_finger_decodes_too(visit):
    page = visit(viewport={"width": 390, "height": 1400}, has_touch=True, is_mobile=True)
    start = picture(page, "decoded")
    page.touchscreen.tap(*place(page, 0, 0.7, 0.7))
    wait_for_other(page, "decoded", start)
    expect(page.get_by_text("picked latent 1")).to_be_visible()
    planes = [page.locator(".glass").nth(n).bounding_box() for n in (0, 1)]
    assert planes[1]["y"] > planes[0]["y"] + planes[0]["height"]  # one below the other


def test_names_are_text_and_have_shapes(visit):
    page = visit("names=long")
    chosen = page.get_by_role("button", name="<b>a cat</b>")
    expect(chosen).to_have_text("<b>a cat</b>")
    chosen.click()
    expect(page.locator(".selection span")).to_contain_text("“<b>a cat</b>”")
    assert page.locator(".pangloss-planes b").count() == 0
