"""The wall of a class: each run, the middle of all, the best, the strangest, in both languages."""

from pathlib import Path

import streamlit as st

from core.events import Failed
from tests import class_runs
from tests.class_runs import class_run
from tests.pages.lesson import checked, component, downloads, figure, is_drawn, notices, opened
from ui.notices import plain

PAGE = Path(__file__).with_name("page_of_wall.py")


def said(at):
    return [markdown.value for markdown in at.markdown]


def plane(at):
    at.button_group(key="wall.view").set_value("plane")
    return checked(at.run())


def test_it_says_how_the_runs_stand_and_which_to_look_at():
    at = opened(PAGE, lang="en")
    assert said(at) == [
        plain(sentence)
        for sentence in (
            "Runs that have ended: 4 of 6. Held-out RMSE: median 0.3, the middle half from "
            "0.2 to 0.8.",
            "★ Best: Zadig, 0.1.",
            "◆ Strangest: Memnon. Its curve is farthest from the median of all: on average "
            "16.9 robust standard deviations.",
        )
    ]
    drawn = figure(at, "wall.curves")
    assert drawn["layout"]["title"]["text"] == "Held-out RMSE of 6 runs, all on the same axes"
    assert [note["text"] for note in drawn["layout"]["annotations"]] == [
        *("Candide", "0.3", "Cunégonde", "0.2", "<b>★ Zadig</b>", "0.1"),
        *("<b>◆ Memnon</b>", "3", "Babouc", "0.8", "Cacambo", "waiting"),
        "updates 0 – 30 · held-out RMSE 0.1 – 3",
    ]
    names = [trace["name"] for trace in drawn["data"] if "name" in trace]
    assert names == ["the middle half", "median of all", "last value"]
    assert component(at, "wall.curves")["alt"].endswith("the middle half from 0.2 to 0.8.")


def test_it_speaks_french_and_hides_the_names():
    at = opened(PAGE, lang="fr", anonymous="yes")
    assert said(at) == [
        plain(sentence)
        for sentence in (
            "Apprentissages terminés\u00a0: 4 sur 6. RMSE hors entraînement\u00a0: médiane 0,3, "
            "la moitié centrale de 0,2 à 0,8.",
            "★ Le meilleur\u00a0: Élève 3, 0,1.",
            "◆ Le plus étrange\u00a0: Élève 4. Sa courbe est la plus éloignée de la médiane de "
            "toutes\u00a0: en moyenne 16,9 écarts types robustes.",
        )
    ]
    at = plane(at)
    shown = "".join(map(str, (*said(at), figure(at, "wall.plane"))))
    assert "Élève 1" in shown
    assert not any(name in shown for name in ("Candide", "Memnon", "Zadig"))


def test_the_plane_has_the_axes_that_one_chooses_and_names_who_is_not_in_it():
    at = plane(opened(PAGE, lang="en"))
    assert not is_drawn(at, "wall.curves")
    drawn = figure(at, "wall.plane")
    assert drawn["layout"]["title"]["text"] == "5 runs: held-out RMSE against Cell"
    assert drawn["layout"]["xaxis"]["ticktext"] == ["RNN", "LSTM", "GRU"]
    assert [trace["name"] for trace in drawn["data"]] == ["RNN", "LSTM", "GRU"]
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["last value"]
    assert at.caption[0].value == plain("Not drawn, since they lack one of the two: Cacambo.")
    at.selectbox(key="wall.x").set_value("config.units")
    at.selectbox(key="wall.y").set_value("train_s")
    drawn = figure(checked(at.run()), "wall.plane")
    assert drawn["layout"]["title"]["text"] == "6 runs: seconds of training against Units"
    assert drawn["data"][2]["x"] == [32.0, 64.0]
    assert drawn["data"][2]["text"][0] == "<b>Zadig</b><br>Units 32<br>seconds of training 6"


def test_a_run_that_failed_stays_and_says_why(monkeypatch):
    why = Failed("The run needs more than {limit:g} MB of memory; that is the limit.", {"limit": 9})
    runs = [class_run(1, [0.9, 0.5]), class_run(2, [0.8], "failed", failure=why)]
    monkeypatch.setattr(class_runs, "six_runs", lambda: runs)
    at = opened(PAGE, lang="en")
    drawn = figure(at, "wall.curves")
    assert [note["text"] for note in drawn["layout"]["annotations"]][:4] == [
        *("<b>★ Candide</b>", "0.5", "Cunégonde", "failed"),
    ]
    assert said(at)[0].startswith(plain("Runs that have ended: 2 of 2."))
    assert said(at)[-1] == plain(
        "✗ Failed: Cunégonde. The run needs more than 9 MB of memory; that is the limit."
    )
    at = opened(PAGE.with_name("page_of_taking.py"), lang="fr")
    checked(at.button(key="class.report").click().run())
    [html, table, _answers] = [content for *_about, content in at.session_state["class.taken"]]
    assert "✗ Échec\u00a0: Élève 2. " in html
    assert ",failed,The run needs more than 9 MB" in table


def test_the_best_is_opened_in_its_lesson_with_its_settings(monkeypatch):
    at, gone = opened(PAGE, lang="en"), []
    monkeypatch.setattr(st, "switch_page", lambda _page, query_params: gone.append(query_params))
    checked(at.button(key="wall.open.run-3").click().run())
    assert gone == [{"job": "run-3", "data": "sine", "seed": "3"}]


def test_before_the_first_run_there_is_a_sentence():
    at = opened(PAGE, lang="en", empty="yes")
    assert notices(at) == [
        "No run of this lesson yet. Each student's is here as soon as it is asked for."
    ]


def test_the_report_and_its_tables_are_made_when_one_asks_for_them():
    at = opened(PAGE.with_name("page_of_taking.py"), lang="fr")
    assert downloads(at) == []
    checked(at.button(key="class.report").click().run())
    assert downloads(at) == ["Compte rendu (HTML)", "Apprentissages (CSV)", "Réponses (CSV)"]
    [html, runs, answers] = [content for *_about, content in at.session_state["class.taken"]]
    assert '<html lang="fr">' in html
    assert "Le plus étrange\u00a0: Élève 4." in html
    assert runs.startswith("\ufeffstudent,lesson,run,state,failure,seed")
    assert runs.splitlines()[1].startswith("Élève 1,next-value,run-1,finished,,1,2.0,test_rmse,0.3")
    assert answers == "\ufeffquestion,answer,count,runs\r\nWhich?,a,2,\r\n"
