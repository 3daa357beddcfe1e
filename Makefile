# `make help` lists the targets. Needs only make and Python 3.11 or newer.

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
PYTEST := $(VENV_PYTHON) -m pytest
# One more than the two cores: a browser test mostly waits for its page.
WORKERS ?= 3
# Kept bytecode: the tests and the app start many processes that import the same modules.
export PYTHONDONTWRITEBYTECODE :=
COMPILE := uv pip compile --no-header --no-annotate --no-emit-index-url --universal pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help run test test-long check check-types check-rest check-dependencies fix lock browser \
	screenshots bench evaluate chaos load compiled install-run install-dev install-bench

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install-run  ## start the app on http://localhost:8501 (another port: make run PORT=8502)
	@$(VENV_PYTHON) manage.py serve

# Threads of linear algebra that wait for a core burn another one meanwhile.
test test-long: export OPENBLAS_NUM_THREADS := 1

test: install-dev browser compiled  ## all tests but the long ones, on SQLite and PostgreSQL (some of them: ARGS="-k word")
	@$(PYTEST) -n $(WORKERS) --dist loadscope $(ARGS)

test-long: install-dev browser compiled  ## the long tests too
	@$(PYTEST) -n $(WORKERS) --dist loadscope -m "not pictures" $(ARGS)

check: install-dev  ## lint, format, types, layers, generated docs, dependencies; changes nothing
	@$(MAKE) --no-print-directory -j3 check-types check-rest check-dependencies

check-types:
	@$(VENV_PYTHON) -m mypy

check-rest:
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -c "import importlinter.cli; importlinter.cli.lint_imports_command()" --no-logo
	@$(VENV_PYTHON) manage.py docs --check

# Once a day, beside the others; without a network it says so and holds nothing up.
check-dependencies:
	@$(VENV_PYTHON) manage.py audit-dependencies

fix: install-dev  ## repair what a machine can: lint, format, generated docs
	@$(VENV_PYTHON) -m ruff check --fix .
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) manage.py docs

lock:  ## compile pyproject.toml to the pinned requirements (newest versions: make lock UPGRADE=1); needs uv
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 2; }
	@$(COMPILE) -q $(if $(UPGRADE),--upgrade) -o requirements.txt
	@$(COMPILE) -q $(if $(UPGRADE),--upgrade) --group dev -c requirements.txt -o requirements-dev.txt
	@$(COMPILE) -q $(if $(UPGRADE),--upgrade) --group dev --group bench -c requirements-dev.txt -o requirements-bench.txt

browser: install-dev  ## find or fetch a Chromium for the browser tests
	@$(PYTHON) install.py browser

screenshots: install-dev browser  ## take the pictures of docs/pictures anew
	@$(PYTEST) -m pictures tests/browser $(ARGS)

bench: install-bench  ## measure the ranking's speed beside its peers (one size: ARGS="--people 300000")
	@$(VENV_PYTHON) -m bench.speed $(ARGS)

evaluate: install-bench  ## measure the quality of matching on public labelled sets
	@$(VENV_PYTHON) -m bench.quality $(ARGS)

chaos: install-bench  ## let fifty officers write while processes are killed (shorter: ARGS="--seconds 60")
	@$(VENV_PYTHON) -m bench.chaos $(ARGS)

load: install-bench browser  ## measure how many officers one process serves (shorter: ARGS="--people 2000 --sessions 50")
	@$(VENV_PYTHON) -m bench.load $(ARGS)

# Once, instead of in every process that the tests start at the same time.
compiled: install-dev
	@$(VENV_PYTHON) -c "from matching.engine.warm import warm; warm()"

install-run:
	@$(PYTHON) install.py run

install-dev:
	@$(PYTHON) install.py dev

install-bench:
	@$(PYTHON) install.py bench
