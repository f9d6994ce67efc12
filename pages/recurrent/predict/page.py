"""Predict, classify, discover: three things that a recurrent network does with a sequence."""

from pages.recurrent.predict import task as predict_task
from ui.layout import notation_table, paragraphs
from ui.texts import lesson_text

task = predict_task.choose()
paragraphs(lesson_text("predict", "intro"))
notation_table("predict")

predict_task.section(task)
