# `make demo` and `make test` do all set-up; see README.md.

DEBIAN_PACKAGES = libsndfile1-dev libsoxr-dev libebur128-dev libssl-dev libfftw3-dev libcairo2-dev libopenblas-dev
PKG_CONFIG_NAMES = sndfile soxr libebur128 libcrypto fftw3 cairo openblas

# One build serves the programs and the tests: release, with `package` access instead of @testable.
BUILD = swift build -c release
TEST = swift test -c release --disable-testable-imports

.PHONY: all build demo test lint libraries

all: build

# Installs the system libraries when one is missing, and does nothing when all are there.
libraries:
	@if ! pkg-config --exists $(PKG_CONFIG_NAMES); then \
	  if [ "$$(id -u)" = 0 ]; then \
	    apt-get update && apt-get install -y pkg-config $(DEBIAN_PACKAGES); \
	  elif [ -t 0 ] && command -v sudo >/dev/null; then \
	    sudo apt-get update && sudo apt-get install -y pkg-config $(DEBIAN_PACKAGES); \
	  else \
	    echo "Libraries are missing. Install them with:"; \
	    echo "  sudo apt-get install pkg-config $(DEBIAN_PACKAGES)"; \
	    exit 1; \
	  fi; \
	fi

build: libraries
	$(BUILD)

test: libraries
	$(TEST)

lint:
	swift format lint --strict --recursive Sources Tests Package.swift
