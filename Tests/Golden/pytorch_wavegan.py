"""WaveGAN's networks as stock PyTorch modules, with the names and layouts of this program's checkpoints.

Axis letters: B batch, T time, C channels, K taps, S stride, Z latent. PyTorch's memory is [B, C, T].

    from safetensors.torch import load_file
    from pytorch_wavegan import Generator, part

    generator = Generator(window=16384, width=64, latent=100)
    generator.load_state_dict(part(load_file("step-00001000.safetensors"), "generator"))
    sound = generator.eval()(torch.rand(1, 100) * 2 - 1)    # [1, 1, 16384], within -1...1

Written for Python 3.11 and torch 2.13.0+cpu. Source of the architecture: Donahue, McAuley and
Puckette, "Adversarial Audio Synthesis", ICLR 2019, appendix D. Padding differs from TensorFlow's
SAME by one sample, on purpose: it is symmetric, so that PyTorch needs no cropping.
"""

import torch
from torch import nn
from torch.nn import functional as F

START_LENGTH = 16
"""Time steps where the generator starts and the discriminator ends."""

POST_FILTER_LENGTH = 512
"""Taps of the learned filter after the generator."""


def strides(window: int) -> list[int]:
    """Strides from the generator's start to the waveform: 4s, then one 2 where a 2 remains."""
    factor, result = window // START_LENGTH, []
    while factor >= 4:
        factor, result = factor // 4, result + [4]
    return result + [2] * (factor == 2)


def padding(kernel: int, stride: int) -> int:
    """Zeros on each side with which T samples become exactly T/S: ⌈(K − S)/2⌉."""
    return (kernel - stride + 1) // 2


def part(tensors: dict, name: str) -> dict:
    """The tensors of one network, without its name in front: a state dictionary."""
    return {k.removeprefix(f"{name}."): v for k, v in tensors.items() if k.startswith(f"{name}.")}


def normalization(channels: int, wanted: bool) -> nn.Module:
    """Batch normalisation with TensorFlow's constants (its momentum 0.99 is PyTorch's 0.01)."""
    return nn.BatchNorm1d(channels, eps=1e-3, momentum=0.01) if wanted else nn.Identity()


def phase_shuffle(x: torch.Tensor, shift: int | list[int]) -> torch.Tensor:
    """Moves x, [B, C, T], to the right by `shift` steps; a negative shift moves it to the left.

    What enters at an edge is the reflection of x there, the edge sample itself not repeated. One
    number moves the whole batch; a list moves each clip by its own.
    """
    if not isinstance(shift, int):
        return torch.cat([phase_shuffle(clip[None], n) for clip, n in zip(x, shift, strict=True)])
    left, right = max(shift, 0), max(-shift, 0)
    return F.pad(x, (left, right), mode="reflect")[:, :, right : right + x.shape[2]]


class Upsample(nn.Conv1d):
    """Repeats each time step S times, then convolves: [B, I, T] → [B, O, S·T]."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, bias: bool = True):
        super().__init__(inputs, outputs, kernel, padding=padding(kernel, 1), bias=bias)
        self.factor = stride

    def forward(self, x):
        x = F.interpolate(x, scale_factor=self.factor, mode="nearest")
        return super().forward(x)[:, :, : x.shape[2]]  # an even kernel makes one step too many


def transposed(
    inputs: int, outputs: int, kernel: int, stride: int, bias: bool = True
) -> nn.ConvTranspose1d:
    """[B, I, T] → [B, O, S·T]; weight [I, O, K]."""
    p = padding(kernel, stride)
    return nn.ConvTranspose1d(
        inputs, outputs, kernel, stride, p, output_padding=2 * p - (kernel - stride), bias=bias
    )


def strided(inputs: int, outputs: int, kernel: int, stride: int) -> nn.Conv1d:
    """[B, I, T] → [B, O, T/S] where T is a multiple of S; weight [O, I, K].

    With stride 1 and an even kernel there is one step too many at the end, to be dropped.
    """
    return nn.Conv1d(inputs, outputs, kernel, stride, padding(kernel, stride))


class Generator(nn.Module):
    """Makes waveforms [B, C, window] from latent vectors [B, Z]."""

    def __init__(
        self, window=16384, width=64, latent=100, channels=1, kernel=25,
        upsample="zeros", upsample_bias=True, batch_norm=False, post_filter=False,
    ):
        super().__init__()
        layers = strides(window)
        # Channels halve from layer to layer down to `width`; the last layer makes the waveform.
        sizes = [width << i for i in reversed(range(len(layers)))] + [channels]
        layer = {"zeros": transposed, "nearest": Upsample}[upsample]
        self.project = nn.Linear(latent, START_LENGTH * sizes[0])  # row c·16 + t
        self.norm = nn.ModuleList(normalization(size, batch_norm) for size in sizes[:-1])
        self.up = nn.ModuleList(
            layer(i, o, kernel, s, upsample_bias) for i, o, s in zip(sizes, sizes[1:], layers)
        )
        self.post = (
            nn.Conv1d(  # 255 zeros on the left and 256 on the right
                channels, channels, POST_FILTER_LENGTH, padding="same", bias=False, groups=channels
            )
            if post_filter
            else nn.Identity()
        )

    def activations(self, z):
        """The output of every layer after its nonlinearity: [B, C0, 16] … [B, C, window]."""
        x = self.project(z)
        x = x.view(len(z), -1, START_LENGTH)
        result = [F.relu(self.norm[0](x))]
        for up, norm in zip(self.up[:-1], self.norm[1:]):
            result.append(F.relu(norm(up(result[-1]))))
        return result + [torch.tanh(self.up[-1](result[-1]))]

    def forward(self, z):
        return self.post(self.activations(z)[-1])


def frame_scale(rate: int) -> int:
    """How many times as many samples a frame has as at 16 kHz: 2 from 32 kHz, 4 from 64 kHz …"""
    return 1 << max(0, (rate // 16_000).bit_length() - 1)


class SpectralGenerator(nn.Module):
    """Makes waveforms [B, C, window] from latent vectors [B, Z], by way of spectra.

    Frames are `hop` apart and N = 4·hop long; T frames make T·hop samples. They have `frame_scale` times
    as many samples as at 16 kHz.
    """

    START_LENGTH = 8
    LIMIT = 4.0
    """Log-magnitude above which the exponential goes on as its tangent."""

    def __init__(self, window=8192, width=16, latent=64, channels=1, rate=16_000):
        super().__init__()
        self.hop = min(256 * frame_scale(rate), window // 64)
        self.frames, self.bins, self.channels = window // self.hop, 2 * self.hop, channels
        sizes, length = [16 * width], self.START_LENGTH
        blocks = []
        while length < self.frames:
            length *= 2
            sizes.append(max(8 * width, sizes[-1] // 2))
            blocks.append(2 if length == self.frames else 1)
        self.blocks = blocks
        """Residual blocks after each layer of `up`."""
        self.project = nn.Linear(latent, self.START_LENGTH * sizes[0])  # row c·8 + t
        self.up = nn.ModuleList(Upsample(i, o, 5, 2) for i, o in zip(sizes, sizes[1:]))
        self.block = nn.ModuleList(
            nn.ModuleList(nn.Conv1d(size, size, 7, padding=3) for _ in range(2))
            for size, count in zip(sizes[1:], blocks) for _ in range(count)
        )
        self.head = nn.Conv1d(sizes[-1], 2 * self.bins * channels, 7, padding=3)

    def columns(self, z):
        """Log-magnitudes and phases: two of [B, C, F, T]."""
        x = F.leaky_relu(self.project(z), 0.2).view(len(z), -1, self.START_LENGTH)
        blocks = iter(self.block)
        for up, count in zip(self.up, self.blocks):
            x = F.leaky_relu(up(x), 0.2)
            for _ in range(count):
                first, second = next(blocks)
                x = x + second(F.leaky_relu(first(x), 0.2))
        x = x / (x.square().mean(1, keepdim=True) + 1e-4).sqrt()
        return self.head(x).view(len(z), self.channels, 2, self.bins, self.frames).unbind(2)

    def spectra(self, z):
        """[B, C, F + 1, T], complex; nothing at half the sample rate."""
        a, p = self.columns(z)
        top = torch.full((), self.LIMIT, dtype=a.dtype).exp()
        magnitude = torch.where(
            a < self.LIMIT, a.clamp(max=self.LIMIT).exp(), top * (1 + a - self.LIMIT))
        k = torch.arange(self.bins, dtype=a.dtype)[:, None]
        t = torch.arange(self.frames, dtype=a.dtype)
        # Whole turns go before π comes: π times thousands is not exact in 32 bits.
        phase = p + torch.pi * (k * t / 2 % 2 + k * k / self.bins % 2)
        scale = 10**-1.5 * 0.75 * (4 * self.hop) ** 0.5
        return F.pad(torch.polar(scale * magnitude, phase), (0, 0, 0, 1))

    def forward(self, z):
        window = torch.hann_window(4 * self.hop, dtype=z.dtype)
        pieces = torch.fft.irfft(self.spectra(z), dim=2) * window[:, None]  # [B, C, N, T]
        energy = (window**2)[:, None].expand(-1, self.frames)[None]
        return self.overlap(pieces.flatten(0, 1)).view(len(z), self.channels, -1) / self.overlap(
            energy).view(-1)

    def overlap(self, pieces):
        """Adds overlapping frames, [B, N, T] → [B, T·hop]; cuts off 1½ hops at both ends."""
        edge = 3 * self.hop // 2
        length = self.frames * self.hop
        return F.fold(
            pieces, (1, length + 2 * edge), (1, 4 * self.hop), stride=(1, self.hop)
        ).flatten(1)[:, edge : edge + length]


class Discriminator(nn.Module):
    """Scores waveforms: [B, C, window] → [B]; higher is more like a real one.

    With labels, a clip's own, [B], is told beside it.
    """

    def __init__(self, window=16384, width=64, channels=1, kernel=25, batch_norm=False, labels=0):
        super().__init__()
        layers = strides(window)
        sizes = [channels] + [width << i for i in range(len(layers))]
        self.down = nn.ModuleList(
            strided(i, o, kernel, s) for i, o, s in zip(sizes, sizes[1:], layers)
        )
        self.norm = nn.ModuleList(
            normalization(size, batch_norm and i > 0) for i, size in enumerate(sizes[1:])
        )
        self.output = nn.Linear(sizes[-1] * START_LENGTH, 1)  # column c·16 + t
        if labels:
            self.output.label = nn.Embedding(labels, sizes[-1])
        self.shuffled = min(4, len(layers) - 1)
        """How many of the first layers are followed by phase shuffle: never the last one."""

    def activations(self, x, shifts=None):
        """The output of every layer after LeakyReLU, before phase shuffle.

        `shifts` has one entry for each shuffled layer; None leaves everything where it is.
        """
        result = []
        for i, (down, norm) in enumerate(zip(self.down, self.norm)):
            result.append(F.leaky_relu(norm(down(x)), 0.2))
            shuffles = shifts is not None and i < self.shuffled
            x = phase_shuffle(result[-1], shifts[i]) if shuffles else result[-1]
        return result

    def score(self, last, labels=None):
        """The verdict on the last layer's activations, [B, C, 16] → [B]."""
        return verdict(self.output, last, labels)

    def forward(self, x, shifts=None, labels=None):
        return self.score(self.activations(x, shifts)[-1], labels)


def verdict(output: nn.Linear, last: torch.Tensor, labels=None) -> torch.Tensor:
    """A dense layer over all features, [B, C, T] → [B], and what clips' labels add to it."""
    score = output(last.flatten(1)).squeeze(1)
    if labels is None:
        return score
    return score + (output.label(labels) * last.mean(dim=2)).sum(dim=1)


SPECTRAL_FLOOR = 1e-3
"""Added to levels before their logarithm is taken."""


class SpectralDiscriminator(nn.Module):
    """Scores waveforms by their spectra: [B, C, window] → [B]; with labels, [B] more of them.

    One of the discriminators of `--discriminator stft`; its tensors are `discriminator.stft-N.*`.
    """

    def __init__(
        self, fft=256, window=16384, width=64, channels=1, batch_norm=False, labels=0, rate=16_000,
    ):
        super().__init__()
        self.fft, self.window, self.scale = fft, window, frame_scale(rate)
        frames = window // (fft // 4)
        downs = max(0, (frames // 8).bit_length() - 1)
        sizes = [sum(count for _, count in self.bands()) * channels] + [8 * width] * (downs + 1)
        if downs:
            sizes[-1] = 16 * width
        self.down = nn.ModuleList(
            strided(i, o, 5, 2 if n else 1) for n, (i, o) in enumerate(zip(sizes, sizes[1:]))
        )
        self.norm = nn.ModuleList(
            normalization(size, batch_norm and i > 0) for i, size in enumerate(sizes[1:])
        )
        self.output = nn.Linear(sizes[-1] * (frames >> downs), 1)  # column c·frames + t
        if labels:
            self.output.label = nn.Embedding(labels, sizes[-1])

    def bands(self):
        """Bins in a band, and so many bands, from the lowest to the highest: all bins are bands up to
        32 kHz; above, in each octave beyond the lowest, a band has twice as many as in the one before.
        """
        bins = self.fft // 2
        if self.scale == 1:
            return [(1, bins)]
        alone = bins // (2 * self.scale)
        octaves = (2 * self.scale).bit_length() - 1
        return [(1, alone)] + [(2 << n, alone // 2) for n in range(octaves)]

    def amplitudes(self, magnitudes):
        """The root mean square of the magnitudes in each band, [B, N/2, T] → [B, J, T]."""
        widths = [width for width, count in self.bands() for _ in range(count)]
        return torch.stack(
            [m.square().mean(1).sqrt() if m.shape[1] > 1 else m[:, 0]
             for m in magnitudes.split(widths, dim=1)], dim=1)

    def levels(self, x):
        """The logarithms of its amplitudes, from −1 (silence) to 1 (a full sine): [B, C·J, T]."""
        shape = torch.hann_window(self.fft, dtype=x.dtype)
        spectra = torch.stft(
            x.flatten(0, 1), self.fft, self.fft // 4, window=shape, center=True,
            pad_mode="constant", return_complex=True,
        )[:, :-1, :-1]
        amplitudes = self.amplitudes(spectra.abs())
        levels = torch.log(SPECTRAL_FLOOR + amplitudes * (2 / shape.sum()))
        half = -torch.log(torch.tensor(SPECTRAL_FLOOR, dtype=x.dtype)) / 2
        return ((levels + half) / half).reshape(len(x), -1, spectra.shape[-1])

    def activations(self, levels):
        """The output of every layer after LeakyReLU."""
        result = [levels]
        for down, norm in zip(self.down, self.norm):
            result.append(F.leaky_relu(norm(down(result[-1])), 0.2))
        return result[1:]

    def score(self, levels, labels=None):
        """The verdict on levels, [B, C·J, T] → [B]."""
        return verdict(self.output, self.activations(levels)[-1], labels)

    def forward(self, x, labels=None):
        return self.score(self.levels(x), labels)
