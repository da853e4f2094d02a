# What a person types. Everything is installed into this clone; `make help` lists the words.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SETUP = $(PYTHON) ops/bootstrap/bootstrap.py
FRONTEND := webshop/frontend
NPM = $(PYTHON) ops/bootstrap/npm.py $(FRONTEND)
# Tests that need no stack share the processors (tests/unit/conftest.py).
TWO_AT_A_TIME := -n 2 --dist loadscope --no-loadscope-reorder
STATE := $(or $(SHOPNOW_HOME),.shopnow)

# Compiled Python modules are kept, whatever the shell says: Airflow starts twice as fast.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast resilience messages lint up down status clean

help: ## this list
	@echo "ShopNow+: an online shop and the data platform behind it."
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## install everything into this clone; safe to repeat and to interrupt
	@$(SETUP)

demo: ## set up, start the stack, fill it, run the main job, show the results
	@$(SETUP) --for demo
	@$(BIN)/shopnow demo

test: ## every test; starts its own stack beside yours
	@$(SETUP) --for test
	@$(NPM) run --silent test
	@$(BIN)/pytest -q $(TWO_AT_A_TIME) tests/unit tests/component
	@$(BIN)/pytest -q tests/integration tests/resilience

test-fast: ## the quick ones of the tests that need no running stack
	@$(SETUP)
	@$(NPM) run --silent test
	@$(BIN)/pytest -q $(TWO_AT_A_TIME) -m "not slow" tests/unit tests/component

resilience: ## the long forms of tests/resilience, on the stack that is up
	@$(BIN)/python -m tests.resilience.chaos
	@$(BIN)/python -m tests.resilience.oversell

messages: ## bring new texts into the catalogues of translations, for translators
	@for part in reporting/daily_report webshop/sandbox_gateway; do \
	  pot=$$(mktemp) && $(BIN)/pybabel -q extract -F pyproject.toml -c Translators: -s \
	    --add-location=file --sort-by-file -o $$pot $$part && \
	  $(BIN)/pybabel -q update -i $$pot -d $$part/locale -l fr --ignore-obsolete \
	    --no-fuzzy-matching --ignore-pot-creation-date; code=$$?; rm -f $$pot; \
	  test $$code = 0 || exit $$code; \
	done

lint: ## style, spelling, types and import rules, Python and TypeScript
	@$(SETUP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy
	PYTHONPATH=plugins $(BIN)/lint-imports
	@$(NPM) run lint
	@$(NPM) run typecheck

up: ## start the stack, or what is missing of it
	@$(SETUP)
	@$(BIN)/shopnow up

down: ## stop every process of the stack; all data stays
	@$(BIN)/shopnow down

status: ## what runs, where, and with how much memory
	@$(BIN)/shopnow status

clean: ## stop the stack and remove its data, settings and logs
	@if [ -x $(BIN)/shopnow ] && [ -d "$(STATE)" ]; then $(BIN)/shopnow down; fi
	@echo "Removing the stack's data, settings and logs in $(STATE)"
	@cd "$(STATE)" 2>/dev/null && rm -rf settings.env conf data logs run airflow data_docs validation_results reports || true
	@rmdir "$(STATE)" 2>/dev/null || true
