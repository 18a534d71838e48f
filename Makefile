# `make` sets up and builds the decks and sheets; `make test` sets up and runs every test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two cores are busy with four: while one waits for a browser or a disk, another runs.
WORKERS ?= 4
TESTS ?= tests
# Where it is set, nothing compiled is kept: each worker and each program that a test starts would compile all again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: all build test test-long test-busy test-oldest test-newest constraints lint pictures docs locale bench clean
# Two recipes at a time would install into one environment at once.
.NOTPARALLEL:

all: build

build: $(VENV)/installed
	$(BIN)/deckgen build

test: $(VENV)/installed-for-tests lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long" $(TESTS)

# Minutes: random histories in Anki, random quizzes on paper, laws with twenty times the examples, older releases of Anki.
test-long: $(VENV)/installed-for-tests
	DECKGEN_EXAMPLES=20 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "long or hypothesis" $(TESTS)
	$(BIN)/python tools/older_anki.py

# Three times, while other processes keep all cores busy: a test that waits for time instead of what is seen falls.
test-busy: $(VENV)/installed-for-tests
	$(BIN)/python tools/busy.py 3 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long" $(TESTS)

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

# What users may have: the lowest versions that pyproject.toml allows, and the newest. FEW=1 runs the commands, the wheel,
# printed pages and what a browser shows, which is where dependencies are met.
FEW_TESTS := tests/cli tests/packaging tests/text tests/sheet tests/live/test_serve.py tests/web/test_pages.py
test-oldest test-newest: test-%:
	@$(PYTHON) tools/environment.py .venv-$* --tests --versions $*
	.venv-$*/bin/python -m pytest -n $(WORKERS) --dist worksteal -m "not long" $(if $(FEW),$(FEW_TESTS),$(TESTS))

# constraints.txt, and the versions in tests/web-tools/package.json.
constraints: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group constraints
	$(BIN)/python tools/constraints.py

$(VENV)/installed: $(BIN)/python pyproject.toml constraints.txt tools/environment.py
	@$(PYTHON) tools/environment.py $(VENV)

$(VENV)/installed-for-tests: $(BIN)/python pyproject.toml constraints.txt tools/environment.py \
		tools/install_test_tools.py tests/web-tools/package.json
	@$(PYTHON) tools/environment.py $(VENV) --tests

# Where there is none, or the system's Python that it stands for is gone, the environment is made anew.
$(BIN)/python:
	@rm -rf $(VENV)

# How long things take, as ratios within one run; add BENCH=--large for ten times as many notes.
bench: $(VENV)/installed-for-tests
	$(BIN)/python bench/run.py --json bench/results.json $(BENCH)

clean:
	rm -rf $(VENV) .venv-oldest .venv-newest dist .deckgen .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
