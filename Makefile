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

# What `make install` puts in place, and `make uninstall` removes, below DESTDIR and PREFIX.
PREFIX = /usr/local
DESTDIR =
INSTALLED = bin/wavegan share/man/man1/wavegan.1 share/bash-completion/completions/wavegan \
  share/zsh/site-functions/_wavegan share/fish/vendor_completions.d/wavegan.fish

# The program with Swift inside is a build of its own, and waits in STAGE to be installed.
STATIC_BUILD = $(BUILD) --static-swift-stdlib --scratch-path .build-install
STAGE = .build-install/stage

# The libraries with pages of their own; each may refer to those before it.
DOCUMENTED = AudioFiles Spectra NeuralNet WaveGAN ListeningTests
DOCS = .build/docs
PARTS = .build/docs-parts

.PHONY: all build demo test test-long test-browser browser benchmark lint samples libraries stage install uninstall docs

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

# Also the tests that build anew, and take minutes, and those in a browser.
test-long: libraries browser
	WAVEGAN_LONG_TESTS=1 WAVEGAN_BROWSER=chromium $(TEST)

# Takes listening tests in a headless Chromium, as a listener would.
test-browser: libraries browser
	WAVEGAN_BROWSER=chromium $(TEST) --filter BrowserTests

# Installs Chromium when it is missing.
browser:
	@if ! command -v chromium >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then \
	    apt-get update && apt-get install -y chromium; \
	  elif [ -t 0 ] && command -v sudo >/dev/null; then \
	    sudo apt-get update && sudo apt-get install -y chromium; \
	  else \
	    echo "Chromium is missing. Install it with:"; \
	    echo "  sudo apt-get install chromium"; \
	    exit 1; \
	  fi; \
	fi

# Ours beside PyTorch and its like, which Benchmarks/README.md tells how to install.
benchmark: build
	Benchmarks/compare

lint:
	swift format lint --strict --recursive Sources Tests Examples Package.swift

# Makes Samples/ again; nothing changes but what wavegan-samples would now make otherwise.
samples: build
	.build/release/wavegan-samples --out Samples --force

# The program runs where there is no Swift; it needs the libraries without their -dev packages.
stage: libraries
	$(STATIC_BUILD) --product wavegan
	$(STATIC_BUILD) --product wavegan-manual
	@rm -rf $(STAGE)
	@for file in $(INSTALLED); do mkdir -p $(STAGE)/$$(dirname $$file); done
	@cp .build-install/release/wavegan $(STAGE)/bin/wavegan
	@strip $(STAGE)/bin/wavegan
	@set -e; cd $(STAGE); for shell in bash zsh fish; do \
	  bin/wavegan --generate-completion-script $$shell >completion.$$shell; \
	done; \
	mv completion.bash share/bash-completion/completions/wavegan; \
	mv completion.zsh share/zsh/site-functions/_wavegan; \
	mv completion.fish share/fish/vendor_completions.d/wavegan.fish
	@$(STAGE)/bin/wavegan --experimental-dump-help >$(STAGE)/help.json
	@.build-install/release/wavegan-manual Documentation/wavegan.1.in \
	  --page-version "$$($(STAGE)/bin/wavegan --version)" \
	  <$(STAGE)/help.json >$(STAGE)/share/man/man1/wavegan.1
	@rm $(STAGE)/help.json

# Builds as whoever calls it, and asks for more rights only where PREFIX needs them.
AS_OWNER = place="$(DESTDIR)$(PREFIX)"; \
  while [ ! -e "$$place" ]; do place=$$(dirname "$$place"); done; \
  if [ -w "$$place" ]; then as_owner=; else as_owner=sudo; fi

install: stage
	@set -e; $(AS_OWNER); for file in $(INSTALLED); do \
	  case $$file in bin/*) mode=755 ;; *) mode=644 ;; esac; \
	  $$as_owner install -D -m $$mode $(STAGE)/$$file "$(DESTDIR)$(PREFIX)/$$file"; \
	  echo "$(DESTDIR)$(PREFIX)/$$file"; \
	done

uninstall:
	@set -e; $(AS_OWNER); for file in $(INSTALLED); do \
	  $$as_owner rm -f "$(DESTDIR)$(PREFIX)/$$file"; \
	done

# Makes the pages of the libraries, with all that other targets may use; a link that leads nowhere
# stops it. The symbols of tests are asked for as well, but tests are not built: that is no failure.
docs: libraries
	@rm -rf $(DOCS) $(PARTS) .build/*/symbolgraph && mkdir -p $(PARTS)
	swift package -c release dump-symbol-graph --minimum-access-level package \
	  --skip-synthesized-members >$(PARTS)/log 2>&1 || true
	@set -e; known=; for library in $(DOCUMENTED); do \
	  mkdir $(PARTS)/$$library; \
	  cp .build/*/symbolgraph/$$library.symbols.json $(PARTS)/$$library \
	    || { cat $(PARTS)/log; exit 1; }; \
	  cp .build/*/symbolgraph/$$library@*.symbols.json $(PARTS)/$$library 2>/dev/null || true; \
	  echo "docc convert Sources/$$library/$$library.docc"; \
	  docc convert Sources/$$library/$$library.docc --warnings-as-errors \
	    --fallback-display-name $$library --fallback-bundle-identifier $$library \
	    --additional-symbol-graph-dir $(PARTS)/$$library \
	    --enable-experimental-external-link-support $$known \
	    --output-path $(PARTS)/$$library.doccarchive; \
	  known="$$known --dependency $(PARTS)/$$library.doccarchive"; \
	done
	@docc merge $(DOCUMENTED:%=$(PARTS)/%.doccarchive) --output-path $(DOCS) \
	  --synthesized-landing-page-name wavegan
	@rm -r $(PARTS)
	@echo
	@echo "To read: python3 -m http.server --directory $(DOCS) 8000"
	@echo "and open http://localhost:8000/documentation/"
