# Every target sets up what it needs in .venv first; only git, make and Python 3.11 or newer have to be there.

PYTHON ?=
INSTALLER ?= uv
ARGS ?=

BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help install demo test torture check lock bench

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "ARGS=... goes to the command behind a target:      make test ARGS='-k settings'"
	@echo "PYTHON=... chooses the interpreter:                make PYTHON=python3.12 demo"
	@echo "INSTALLER=pip installs without uv:                 make INSTALLER=pip demo"

install: ## Set up .venv from the hash-locked requirements, and nothing more
	@PYTHON='$(PYTHON)' INSTALLER='$(INSTALLER)' sh .ci/install

demo: install ## Open the bot's page and chat with it: no token is needed
	@$(BIN)/briefbot preview --open $(ARGS)

test: install ## Run the tests, several at a time
	@$(BIN)/pytest -n auto --dist worksteal $(ARGS)

torture: install ## Kill, freeze and lose real bots while they deliver, for over an hour: nothing may be lost or doubled
	@$(BIN)/python -m tests.torture $(ARGS)

check: install ## Format, lint, types, import arrows, the Dockerfile and the briefings
	@sh .ci/check

bench: install ## Measure against bare SDK handlers; writes bench.json
	@$(BIN)/python -m tests.bench $(ARGS)

lock: install ## Renew the lock files; ARGS=--upgrade takes the newest versions
	@test -x $(BIN)/uv || $(BIN)/pip install --quiet --require-hashes -r requirements-uv.txt
	@$(COMPILE) --group uv -o requirements-uv.txt
	@$(COMPILE) --group build pyproject.toml -o requirements.txt
	@$(COMPILE) --group build --extra postgres pyproject.toml -o requirements-postgres.txt
	@$(COMPILE) --group build --group dev pyproject.toml -o requirements-dev.txt
