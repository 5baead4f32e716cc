# Two commands do all the set-up on a fresh Debian: `make demo` and `make test`.
# `make up` starts the server, worker, desk and deployments for use.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYVER := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
LOCK := requirements/$(PYVER).lock
SEED ?= 1

.PHONY: help system install demo test check suite up bench drill fuzz clean

help:
	@echo "make demo    run the main job from receipt to a sealed pack (SEED=7 for another family)"
	@echo "make test    lint, types, import contracts and every test"
	@echo "make up      start PostgreSQL, the Prefect server, a worker and the desk"
	@echo "make bench   measure speed against the physical limit"

system:
	@sh requirements/system.sh

$(LOCK):
	@echo "Rightsdesk supports Python 3.11, 3.12 and 3.13; this is $(PYVER)." \
	      "Say which to use, for example: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1

$(BIN)/.installed: $(LOCK) pyproject.toml
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing the locked Python packages (once) ..."
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r $(LOCK)
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(BIN)/.installed

demo: system install
	@$(BIN)/rights demo --seed $(SEED)

# The checks use one core for a minute, in which the tests would wait.
test: system install
	@$(MAKE) --no-print-directory -j2 check suite

suite: install
	@$(BIN)/python -m pytest -n 3 --dist loadfile -q

check: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright --level error
	@$(BIN)/lint-imports

up: system install
	@$(BIN)/rights up

# The peers (Splink, recordlinkage, Presidio) live apart: nothing we ship may lean on them.
.venv-bench/.installed: requirements/bench.lock pyproject.toml
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.lock
	@.venv-bench/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

bench: system .venv-bench/.installed
	@.venv-bench/bin/python -m benchmarks

# The whole road on every real-format sample, with a list of what could not be read.
drill: system install
	@RIGHTS_DRILL=1 $(BIN)/python -m pytest -q tests/flows/drill_kills.py tests/walk/test_kills.py tests/redaction/formats/test_shared_documents.py \
	    tests/casework/test_small_road.py tests/cli/drill_demo_rights.py
	@$(BIN)/python -m tests.real_road

# Files cut off, flipped and nested: each is read or says why not (COUNT=2000 SEED=7 for more).
fuzz: system install
	@$(BIN)/python -m tests.redaction.formats.fuzz $(or $(COUNT),400) $(SEED)

clean:
	rm -rf $(VENV) var
