"""Compares a file of `wavegan features` with librosa's features of the same recordings.

    wavegan features FOLDER --out features.npz
    python Tests/Golden/features_check.py FOLDER features.npz [COUNT]

Reads COUNT recordings (default 20), evenly spread over the file, whose names are those that
`wavegan features` was given, seen from the same folder. Only recordings that have the file's own
sample rate are compared, so that no resampler takes part. Prints the largest difference of each, in
natural logarithms or amplitudes, and fails above 1e-4. Made with librosa 0.11.0, NumPy 2.4.6,
soundfile 0.14.0.
"""

import json
import pathlib
import sys

import librosa
import numpy as np
import soundfile


def features(y, rate, settings):
    """What librosa says of one channel, [frames, bands]."""
    length, hop = settings["fft-length"], settings["hop"]
    scale = 2 / librosa.filters.get_window("hann", length).sum()
    if settings["kind"] == "linear":
        return scale * np.abs(librosa.stft(y, n_fft=length, hop_length=hop)).T
    mel = librosa.feature.melspectrogram(
        y=y, sr=rate, n_fft=length, hop_length=hop, power=1, n_mels=settings["bands"],
        fmin=settings["low-hz"], fmax=settings["high-hz"], norm=None)
    return np.log(settings["floor"] + scale * mel).T


def main(folder, path, count=20):
    data = np.load(path)
    settings = json.loads(str(data["settings"]))
    rate = int(data["sample_rate"])
    names = [n for n in data["names"] if pathlib.Path(n).is_relative_to(folder)]
    same = [n for n in names if soundfile.info(n).samplerate == rate]
    if not same:
        sys.exit(f"No recording in {folder} has {rate} Hz; say --sample-rate.")
    chosen = [same[i] for i in np.linspace(0, len(same) - 1, min(count, len(same))).astype(int)]
    worst = 0.0
    for name in chosen:
        index = int(np.flatnonzero(data["names"] == name)[0])
        own = data["features"][data["starts"][index]:][:data["lengths"][index]]
        samples, _ = soundfile.read(name, dtype="float32", always_2d=True)
        if settings["channels"] == 1:
            expected = features(samples.mean(axis=1), rate, settings)
        elif samples.shape[1] > 2:
            print(f"         more than two channels  {name}")
            continue
        else:  # A mono recording is on both.
            expected = np.stack(
                [features(samples[:, c], rate, settings) for c in (0, -1)], axis=1)
        assert own.shape == expected.shape, (name, own.shape, expected.shape)
        difference = float(np.abs(own - expected).max())
        worst = max(worst, difference)
        print(f"{difference:.1e}  {own.shape[0]:6} frames  {name}")
    print(f"{worst:.1e}  the largest of {len(chosen)} recordings, {rate} Hz, {settings['kind']}")
    sys.exit(worst > 1e-4)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
