# Everything that is done with this folder from a terminal. `make help` lists it.

VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --use-pep517 -c constraints.txt
TESTS := $(PY) -m pytest -n auto --dist worksteal
PYTHON ?= $(shell for p in python3.11 python3 python; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
DEMO = $(shell $(PY) -c 'from models.store.places import demo_folder; print(demo_folder())')

# What Qt, printing and the tests want of Debian and its relatives.
SYSTEM := libegl1 libgl1 libglib2.0-0 libgssapi-krb5-2 libdbus-1-3 libfontconfig1 \
	libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
	libxcb-randr0 libxcb-render-util0 libxcb-shape0 xvfb xauth fonts-wqy-microhei poppler-utils strace \
	cups-client cups-daemon

export LANG ?= C.UTF-8
test window: export LC_ALL := C.UTF-8

# What Python compiled is kept for the next process. Test files lie in memory where it has 2 GB free,
# but for `make torture`, which is about disks.
MEMORY := $(shell test "$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}')" -ge 2097152 2>/dev/null && echo /dev/shm)
test cover torture: export PYTHONDONTWRITEBYTECODE :=
test cover: export PYTEST_DEBUG_TEMPROOT := $(MEMORY)

.PHONY: help demo run test cover rules golden kept lint window check bench bench-quick torture install system constraints clean

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: install ## Install everything, build the demo clinic, print its timeline page, open the window
	$(PY) main.py demo --patients 30
	$(PY) main.py report 004711 -o build/demo-timeline.pdf --to 2020-04-30 --clinic "$(DEMO)"
	@echo "Every figure of the case: $(PY) main.py summary 004711 --json --clinic \"$(DEMO)\""
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(PY) main.py --clinic "$(DEMO)"; \
	else \
		echo "No display here. Where there is one: $(PY) main.py --clinic \"$(DEMO)\""; \
	fi

run: install ## Open the window on the clinic's own store
	$(PY) main.py

test: install ## Install everything and run all tests
	$(TESTS)

golden: install ## Write anew what the pages of the published case say, and where (tests/reports/golden)
	$(PY) -m tests.reports.golden_pages

kept: install ## Keep a store of this version for good (tests/models/store/kept), once a release
	$(PY) -m tests.kept_store

lint: $(VENV)/.checks ## Style, format, types, and which way imports point
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

window: install ## Open the window on a display in memory and look at it
	xvfb-run -a env QT_QPA_PLATFORM=xcb $(PY) -m pytest tests/ui/test_window_on_x.py

cover: install ## See that the tests reach every branch of every clinical rule
	rm -f build/coverage.*
	$(PY) -m coverage run $(TESTS:$(PY)%=%) -q --ignore=tests/models/store --ignore=tests/models/demo tests/models
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report

rules: install ## Write docs/rules.md and docs/roles.md from what the code says of rules and roles
	$(PY) -m tests.rules_document
	$(PY) -m tests.roles_document

check: test cover lint window bench-quick ## All that must pass before a change is accepted

bench: $(VENV)/.bench ## Measure speed and size beside others, in clinics of up to 100,000 patients (an hour)
	$(PY) -m tests.bench.bench $(TOPICS)
	$(PY) -m tests.bench.document

bench-quick: install ## The same in small clinics with few runs: the ratios, in a minute
	$(PY) -m tests.bench.bench --quick $(TOPICS)

torture: install ## Kill, spoil, fill up and cut off the power, and count what was lost (an hour); then all tests in full
	$(PY) -m tests.torture
	THOROUGH=1 $(TESTS)

install: $(VENV)/.ready ## Install everything (again only when a dependency has changed)
	@mkdir -p build

$(VENV)/.ready: pyproject.toml constraints.txt | system
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found."; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing what the program and its tests need into $(VENV)"
	@$(INSTALL) ".[test]"
	@rm -rf *.egg-info
	@touch $@

$(VENV)/.checks: $(VENV)/.ready
	@echo "Installing the checks into $(VENV)"
	@$(INSTALL) ".[test,check]"
	@rm -rf *.egg-info
	@touch $@

$(VENV)/.bench: SYSTEM += libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
$(VENV)/.bench: $(VENV)/.ready | system
	@echo "Installing other programs that make pages into $(VENV)"
	@$(INSTALL) ".[test,bench]"
	@rm -rf *.egg-info
	@touch $@

# Asks apt only for what is missing; where it may not, names the command and goes on.
system:
	@command -v apt-get >/dev/null || exit 0; \
	wanted="$(SYSTEM)"; \
	$(PYTHON) -c 'import ensurepip' 2>/dev/null || wanted="$$wanted $$( \
		$(PYTHON) -c 'import sys; print("python3.%d-venv" % sys.version_info[1])' 2>/dev/null \
		|| echo python3-venv)"; \
	have=$$(dpkg-query -W -f '$${db:Status-Status} $${Package}, $${Provides},\n'); \
	missing=$$(for p in $$wanted; do \
		echo "$$have" | grep -q "^installed \(.* \)\?$$p[, ]" || printf ' %s' $$p; done); \
	[ -n "$$missing" ] || exit 0; \
	command="apt-get install -y --no-install-recommends$$missing"; \
	if [ "$$(id -u)" != 0 ]; then \
		echo "Some system packages are missing. To install them: sudo $$command"; exit 0; \
	fi; \
	echo "Installing system packages:$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	{ apt-get update -qq && $$command -qq; } >/dev/null </dev/null \
		|| echo "They could not be installed. To see why: $$command"

constraints: | system ## Renew constraints.txt from a clean environment
	$(PYTHON) -m venv --clear build/clean
	build/clean/bin/python -m pip install --quiet ".[test,check,bench]"
	build/clean/bin/python -m pip freeze --exclude ctcl-follow-up > constraints.txt
	@rm -rf *.egg-info

clean: ## Remove what was built, the demo clinic too; the virtual environment stays
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find main.py models reports tests ui -name __pycache__ -prune -exec rm -rf {} +
