"""Times loading a folder with soundfile and soxr on one thread: decode, resample, slice.

The result is what `wavegan train` has in memory: mono windows at 16 kHz, each recording brought to
peak 1, the last window filled with silence. --librosa decodes and resamples with librosa.load.
"""

from pathlib import Path

import numpy
import soundfile
import soxr

from measuring import arguments, median_seconds, tell


def main() -> None:
    parser = arguments(__doc__, sample_rate=16_000, window=16_384)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--librosa", action="store_true")
    options = parser.parse_args()
    if options.librosa:
        import librosa

    def mono(path: Path) -> numpy.ndarray:
        if options.librosa:
            return librosa.load(path, sr=options.sample_rate)[0]
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
        samples = samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1)
        return soxr.resample(samples, rate, options.sample_rate)

    def windows(path: Path) -> numpy.ndarray:
        samples = mono(path)
        samples /= max(numpy.abs(samples).max(), 1e-9)
        return numpy.pad(samples, (0, -len(samples) % options.window)).reshape(-1, options.window)

    def load():
        files = sorted(path for path in options.folder.rglob("*") if path.suffix == ".wav")
        return numpy.concatenate([windows(path) for path in files])

    tell({"load_seconds": median_seconds(load, 3, options.repeats)}, options.json)


if __name__ == "__main__":
    main()
