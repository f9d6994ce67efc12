"""The confusion matrix of a classifier, as every lesson shows it."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from core.figures.recurrent.classification import confusion_matrix
from ui.components.charts import live_plot, look
from ui.texts import _, percent


def confusion_chart(
    confusion: np.ndarray, classes: Sequence[str], *, key: str, height: int, room: float = 0.0
):
    """Counts of held-out sequences, int (true, predicted), titled by the most frequent mistake.

    height, room: as of ``live_plot``.
    """
    mistakes = confusion - np.diag(np.diag(confusion))
    title = _("No mistake")
    if mistakes.any():
        i, j = (int(place) for place in np.unravel_index(mistakes.argmax(), mistakes.shape))
        title = _("Most often {true} is called {said}").format(true=classes[i], said=classes[j])
    right = ", ".join(
        f"{name}: {percent(confusion[i, i] / max(1, confusion[i].sum()), 1)}"
        for i, name in enumerate(classes)
    )
    about = _("Held-out sequences by class; right of each: {right}.").format(right=right)
    figure = partial(
        confusion_matrix,
        look(title, _("the network says"), _("it is"), f"{title}. {about}"),
        confusion,
        classes,
        hover=_("{true}, called {said}: {count}"),
    )
    live_plot(figure, key=key, height=height, room=room)
