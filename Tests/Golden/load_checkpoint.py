"""Loads a checkpoint into stock PyTorch modules and makes sounds from the latents of a render.

    wavegan render my.run --out clips --count 4 --encoding float32
    python3 Tests/Golden/load_checkpoint.py my.run/checkpoints/step-00001000.safetensors clips
"""

import json
import sys

import numpy as np
import soundfile
import torch
from pytorch_wavegan import Discriminator, Generator, SpectralDiscriminator, SpectralGenerator, part
from safetensors import safe_open
from safetensors.torch import load_file


def generator(s: dict) -> torch.nn.Module:
    """The generator of a run with settings s; its vectors have one more number for each label."""
    latent = s["latent"] + len(s.get("conditional", []))
    if s.get("generator") == "istft":
        return SpectralGenerator(s["window"], s["dim"], latent, s["channels"], s["sample-rate"])
    return Generator(
        s["window"], s["dim"], latent, s["channels"], s["kernel"], upsample=s["upsample"],
        upsample_bias=s["upsample-bias"], batch_norm=s["batchnorm"], post_filter=s["post-filter"])


def discriminators(s: dict, tensors: dict) -> dict:
    """The discriminators of a run with settings s, under their names in a checkpoint."""
    sizes = dict(
        window=s["window"], width=s["dim"], channels=s["channels"], batch_norm=s["batchnorm"],
        labels=len(s.get("conditional", [])))
    result = {}
    if s.get("discriminator") != "stft":
        result["discriminator"] = Discriminator(**sizes, kernel=s["kernel"])
    for name in sorted({k.split(".")[1] for k in tensors if k.startswith("discriminator.stft-")}):
        result[f"discriminator.{name}"] = SpectralDiscriminator(
            int(name.removeprefix("stft-")), **sizes, rate=s["sample-rate"])
    return result


def own(tensors: dict, name: str) -> dict:
    """A discriminator's tensors: the waveform's has the others' beside its own."""
    return {k: v for k, v in part(tensors, name).items() if not k.startswith("stft-")}


def main(checkpoint: str, clips: str) -> None:
    tensors = load_file(checkpoint)
    with safe_open(checkpoint, "pt") as file:
        settings = json.loads(file.metadata()["settings"])
    network = generator(settings).eval()
    average = "average" if settings["ema"] > 0 else "generator"  # what `render` uses
    network.load_state_dict(part(tensors, average))
    latents = load_file(f"{clips}/latents.safetensors")["latents"]
    with torch.no_grad():
        sounds = network(latents)  # [B, C, T]
    for index, sound in enumerate(sounds.numpy()):
        rendered, _ = soundfile.read(f"{clips}/{index:04}.wav", dtype="float32", always_2d=True)
        difference = np.linalg.norm(sound.T - rendered) / np.linalg.norm(rendered)
        print(f"{index:04}: differs by {difference:.1e} of its size")
    for name, judge in discriminators(settings, tensors).items():
        judge.load_state_dict(own(tensors, name))
        print(f"{name}: loaded")


if __name__ == "__main__":
    main(*sys.argv[1:])
