"""The kit's page: its address in the tree, and what its tests do with it."""

from pathlib import Path

from tests.pages.lesson import checked, opened

PAGE = Path(__file__).parent.parent / "browser" / "kit" / "page.py"
FAST = {"step_ms": "0"}
SLOW = {"step_ms": "100", "epochs": "40"}


def page(**params):
    """The page at an address with these parameters."""
    return opened(PAGE, **params)


def press(at, name):
    """The page after one of its buttons was pressed."""
    return checked(at.button(key=f"kit.{name}").click().run())


def status(at):
    """What stands beside the buttons."""
    return at.caption[0].value if at.caption else ""


def config_of(at):
    """The config that the widgets say."""
    return at.session_state["config"]
