"""What is taken away of a class: no cell of it is computed, no word of it becomes markup."""

import csv
import io
import re
from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.classes.asked import Asked
from core.classes.sheet import answers_csv, runs_csv
from tests.class_runs import class_run, six_runs
from ui.frame.classes.wall.lesson_runs import LessonRuns
from ui.frame.classes.wall.report import report

# Any text but surrogates; control characters, too.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
EVIL = [
    "=1+1",
    "+A1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "  =1",
    "\r=1",
    "＝1",
    "|cmd",
    "<script>alert(1)</script>",
]
EVIL += [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt;",
    "a,b\nc",
]


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


def harmless(cell):
    return not re.match(r"[ \u00a0]*[=+\-@＝＋－＠|%\t\r\n\0]", cell) or _is_number(cell)


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return cell == cell.strip() and not cell.startswith("+")


@given(WORDS, WORDS)
@example("=1+1", "-2+3")
def test_no_cell_of_a_class_is_a_formula_and_no_word_is_lost(name, answer):
    runs = [class_run(1, [-0.5, -0.25], pseudonym=name, data=answer), class_run(2, [1.0])]
    head, first, second = read(runs_csv(runs, lambda run: run.pseudonym))
    assert all(map(harmless, (*head, *first, *second)))
    cell = dict(zip(head, first, strict=True))
    assert cell["student"] in (name, f"'{name}")
    assert cell["config.data"] in (answer, f"'{answer}")
    assert (cell["reached"], cell["metric.test_rmse"], cell["seed"]) == ("-0.25", "-0.25", "1")
    rows = read(answers_csv([Asked(name, [(answer, 3)], [(answer, 2)])]))
    assert rows[0] == ["question", "answer", "count", "runs"]
    assert all(map(harmless, rows[1]))
    assert rows[1][2:] == ["3", "2"]


def test_each_known_beginning_of_a_formula_gets_an_apostrophe():
    for words in EVIL[:9]:
        [_head, row] = read(answers_csv([Asked(words, [("yes", 1)])]))
        assert row == [f"'{words}", "yes", "1", ""]


class Tags(HTMLParser):
    """The tags of a file, the handlers among their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.handlers, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.handlers += [name for name, _value in attrs if name.startswith("on")]
        self.handlers += [value for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data):
        self.texts.append(data)


def test_what_was_written_is_text_in_the_report():
    def tags(words):
        runs = [class_run(i, [1.0, 0.5], pseudonym=words) for i in range(1, 7)]
        of = LessonRuns.of(runs, "next-value", anonymous=False)
        return Tags(report(words, words, [Asked(words, [(words, 1)], [(words, 1)])], of))

    harmless = tags("plain")
    for words in EVIL:
        found = tags(words)
        assert (found.tags, found.handlers) == (harmless.tags, [])


@given(WORDS)
@settings(max_examples=50, deadline=None)
def test_any_question_is_text_in_the_report(words):
    found = Tags(report(words, words, [Asked(words, [(words, 1)])], None))
    assert found.tags.count("script") == 0
    assert found.tags == Tags(report("a", "a", [Asked("a", [("a", 1)])], None)).tags
    assert found.handlers == []


def test_the_report_brings_its_script_and_fetches_nothing():
    text = report("Next", "3B", [], LessonRuns.of(six_runs(), "next-value", anonymous=True))
    assert "default-src 'none'" in text
    assert text.count("<script") == 3  # Plotly, and each figure's
    assert not re.search(r"<(script|link|img|iframe)[^>]*(src|href)=", text)
    assert "Student 4" in text
    assert "Memnon" not in text
