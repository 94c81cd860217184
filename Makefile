# The two commands of the README. On Windows without make: python tools/setup.py, then the lines below.
PYTHON ?= python3
BIN := .venv/bin
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q

.PHONY: run test setup lint corpus bench lock

run: .venv/.ready ## set up, then the main job on the sample corpus
	$(BIN)/vanban extract corpus/ --out out/
	$(BIN)/vanban show out/ --table tasks --limit 12

test: .venv/.ready-dev ## set up, then every check
	$(BIN)/ruff check extractor tests tools
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest

setup: .venv/.ready-dev

.venv/.ready: tools/setup.py requirements.lock pyproject.toml
	$(PYTHON) tools/setup.py

.venv/.ready-dev: tools/setup.py requirements-dev.lock pyproject.toml
	$(PYTHON) tools/setup.py --dev

lint: setup
	$(BIN)/ruff check extractor tests tools
	$(BIN)/lint-imports
	$(BIN)/mypy

corpus: setup ## build the sample documents again from their sources
	$(BIN)/python tools/make_corpus.py

bench: setup ## ratios against named peers
	$(BIN)/python -m tests.bench

lock: ## write the two locks anew (needs uv)
	uv pip compile $(LOCK) pyproject.toml -o requirements-dev.lock --all-extras
	uv pip compile $(LOCK) pyproject.toml -o requirements.lock -c requirements-dev.lock --extra build
