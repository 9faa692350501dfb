"""Makes `istft.safetensors`: the inverse-STFT generator with its clips and gradients.

    venv/bin/python Tests/Golden/istft_golden.py

Packages and conventions are those of `pytorch_golden.py`, README.md has both.
"""

import torch
from pytorch_golden import exact, normal, save, time_major
from pytorch_wavegan import SpectralGenerator


def spectral() -> None:
    torch.manual_seed(11)
    generator = SpectralGenerator(window=4096, width=1, latent=4, channels=2).double()
    with torch.no_grad():
        for name, parameter in generator.named_parameters():
            fan_in = parameter[0].numel() if parameter.dim() > 1 else 4
            parameter.copy_(normal(*parameter.shape, scale=fan_in**-0.5))
        # Of the first channel, bins 9 and 20 are above the limit, at least at times.
        generator.head.bias[9], generator.head.bias[20] = 6, 4
    latents = normal(2, 4).requires_grad_()
    sound = generator(latents)
    direction = exact(torch.randn_like(sound))
    parameters = dict(generator.named_parameters())
    of_latents, *gradients = torch.autograd.grad(
        (sound * direction).sum(), [latents, *parameters.values()])
    logarithms, _ = generator.columns(latents)
    assert (logarithms > 4).any() and (logarithms[:, 0, 20] < 4).any()
    tensors = {f"generator.{name}": p for name, p in parameters.items()}
    tensors |= {f"gradient.generator.{name}": g for name, g in zip(parameters, gradients)}
    tensors |= {
        "latents": latents, "sound": time_major(sound), "direction": time_major(direction),
        "gradient.latents": of_latents,
    }
    save("istft", tensors, script="istft_golden.py")


if __name__ == "__main__":
    spectral()
