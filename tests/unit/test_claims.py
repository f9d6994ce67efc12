"""What a lesson says of several seeds is what was recorded of them."""

import json
from pathlib import Path

import pytest

from benchmarks.record_claims import CLAIMS, FILE, SEEDS

TEXTS = Path(__file__).parents[2] / "assets" / "texts"
RECORDED = json.loads(FILE.read_text("utf-8"))
SAID = [
    ("lstm-autoencoder-shifted", "lstm-autoencoder/try.md", ["pca_auc", "pca_best_auc"]),
    (
        "denoising-autoencoder",
        "denoising-autoencoder/more.md",
        ["wiener_psnr_db", "best_pca_psnr_db"],
    ),
    ("sparse-autoencoder", "sparse-autoencoder/curve.md", ["pca_mse"]),
]


def test_each_claim_was_recorded_with_all_its_seeds_and_its_settings():
    assert set(RECORDED) == set(CLAIMS) == {claim for claim, _file, _rivals in SAID}
    for name, of in RECORDED.items():
        claim = CLAIMS[name]
        assert of["seeds"] == SEEDS and of["settings"] == dict(claim.settings)
        assert set(of["ahead"]) == set(claim.rivals)


@pytest.mark.parametrize(("claim", "file", "rivals"), SAID)
def test_the_lesson_says_in_how_many(claim, file, rivals):
    for rival in rivals:
        ahead = RECORDED[claim]["ahead"][rival]
        english, french = (
            " ".join((TEXTS / language / file).read_text("utf-8").split())
            for language in ("en", "fr")
        )
        assert f"in {ahead} of {SEEDS}" in english
        assert f"{ahead} fois sur {SEEDS}" in french.replace("\u00a0", " ")
