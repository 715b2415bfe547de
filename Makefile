# The commands of the repository. `make` alone lists them.
.PHONY: help run setup test soak check bench
# Setting up twice at the same time would trip over itself, so `make -j` changes nothing here.
.NOTPARALLEL:

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 14

run: ## start the portal with the practice commune (PORT=8000 moves it); Ctrl-C stops all of it
	@tools/setup.sh
	@.venv/bin/python -m tools.run

setup: ## system packages, .venv and front-end assets, without starting anything
	@tools/setup.sh

test: ## every test, on PostgreSQL, Redis, a real worker and a real browser, and on SQLite
	@tools/setup.sh test
	@.venv/bin/python -m tools.test

soak: ## the long schedules of faults, fuzzing and load (SEED= repeats one)
	@tools/setup.sh test
	@.venv/bin/python -m tools.test --soak

check: ## format, lint, import order, migrations, Khmer catalogue, deployment settings
	@tools/setup.sh
	@.venv/bin/python -m tools.check

bench: ## the benchmarks (NAME=pdf runs one)
	@tools/setup.sh test
	@.venv/bin/python -m tools.bench $(NAME)
