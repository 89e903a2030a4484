# The two commands of the README: `make demo` and `make test`.
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8000
QUERY ?= قوات سوريا الديمقراطية
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types unit faces kills wheel relevance ablation tune levels analysis bench growth lexicon translations lock clean

# What is pinned with hashes is installed; the project itself comes last, editable and without dependencies. It is
# compiled here, as pip compiles the others, so that each command starts fast also where Python may write nothing.
$(VENV)/runtime: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q index search web
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/runtime
	$(BIN)/arshif --data var/demo add seeds
	$(BIN)/arshif --data var/demo search "$(QUERY)"
ifeq ($(SERVE),1)
	$(BIN)/arshif --data var/demo serve --port $(PORT)
endif

test: lint types unit wheel

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/dev
	$(BIN)/mypy

# A file of tests is run by one process, with what it sets up once; the processors share the files, in their order:
# those of few tests take longest, and come last where xdist puts them in order.
unit: $(VENV)/dev
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# Every kind of page in every state, at three widths, in both languages and colour schemes; what was seen is kept
# in tests/web/screenshots. `make unit` takes two of these twelve looks at each.
faces: $(VENV)/dev
	ARSHIF_LOOKS=all $(BIN)/pytest -n auto --dist loadgroup tests/web/test_faces.py

# `kill -9` at hundreds of moments of loading, on both engines: the index before, or the index after.
kills: $(VENV)/dev
	$(BIN)/pytest -n auto -m kills tests/index

# Builds the wheel, installs it where nothing of the checkout is in reach, and uses it there.
wheel: $(VENV)/dev
	rm -rf build/wheel dist
	$(BIN)/hatchling build -t wheel
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	build/wheel/bin/python -I tests/check_wheel.py seeds

# Relevance on the judged sets in ../shared, with Lucene's run beside ours; what each level brings; other numbers.
relevance: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/relevance.py $(if $(LIMIT),--limit $(LIMIT))

ablation: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/relevance.py --ablation $(if $(LIMIT),--limit $(LIMIT))

tune: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/tune.py

# How long a query takes at all levels beside one.
levels: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/levels.py

# How long analysis takes beside a plain light stem with a memo.
analysis: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/analysis.py

# How fast it is beside stock Whoosh, SQLite and Lucene; OPTIONS=--quick for a short run, --help for the others.
# Lucene needs Java and Maven, which fetches it; without them it is left out.
bench: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/speed.py $(OPTIONS)

# How loading and queries grow with the archive, to a million articles; OPTIONS as above.
growth: $(VENV)/dev
	$(BIN)/python -W ignore tests/bench/growth.py $(OPTIONS)

# Rebuilds lexicon.tsv and roots.tsv of index/analysis from their sources; only needed when …_build.py change.
lexicon: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check arramooz-pysqlite==0.4.2 libqutrub==1.2.4.1
	$(BIN)/python -W ignore -m index.analysis.lexicon_build
	$(BIN)/python -W ignore -m index.analysis.roots_build

# Takes what is new in code and templates into the catalogues and compiles them; what is translated stays.
TRANSLATIONS := search/translations
translations: $(VENV)/dev
	mkdir -p build
	$(BIN)/pybabel -q extract -F pyproject.toml -k lazy_gettext -k Message --no-location --sort-output -w 110 -o build/messages.pot search web
	$(BIN)/pybabel -q update -N --ignore-obsolete --ignore-pot-creation-date -w 110 -i build/messages.pot -d $(TRANSLATIONS)
	$(BIN)/pybabel -q compile -d $(TRANSLATIONS)

# Pins anew what `make` installs, for every platform; needs uv.
lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra build pyproject.toml -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) build dist var .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
