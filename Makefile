# Everything a person needs; each target does its own set-up.
PY := .venv/bin/python

.PHONY: setup test check demo bundle requirements fmt clean

setup: .venv/ready

.venv/ready: requirements/dev.txt pyproject.toml
	test -x $(PY) || python3 -m venv .venv
	if command -v uv >/dev/null; then uv pip install -q --python $(PY) -r requirements/dev.txt; else $(PY) -m pip install -q --disable-pip-version-check -r requirements/dev.txt; fi
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

test: setup check
	$(PY) -m pytest -n 2
	$(PY) -m tests.postgres -n 2

check: setup
	.venv/bin/ruff check src tests
	.venv/bin/ruff format --check src tests
	.venv/bin/lint-imports --no-cache
	.venv/bin/mypy src tests

demo: setup
	.venv/bin/fengsui demo

bundle: setup
	$(PY) tools/bundle.py

requirements:
	for kind in run dev; do .venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal --no-header requirements/$$kind.in -o requirements/$$kind.txt; done

fmt: setup
	.venv/bin/ruff check --fix src tests
	.venv/bin/ruff format src tests

clean:
	rm -rf .venv .fengsui build .mypy_cache .ruff_cache .pytest_cache
