"""WaveGAN as one writes it in PyTorch: channels first, [B, C, T]; Donahue et al. 2019, appendix D.

The same layers, shapes and phase shuffle as `wavegan --preset paper`.
"""

import random

import torch
from torch import nn
from torch.nn import functional as F

LATENT = 100
KERNEL = 25
PHASE_SHUFFLE = 2


def strides(window: int) -> list[int]:
    """From 16 steps to the window: 4s, and one 2 where a factor 2 remains."""
    result, factor = [], window // 16
    while factor > 1:
        result.append(min(4, factor))
        factor //= 4
    return result


def phase_shuffle(x: torch.Tensor) -> torch.Tensor:
    """Moves the batch by −2 … 2 steps; what enters at an edge is the reflection of x there."""
    shift = random.randint(-PHASE_SHUFFLE, PHASE_SHUFFLE)
    if shift == 0:
        return x
    if shift > 0:
        return F.pad(x[..., :-shift], (shift, 0), mode="reflect")
    return F.pad(x[..., -shift:], (0, -shift), mode="reflect")


class Generator(nn.Module):
    """[B, 100] → [B, 1, window]."""

    def __init__(self, dim: int, window: int):
        super().__init__()
        factors = strides(window)
        channels = [dim << i for i in reversed(range(len(factors)))] + [1]
        self.project = nn.Linear(LATENT, 16 * channels[0])
        self.up = nn.ModuleList()
        for inputs, outputs, stride in zip(channels, channels[1:], factors):
            padding = (KERNEL - stride + 1) // 2
            extra = 2 * padding - (KERNEL - stride)
            self.up.append(
                nn.ConvTranspose1d(inputs, outputs, KERNEL, stride, padding, output_padding=extra)
            )

    def forward(self, z):
        x = F.relu(self.project(z).view(len(z), -1, 16))
        for up in self.up[:-1]:
            x = F.relu(up(x))
        return torch.tanh(self.up[-1](x))


class Critic(nn.Module):
    """[B, 1, window] → [B, 1]."""

    def __init__(self, dim: int, window: int):
        super().__init__()
        factors = strides(window)
        channels = [1] + [dim << i for i in range(len(factors))]
        self.down = nn.ModuleList(
            nn.Conv1d(inputs, outputs, KERNEL, stride, (KERNEL - stride + 1) // 2)
            for inputs, outputs, stride in zip(channels, channels[1:], factors)
        )
        self.output = nn.Linear(16 * channels[-1], 1)

    def forward(self, x):
        for index, down in enumerate(self.down):
            x = F.leaky_relu(down(x), 0.2)
            if index < min(4, len(self.down) - 1):
                x = phase_shuffle(x)
        return self.output(x.flatten(1))
