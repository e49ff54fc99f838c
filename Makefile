# Every command of the house, each a thin door to a script in tools/.

# What the tests ask of the pytest run: make unit ARGS="-k colour -x"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo proofreader search-server test lint types borders unit integration browser postgres \
	bench-print bench-search bench-site check-site lighthouse setup format fonts messages pins clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/\1|\2/' \
		| while IFS='|' read -r name what; do printf '  make %-13s %s\n' "$$name" "$$what"; done

demo: ## From a bare machine to the demo magazine, served on PORT=8000 (SERVE=no: only made)
	@tools/demo

proofreader: ## Run LanguageTool for the desk, on 127.0.0.1:8181 (PROOFREADER_PORT)
	@tools/proofreader

search-server: ## Run OpenSearch for the readers' search, on 127.0.0.1:9200 (SEARCH_SERVER_PORT)
	@tools/search-server

test: ## All of it: lint, borders, types, unit, integration, browser, PostgreSQL
	@tools/test

lint: ## Style of the code and of the templates
	@tools/test lint

borders: ## Which package may import which
	@tools/test borders

types: ## Type hints, strict in the pure cores
	@tools/test types

unit: ## Tests of the pure cores: no database, no rendering
	@tools/test unit

integration: ## Tests with a database or a rendering, on SQLite
	@tools/test integration

browser: ## Journeys in Chromium
	@tools/test browser

postgres: ## What touches the database, on a real PostgreSQL
	@tools/test postgres

check-site: ## Check each page of the demo: links, the Nu HTML checker, axe, feeds and JSON-LD
	@tools/check-site

bench-print: ## Measure the press against plain WeasyPrint, Chromium and Typst (RUNS=3)
	@tools/bench-print

bench-search: ## Measure the search: both engines and Wagtail's own (SIZES="2000 20000", LARGE=yes)
	@tools/bench-search

bench-site: ## Measure the readers' site beside plain Wagtail pages (ROUNDS=5, LIGHTHOUSE=yes)
	@tools/bench-site

lighthouse: ## Judge article, issue and home of the demo with Lighthouse (RUNS=3)
	@tools/lighthouse

setup: ## For a developer: packages, environment, translations, the commit hook
	@tools/system-packages --test
	@tools/python-environment --dev
	@tools/messages compile
	@if [ -e .git ]; then .venv/bin/python -m pre_commit install; fi

format: ## Let ruff set the code straight
	@tools/python-environment --dev
	@.venv/bin/python -m ruff check --fix .
	@.venv/bin/python -m ruff format .

fonts: ## Cut the web fonts from their sources again
	@tools/python-environment --dev
	@.venv/bin/python tools/fonts.py --cut

messages: ## Gather what is to be translated, and compile what is
	@tools/python-environment
	@tools/messages gather
	@tools/messages compile

pins: ## Write constraints.txt from what .venv holds, after a change of requirements
	@tools/python-environment --dev
	@tools/pins

clean: ## Remove all that these commands made: .venv, var (the demo, its database), caches
	@tools/clean
