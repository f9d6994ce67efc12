"""Every lesson is rendered in a process of its own, which must not have imported TensorFlow."""

import subprocess
import sys
from pathlib import Path

from ui.course import LESSONS

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import sys
from functools import cache
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from ui.course import LESSONS

# Which packages have components is looked up for each page anew, as a server does once.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
for lesson in LESSONS.values():
    at = AppTest.from_file(str(lesson.file), default_timeout=120)
    at.query_params["lang"] = "fr"
    at.run()
    print(lesson.name, [e.message for e in at.exception])
unwanted = {"keras", "skimage", "sklearn", "tensorflow"}
print(sorted({name.split(".")[0] for name in sys.modules} & unwanted))
"""


def test_no_lesson_imports_tensorflow_or_scikit_learn_into_the_server():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *lessons, imported = done.stdout.splitlines()
    assert len(lessons) == len(LESSONS)
    assert [line for line in lessons if not line.endswith(" []")] == []
    assert imported == "[]"
