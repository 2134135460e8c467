# Every target sets up what it needs; `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
REDOCLY := @redocly/cli@2.77.0

# pip's constraints hold for the build backend too, so that nothing is fetched at a version of the day.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# node comes from the virtual environment where the machine has none.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(STAMP) ## Start the emulator, restore a backup, print the report
	@$(BIN)/python demo/restore_a_backup.py

.PHONY: test
test: $(STAMP) ## Run every test
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

.PHONY: emulator
emulator: $(STAMP) ## Run the emulator at http://127.0.0.1:8774 until Ctrl-C
	@$(BIN)/cloud-backup-emulator

.PHONY: generate
generate: $(STAMP) ## Make generated/ and the sync client anew from openapi.yaml and the async client
	$(BIN)/python generator/generate.py
	$(BIN)/python overlay/derive_sync.py

.PHONY: format
format: $(STAMP) ## Format the hand-written code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix-only --exit-zero

.PHONY: check
check: check-style check-types check-imports check-generated check-spec ## Format, lint, types, imports, generated code, spec

.PHONY: check-style
check-style: $(STAMP) ## Formatting and lint
	$(BIN)/ruff format --check
	$(BIN)/ruff check

.PHONY: check-types
check-types: $(STAMP) ## Types, by mypy and pyright
	$(BIN)/mypy
	$(BIN)/pyright

.PHONY: check-imports
check-imports: $(STAMP) ## Who may import whom
	$(BIN)/lint-imports

.PHONY: check-generated
check-generated: $(STAMP) ## Whether generated code is what the generator makes now
	$(BIN)/python generator/generate.py --check
	$(BIN)/python overlay/derive_sync.py --check

.PHONY: check-spec
check-spec: $(STAMP) ## openapi.yaml: valid, and clean under Redocly's recommended rules
	$(BIN)/openapi-spec-validator openapi.yaml
	npx --yes $(REDOCLY) lint --max-problems=1000 openapi.yaml

.PHONY: clean
clean: ## Remove what the other targets made
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev --editable '.[emulator]'
	@touch $@
