"""What PyTorch and NumPy say about the classifier of an evaluation, and the scores made from it.

    python Tests/Golden/classifier_golden.py
        makes classifier_golden.json, for WaveGANTests

Made with torch 2.13.0+cpu, NumPy 2.4.6, SciPy 1.17.1. Everything is computed in float64 from numbers
that float32 holds exactly.
"""

import json
import pathlib

import numpy as np
import torch
from scipy.special import rel_entr, softmax
from scipy.stats import entropy
from torch import nn

BANDS, FRAMES, LABELS, BATCH = 8, 32, 3, 4
CHANNELS = [4, 6, 6, 8]


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        counts = [BANDS] + CHANNELS
        self.convolution = nn.ModuleList(
            nn.Conv1d(i, o, 5, stride=2 if n < 3 else 1, padding=2)
            for n, (i, o) in enumerate(zip(counts, counts[1:]))
        )
        self.output = nn.Linear(2 * counts[-1], LABELS)
        self.nearest_kink = np.inf

    def forward(self, x):
        x = x.transpose(1, 2)  # [B, T, M] -> [B, M, T]
        for convolution in self.convolution:
            x = convolution(x)
            self.nearest_kink = min(self.nearest_kink, x.abs().min().item())
            x = nn.functional.leaky_relu(x, 0.2)
        self.embedding = torch.cat([x.mean(dim=2), x.amax(dim=2)], dim=1)
        return self.output(self.embedding)


def numbers(array):
    return [float(x) for x in np.asarray(array, dtype=np.float32).ravel()]


def digits(array):
    return [float(f"{x:.9g}") for x in np.asarray(array).ravel()]


def network():
    torch.manual_seed(5)
    model = Classifier()
    x = torch.randn(BATCH, FRAMES, BANDS)
    labels = torch.tensor([2, 0, 1, 2])
    model, x = model.double(), x.double()
    logits = model(x)
    loss = nn.functional.cross_entropy(logits, labels, label_smoothing=0.1)
    loss.backward()
    # So that rounding to 32 bits turns no activation's sign.
    assert model.nearest_kink > 2e-5, model.nearest_kink
    return {
        "bandCount": BANDS, "frameCount": FRAMES, "labelCount": LABELS, "channelCounts": CHANNELS,
        "labels": labels.tolist(), "smoothing": 0.1,
        "input": numbers(x.detach()),
        "weights": {name: numbers(p.detach()) for name, p in model.named_parameters()},
        "embeddings": digits(model.embedding.detach()),
        "logits": digits(logits.detach()),
        "loss": loss.item(),
        "gradients": {name: digits(p.grad) for name, p in model.named_parameters()},
    }


def scores(n, label_count, sharpness, seed):
    generator = np.random.default_rng(seed)
    logits = sharpness * generator.standard_normal((n, label_count))
    p = softmax(logits, axis=1)
    claimed = generator.integers(0, label_count, n)
    reference = generator.dirichlet(5 * np.ones(label_count))
    # The scores straight from their definitions, with the smallest logarithm that they have.
    log_p = np.log(np.maximum(p, 1e-16))
    pairs = [(p[i] * (log_p[i] - log_p[j])).sum() for i in range(n) for j in range(n)]
    return {
        "probabilities": p.tolist(), "labels": claimed.tolist(), "reference": reference.tolist(),
        "accuracy": float((p.argmax(axis=1) == claimed).mean()),
        "inceptionScore": float(np.exp(rel_entr(p, p.mean(axis=0)).sum(axis=1).mean())),
        "modifiedInceptionScore": float(np.exp(np.mean(pairs))),
        "amScore": float(
            rel_entr(reference, p.mean(axis=0)).sum() + entropy(p, axis=1).mean()
        ),
    }


golden = {
    "network": network(),
    "scores": [scores(40, 10, 2.0, 1), scores(7, 2, 0.5, 2), scores(25, 5, 8.0, 3)],
}
path = pathlib.Path(__file__).with_name("classifier_golden.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
