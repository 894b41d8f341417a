# `make` alone lists the targets.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
ALONE := $(BIN)/python scripts/one_at_a_time.py
export WERVELWIJZER_DEMO ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check unit bench picture messages pins vendor clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/base.done ## the site with its demo people on http://127.0.0.1:8000
	@$(BIN)/python scripts/free_port.py "$(PORT)"
	@$(ALONE) sh scripts/fill_database.sh $(BIN)/python
	@$(BIN)/python scripts/free_port.py "$(PORT)"
	@echo "Wervelwijzer: http://127.0.0.1:$(PORT)  (stop with Ctrl-C)"
	@$(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --workers 1 --threads 4 --log-level warning

test: .venv/dev.done node_modules/.done ## everything: style, types, arrows, unit, property, database and browser tests
	@sh scripts/install_test_tools.sh
	@$(MAKE) --no-print-directory check unit

check: .venv/dev.done ## style and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files "templates/*.html")
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/dev.done ## the tests alone; `make unit ARGS="-k verify"` for some of them
	$(BIN)/python -m pytest -n auto $(ARGS)

bench: .venv/dev.done ## time the engine, the files and the database; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

picture: .venv/dev.done ## take the README's picture of the year line anew
	UPDATE_PICTURE=1 $(BIN)/python -m pytest -q tests/journeys/test_picture.py

messages: .venv/dev.done ## collect and compile the translations (needs gettext)
	$(BIN)/python manage.py makemessages --locale nl --no-location --no-wrap --ignore .venv --ignore node_modules
	$(BIN)/python manage.py compilemessages --locale nl --ignore .venv --ignore node_modules

pins: ## compile the pinned, hashed requirements (needs uv)
	for name in base dev; do uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header -q requirements/$$name.in -o requirements/$$name.txt; done

vendor: node_modules/.done ## refresh the built files under static/vendor
	sh scripts/refresh_vendor.sh

clean: ## remove what was installed; the database in var/ stays
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@sh scripts/make_venv.sh $(PYTHON)

.venv/base.done: requirements/base.txt | .venv/bin/python
	@$(ALONE) $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

.venv/dev.done: requirements/dev.txt .venv/base.done
	@$(ALONE) $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.done: package-lock.json
	@sh scripts/install_node.sh
	npm ci --silent
	@touch $@
