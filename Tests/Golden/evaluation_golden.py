"""What NumPy, SciPy and librosa say about the figures of `wavegan evaluate`.

    python Tests/Golden/evaluation_golden.py
        makes evaluation_golden.json, for WaveGANTests

Two sets of points are made from a formula that both sides compute alike, a generator of Park and
Miller, so that the file holds results only. Made with NumPy 2.4.6, SciPy 1.17.1, librosa 0.11.0.
"""

import json
import pathlib

import librosa
import numpy as np
import scipy.fft
import scipy.linalg
from scipy.spatial.distance import cdist, pdist


def points(seed, count, width, scale=1.0, shift=0.0):
    """Numbers in -0.5 ... 0.5, times a scale that falls from column to column, plus a shift."""
    values = np.empty(count * width)
    state = seed
    for i in range(count * width):
        state = state * 48271 % 2147483647
        values[i] = state / 2147483647 - 0.5
    columns = scale / (1 + np.arange(width))
    return values.reshape(count, width) * columns + shift


def frechet(x, y):
    mean = ((x.mean(0) - y.mean(0)) ** 2).sum()
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    if len(x) > x.shape[1] and len(y) > y.shape[1]:
        common = np.trace(scipy.linalg.sqrtm(a @ b)).real
    else:
        # sqrtm of a singular product is not reliable; the same by singular values of the points.
        x, y = x - x.mean(0), y - y.mean(0)
        common = np.linalg.svd(x @ y.T, compute_uv=False).sum()
        common /= np.sqrt((len(x) - 1) * (len(y) - 1))
    return mean + np.trace(a) + np.trace(b) - 2 * common


def kernel(x, y):
    sigma = np.median(pdist(y))

    def k(d):
        return np.exp(-(d ** 2) / (2 * sigma ** 2))

    return 100 * (k(pdist(x)).mean() + k(pdist(y)).mean() - 2 * k(cdist(x, y)).mean())


def neighbours(x, y, k):
    def radii(z):
        return np.sort(cdist(z, z), axis=1)[:, k]  # column 0 is the point itself

    d = cdist(x, y)
    inside_real, inside_fake = d <= radii(y)[None, :], d <= radii(x)[:, None]
    return {
        "precision": inside_real.any(1).mean(), "recall": inside_fake.any(0).mean(),
        "density": inside_real.sum() / (k * len(x)), "coverage": inside_real.any(0).mean()}


def self_distance(x):
    d = cdist(x, x)
    np.fill_diagonal(d, np.inf)
    return d.min(1).mean()


def clip(rate, length):
    """A gliding tone under a falling envelope, with a little noise and a silent end."""
    t = np.arange(length) / rate
    noise = points(99, length, 1)[:, 0]
    y = np.sin(2 * np.pi * (300 * t + 400 * t * t)) + 0.1 * noise
    return (y * np.exp(-4 * t) * (t < 0.8 * length / rate)).astype(np.float32)


def features(y, rate):
    length = {8000: 256, 16000: 512}[rate]
    scale = 2 / librosa.filters.get_window("hann", length).sum()
    mel = librosa.feature.melspectrogram(
        y=y.astype(np.float64), sr=rate, n_fft=length, hop_length=length // 4, power=1, n_mels=64,
        fmin=40, fmax=0.975 * rate / 2, norm=None)
    levels = np.maximum(-80, 20 * np.log10(1e-5 + scale * mel.T))
    envelope = scipy.fft.dctn(levels, norm="ortho")[:8, :16] / np.sqrt(levels.size)
    return levels, envelope


def main():
    cases = []
    for n, m, width, scale, shift in [
        (200, 200, 16, 1.0, 0.0), (150, 230, 16, 1.3, 0.05), (60, 60, 9, 0.7, 0.02),
        (20, 25, 32, 1.0, 0.01),
    ]:
        x, y = points(7, n, width, scale, shift), points(11, m, width)
        case = {
            "count": n, "referenceCount": m, "width": width, "scale": scale, "shift": shift,
            "frechetDistance": frechet(x, y), "kernelDistance": kernel(x, y),
            "selfDistance": self_distance(x), "trainDistance": cdist(x, y).min(1).mean(),
            "pairDistance": pdist(x).mean()}
        cases.append(case | neighbours(x, y, 5))
    clips = []
    for rate, length in [(8000, 4096), (16000, 16384)]:
        levels, envelope = features(clip(rate, length), rate)
        clips.append({
            "sampleRate": rate, "length": length, "frameCount": len(levels),
            "levels": levels[:: max(1, len(levels) // 8)].tolist(), "envelope": envelope.tolist()})
    figures = points(5, 101, 1)[:, 0]
    quantiles = np.quantile(figures, [0.05, 0.5, 0.95]).tolist()
    path = pathlib.Path(__file__).with_name("evaluation_golden.json")
    path.write_text(json.dumps({"cases": cases, "clips": clips, "quantiles": quantiles}, indent=1))


main()
