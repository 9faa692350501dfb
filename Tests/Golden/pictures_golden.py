"""What librosa says about the pictures that `wavegan spectrogram` draws.

    python Tests/Golden/pictures_golden.py
        makes pictures_golden.json from recordings in Samples/, for WaveGANTests

    python Tests/Golden/pictures_golden.py --check FOLDER [--count 20] [--program .build/release/wavegan]
        draws recordings of a folder with the program, on every scale, and compares pixels of the
        pictures with librosa's levels at the frequencies and times that the axes say

Made with librosa 0.11.0, NumPy 2.4.6, SciPy 1.17.1; the check also needs Pillow 13.0.0.
"""

import argparse
import json
import math
import pathlib
import random
import subprocess
import tempfile

import librosa
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCALES = ["linear", "mel", "log"]


def low_hz(scale, high):
    return min(20.0, high / 8) if scale == "log" else 0.0


def hz_at(scale, high, position):
    """The frequency at a height, 0 (bottom) to 1 (top)."""
    low = low_hz(scale, high)
    if scale == "linear":
        return low + position * (high - low)
    if scale == "mel":
        return float(librosa.mel_to_hz(position * librosa.hz_to_mel(high)))
    return low * (high / low) ** position


def levels(y, length, hop):
    """Levels of the bins of each frame, [F, T]: 0 dB is a sine that reaches full scale."""
    # From float64, so that what is compared is not librosa's rounding.
    spectrum = np.abs(librosa.stft(y.astype(np.float64), n_fft=length, hop_length=hop))
    return spectrum * 2 / librosa.filters.get_window("hann", length).sum()


def level(amplitudes, y, rate, length, hop, scale, row, column, rows, columns):
    """The level of one pixel in dB.

    A pixel that covers several bins or frames has the loudest; one between two has what lies
    between them: in frequency as amplitude, in time as dB.
    """
    high = rate / 2
    bottom = hz_at(scale, high, 1 - (row + 1) / rows)
    top = hz_at(scale, high, 1 - row / rows)
    frequencies = librosa.fft_frequencies(sr=rate, n_fft=length)
    inside = (frequencies >= bottom - 1e-9) & (frequencies < top - 1e-9)
    if row == 0:
        inside |= frequencies >= top - 1e-9
    if inside.any():
        frames = amplitudes[inside].max(axis=0)
    else:
        place = (bottom + top) / 2 * length / rate
        left = int(place)
        frames = (1 - (place - left)) * amplitudes[left] + (place - left) * amplitudes[left + 1]
    frames = librosa.amplitude_to_db(frames, ref=1, amin=1e-10, top_db=None)
    times = librosa.frames_to_time(np.arange(len(frames)), sr=rate, hop_length=hop)
    duration = len(y) / rate
    if len(frames) > columns:
        of_frame = np.minimum((times / duration * columns + 1e-9).astype(int), columns - 1)
        return float(frames[of_frame == column].max())
    return float(np.interp((column + 0.5) / columns * duration, times, frames))


def golden():
    draws = random.Random(3)
    cases = []
    for name in ["kick/kick-01.wav", "open-hat/open-hat-02.wav", "cowbell/cowbell-03.wav",
                 "snare/snare-04.wav"]:
        y, rate = librosa.load(ROOT / "Samples" / name, sr=None)
        # Fewer frames than columns, and more.
        for scale, (length, hop) in [(s, t) for s in SCALES for t in [(512, 128), (256, 8)]]:
            amplitudes = levels(y, length, hop)
            rows, columns = 240, 300
            points = []
            for _ in range(12):
                row, column = draws.randrange(rows), draws.randrange(columns)
                value = level(amplitudes, y, rate, length, hop, scale, row, column, rows, columns)
                points.append({"row": row, "column": column, "decibels": float(f"{value:.8g}")})
            cases.append({"sample": name, "scale": scale, "fftLength": length, "hopLength": hop,
                          "rowCount": rows, "columnCount": columns, "points": points})
    axes = []
    for scale in SCALES:
        for high in [4000.0, 8000.0, 22050.0, 48000.0]:
            for position in [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]:
                axes.append({"scale": scale, "highHz": high, "position": position,
                             "hz": float(f"{hz_at(scale, high, position):.12g}")})
    path = pathlib.Path(__file__).with_name("pictures_golden.json")
    path.write_text(json.dumps({"axes": axes, "rasters": cases}, separators=(",", ":")) + "\n")


# Where a picture has its spectrogram and its colour bar, in pixels: left, top, width, height.
SPECTRUM = (186, 444, 1488, 714)
BAR = (1710, 444, 33, 714)
FLOOR = -80.0


def check_picture(path, y, rate, scale, length, hop, draws):
    """Differences of pixels and librosa's levels, in dB."""
    from PIL import Image

    pixels = np.asarray(Image.open(path).convert("L")).astype(int)
    amplitudes = levels(y, length, hop)
    x, top_row, columns, rows = SPECTRUM
    # The bar begins at the loudest level, rounded up to 10 dB with half a decibel of grace.
    loudest = 20 * math.log10(max(amplitudes.max(), 1e-10))
    top = math.ceil((loudest - 0.5) / 10) * 10
    bar = pixels[BAR[1]:BAR[1] + BAR[3], BAR[0] + BAR[2] // 2]
    of_gray = {}
    for row in range(3, len(bar) - 3):
        of_gray.setdefault(bar[row], []).append(top + FLOOR * (row + 0.5) / len(bar))
    differences = []
    for _ in range(300):
        # Not under the frame's line.
        row, column = draws.randrange(3, rows - 3), draws.randrange(3, columns - 3)
        shown = of_gray.get(pixels[top_row + row, x + column])
        expected = level(amplitudes, y, rate, length, hop, scale, row, column, rows, columns)
        if shown is None or not top + FLOOR + 1 < expected < top - 1:
            continue
        differences.append(np.mean(shown) - expected)
    return differences


def check(folder, count, program):
    draws = random.Random(4)
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".wav", ".flac", ".ogg", ".aiff"})
    draws.shuffle(files)
    checked, differences = 0, []
    for file in files:
        if checked == count:
            break
        try:
            y, rate = librosa.load(file, sr=None)
        except Exception:
            continue
        if len(y) < 2048 or not np.abs(y).max() > 0:
            continue
        checked += 1
        worst = []
        for scale in SCALES:
            # Frames between columns, and several in a column.
            for length, hop in [(512, 128), (1024, max(len(y) // 4000, 1))]:
                with tempfile.TemporaryDirectory() as out:
                    subprocess.run(
                        [program, "spectrogram", file, "--out", out, "--colors", "gray", "--quiet",
                         "--scale", scale, "--fft-length", str(length), "--hop", str(hop)],
                        check=True)
                    picture = next(pathlib.Path(out).rglob("*.png"))
                    new = check_picture(picture, y, rate, scale, length, hop, draws)
                differences += new
                worst.append(max(map(abs, new), default=0.0))
        print(f"{max(worst):6.3f} dB at most  {len(y):8} samples  {rate:6} Hz  {file.name}")
    sizes = np.abs(differences)
    print(f"{checked} recordings, {len(sizes)} pixels: mean {sizes.mean():.3f} dB, "
          f"worst {sizes.max():.3f} dB; a colour stands for {-FLOOR / 255:.3f} dB")


parser = argparse.ArgumentParser()
parser.add_argument("--check", type=pathlib.Path)
parser.add_argument("--count", type=int, default=20)
parser.add_argument("--program", default=ROOT / ".build/release/wavegan", type=pathlib.Path)
arguments = parser.parse_args()
if arguments.check:
    check(arguments.check, arguments.count, arguments.program.resolve())
else:
    golden()
