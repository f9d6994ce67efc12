# Needs Python 3.11, 3.12 or 3.13 and make. Another Python: make run PYTHON=/path/to/python3.12
.PHONY: run class test test-all bench lock set-up set-up-dev

ifndef PYTHON
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
  && echo $$p && break; done)
endif
IN_VENV = .venv/bin/python
PYTEST ?= -n 2

# Keras starts three times as fast from bytecode, which some environments forbid to keep.
unexport PYTHONDONTWRITEBYTECODE

run: set-up
	$(IN_VENV) -m streamlit run app.py

class: set-up
	$(IN_VENV) tools/classroom.py

test-all: PYTEST += -m "slow or not slow"

test test-all: set-up-dev
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m pyright
	@if test -e node_modules/.bin/eslint; then $(IN_VENV) tools/node.py npm run --silent check; \
	  else echo "The JavaScript is not linted: the set-up could not reach npm's registry."; fi
	$(IN_VENV) tools/node.py npm test --silent
	$(IN_VENV) -m pytest $(PYTEST)

bench: set-up-dev
	@$(IN_VENV) -m pip install --disable-pip-version-check --quiet \
	  -r requirements-bench.txt || echo "PyTorch could not be installed; its column stays empty."
	$(IN_VENV) -m benchmarks

# The newest of everything that is not pinned: make lock OPTIONS=--upgrade
LOCK = $(IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-annotate --custom-compile-command "make lock" $(OPTIONS)

lock: set-up-dev
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) -c requirements.lock requirements-dev.txt -o requirements-dev.lock
	$(LOCK) -c requirements.lock requirements-image.txt -o requirements-image.lock

set-up set-up-dev:
	@test -n "$(PYTHON)" || { echo "Pangloss needs Python 3.11, 3.12 or 3.13; none was found."; exit 1; }
	@$(PYTHON) tools/set_up.py $(if $(findstring dev,$@),--dev)
