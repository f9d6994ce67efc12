"""Predict, classify, discover: three things that a recurrent network does with a sequence."""

from pages.recurrent.predict.classify.section import section_class
from pages.recurrent.predict.discover import section_discover
from pages.recurrent.predict.next_value.section import section_next
from pages.recurrent.predict.task import choose
from ui.layout import notation_table, paragraphs
from ui.texts import lesson_text

task = choose()
paragraphs(lesson_text("predict", "intro"))
notation_table("predict")

{"next": section_next, "class": section_class, "discover": section_discover}[task]()
