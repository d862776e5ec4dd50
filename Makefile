# Everything a person needs; each target does its own set-up.
PY := .venv/bin/python
CODE := src tests benchmarks tools

.PHONY: setup test check bench demo bundle requirements fmt clean

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
	.venv/bin/ruff check $(CODE)
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/lint-imports --no-cache
	.venv/bin/mypy $(CODE)

bench: setup
	$(PY) -m benchmarks

demo: setup
	.venv/bin/fengsui demo

bundle: setup
	$(PY) tools/bundle.py

requirements:
	for kind in run dev; do .venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal --no-header requirements/$$kind.in -o requirements/$$kind.txt; done

fmt: setup
	.venv/bin/ruff check --fix $(CODE)
	.venv/bin/ruff format $(CODE)

clean:
	rm -rf .venv .fengsui build .mypy_cache .ruff_cache .pytest_cache
