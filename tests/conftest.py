"""What all tests share."""

import os

from hypothesis import settings

# One thread each: several workers whose libraries all take every core wait for one another, and the
# whole takes half as long again. Nothing has imported NumPy or Keras yet.
for name in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
):
    os.environ.setdefault(name, "1")

# A busy machine is no failure: nothing here is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
