"""The kit's page: its address in the tree, and what its tests do with it."""

from pathlib import Path

from streamlit.testing.v1.element_tree import Block

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
    bar = _steering(at.main)
    return bar.caption[0].value if bar and bar.caption else ""


def _steering(block):
    """The box of the buttons."""
    if getattr(block.proto, "id", "").endswith("steering_kit"):
        return block
    inside = (child for child in block.children.values() if isinstance(child, Block))
    return next(filter(None, map(_steering, inside)), None)


def config_of(at):
    """The config that the widgets say."""
    return at.session_state["config"]
