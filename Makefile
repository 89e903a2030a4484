# The two commands of the README: `make demo` and `make test`.
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8000
QUERY ?= قوات سوريا الديمقراطية
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types unit wheel lock clean

# What is pinned with hashes is installed; the project itself comes last, editable and without dependencies.
$(VENV)/runtime: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
