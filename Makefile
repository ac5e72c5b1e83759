# Sets itself up on first use: uv where it is installed, else Python's own venv. `make help` lists the targets.

VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
JOBS ?= $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)')# one more than cores: crawls wait for their site
SAMPLE := samples/kompas_lookalike.warc.gz
RECORDING := samples/kompas_recording.warc.gz
VISITS := samples/kompas_visits.warc.gz
LOCK := uv pip compile --universal --python-version 3.11 --no-emit-index-url --quiet \
	--generate-hashes --custom-compile-command "make lock"

RELEASE := .make/release
EPOCH = $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct))

.PHONY: help install demo crawl test lint speed docs sample lock audit sbom wheel clean

help:
	@echo 'make install            set up .venv; every package is checked against its hash'
	@echo 'make demo               set up, crawl one day of a recording (no network), show what came out'
	@echo 'make test               set up, run the tests'
	@echo 'make crawl ARGS="..."   the live crawl: scrapy crawl kompas_global ARGS; make itself exits with 0 or 2 and'
	@echo '                        prints the exit status of scrapy as "Error N": in a script, call .venv/bin/scrapy'
	@echo 'make lint               ruff and mypy'
	@echo 'make speed              fail when a page takes 25 times as long as its parse (real pages take 4 to 6 times, small ones 12)'
	@echo 'make docs               write the generated files of docs/: data format, JSON Schema, Datasette metadata, settings'
	@echo 'make sample             write the sample archives anew from the look-alike site'
	@echo 'make lock               pin the dependencies of pyproject.toml anew, with their hashes (needs uv)'
	@echo 'make audit              ask the advisory service of PyPI about every pinned package'
	@echo 'make sbom               write dist/sbom.cdx.json: what a release consists of (CycloneDX)'
	@echo 'make wheel              build dist/*.whl from the last commit; the same commit gives the same bytes'

install: $(VENV)/.run

demo: $(VENV)/.run
	rm -f data/demo.db data/demo.db-wal data/demo.db-shm
	$(BIN)/scrapy crawl kompas_global -a replay=$(RECORDING) -a since=2021-04-22 -a until=2021-04-22 \
		-s KOMPAS_DB=data/demo.db -O data/demo.jsonl -L WARNING
	$(BIN)/python samples/show.py data/demo.jsonl

crawl: $(VENV)/.run
	$(BIN)/scrapy crawl kompas_global $(ARGS)

test: export PYTHONDONTWRITEBYTECODE = # empty: each module is compiled once, and not in each process
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --durations=20 $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

speed: $(VENV)/.dev
	$(BIN)/python -m benchmarks.extract --rounds 3 --most 25

docs: $(VENV)/.run
	$(BIN)/scrapy schema

sample: $(VENV)/.dev
	$(BIN)/python -m tests.site.warc $(SAMPLE) --days 2016-02-16,2021-04-22,2026-04-17
	$(BIN)/python -m tests.site.warc $(RECORDING) --days 2021-04-22 --crawl
	$(BIN)/python -m tests.site.warc $(VISITS) --visits

lock:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) pyproject.toml --all-extras --group dev -o requirements-dev.txt
	$(LOCK) --group release -o requirements-release.txt

audit: $(RELEASE)/.done
	$(RELEASE)/bin/python release/audit.py requirements.txt requirements-dev.txt requirements-release.txt

sbom: $(RELEASE)/.done
	@mkdir -p dist
	$(RELEASE)/bin/python -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml --output-reproducible \
		--of JSON -o dist/sbom.cdx.json

wheel: $(RELEASE)/.done
	rm -rf .make/wheel
	mkdir -p .make/wheel dist
	git archive HEAD | tar -x -C .make/wheel
	umask 022; SOURCE_DATE_EPOCH=$(EPOCH) $(RELEASE)/bin/python -m build --wheel --no-isolation --outdir dist .make/wheel > .make/wheel.log \
		|| { cat .make/wheel.log; exit 1; }
	@sha256sum dist/*.whl

clean:
	rm -rf $(VENV) $(RELEASE)

# Stamps: what is installed follows the pinned files.
$(VENV)/.run: requirements.txt | $(BIN)/python
	$(call install,requirements.txt)
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	$(call install,requirements-dev.txt)
	@touch $@ $(VENV)/.run

$(RELEASE)/.done: requirements-release.txt
	$(PYTHON) -m venv $(RELEASE)
	$(RELEASE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-release.txt
	@touch $@

ifdef UV
$(BIN)/python:
	uv venv --quiet --allow-existing --python '>=3.11' $(VENV)
install = uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1)
else
$(BIN)/python:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Needs Python 3.11 or later with venv: "apt-get install python3 python3-venv", "brew install python", or install uv.' >&2; \
		exit 1; }
	$(PYTHON) -m venv $(VENV)
install = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r $(1)
endif
