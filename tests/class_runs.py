"""Runs of a class, invented: for tests that need many of them at once."""

from core.store.classes.wall import ClassRun

NAMES = ("Candide", "Cunégonde", "Zadig", "Memnon", "Babouc", "Cacambo")


def class_run(pupil, losses, state="finished", **more):
    """A run of the lesson on the next value. more: of ClassRun, or of its config."""
    about = {
        "pseudonym": NAMES[(pupil - 1) % len(NAMES)],
        "run": f"run-{pupil}",
        "lesson": "next-value",
        "metrics": {"test_rmse": losses[-1]} if losses else {},
        "steps": [10.0 * (place + 1) for place in range(len(losses))],
        "curve": "test_rmse",
        "train_s": 2.0 * pupil,
        "references": {"baseline_last_value": 0.5},
    }
    config = {name: more.pop(name) for name in list(more) if name not in ClassRun.__annotations__}
    about["config"] = {"data": "sine", "cell": "gru", "units": 8, "seed": pupil, **config}
    return ClassRun(pupil, losses=losses, state=state, **{**about, **more})


def six_runs():
    """Runs of six pupils: Memnon's is far from the others, Babouc has just begun, Cacambo waits."""
    return [
        class_run(1, [0.9, 0.5, 0.30], cell="rnn", units=8),
        class_run(2, [0.8, 0.4, 0.20], cell="lstm", units=16),
        class_run(3, [0.7, 0.3, 0.10], cell="gru", units=32),
        class_run(4, [3.0, 3.0, 3.00], cell="gru", units=64),
        class_run(5, [0.8], "under way", cell="rnn", units=16),
        class_run(6, [], "waiting", cell="lstm", units=8, references={}),
    ]
