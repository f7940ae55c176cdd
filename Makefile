# The commands people type. `make test` is what CI runs; what a check needs and does not find, it installs or names.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo build web schema check test test-rust test-web test-release test-clients test-docs test-scale deny bench profile tools

DENY_VERSION := 0.20.2
# Tests wait for databases, for other processes and for time to pass, so twice as many as processors run at once.
export RUST_TEST_THREADS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
# Without what the Relay compiler writes.
WEB_SOURCES := schema.graphql $(shell find web/explorer web/dashboard web/package-lock.json web/compress.mjs -type f -not -path '*/__generated__/*' -not -name persisted.json 2>/dev/null)

help: ## Show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

demo: web ## Build everything and serve the documented examples (ARGS="--listen 127.0.0.1:9000")
	cargo build --locked --no-default-features
	target/debug/verigraph demo $(ARGS)

build: web ## Build the release binary, its pages included, and its symbols in a file beside it
	cargo build --locked --release
	@if command -v objcopy >/dev/null; then \
	  cd target/release && objcopy --only-keep-debug verigraph verigraph.debug && \
	  objcopy --strip-all --add-gnu-debuglink=verigraph.debug verigraph verigraph.stripped && \
	  mv verigraph.stripped verigraph; \
	fi

web: ## Build the explorer and the dashboard, if Node is there
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web/dist/built; \
	else echo "Node is not installed: the server is built without its pages (install Node 20 or later, then: make web)"; fi

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-audit --no-fund

# A file of its own: the build leaves only compressed files, and an empty page beside them would be served.
web/dist/built: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build
	@touch $@

schema: ## Write schema.graphql and openapi.json from the code
	cargo run --locked --quiet -- schema > schema.graphql.new
	mv schema.graphql.new schema.graphql
	cargo run --locked --quiet -- simulate --schema > docs/scenario.schema.json.new
	mv docs/scenario.schema.json.new docs/scenario.schema.json
	cargo run --locked --quiet -- openapi > openapi.json.new
	mv openapi.json.new openapi.json

check: ## Formatting and lints
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings

test: ## Everything that CI checks, on both databases and in a browser
	tests/run

test-docs: ## Run every command of README and docs against a demo
	cargo build --locked
	tests/docs/run

test-scale: tools web ## Two servers behind PgBouncer, on a primary with a streaming replica that is promoted
	cargo build --locked
	tests/scale/run

test-rust: tools
	cargo test --locked --workspace

test-web: tools web
	cargo build --locked
	cd web && npm run check && npm run test:http
	cd web && for database in sqlite postgres; do SCROLL_USERS=20000 DATABASE=$$database npm run test:browser || exit 1; done

test-release: tools build ## The browser tests with the release binary, on both databases
	cd web && for database in sqlite postgres; do \
	  SERVER_BIN=../target/release/verigraph DATABASE=$$database npm run test:browser || exit 1; \
	done

test-clients: tools ## Generate clients from openapi.json in TypeScript and Python, without a warning
	tests/clients/run

deny: ## Licences, sources and bans of what we depend on
	@cargo deny --version 2>/dev/null | grep -q . || cargo install cargo-deny --locked --version $(DENY_VERSION)
	cargo deny --log-level error check bans licenses sources

bench: web ## Measure the server against hand-written statements (needs wrk; ARGS="--database sqlite --parts queries")
	cargo build --locked --release --package verigraph --package bench
	bench/run $(ARGS)

profile: web ## Write a flame graph of the server during a query of the benchmark (Q=user; needs perf and wrk)
	@command -v perf >/dev/null || { echo "make profile needs perf: sudo apt-get install -y linux-perf"; exit 1; }
	@inferno-flamegraph --version >/dev/null 2>&1 || cargo install inferno --locked
	RUSTFLAGS="-C force-frame-pointers=yes" cargo build --locked --profile profiling --package verigraph --package bench
	bench/profile "$(or $(Q),user)" $(ARGS)

# What the tests run that cargo does not bring. As root they are installed, otherwise named.
tools:
	@command -v npm >/dev/null || { echo "the tests need Node 20 or later with npm: install it"; exit 1; }
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "the tests need Python 3.10 or later with venv: install it (python3-venv)"; exit 1; }
	@missing=""; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"; \
	[ -x "$${CHROMIUM:-/usr/bin/chromium}" ] || missing="$$missing chromium"; \
	command -v curl >/dev/null || missing="$$missing curl"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $$missing; \
	  else echo "the tests need more programs: sudo apt-get install -y$$missing"; exit 1; fi; \
	fi
