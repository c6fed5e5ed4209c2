# `make demo` and `make test` each need only Python 3.11, make and git.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
RUN := .venv/bin/python
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
# Extras stay: without them pip asks for a newer release of `coverage[toml]` as soon as
# there is one, and refuses it for want of a hash.
LOCK := CUSTOM_COMPILE_COMMAND='make lock' env -u PIP_FIND_LINKS .venv/bin/pip-compile \
	--quiet --generate-hashes --allow-unsafe --no-strip-extras --no-emit-options \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# What a production site has, for the checks that ask about one.
PRODUCTION := DEBUG=off HTTPS=on ALLOWED_HOSTS=schools.example.org DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=for-these-checks-alone-0123456789-abcdefghijklmnopqrstuvwxyz

.PHONY: help demo test check bench shots coverage lock

help:
	@echo 'make demo      load the demonstration programme and serve it'
	@echo 'make test      run every test this machine can run, and name the others'
	@echo 'make check     lint, types, layers, templates, migrations, settings'
	@echo 'make bench     measure speed'
	@echo 'make shots     picture every page into the folder SHOTS'
	@echo 'make coverage  the tests with branch coverage, on SQLite'
	@echo 'make lock      write the locked requirements anew'

demo: .venv/.runtime
	SECRET_KEY=$$($(RUN) -c "import secrets; print(secrets.token_urlsafe(64))") \
		DEBUG=off HTTPS=off DATABASE_URL=sqlite:///demo.sqlite3 $(RUN) manage.py demo $(ARGS)

test: .venv/.development
	$(RUN) -m tests $(ARGS)

check: .venv/.development
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(PRODUCTION) $(RUN) -m mypy
	.venv/bin/lint-imports
	$(RUN) -m djlint --quiet --lint templates
	$(PRODUCTION) $(RUN) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(RUN) manage.py check --deploy --fail-level WARNING

bench: .venv/.development
	$(RUN) -m tests.bench

shots: .venv/.development
	SHOTS="$(SHOTS)" $(RUN) -m tests shots

coverage: .venv/.development
	$(RUN) -m tests --sqlite --cov --cov-report=term-missing:skip-covered

lock: .venv/.development
	$(LOCK) --output-file requirements.txt pyproject.toml
	$(RUN) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
		| $(LOCK) --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml -

# The marks are touched after an installation, so a changed lock installs again.
$(RUN):
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | $(RUN)
	$(INSTALL) --requirement requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt | $(RUN)
	$(INSTALL) --requirement requirements-dev.txt
	@touch $@ .venv/.runtime
