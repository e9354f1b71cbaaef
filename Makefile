# All the set-up there is: `make demo` and `make test` need python3 (3.11 or newer), pip and make, and no rights.
# Debian's python3 comes without ensurepip, so the environment is made without pip and filled by the system's.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUES := $(wildcard tui/i18n/locales/*/LC_MESSAGES/*.po)
SUBJECTS ?=
FAULTS ?= long

# Where it is set (in many images), every program that the tests start, some thousands, is compiled anew: four times as
# long until it runs.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: demo test lint faults format bench bench-million catalogues picture

demo: $(VENV)/installed
	$(BIN)/kartoteka demo

test: lint
	$(BIN)/pytest -n 3 --maxschedchunk 1

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# The store hurts itself for hours; ends with a table of what was tried. What every change must pass is in `make test`.
# FAULTS=short: those figures; FAULTS="long -k kill": a part.
faults: $(VENV)/installed-dev
	$(BIN)/python -m tests.faults $(FAULTS)

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# One subject alone: make bench SUBJECTS=find
bench: $(VENV)/installed-dev
	$(BIN)/python -m tests.bench $(SUBJECTS)

# The same with 1,000,000 clients: half an hour to make the store, 6 GB of disk, then as long to measure.
bench-million: $(VENV)/installed-dev
	$(BIN)/python -m tests.bench --million $(SUBJECTS)

# Texts of the program into the catalogues; what is new there waits for its translation.
catalogues: $(VENV)/installed-dev
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword N_ --no-wrap --add-location file \
	    --project Kartoteka --output $(VENV)/kartoteka.pot tui
	$(BIN)/pybabel --quiet update --domain kartoteka --input-file $(VENV)/kartoteka.pot --output-dir tui/i18n/locales \
	    --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel --quiet compile --domain kartoteka --directory tui/i18n/locales

# The picture of the screen in the README, taken from the program.
picture: $(VENV)/installed-dev
	$(BIN)/python -m tests.picture

$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

# The stamps: a second call installs nothing, a changed catalogue or dependency does. Installing compiles the catalogues.
$(VENV)/installed: pyproject.toml $(CATALOGUES) | $(BIN)/python
	$(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install --editable .
	touch $@

$(VENV)/installed-dev: pyproject.toml $(CATALOGUES) | $(BIN)/python
	$(PYTHON) -m pip --quiet --disable-pip-version-check --python $(BIN)/python install --editable '.[dev]'
	touch $(VENV)/installed $@
