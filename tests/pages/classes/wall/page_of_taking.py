"""A page with nothing but what is taken away of a class, whose runs are invented."""

from core.classes.asked import Asked
from tests.class_runs import six_runs
from ui.frame.classes.wall.taking import taking

taking("Next", "3B", [Asked("Which?", [("a", 2)])], six_runs(), "next-value", anonymous=True)
