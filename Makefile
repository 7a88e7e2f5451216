# Two commands: `make run` shows the samples, `make test` runs every test.
# Needs Python 3.11 or later; everything else goes into .venv.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= whoosh://$(CURDIR)/kiosque-index
PORT ?= 8080
ROUNDS ?= 10
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: eval-families help run test explore lint bench eval-clean clean eval-entities train-entities eval-countries eval-relevance cluster cluster-stop eval-engines locale

help:
	@echo 'make run    index the samples and serve them on port $(PORT) (PORT=...)'
	@echo 'make test   run every test'
	@echo 'make cluster  start three OpenSearch nodes for the tests (cluster-stop ends them)'
	@echo 'make eval-engines  ask both engines the same, and measure them (DATA=FILE)'
	@echo 'make explore  run the property tests on new examples, round after round (ROUNDS=...)'
	@echo 'make lint   check style and types'
	@echo 'make bench  compare the engine with its peers (DATA=FILE, OPTIONS=...)'
	@echo 'make eval-entities  measure persons, organisations and countries (DATA=FOLDER)'
	@echo 'make train-entities  train the tagger of names anew (DATA=FOLDER of WiNER)'
	@echo 'make eval-relevance  measure the ranking on judged queries (DATA=FOLDER)'
	@echo 'make eval-countries  measure countries on labelled articles (DATA=FILE)'
	@echo 'make eval-families  measure how near duplicates are told (DATA=FILE)'
	@echo 'make eval-clean  measure how web pages are read (DATA=FOLDER)'
	@echo 'make locale  compile what the command line says in French'
	@echo 'make clean  remove the environment and the samples'"'"' index'

run: $(VENV)/.installed
	@$(BIN)/kiosque reindex corpus/samples --index $(INDEX)
	@$(BIN)/kiosque serve --port $(PORT) --index $(INDEX)

test: $(VENV)/.tested
	@$(BIN)/python -m pytest

cluster: $(VENV)/.tested
	@$(BIN)/python -m tests.cluster start

cluster-stop: $(VENV)/.tested
	@$(BIN)/python -m tests.cluster stop

# Its nodes are compiled as those of servers are, those of the tests are not.
eval-engines: $(VENV)/.tested
	@test -n "$(DATA)" || { echo 'Name the articles: make eval-engines DATA=/path/to/articles.jsonl.gz'; exit 1; }
	@$(BIN)/python -m tests.cluster stop
	@KIOSQUE_CLUSTER_COMPILER=-server $(BIN)/python -m tests.cluster start
	@$(BIN)/python -m tests.evaluation.engines $(DATA) opensearch://127.0.0.1:9201/engines $(OPTIONS); \
	told=$$?; $(BIN)/python -m tests.cluster stop; exit $$told

explore: $(VENV)/.tested
	@for round in $$(seq $(ROUNDS)); do \
	$(BIN)/python -m pytest -q --hypothesis-profile=explore -m hypothesis $(TESTS) || exit 1; done

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.benched
	@test -n "$(DATA)" || { echo 'Name the articles: make bench DATA=/path/to/articles.jsonl.gz'; exit 1; }
	@$(BIN)/python -m tests.benchmarks $(DATA) $(OPTIONS)

eval-entities: $(VENV)/.tested
	@test -n "$(DATA)" || { echo 'Name the data: make eval-entities DATA=/path/to/data'; exit 1; }
	@$(BIN)/python -m tests.evaluation.entities $(DATA) $(OPTIONS)

train-entities: $(VENV)/.installed
	@test -n "$(DATA)" || { echo 'Name the training set: make train-entities DATA=/path/to/winer'; exit 1; }
	@$(BIN)/python -m corpus.entities.tagger_training $(DATA)

eval-relevance: $(VENV)/.tested
	@test -n "$(DATA)" || { echo 'Name the folder of the collections: make eval-relevance DATA=/path/to/data'; exit 1; }
	@$(BIN)/python -m tests.evaluation.relevance $(DATA) $(OPTIONS)

eval-countries: $(VENV)/.tested
	@test -n "$(DATA)" || { echo 'Name the articles: make eval-countries DATA=/path/to/articles.jsonl.gz'; exit 1; }
	@$(BIN)/python -m tests.evaluation.countries $(DATA) $(OPTIONS)

eval-families: $(VENV)/.tested
	@test -n "$(DATA)" || { echo 'Name the articles: make eval-families DATA=/path/to/articles.jsonl.gz'; exit 1; }
	@$(BIN)/python -m tests.evaluation.families $(DATA) $(OPTIONS)

eval-clean: $(VENV)/.tested
	@test -n "$(DATA)" || { echo 'Name the folder with the pages: make eval-clean DATA=/path'; exit 1; }
	@$(BIN)/python -m tests.evaluation.clean $(DATA)

locale: $(VENV)/.installed
	@$(BIN)/pybabel -q compile -d web/locale

clean:
	rm -rf $(VENV) kiosque-index

# An environment left half made by an interrupted run is made anew.
$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo 'Kiosque needs Python 3.11 or later: install it, or name it: make PYTHON=/path/to/python3'; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'Python cannot make a virtual environment; on Debian and Ubuntu: sudo apt install python3-venv'; exit 1; }

$(VENV)/.installed: $(VENV)/bin/pip setup.cfg pyproject.toml constraints.txt
	@echo 'Installing Kiosque into $(VENV) (once)...'
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@echo 'Installing what the tests need into $(VENV) (once)...'
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(VENV)/.benched: $(VENV)/.tested
	@echo 'Installing what the benchmark needs into $(VENV) (once)...'
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[test,bench]'
	@touch $@
