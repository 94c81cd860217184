# The two commands of the README. On Windows without make: python tools/setup.py, then the lines below.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test setup lint corpus bench lock

run: setup ## set up, then the main job on the sample corpus
	$(BIN)/vanban extract corpus/ --out out/
	$(BIN)/vanban show out/ --table tasks --limit 12

test: setup ## set up, then every check
	$(BIN)/ruff check extractor tests tools
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest

setup: .venv/.ready

.venv/.ready: tools/setup.py requirements.lock pyproject.toml
	$(PYTHON) tools/setup.py

corpus: setup ## build the sample documents again from their sources
	$(BIN)/python tools/make_corpus.py

bench: setup ## ratios against named peers
	$(BIN)/python -m tests.bench

lock: ## write requirements.lock anew (needs uv)
	uv pip compile --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -o requirements.lock
