# The bank's commands. Each sets up what it lacks. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup serve test test-all site offline split examples check content types browser bench links clean lab scripts listings publish-check
PY := .venv/bin/python
export NO_MKDOCS_2_WARNING := 1
# In a folder with a Chinese name Pydantic is loaded only where paths are UTF-8, which few locales lack.
export PYTHONUTF8 := 1
export PYTHON

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup:
	@sh scripts/setup.sh

serve: setup  ## serve the site on http://127.0.0.1:8000; an edit shows in the open page
	@$(PY) scripts/serve.py

# The third process computes while the others wait for a browser.
test: setup  ## run every check (sets up a browser too)
	@$(MAKE) --no-print-directory -j 3 browser content types
	@$(PY) -m pytest -n 3 --dist worksteal

test-all: setup  ## what `make test` samples, in full (many minutes)
	@$(MAKE) --no-print-directory -j 3 browser content types
	@$(PY) -m pytest -n 3 --dist worksteal -m ""

site: setup split  ## build the site in site/
	@$(PY) scripts/build.py site

offline: setup split  ## build dist/: the site to take away
	@$(PY) scripts/export.py

split: setup  ## write every generated file: pages, figures, navigation
	@$(PY) scripts/split.py
	@$(PY) scripts/run_lab.py --publish

examples: setup  ## run every example and compare with the record; RECORD=1 records
	@$(PY) scripts/examples.py $(if $(RECORD),--record)

check: setup  ## the quick checks alone
	@$(MAKE) --no-print-directory -j 2 content types

# The two halves of check, which take as long as each other.
content:
	@$(PY) scripts/split.py --check
	@$(PY) scripts/check.py
	@$(PY) scripts/run_lab.py --publish --check
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check .

types:
	@$(PY) -m mypy --no-error-summary miaotui lab scripts tests examples

scripts: setup  ## check types and form of the page's scripts; needs Node; WRITE=1 puts the form right
	@$(PY) scripts/page_scripts.py $(if $(WRITE),--write)

browser:
	@$(PY) scripts/browser.py --install

bench: setup  ## print what split, build, a first visit, the search and Lighthouse say (minutes); ONLY="builds loop"
	@$(PY) scripts/bench.py $(ONLY)

lab: setup  ## run a real model on this machine and measure it; QUICK=1, JSON=file, ENGINE=llama.cpp
	@$(PY) scripts/run_lab.py $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON)) $(if $(ENGINE),--engine $(ENGINE)) $(if $(NOTE),--note "$(NOTE)")

# Compilers of their own, which only this asks for, apart from the builder's packages.
KERNELS := .cache/listings
listings: setup  ## compile the reference code with nvcc and Triton (fetches both, 1.4 GB on disk)
	@test -x $(KERNELS)/bin/python || $(PY) -m venv $(KERNELS)
	@$(KERNELS)/bin/python -m pip install -q -r listings/requirements.txt
	@test -x $(KERNELS)/lib/*/site-packages/nvidia/cu13/bin/nvcc || { echo "listings: the packages have no nvcc where it was" >&2; exit 1; }
	@PATH="$$(echo $(CURDIR)/$(KERNELS)/lib/*/site-packages/nvidia/cu13/bin):$$PATH" \
		TRITON_PYTHON=$(CURDIR)/$(KERNELS)/bin/python $(PY) -m pytest tests/listings -m ""

publish-check: setup  ## ask a running server for all of the site: SITE=https://…, FOLDER=dist/site compares each file
	@$(PY) scripts/publish_check.py $(SITE) $(FOLDER)

links: site  ## ask every external link on the network
	@$(PY) scripts/links.py --external site

clean:  ## remove everything that is built
	rm -rf .venv .cache site dist
