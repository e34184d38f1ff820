# Needs Python 3.11 (with venv) and make; everything else comes from Python's package index.
PYTHON ?= python3
PORT ?= 8000
KILLS ?= 200
SEQUENCES ?= 20000
BROWSERS ?= 0
BIN := .venv/bin
CATALOGUES := $(wildcard src/yishi/locale/*/LC_MESSAGES/django.po)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install demo demo-reset test browser check bench soak lock messages test-install

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

.venv/ready:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

.venv/run: requirements/run.txt pyproject.toml | .venv/ready
	@echo "Installing the pinned packages (a minute or two, once) …"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps -e .
	@touch $@

.venv/test: requirements/test.txt .venv/run
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

messages: .venv/run $(CATALOGUES)  ## compile the translations that changed
	@$(BIN)/python -m tools.messages

install: .venv/run messages  ## the environment of an installation, nothing started

demo: install  ## a demo district on 127.0.0.1, PORT=8000; keeps its data
	@$(BIN)/yishi demo --port $(PORT) $(if $(TODAY),--today $(TODAY))

demo-reset: install  ## the demo district from the start
	@$(BIN)/yishi demo --reset --port $(PORT) $(if $(TODAY),--today $(TODAY))

test-install: .venv/test messages

test: test-install  ## all tests but the browser's, on SQLite and on PostgreSQL
	@$(BIN)/python -m tools.run_tests

browser: test-install  ## the journeys in Chromium (installed by apt as root); BROWSERS=2 beside the walk
	@sh tools/chromium.sh
	@YISHI_DATABASE_URL= $(BIN)/python -m pytest -q -n $(BROWSERS) tests/browser

check: test-install  ## format, types, imports, rules, migrations, translations, hygiene
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	YISHI_MODE=test YISHI_VAR=var/check $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src/yishi
	$(BIN)/python -m yishi.rulebook.check
	YISHI_MODE=test YISHI_VAR=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tools.check_messages
	$(BIN)/python -m pytest -q tests/test_hygiene.py tests/test_purity.py

.venv/bench: requirements/bench.txt .venv/test
	@echo "Installing the engines measured beside ours …"
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@

bench: test-install .venv/bench  ## CPU time a request at 1,000, 10,000 and 100,000 cases (≤ 30 minutes)
	@$(BIN)/python -m tests.bench

soak: test-install  ## SEQUENCES=20000 random lives of cases; KILLS=200 kills while people file
	@$(BIN)/python -m tests.soak --sequences $(SEQUENCES) --kills $(KILLS) $(if $(SEED),--seed $(SEED))

lock:  ## work out the pinned requirements again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@for name in run compiled test bench; do \
		uv pip compile --generate-hashes --no-header --no-annotate --universal --python-version 3.11 \
			requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
