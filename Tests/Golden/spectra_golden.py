"""Makes spectra_golden.json: what librosa says, for SpectraTests.

    python Tests/Golden/spectra_golden.py

Made with librosa 0.11.0, NumPy 2.4.6, SciPy 1.17.1.
"""

import json
import pathlib

import librosa
import numpy as np


def mel_case(rate, length, bands, low, high, scale, is_normalized):
    weights = librosa.filters.mel(
        sr=rate, n_fft=length, n_mels=bands, fmin=low, fmax=high,
        htk=scale == "htk", norm="slaney" if is_normalized else None)
    rows = []
    for row in weights:
        bins = np.flatnonzero(row)
        first = int(bins[0]) if len(bins) else 0
        last = int(bins[-1]) + 1 if len(bins) else 0
        rows.append({"first": first, "weights": [float(f"{w:.7g}") for w in row[first:last]]})
    return {"sampleRate": rate, "fftLength": length, "lowHz": low, "highHz": high,
            "scale": scale, "isAreaNormalized": is_normalized, "rows": rows}


def signal(rate, count):
    """A falling tone with an octave, over noise from a linear congruential generator."""
    state, noise = 12345, np.empty(count)
    for n in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        noise[n] = state / 2**31 - 1
    t = np.arange(count) / rate
    tone = np.sin(2 * np.pi * (900 * t - 400 * t * t)) + 0.3 * np.sin(2 * np.pi * 1800 * t)
    return (0.6 * tone * np.exp(-6 * t) + 0.01 * noise).astype(np.float32)


def log_mel_case(rate, count, length, hop=None, bands=64):
    hop = hop or length // 4
    y = signal(rate, count)
    window = librosa.filters.get_window("hann", length)
    mel = librosa.feature.melspectrogram(
        y=y, sr=rate, n_fft=length, hop_length=hop, power=1, n_mels=bands,
        fmin=40, fmax=0.975 * rate / 2, norm=None)
    features = np.log(1e-5 + 2 / window.sum() * mel).T
    stft = np.abs(librosa.stft(y, n_fft=length, hop_length=hop)).T
    frames = list(range(0, len(features), 5))
    return {"sampleRate": rate, "sampleCount": count, "fftLength": length,
            "hopLength": hop, "bandCount": bands, "frameCount": len(features), "frames": frames,
            "features": [[float(f"{v:.7g}") for v in features[f]] for f in frames],
            "magnitudes": [float(f"{v:.7g}") for v in stft[min(3, len(stft) - 1)]],
            "amplitudes": [float(f"{v:.7g}") for v in 2 / window.sum() * stft[-1]]}


golden = {
    "mel": [
        mel_case(16000, 512, 40, 0.0, 8000.0, "slaney", True),
        mel_case(44100, 1024, 64, 40.0, 20000.0, "slaney", False),
        mel_case(8000, 256, 128, 0.0, 4000.0, "slaney", True),
        mel_case(22050, 512, 32, 100.0, 9000.0, "htk", False),
        mel_case(48000, 1024, 80, 20.0, 24000.0, "htk", True),
    ],
    "logMel": [log_mel_case(16000, 5000, 1024), log_mel_case(8000, 3001, 512),
               log_mel_case(44100, 9000, 1000, 300, 20), log_mel_case(16000, 300, 1024),
               log_mel_case(16000, 1, 1024)],
}
path = pathlib.Path(__file__).with_name("spectra_golden.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
