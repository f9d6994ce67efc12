"""Record the classic Keras recipe for addition, to which the calculator's runs are compared.

    python -m benchmarks.record_calculator

It ends when 99 answers in 100 are right on held-out questions.
"""

import json

from benchmarks.__main__ import made_by
from benchmarks.classic_recipe import DIGITS, EXAMPLES, TEST, train
from core.experiments.calculator.recorded import FILE

GOAL, MOST_S = 0.99, 1500.0


def main() -> None:
    curve = []
    for train_s, exact_match in train(GOAL, MOST_S):
        curve.append((round(train_s, 2), round(exact_match, 4)))
        print(*curve[-1], flush=True)
    seconds, exact = zip(*curve, strict=True)
    said = {
        "card": {
            **made_by("benchmarks.record_calculator"),
            "recipe": "one-hot input reversed, LSTM 128, RepeatVector, LSTM 128, Dense; Adam 1e-3",
            "examples": EXAMPLES,
            "batch_size": 32,
            "digits": DIGITS,
            "test": TEST,
        },
        "train_s": seconds,
        "exact_match": exact,
    }
    FILE.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
