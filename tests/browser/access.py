"""What a page must be for everybody: axe's rules, a way by the Tab key, focus that is seen."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests import recorded
from tests.browser.lesson import button, settled
from ui.course import LESSONS

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
    "rules": {"label-content-name-mismatch": {"enabled": True}},
}
EXPERIMENTS = {"sequential-data": "feed-forward", "keras-workbench": "keras-model"}
# On a slow machine what is redrawn fades until the new is there: no colour of the page.
UNFADED = "[data-stale] { opacity: 1 !important; transition: none !important; }"
PRESSES = 20  # of a key, between two looks at what has been reached
UNFOLD = """() => document.querySelectorAll(
    '[data-testid="stExpander"] details:not([open]) > summary').forEach(folded => folded.click())"""


@cache
def _axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: the set-up could not reach npm's registry")
    return AXE.read_text("utf-8")


def open_whole(page, url, lesson, language="en", *, trained=False):
    """A lesson with all that is folded unfolded, and the window as high as it.

    trained: with a run that has ended.
    """
    trained = trained and lesson in LESSONS and LESSONS[lesson].trains
    run = recorded.params(EXPERIMENTS.get(lesson) or lesson) if trained else {}
    page.goto(f"{url}/{lesson}?{urlencode({'lang': language, **run})}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    if trained:
        button(page, {"en": "Train", "fr": "Entraîner"}[language]).click()
        expect(page.get_by_text(re.compile("^(Finished|Terminé)")).first).to_be_visible()
        settled(page)
    unfold(page)


def unfold(page):
    """All that is folded unfolded, and the window as high as the page."""
    page.evaluate(UNFOLD)
    settled(page)
    height = page.evaluate("document.querySelector('.stMainBlockContainer').scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 100})
    settled(page)
    page.wait_for_function("() => document.body.dataset.mended === 'true'")


def violations(page) -> list[str]:
    """What axe complains of, a line each; the drawings inside a chart, which has a text, apart."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
        page.add_style_tag(content=UNFADED)
    found = page.evaluate(
        """async options => {
            const {violations} = await axe.run({exclude: [".pangloss-plot > *"]}, options);
            return violations.flatMap(rule => rule.nodes.map(node => [
                rule.id, node.target.join(" "), node.html.slice(0, 160),
                [...node.any, ...node.all, ...node.none][0]?.message ?? ""]));
        }""",
        OPTIONS,
    )
    return [f"{rule}: {target} | {html} | {why}" for rule, target, html, why in found]


# Follows the focus: which elements had it, and which of them looked the same without it.
FOLLOW = """() => {
    const looks = element => [element, ...ancestors(element), ...element.querySelectorAll('*'),
        ...(element.closest('label')?.querySelectorAll('*') ?? [])].slice(0, 60).map(part => {
            const style = getComputedStyle(part);
            const outline = style.outlineStyle === 'none' ? '' : style.outline;
            return [outline, style.boxShadow, style.borderColor, style.backgroundColor,
                style.color, style.stroke, style.textDecorationLine, style.opacity].join();
        }).join('|');
    const ancestors = element => {
        const list = [];
        for (let up = element.parentElement; up && list.length < 4; up = up.parentElement)
            list.push(up);
        return list;
    };
    const way = window.way = {stops: [], unseen: new Set()};
    const hasFocus = element => document.activeElement === element;
    document.addEventListener('focusin', ({target}) => {
        way.stops.push(target);
        setTimeout(() => { // what only passes the focus on is no stop
            if (!hasFocus(target)) return;
            const look = looks(target);
            const compare = () => setTimeout(() => {
                if (target.isConnected && !hasFocus(target) && looks(target) === look)
                    way.unseen.add(target);
            });
            target.addEventListener('focusout', compare, {once: true});
        });
    });
}"""
# What can be reached by Tab: of a group of radio buttons one.
REACHABLE = """() => Array.from(document.querySelectorAll(
        'a[href], button, input, textarea, select, summary, [tabindex]')).filter(element =>
    element.tabIndex >= 0 && !element.disabled && !element.closest('[inert]')
    && element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && !(element.type === 'radio' && !element.checked))"""
# Of what is missed: in a group the arrow keys lead from one to the others.
MISSED = f"""() => ({REACHABLE})().filter(element => {{
    const group = element.closest('[role="radiogroup"], [role="toolbar"]');
    return !window.way.stops.some(stop => stop === element || group?.contains(stop));
}})"""
NAMED = """element => `${element.tagName.toLowerCase()} ${element.className?.baseVal
    ?? element.className} ${element.ariaLabel ?? element.textContent.slice(0, 40)}`"""


def walk(page) -> dict[str, list[str]]:
    """The page walked by Tab from its top to its end and back, from stop to stop.

    Returns what was not reached on the way there ("missed") and on the way back ("missed back"),
    and what looked the same with and without the focus ("unseen").
    """
    page.evaluate(f"() => ({REACHABLE})()[0].focus()")
    page.evaluate(FOLLOW)
    missed = {}
    for key, name in (("Tab", "missed"), ("Shift+Tab", "missed back")):
        page.evaluate("() => { window.way.stops = [document.activeElement]; }")
        for _ in range(page.evaluate(f"() => ({REACHABLE})().length") // PRESSES + 4):
            for _ in range(PRESSES):
                page.keyboard.press(key)
            missed[name] = page.evaluate(f"() => ({MISSED})().map({NAMED})")
            if not missed[name]:
                break
    missed["unseen"] = page.evaluate(f"() => [...window.way.unseen].map({NAMED})")
    return missed
