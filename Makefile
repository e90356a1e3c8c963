# Every target stands on `setup`, which does nothing when .venv is up to date.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp

.PHONY: setup ask serve test check eval clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

# The question travels as an environment variable, so that quotes and dollar signs in it stay text.
ask: export HUIWEN_QUESTION := $(value Q)
ask: setup
	@$(BIN)/huiwen ask "$$HUIWEN_QUESTION"

serve: setup
	$(BIN)/huiwen serve

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest

eval: setup
	$(BIN)/huiwen eval

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
