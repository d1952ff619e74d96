.PHONY: run test lint bench set-up

PYTHON := .venv/bin/python

run: set-up
	@$(PYTHON) -m annotator demo --window

test: set-up
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest --numprocesses auto --dist worksteal

lint: set-up
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

bench: set-up
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks

set-up:
	@tools/set_up.sh
