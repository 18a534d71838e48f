# `make` sets up and builds the decks and sheets; `make test` sets up and runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests

.PHONY: all build test test-long lint pictures docs locale bench clean

all: build

build: $(VENV)/installed
	$(BIN)/deckgen build

test: $(VENV)/installed-for-tests lint
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not long" $(TESTS)

# Minutes: random histories in Anki, random quizzes on paper, older releases of Anki.
test-long: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest -n 2 --dist worksteal -m long $(TESTS)
	$(BIN)/python tools/older_anki.py

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The pictures in the README and the guide.
pictures: $(VENV)/installed-for-tests
	$(BIN)/python tools/pictures.py

# The pages of the reference that are made from the code.
docs: $(VENV)/installed
	$(BIN)/python tools/reference.py

# The catalogues of translations, from the words in the code; what is left to translate is listed.
locale: $(VENV)/installed-for-tests
	$(BIN)/python tools/catalogues.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[pdf,live]"
	touch $@

$(VENV)/installed-for-tests: $(VENV)/installed pyproject.toml tools/install_test_tools.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	$(BIN)/python tools/install_test_tools.py
	touch $@

# How long things take, as ratios within one run; add BENCH=--large for ten times as many notes.
bench: $(VENV)/installed
	$(BIN)/python bench/run.py --json bench/results.json $(BENCH)

clean:
	rm -rf $(VENV) dist .deckgen .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
