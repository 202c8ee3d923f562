# make run, make test, make check; see README.md
PYTHON ?= $(firstword $(foreach name,python3.11 python3 python,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
LOCK = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --quiet

.PHONY: run test check format bench lock messages
.DEFAULT_GOAL := run

run: .venv/installed
	@.venv/bin/python manage.py run

test: .venv/installed-dev
	@.venv/bin/python -m tests.run

check: .venv/installed-dev
	@.venv/bin/python -m tests.run --only check

format: .venv/installed-dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

bench: .venv/installed-dev
	@.venv/bin/python -m tests.performance.bench $(NAME) $(SIZE)

lock: .venv/installed-dev
	$(LOCK) -o requirements.txt
	$(LOCK) --group dev -o requirements-dev.txt

messages: .venv/installed-dev
	@.venv/bin/python -m tests.messages --write

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found." >&2; exit 1; }
	@echo "Making the virtual environment …"
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing the pinned requirements …"
	@.venv/bin/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need …"
	@.venv/bin/pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
