"""What all page tests share."""

import pytest
from streamlit.runtime.scriptrunner import script_runner


@pytest.fixture(scope="session", autouse=True)
def without_keras_s_session():
    """Streamlit ends Keras's session after every run of a page, where Keras has been imported.

    The server never imports it, but other tests in this process may have: most of the time of a
    page's run would go into that.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script_runner, "_clean_problem_modules", lambda: None)
        yield
