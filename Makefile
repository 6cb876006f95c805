# casekit: every command sets itself up. `make demo` and `make test` are all that is needed.
SHELL := /bin/sh
PYTHON ?= $(shell for candidate in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$candidate >/dev/null 2>&1 && $$candidate -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] <= (3,14))' 2>/dev/null \
	&& { echo $$candidate; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# One more than there are cores: while a test waits for a browser, a disk or a limit of time, another one works.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
STARTED := $(shell date +%s)
PYTEST = CASEKIT_STARTED=$(STARTED) PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --no-loadscope-reorder --max-worker-restart=0

# Compiled modules are kept, whatever the shell says: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check lab lint bench notebooks lock clean

help:
	@echo "make demo       corrige une classe simulée et dit où regarder"
	@echo "make test       lance tous les tests"
	@echo "make check      vérifie l’essentiel en une à deux minutes : style, types, tests rapides, 20 variantes"
	@echo "make lab        ouvre JupyterLab en français sur un dossier d’étude"
	@echo "make lint       vérifie le style et les types"
	@echo "make bench      mesure les performances"
	@echo "make notebooks  récrit les notebooks à partir de leurs textes"

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11, 3.12, 3.13 ou 3.14 (sous Debian : sudo apt install python3)."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Il manque le module venv de $(PYTHON) (sous Debian ou Ubuntu : sudo apt install $(notdir $(PYTHON))-venv), puis relancez make."; exit 1; }
	@echo "Préparation de l’environnement (une seule fois, quelques minutes)…"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/casekit demo

test: $(READY)
	@$(PYTEST) --durations=10

check: lint
	@CASEKIT_VARIANTS=20 $(PYTEST) -q -m "not slow" -o faulthandler_timeout=300

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lab: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/casekit lab build/etude

bench: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m benchmarks

notebooks: $(READY)
	@$(BIN)/python -m autograder.authoring.twins notebooks/*/*.md

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock

clean:
	rm -rf build $(VENV)
