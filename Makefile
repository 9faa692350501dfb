# `make demo` and `make test` do all set-up; see README.md.

DEBIAN_PACKAGES = pkg-config libsndfile1-dev libsoxr-dev libebur128-dev libssl-dev libfftw3-dev \
  libcairo2-dev libzip-dev libopenblas-dev fonts-dejavu-core
PKG_CONFIG_NAMES = sndfile soxr libebur128 libcrypto fftw3 cairo libzip openblas

# One build serves the programs and the tests: release, with `package` access instead of @testable.
BUILD = swift build -c release
TEST = swift test -c release --disable-testable-imports
WAVEGAN = .build/release/wavegan

# About a minute on 2 cores. The same steps make the same clips on the same kind of processor.
DEMO_STEPS = 200

.PHONY: all build demo test lint samples libraries

all: build

# Installs the system libraries when one is missing, and does nothing when all are there.
libraries:
	@if ! pkg-config --exists $(PKG_CONFIG_NAMES); then \
	  if [ "$$(id -u)" = 0 ]; then \
	    apt-get update && apt-get install -y $(DEBIAN_PACKAGES); \
	  elif [ -t 0 ] && command -v sudo >/dev/null; then \
	    sudo apt-get update && sudo apt-get install -y $(DEBIAN_PACKAGES); \
	  else \
	    echo "Libraries are missing. Install them with:"; \
	    echo "  sudo apt-get install $(DEBIAN_PACKAGES)"; \
	    exit 1; \
	  fi; \
	fi

build: libraries
	$(BUILD)

# Trains on Samples/, then renders 16 clips with pictures and a sheet.
demo: build
	$(WAVEGAN) train Samples --run demo/run --steps $(DEMO_STEPS) --checkpoint-every 100 --force
	$(WAVEGAN) render demo/run --out demo/clips --count 16 --images --sheet --force
	@echo
	@echo "Heard and seen: demo/clips/0000.wav to 0015.wav, a picture of each, all on demo/clips/sheet.png;"
	@echo "how the training went: demo/run/curves.png. A minute is only a beginning. Go on with"
	@echo "  $(WAVEGAN) train --resume demo/run --minutes 30"
	@echo "or train on your own folder of clips:"
	@echo "  $(WAVEGAN) inspect FOLDER"
	@echo "  $(WAVEGAN) train FOLDER --run my.run"

test: libraries
	$(TEST)

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# Makes Samples/ again; nothing changes but what wavegan-samples would now make otherwise.
samples: build
	.build/release/wavegan-samples --out Samples --force
