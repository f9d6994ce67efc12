"""Two predictions about a run, graded by where its codes lie and by which are alive."""

import numpy as np

from core.numeric.autoencoders.variational import share_near_prior
from ui.runs.quiz import Question
from ui.runs.run import Run
from ui.texts import _, number, percent

_MOST = 0.75


def where(share: float) -> str:
    """Where the codes lie of which this share is near the prior, as an answer's name."""
    return "there" if share >= _MOST else "elsewhere"


def _grade_prior(run: Run) -> tuple[str, str]:
    share = share_near_prior(run.epochs[-1].arrays["latent"])
    why = _("With beta {beta} it is {share}, and a code costs {kl} nats.").format(
        beta=number(run.config.beta, 2),
        share=percent(share),
        kl=number(run.epochs[-1].metrics["kl_nats"], 1),
    )
    kind = where(share)
    if run.epochs[-1].metrics["active_dims"] == 0:
        why += " " + _("But all decode to the same image: the code has collapsed.")
    elif kind == "elsewhere":
        why += " " + _(
            "Where you draw, there are few images: what you decode stands for hardly any of them. "
            "Only the KL pulls the codes there, and it counts too little."
        )
    else:
        why += " " + _("The KL has pulled them there: that is what it is for.")
    return kind, why


def alive(active_dims: int, k: int) -> str:
    """How many dimensions are alive, as an answer's name."""
    if active_dims == 0:
        return "none"
    return "all" if active_dims == k else "some"


def _grade_alive(run: Run) -> tuple[str, str]:
    active_dims, k = int(run.epochs[-1].metrics["active_dims"]), run.config.latent_dim
    largest, smallest = (
        number(float(pick(run.epochs[-1].arrays["kl_by_dim"])), 2) for pick in (np.max, np.min)
    )
    why = _(
        "{alive} of {k}: the most telling number costs {largest} nats, the least {smallest}. A "
        "number is used where it saves more nats of reconstruction than beta times its KL costs; "
        "else its posterior becomes the prior and costs nothing."
    ).format(alive=active_dims, k=k, largest=largest, smallest=smallest)
    return alive(active_dims, k), why


QUESTIONS = (
    Question("variational-autoencoder", "prior", _grade_prior),
    Question("variational-autoencoder", "alive", _grade_alive),
)
