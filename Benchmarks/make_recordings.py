"""Makes a folder of recordings to load: decaying noise, 44.1 kHz, stereo, 16 bits, 0.3 to 3 s."""

import argparse
from pathlib import Path

import numpy
import soundfile

RATE = 44_100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=400)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(0)
    for index in range(options.count):
        length = int(random.uniform(0.3, 3) * RATE)
        decay = numpy.exp(-6 * numpy.arange(length) / length)
        noise = random.uniform(-0.9, 0.9, (length, 2)) * decay[:, None]
        soundfile.write(options.folder / f"{index:04}.wav", noise, RATE, subtype="PCM_16")


if __name__ == "__main__":
    main()
