# Every target sets up what it needs; `make` alone lists them.

PYTHON ?= python3
# pyenv's python3.13 runs only where pyenv is told to use 3.13.
RUN_PYTHON := $(if $(filter python3.%,$(PYTHON)),PYENV_VERSION=$(PYTHON:python%=%) )$(PYTHON)
VERSION_OF := -c 'import sys; print("%d.%d" % sys.version_info[:2])'
PYTHON_VERSION := $(shell $(RUN_PYTHON) $(VERSION_OF) 2>/dev/null)
# PYTHON=... gets a separate virtual environment.
VENV := .venv$(if $(filter file,$(origin PYTHON)),,-$(PYTHON_VERSION))
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
REDOCLY := @redocly/cli@2.77.0
PRISM := @stoplight/prism-cli@5.16.0
REDOC := redoc-2.5.4
SPHINX := $(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --define redoc=$(CURDIR)/build/$(REDOC).tgz

# pip's constraints apply to the build backend too, so that every version is pinned.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Uses the virtual environment's node. No other target has the environment first on its path.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NPX := $(WITH_NODE) npx --yes

.DEFAULT_GOAL := help

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(STAMP) ## Back up a folder, lose files, restore them, compare every byte
	@$(BIN)/python demo/restore_a_backup.py

.PHONY: test
test: $(STAMP) ## Run every test, or what TESTS="..." tells pytest
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal $(TESTS)

.PHONY: coverage
coverage: $(STAMP) ## Run every test and measure coverage of overlay and emulator: at least 95 %
	$(BIN)/python -m pip install --quiet --group coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses=auto --dist=worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

.PHONY: contract
contract: $(STAMP) ## Check the emulator against openapi.yaml over TCP: schemathesis, all phases, all checks
	$(BIN)/python -m pip install --quiet --group contract
	$(BIN)/python -m tests.contract.over_tcp
	$(WITH_NODE) $(BIN)/python -m tests.contract.through_prism $(PRISM)

.PHONY: mutants
mutants: $(STAMP) ## Break the code and the document on purpose, and print which test notices
	$(BIN)/python -m tests.mutants

.PHONY: corruptions
corruptions: $(STAMP) ## Damage what a drill restores in every way we know, and see that it notices
	$(BIN)/python -m tests.drill.corruptions

.PHONY: bench
bench: $(STAMP) ## Measure speed, as ratios to the possible optimum
	$(BIN)/python -m bench

.PHONY: emulator
emulator: $(STAMP) ## Run the emulator at http://127.0.0.1:8774 until Ctrl-C
	@$(BIN)/cloud-backup-emulator

.PHONY: generate
generate: $(STAMP) ## Regenerate generated/, the sync client and the table of emulated operations
	$(BIN)/python generator/generate.py
	$(BIN)/python generator/portable.py
	$(BIN)/python generator/derive_sync.py
	$(BIN)/python generator/report_schema.py
	$(BIN)/python emulator/write_table.py

.PHONY: format
format: $(STAMP) ## Format the hand-written code
	$(BIN)/ruff format
	$(BIN)/ruff check --fix-only --exit-zero

.PHONY: check
check: check-style check-types check-imports check-generated check-spec ## Check format, lint, types, imports, generated code and spec

.PHONY: check-style
check-style: $(STAMP) ## Check formatting and lint
	$(BIN)/ruff format --check
	$(BIN)/ruff check

.PHONY: check-types
check-types: $(STAMP) ## Check types with mypy and pyright
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

.PHONY: check-imports
check-imports: $(STAMP) ## Check which module imports which
	$(BIN)/lint-imports

.PHONY: check-generated
check-generated: $(STAMP) ## Check that generated files are up to date
	$(BIN)/python generator/generate.py --check
	$(BIN)/python generator/portable.py --check
	$(BIN)/python generator/derive_sync.py --check
	$(BIN)/python generator/report_schema.py --check
	$(BIN)/python emulator/write_table.py --check

.PHONY: check-newest-generator
check-newest-generator: $(STAMP) ## Check the templates with the newest openapi-python-client
	@PYTHONPATH=generator $(BIN)/python -m tests.generated.newest_generator

.PHONY: check-spec
check-spec: $(STAMP) ## Validate openapi.yaml, and lint it with Redocly's recommended rules
	$(BIN)/openapi-spec-validator openapi.yaml
	$(NPX) $(REDOCLY) lint --config .redocly.yaml --max-problems=1000 openapi.yaml

.PHONY: check-contract
check-contract: $(STAMP) ## Find breaking changes of openapi.yaml since the last release (needs go)
	$(BIN)/python contract/check.py

.PHONY: check-api
check-api: $(STAMP) ## The public Python names against those last released: what breaks callers
	$(BIN)/python contract/check_api.py

.PHONY: clients
clients: $(STAMP) ## Generate, compile and run clients in other languages; LANGUAGES="go java" selects some
	$(BIN)/python -m pip install --quiet --group clients
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python clients/run.py $(LANGUAGES)

.PHONY: docs
docs: build/docs.installed ## Build the documentation in build/docs, and check its links
	$(BIN)/mypy docs
	$(SPHINX) --builder html docs build/docs
	$(BIN)/python docs/check_links.py build/docs

.PHONY: check-links
check-links: build/docs.installed ## Check the external links of the documentation
	$(SPHINX) --builder linkcheck docs build/links

build/docs.installed: $(STAMP)
	$(BIN)/python -m pip install --quiet --group docs
	mkdir -p build
	$(WITH_NODE) npm pack --silent --pack-destination build $(subst -,@,$(REDOC))
	@touch $@

.PHONY: dist
dist: $(STAMP) ## Build the distributions, install the wheel alone, and run the demo from it
	rm -rf dist build/installed
	$(BIN)/python -m pytest --quiet tests/unit/test_distributions.py
	$(BIN)/python -m hatchling build --directory dist
	$(RUN_PYTHON) -m venv build/installed
	build/installed/bin/python -m pip install --quiet dist/*.whl
	build/installed/bin/python -I -c 'import cloud_backup; print("installed alone:", cloud_backup.CloudBackup, cloud_backup.__version__)'
	build/installed/bin/python -m pip install --quiet "$$(echo dist/*.whl)[cli,emulator]"
	build/installed/bin/python -m pip check
	build/installed/bin/cloud-backup --version
	build/installed/bin/python -I demo/restore_a_backup.py

.PHONY: release
release: ## Prepare a release: make release VERSION=0.2.0 (needs go)
	@.ci/release $(VERSION)

.PHONY: clean
clean: ## Remove everything that the other targets created
	rm -rf .venv* build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# If its Python is gone or has changed, the virtual environment is rebuilt.
ifneq ($(shell $(BIN)/python $(VERSION_OF) 2>/dev/null),$(PYTHON_VERSION))
.PHONY: $(STAMP)
endif

$(STAMP): pyproject.toml constraints.txt
	$(RUN_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.11")'
	$(RUN_PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev --editable '.[cli,emulator]'
	@touch $@
