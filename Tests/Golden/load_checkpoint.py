"""Loads a checkpoint into stock PyTorch modules and makes sounds from the latents of a render.

    wavegan render my.run --out clips --count 4 --encoding float32
    python3 Tests/Golden/load_checkpoint.py my.run/checkpoints/step-00001000.safetensors clips
"""

import json
import sys

import numpy as np
import soundfile
import torch
from pytorch_wavegan import Discriminator, Generator, SpectralGenerator, part
from safetensors import safe_open
from safetensors.torch import load_file

checkpoint, clips = sys.argv[1:]
tensors = load_file(checkpoint)
with safe_open(checkpoint, "pt") as file:
    s = json.loads(file.metadata()["settings"])
common = dict(window=s["window"], width=s["dim"], channels=s["channels"], kernel=s["kernel"])
latent = s["latent"] + len(s.get("conditional", []))  # the labels come last
if s.get("generator") == "istft":
    generator = SpectralGenerator(
        s["window"], s["dim"], latent, s["channels"], s["sample-rate"])
else:
    generator = Generator(
        **common, latent=latent, upsample=s["upsample"], upsample_bias=s["upsample-bias"],
        batch_norm=s["batchnorm"], post_filter=s["post-filter"],
    ).eval()
average = "average" if s["ema"] > 0 else "generator"  # what `render` uses
generator.load_state_dict(part(tensors, average))
discriminator = Discriminator(**common, batch_norm=s["batchnorm"])
discriminator.load_state_dict(part(tensors, "discriminator"))

latents = load_file(f"{clips}/latents.safetensors")["latents"]
with torch.no_grad():
    sounds = generator(latents)  # [B, C, T]
for index, sound in enumerate(sounds.numpy()):
    rendered, _ = soundfile.read(f"{clips}/{index:04}.wav", dtype="float32", always_2d=True)
    difference = np.linalg.norm(sound.T - rendered) / np.linalg.norm(rendered)
    print(f"{index:04}: differs by {difference:.1e} of its size")
