# Two commands: `make demo` shows the product, `make test` checks it. Both set
# themselves up. `make help` names the rest.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
# As many test processes as the machine has cores, two where it does not say.
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

.PHONY: help
help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: setup
setup: $(STAMPS)/packages $(STAMPS)/node $(STAMPS)/command ## Make the environment in .venv

$(STAMPS)/environment:
	@$(PYTHON) scripts/check_machine.py
	@$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/packages: $(STAMPS)/environment requirements/dev.txt
	@# The lists are whole: nothing is added to them (--no-deps).
	@echo "Installing the packages the product and its checks need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes --only-binary :all: --no-deps --requirement requirements/dev.txt
	@touch $@

# Node only builds the style sheet. Where the machine has none, a wheel brings it.
$(STAMPS)/node: $(STAMPS)/environment requirements/node.txt scripts/has_node.sh
	@if ! bash scripts/has_node.sh; then \
		echo "Installing Node, which this machine does not have"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
			--require-hashes --only-binary :all: --requirement requirements/node.txt; \
	fi
	@touch $@

$(STAMPS)/command: $(STAMPS)/environment scripts/link_command.py
	@$(BIN)/python scripts/link_command.py
	@touch $@

include make/assets.mk

.PHONY: demo
demo: setup assets ## The demonstration area, its people and the site on port 8000
	@$(BIN)/alongside demo

.PHONY: serve
serve: setup assets ## The site as it is, on port 8000
	@$(BIN)/alongside serve

.PHONY: test
test: setup assets check ## Everything: the checks, then every test
	@$(BIN)/python -m pytest --numprocesses $(CORES) --dist worksteal

.PHONY: check
check: setup ## What can be said without running the product
	@$(BIN)/python -m scripts.check

.PHONY: format
format: setup ## Put the code into the house's form
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

.PHONY: lock
lock: setup ## Write requirements/*.txt anew from requirements/*.in
	@$(BIN)/python -m scripts.lock

.PHONY: sbom
sbom: setup ## A bill of materials for a vulnerability scanner, in var/sbom.json
	@mkdir -p var && $(BIN)/python -m scripts.licences --sbom var/sbom.json

.PHONY: screenshots
screenshots: setup assets ## Take the pictures in docs/screenshots anew
	@$(BIN)/python -m scripts.screenshots

.PHONY: bench-vault
bench-vault: setup ## What protecting costs: opening, changing keys, finding
	@$(BIN)/python -m bench.vault

.PHONY: bench-intake
bench-intake: setup ## How fast a delivery is received, against a plain COPY
	@$(BIN)/python -m bench.intake

.PHONY: bench-linking-online
bench-linking-online: setup ## What finding out who arrives costs beside a million records
	@$(BIN)/python -m bench.linking.online

.PHONY: bench-access
bench-access: setup ## What need-to-know costs at a million cases and 500 agencies
	@$(BIN)/python -m bench.access
	@$(BIN)/python -m bench.audit_trail

.PHONY: bench-linking
bench-linking: setup ## How quickly and rightly whole files are linked, beside Splink alone
	@$(BIN)/python -m bench.linking.bulk

.PHONY: bench-search
bench-search: setup ## What finding a person costs at a million cases
	@$(BIN)/python -m bench.search

.PHONY: bench-assessing
bench-assessing: setup ## What reports of outcomes cost beside a million stored answers
	@$(BIN)/python -m bench.assessing

.PHONY: bench-journey
bench-journey: setup ## What planning a year's promises from nothing costs
	@$(BIN)/python -m bench.journey

.PHONY: bench-owed
bench-owed: setup assets ## What the pages about promises cost at a year, and what grows
	@$(BIN)/python -m bench.owed

.PHONY: bench-audit
bench-audit: setup ## What the audit trail costs: sealing and verifying a million entries
	@$(BIN)/python -m bench.audit_trail

.PHONY: clean
clean: ## Take away what was made, and the demonstration with it
	@if [ -x $(BIN)/alongside ]; then \
		$(BIN)/alongside db stop || true; \
		ALONGSIDE_HOME=var/test $(BIN)/alongside db stop || true; \
	fi
	@rm -rf $(VENV) var node_modules alongside/web/static/build staticfiles
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
