SHELL := bash
PY := .venv/bin/python
CROSSLAB := $(PY) -m crosslab
PORT ?=
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PYTHONUNBUFFERED := 1
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help bundle mutants newest run test check fix seed migration shell styleguide bench rules strings install system \
        style types floors browser-types words locks

help: ## List what you can do here
	@echo "Crosslab. What you can do here:"; echo
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

run: install ## Install what is needed, and serve the demo world with one-click sign-in
	@tools/run.sh

test: install system ## Run every test: both databases, the vectors, the journeys in a browser
	@echo "· Running the tests"
	@$(PY) -m pytest -n $${CROSSLAB_TEST_WORKERS:-2} $(only)

newest: install system ## The tests that need no browser, on the newest Python found here
	@tools/newest.sh

check: install ## Read the code: style, types, floors, words, locks
	@$(MAKE) --keep-going style types floors browser-types words locks

style:
	@echo "· Style"; ruff check . && ruff format --check .
types:
	@echo "· Types"; mypy
floors:
	@echo "· Floors"; lint-imports --no-logo
browser-types:
	@echo "· Browser types"; node_modules/.bin/tsc --noEmit
words:
	@echo "· Words"; $(CROSSLAB) strings --check
locks:
	@echo "· Locks"; $(PY) tools/locks.py

fix: install ## Put right what a machine can: format, imports, simple style
	@ruff check --fix -q . ; ruff format .

seed: install ## Build the demo world anew in var/
	@$(CROSSLAB) migrate && CROSSLAB_DEMO=1 $(CROSSLAB) seed --anew

migration: install system ## Write a migration for what changed in the tables: make migration m="add x to y"
	@tools/migration.sh "$(m)"

shell: install ## A Python prompt with a session, the tables and the demo's cast
	@$(CROSSLAB) shell

styleguide: install ## Serve, and open the page of all parts
	@tools/run.sh /styleguide

bench: install system ## Measure the figures the house promises
	@for each in bench/[a-z]*.py; do echo "· $$each"; $(PY) -m $$(basename -s .py $$each | sed 's/^/bench./') || exit; done

rules: install ## Write docs/rules.md and docs/data.md from the rule book and the tables
	@$(CROSSLAB) rules > docs/rules.md && $(CROSSLAB) tables > docs/data.md
	@echo "· docs/rules.md and docs/data.md are up to date"

strings: install ## Bring locales/ up to date with the words in code and templates
	@$(CROSSLAB) strings

bundle: install ## Write the hashes of the vault's page as it is built now
	@cd src/crosslab/web/static/vault && LC_ALL=C sha256sum * > $(CURDIR)/assets/vault/BUNDLE

mutants: install ## Take every check of the vault's rules out once, and see that a test notices
	@$(PY) tools/mutate.py

install:
	@tools/install.sh

system:
	@tools/system.sh
