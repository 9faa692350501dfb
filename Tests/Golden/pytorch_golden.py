"""Makes the golden values that the Swift tests compare with: layers, networks, a training curve.

    python3 -m venv venv && venv/bin/pip install numpy safetensors torch==2.13.0+cpu \
        --extra-index-url https://download.pytorch.org/whl/cpu
    venv/bin/python Tests/Golden/pytorch_golden.py

Made with Python 3.11.7, torch 2.13.0+cpu, numpy 2.4.6, safetensors 0.8.0. Everything is computed
in float64 from inputs and weights that are exact in float32, and stored rounded to float32.
Activations are stored as [B, T, C], the memory layout of the Swift code; weights in PyTorch's own. See README.md.
"""

import copy
import itertools
import json
import platform
from pathlib import Path

import safetensors
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

import pytorch_wavegan as wavegan
from pytorch_wavegan import Discriminator, Generator, phase_shuffle, strided, transposed

FOLDER = Path(__file__).parent
PENALTY_WEIGHT = 10
GAMMA = 10
"""The factor of the zero-centred penalties."""
NORM_EPSILON = 1e-12
"""Added under the root of a gradient's norm, so that the root has a derivative at zero."""


def exact(x: torch.Tensor) -> torch.Tensor:
    """Rounds to float32 and returns float64, so that Swift can start from the same number."""
    return x.float().double()


def normal(*shape, scale=1.0) -> torch.Tensor:
    return exact(torch.randn(shape) * scale)


def uniform(*shape) -> torch.Tensor:
    return exact(torch.rand(shape) * 2 - 1)


def time_major(x: torch.Tensor) -> torch.Tensor:
    """[B, C, T] → [B, T, C]."""
    return x.transpose(1, 2)


def save(name: str, tensors: dict, script="pytorch_golden.py", **metadata) -> None:
    """Writes float32 tensors, and with which versions they were made."""
    tensors = {
        key: torch.as_tensor(value).detach().float().contiguous() for key, value in tensors.items()
    }
    path = FOLDER / f"{name}.safetensors"
    save_file(tensors, path, metadata={
        "script": f"Tests/Golden/{script}",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "safetensors": safetensors.__version__,
        **{key: json.dumps(value) for key, value in metadata.items()},
    })
    # The library writes metadata in no fixed order; sorted keys make the file repeat byte for byte.
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + length :])
    print(f"{path.name}: {len(tensors)} tensors, {path.stat().st_size:,} bytes")


def initialize(module: nn.Module, bias_scale: float, gain=1.0) -> None:
    """Glorot-uniform weights, as TensorFlow's, times a gain, and normal biases.

    limit = √(6 / (fan_in + fan_out)), where a convolution's fans are taps × channels. A batch
    normalisation gets factors around 1.
    """
    with torch.no_grad():
        for layer in module.modules():
            if isinstance(layer, (nn.Linear, nn.Conv1d, nn.ConvTranspose1d)):
                nn.init.xavier_uniform_(layer.weight, gain)
                layer.weight.copy_(exact(layer.weight))
                if layer.bias is not None:
                    layer.bias.copy_(normal(*layer.bias.shape, scale=bias_scale))
            elif isinstance(layer, nn.BatchNorm1d):
                layer.weight.copy_(exact(1 + normal(*layer.weight.shape, scale=0.2)))
                layer.bias.copy_(normal(*layer.bias.shape, scale=0.2))


# MARK: Layers, one at a time


def layer_case(tensors: dict, name: str, x, function, parameters: dict, bct=True) -> None:
    """One layer, its output, and the gradients of ⟨output, upstream⟩."""
    layout = time_major if bct else (lambda value: value)
    x.requires_grad_()
    y = function(x)
    upstream = normal(*y.shape)
    gradients = torch.autograd.grad(y, [x, *parameters.values()], upstream)
    tensors[f"{name}.input"] = layout(x)
    tensors[f"{name}.output"] = layout(y)
    tensors[f"{name}.output_gradient"] = layout(upstream)
    tensors[f"{name}.input_gradient"] = layout(gradients[0])
    for (key, value), gradient in zip(parameters.items(), gradients[1:]):
        tensors[f"{name}.{key}"] = value.clone()
        tensors[f"{name}.{key}_gradient"] = gradient


def layers() -> None:
    torch.manual_seed(1)
    tensors = {}

    def module_case(name, module, x, function=None, bct=True):
        module.double()
        initialize(module, bias_scale=0.1)
        layer_case(tensors, name, x, function or module, dict(module.named_parameters()), bct)

    # Convolutions: name, kernel, stride, then B, T, inputs, outputs.
    for name, k, s, b, t, i, o in [
        ("k25s4", 25, 4, 2, 64, 3, 5),
        ("k25s2", 25, 2, 2, 32, 3, 4),
        ("k7s1", 7, 1, 2, 20, 4, 3),
        ("k5s2", 5, 2, 3, 16, 2, 6),
        ("k4s4", 4, 4, 2, 32, 3, 4),
        ("k4s1", 4, 1, 2, 12, 2, 3),  # even: one step too many, dropped
        ("k25s4_short", 25, 4, 1, 8, 2, 3),  # more taps than samples, one clip
        ("k25s4_single", 25, 4, 2, 4, 3, 2),  # one step of output
    ]:
        module = strided(i, o, k, s)
        crop = lambda x, module=module, n=t // s: module(x)[:, :, :n]
        module_case(f"strided.{name}", module, normal(b, i, t), crop)
    for name, k, s, b, t, i, o in [
        ("k25s4", 25, 4, 2, 16, 5, 3),
        ("k25s2", 25, 2, 2, 16, 4, 3),
        ("k7s1", 7, 1, 2, 20, 3, 4),
        ("k5s2", 5, 2, 3, 8, 6, 2),
        ("k4s4", 4, 4, 2, 8, 4, 3),
        ("k25s4_single", 25, 4, 1, 1, 3, 2),  # one step of input
    ]:
        module_case(f"transposed.{name}", transposed(i, o, k, s), normal(b, i, t))
    for name, k, s in [("k25s4", 25, 4), ("k25s2", 25, 2), ("k4s2", 4, 2)]:
        module_case(f"nearest.{name}", wavegan.Upsample(4, 3, k, s), normal(2, 4, 12))

    module_case("dense.z8", nn.Linear(8, 12), normal(3, 8), bct=False)

    norm = wavegan.normalization(5, wanted=True)
    x = exact(normal(3, 5, 14) * torch.arange(1.0, 6).view(5, 1) + 0.5)
    module_case("norm.c5", norm, x)
    tensors["norm.c5.running_mean"] = norm.running_mean
    tensors["norm.c5.running_var"] = norm.running_var
    tensors["norm.c5.evaluated_output"] = time_major(norm.eval()(x))

    for channels, length in [(1, 700), (2, 96)]:  # longer and shorter than the filter
        filter = nn.Conv1d(
            channels, channels, wavegan.POST_FILTER_LENGTH, padding="same", bias=False,
            groups=channels)
        module_case(f"post.c{channels}", filter, normal(2, channels, length))

    for name, shift in [("right", 2), ("left", -2), ("none", 0), ("clips", [2, -1, 0, -2])]:
        tensors[f"shuffle.{name}.shift"] = shift
        layer_case(
            tensors, f"shuffle.{name}", normal(4, 3, 8), lambda x: phase_shuffle(x, shift), {})

    cases = sorted({key.rsplit(".", 1)[0] for key in tensors})
    save("layers", tensors, cases=cases)


# MARK: Objectives


def objectives(real: torch.Tensor, fake: torch.Tensor) -> dict:
    """Losses by name, each (discriminator's, generator's), from logits [B]."""
    cross_entropy = F.binary_cross_entropy_with_logits
    one, zero = torch.ones_like(fake), torch.zeros_like(fake)
    return {
        "wgan": (fake.mean() - real.mean(), -fake.mean()),
        "hinge": (F.relu(1 - real).mean() + F.relu(1 + fake).mean(), -fake.mean()),
        "lsgan": (((real - 1) ** 2).mean() / 2 + (fake**2).mean() / 2, ((fake - 1) ** 2).mean()),
        "dcgan": (
            (cross_entropy(fake, zero) + cross_entropy(real, one)) / 2,
            cross_entropy(fake, one),
        ),
        "relativistic": (F.softplus(fake - real).mean(), F.softplus(real - fake).mean()),
    }


def penalty(discriminator, hat, shifts, create_graph=True):
    """(λ·mean (‖g‖ − 1)², g, ‖g‖), g = ∇D(x̂) and ‖g‖ = √(Σ g² + ε) for each clip."""
    score = discriminator(hat, shifts).sum()
    gradient = torch.autograd.grad(score, hat, create_graph=create_graph)[0]
    norms = (gradient.square().sum(dim=(1, 2)) + NORM_EPSILON).sqrt()
    return PENALTY_WEIGHT * (norms - 1).square().mean(), gradient, norms


def zero_penalty(discriminator, x, shifts):
    """γ/2·mean ‖∇D(x)‖²: R1 at real clips, R2 at generated ones."""
    x = x.detach().requires_grad_()
    gradient = torch.autograd.grad(discriminator(x, shifts).sum(), x, create_graph=True)[0]
    return GAMMA / 2 * gradient.square().sum(dim=(1, 2)).mean()


def blend(real, fake, alpha):
    """x̂ = x + α·(G(z) − x), one α for each clip."""
    return (real + alpha.view(-1, 1, 1) * (fake - real)).detach().requires_grad_()


# MARK: Whole networks

SMALL = dict(window=4096, width=4)
LATENT = 8

# The reference starts from gain 1 and zero biases, where sounds and slopes are tiny. With these
# gains they are as in training: sounds up to half of full scale, slopes of about 2.
GENERATOR_GAIN = 2.2
DISCRIMINATOR_GAIN = 1.8


def clips(count: int, window: int) -> torch.Tensor:
    """Decaying tones with a little noise, peak below 1: [B, 1, T]."""
    time = torch.arange(window) / 16000
    frequency = 80 * 2 ** (torch.rand(count, 1) * 5)
    decay = 8 + 40 * torch.rand(count, 1)
    tone = torch.sin(2 * torch.pi * (frequency * time + torch.rand(count, 1)))
    noise = 0.05 * torch.randn(count, window)
    return exact((0.8 * tone + noise) * torch.exp(-decay * time)).clamp(-1, 1)[:, None]


def networks(bias_scale: float) -> tuple[Generator, Discriminator]:
    generator = Generator(**SMALL, latent=LATENT).double()
    discriminator = Discriminator(**SMALL).double()
    initialize(generator, bias_scale, GENERATOR_GAIN)
    initialize(discriminator, bias_scale, DISCRIMINATOR_GAIN)
    return generator, discriminator


def state(prefix: str, module: nn.Module) -> dict:
    """Parameters and running statistics by name; the count of batches is of no use to anyone."""
    return {f"{prefix}.{key}": value.clone() for key, value in module.state_dict().items()
            if not key.endswith("num_batches_tracked")}


def gradients(prefix: str, loss, module: nn.Module) -> dict:
    """∂loss/∂parameter by name; zero where the loss does not depend on a parameter."""
    names, values = zip(*module.named_parameters())
    result = torch.autograd.grad(loss, values, retain_graph=True, materialize_grads=True)
    return {f"{prefix}.{name}": gradient for name, gradient in zip(names, result)}


def whole_networks() -> None:
    torch.manual_seed(2)
    # Biases are not zero, so that a lost one shows.
    generator, discriminator = networks(bias_scale=0.05)
    tensors = state("generator", generator) | state("discriminator", discriminator)
    traces = {}

    def record(name, values):
        for layer, value in values.items():
            traces[f"{name}.{layer}"] = time_major(value)

    latents, real, alpha = uniform(3, LATENT), clips(3, 4096), exact(torch.rand(3))
    shifts = {"real": [2, -1, 1], "fake": [-2, 2, 0], "hat": [1, -2, -1]}
    tensors |= {"latents": latents, "real": time_major(real), "alpha": alpha}
    tensors |= {f"shifts.{key}": torch.tensor(value) for key, value in shifts.items()}

    made = generator.activations(latents)
    names = ["project"] + [f"up.{i}" for i in range(len(generator.up))]
    record("generator", dict(zip(names, made)))
    fake = made[-1]
    hat = blend(real, fake, alpha)

    logits = {}
    for key, x in [("real", real), ("fake", fake), ("hat", hat)]:
        values = discriminator.activations(x, shifts[key])
        record(f"discriminator.{key}", {f"down.{i}": v for i, v in enumerate(values)})
        logits[key] = discriminator.score(values[-1])
        tensors[f"logits.{key}"] = logits[key]

    critic_loss, generator_loss = objectives(logits["real"], logits["fake"])["wgan"]
    punishment, slope, norms = penalty(discriminator, hat, shifts["hat"])
    tensors |= {
        "loss.generator": generator_loss, "loss.wasserstein": critic_loss,
        "loss.penalty": punishment, "penalty.input_gradient": time_major(slope),
        "penalty.norms": norms,
    }
    tensors |= gradients("gradient.generator", generator_loss, generator)
    tensors |= gradients("gradient.wasserstein", critic_loss, discriminator)
    tensors |= gradients("gradient.penalty", punishment, discriminator)
    save("networks", tensors)
    save("activations", traces)

    critic_loss, generator_loss = objectives(logits["real"], logits["fake"])["relativistic"]
    punishment = sum(
        zero_penalty(discriminator, x, shifts[key]) for key, x in [("real", real), ("fake", fake)])
    tensors = {
        "loss.discriminator": critic_loss, "loss.generator": generator_loss,
        "loss.penalty": punishment,
    }
    tensors |= gradients("gradient.discriminator", critic_loss, discriminator)
    tensors |= gradients("gradient.penalty", punishment, discriminator)
    tensors |= gradients("gradient.generator", generator_loss, generator)
    save("relativistic", tensors)


def variant() -> None:
    """Every option that the reference leaves off, in two small stereo networks, in training mode.

    Window 8,192 (so that the last stride is 2), nearest-neighbour upsampling, batch normalisation
    in both networks, and the post-filter.
    """
    torch.manual_seed(6)
    shape = dict(window=8192, width=2, channels=2, kernel=9, batch_norm=True)
    generator = Generator(**shape, latent=4, upsample="nearest", post_filter=True).double()
    discriminator = Discriminator(**shape).double()
    initialize(generator, 0.05, GENERATOR_GAIN)
    initialize(discriminator, 0.05, DISCRIMINATOR_GAIN)
    tensors = state("generator", generator) | state("discriminator", discriminator)
    latents, shifts = uniform(2, 4), [[1, -2], [0, 2], [-1, -1], [2, 1]]
    sound = generator(latents)
    logits = discriminator(sound, shifts)
    tensors |= {
        "latents": latents, "shifts": torch.tensor(shifts), "sound": time_major(sound),
        "logits": logits, "loss.generator": -logits.mean(),
    }
    tensors |= gradients("gradient.generator", -logits.mean(), generator)
    tensors |= gradients("gradient.discriminator", -logits.mean(), discriminator)
    for prefix, module in [("generator", generator), ("discriminator", discriminator)]:
        statistics = {k: v for k, v in state(prefix, module).items() if "running" in k}
        tensors |= {f"after.{key}": value for key, value in statistics.items()}
    save("variant", tensors)


def losses() -> None:
    """Every loss on made logits, on both sides of the hinges."""
    torch.manual_seed(3)
    real = normal(6, scale=1.5).requires_grad_()
    fake = normal(6, scale=1.5).requires_grad_()
    tensors = {"real": real, "fake": fake}
    for name, (critic, generator) in objectives(real, fake).items():
        by_real, by_fake = torch.autograd.grad(critic, [real, fake], retain_graph=True)
        tensors |= {
            f"{name}.discriminator": critic, f"{name}.generator": generator,
            f"{name}.real_gradient": by_real, f"{name}.fake_gradient": by_fake,
            f"{name}.generator_gradient": torch.autograd.grad(
                generator, fake, retain_graph=True)[0],
        }
    save("losses", tensors)


def spectral_levels(x, length):
    """ε + |STFT(x)|·2/Σw, centred, padded with zeros, a quarter of `length` apart: [B, F, T]."""
    window = torch.hann_window(length, dtype=torch.float64)
    spectra = torch.stft(
        x, length, length // 4, window=window, center=True, pad_mode="constant",
        return_complex=True)
    return 1e-3 + spectra.abs() * 2 / window.sum()


def reconstruction() -> None:
    """The loss of a warm-up, and its gradient, on two clips of two channels."""
    torch.manual_seed(7)
    recorded = torch.stack([clips(2, 1500), clips(2, 1500)], dim=-1).squeeze(1)  # [B, T, C]
    generated = exact(0.3 * recorded + normal(*recorded.shape, scale=0.1)).requires_grad_()
    x, y = (v.transpose(1, 2).flatten(0, 1) for v in (recorded, generated))
    losses = []
    for length in (128, 256, 512, 1024):
        wanted, levels = spectral_levels(x, length), spectral_levels(y, length)
        distance = (levels - wanted).square().sum(dim=(1, 2)).sqrt()
        convergence = distance / wanted.square().sum(dim=(1, 2)).sqrt()
        losses.append(convergence + (levels.log() - wanted.log()).abs().mean(dim=(1, 2)))
    loss = torch.stack(losses).mean()
    save("reconstruction", {
        "generated": generated, "recorded": recorded, "loss": loss,
        "gradient": torch.autograd.grad(loss, generated)[0],
    })


# MARK: Optimisers and training


class TensorFlowRMSProp:
    """RMSProp as TensorFlow 1 has it: the mean square starts at one, and ε is under the root.

        m ← 0.9·m + 0.1·g²        p ← p − rate · g / √(m + ε)
    """

    def __init__(self, parameters, rate=1e-4, decay=0.9, epsilon=1e-10):
        self.parameters, self.rate = list(parameters), rate
        self.decay, self.epsilon = decay, epsilon
        self.mean_squares = [torch.ones_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self):
        for p, m in zip(self.parameters, self.mean_squares):
            m.mul_(self.decay).add_((1 - self.decay) * p.grad**2)
            p.sub_(self.rate * p.grad / (m + self.epsilon).sqrt())


def adam(parameters, rate=1e-4):
    """Adam as `paper` sets it; ε is added to √v̂ after the correction of bias, as in PyTorch."""
    return torch.optim.Adam(parameters, lr=rate, betas=(0.5, 0.9), eps=1e-8)


def optimizers() -> None:
    """20 steps on gradients that are given, from tiny to large, one of them always zero."""
    torch.manual_seed(4)
    start, count = normal(6), 20
    scale = torch.tensor([1e-6, 1e-3, 0.1, 1, 30, 0], dtype=torch.float64)
    pushes = exact(torch.randn(count, 6) * scale)
    tensors = {"start": start, "gradients": pushes}
    for name, make in [("adam", adam), ("rmsprop", TensorFlowRMSProp)]:
        vector = nn.Parameter(start.clone())
        optimizer, path = make([vector]), []
        for push in pushes:
            vector.grad = push.clone()
            optimizer.step()
            path.append(vector.detach().clone())
        tensors[f"{name}.values"] = torch.stack(path)
    save("optimizers", tensors)


# A pre-activation may come so near zero that its sign hangs on how sums are rounded. That sign is no
# fact to compare with, yet it matters: one slope turned in the discriminator moves the penalty of
# that update by up to 1 %. So the curve is of the first seed at which every layer keeps clear of zero
# by its margin: the smallest |pre-activation| of the run, as a part of the layer's median one. A plain
# float32 sum errs by about 10⁻⁷ of that, a fast convolution (as Toom and Cook's) by about 10⁻⁶: at
# this width that may be the layers of most channels. Through gradients and Adam such an error also
# reaches the weights of the layers between. Layers of many numbers cannot keep so far from zero.
MARGINS = {
    "generator.project": 3e-6, "generator.up.0": 3e-6, "generator.up.1": 2e-7,
    "generator.up.2": 2e-7, "discriminator.down.0": 2e-7, "discriminator.down.1": 1e-6,
    "discriminator.down.2": 1e-6, "discriminator.down.3": 3e-6,
}


def watch(margins: dict, name: str, module: nn.Module, layers: list[str]) -> None:
    """Keeps min |a| / median |a| of the pre-activations of each forward pass, the least by layer.

    Normalisations come just before the nonlinearities; without them, identities stand there.
    """
    def note(layer):
        def hook(_module, _inputs, output):
            sizes = output.detach().abs()
            margin = (sizes.min() / sizes.median()).item()
            margins[layer] = min(margin, margins.get(layer, margin))
        return hook
    for layer, norm in zip(layers, module.norm, strict=True):
        norm.register_forward_hook(note(f"{name}.{layer}"))


def is_clear(margins: dict) -> bool:
    return all(margins[layer] >= least for layer, least in MARGINS.items())


def curve() -> None:
    """The training curve of the first seed whose margins are clear, from 5 on."""
    for seed in itertools.count(5):
        tensors, margins = train(seed)
        clear = is_clear(margins)
        print(f"curve, seed {seed}: {'clear' if clear else 'not clear'},",
              ", ".join(f"{layer} {margin:.1e}" for layer, margin in margins.items()))
        if clear:
            return save("curve", tensors, seed=seed)


def train(seed, steps=10, critic_updates=5, batch=4) -> tuple[dict, dict]:
    """Ten steps of preset `paper` at a small width: wgan-gp, Adam, one shift a batch and layer.

    Returns the draws, weights and losses, and the margin of each layer over the whole run.
    """
    torch.manual_seed(seed)
    generator, discriminator = networks(bias_scale=0)
    margins = {}
    watch(margins, "generator", generator, ["project", "up.0", "up.1", "up.2"])
    watch(margins, "discriminator", discriminator, ["down.0", "down.1", "down.2", "down.3"])
    pool = clips(8, 4096)
    updates = steps * critic_updates

    def draw_shifts(count):
        return torch.randint(-2, 3, (count, discriminator.shuffled))

    draws = {
        "critic.indices": torch.randint(0, len(pool), (updates, batch)),
        "critic.latents": uniform(updates, batch, LATENT),
        "critic.alpha": exact(torch.rand(updates, batch)),
        "critic.shifts.real": draw_shifts(updates),
        "critic.shifts.fake": draw_shifts(updates),
        "critic.shifts.hat": draw_shifts(updates),
        "generator.latents": uniform(steps, batch, LATENT),
        "generator.shifts": draw_shifts(steps),
    }
    tensors = {f"draw.{key}": value for key, value in draws.items()}
    tensors["pool"] = pool.squeeze(1)
    tensors |= state("initial.generator", generator)
    tensors |= state("initial.discriminator", discriminator)
    critic_adam, generator_adam = adam(discriminator.parameters()), adam(generator.parameters())
    reports = {"critic.wasserstein": [], "critic.penalty": [], "generator.loss": []}

    for step in range(steps):
        for u in range(step * critic_updates, (step + 1) * critic_updates):
            moves = {key: draws[f"critic.shifts.{key}"][u].tolist() for key in
                     ("real", "fake", "hat")}
            real = pool[draws["critic.indices"][u]]
            fake = generator(draws["critic.latents"][u]).detach()
            distance = objectives(
                discriminator(real, moves["real"]), discriminator(fake, moves["fake"]))["wgan"][0]
            hat = blend(real, fake, draws["critic.alpha"][u])
            punishment = penalty(discriminator, hat, moves["hat"])[0]
            critic_adam.zero_grad()
            (distance + punishment).backward()
            critic_adam.step()
            reports["critic.wasserstein"].append(distance.item())
            reports["critic.penalty"].append(punishment.item())
        fake = generator(draws["generator.latents"][step])
        loss = -discriminator(fake, draws["generator.shifts"][step].tolist()).mean()
        generator_adam.zero_grad()
        loss.backward()
        generator_adam.step()
        reports["generator.loss"].append(loss.item())

    tensors |= {f"report.{key}": torch.tensor(value, dtype=torch.float64)
                for key, value in reports.items()}
    tensors |= state("final.generator", generator) | state("final.discriminator", discriminator)
    return tensors, margins


def check_parameter_counts() -> None:
    """The counts of the paper's networks: 16,384 samples, one channel, width 64, latent 100."""
    def count(module):
        return sum(p.numel() for p in module.parameters())
    assert count(Generator()) == 19_065_345
    assert count(Discriminator()) == 17_427_969


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    check_parameter_counts()
    layers()
    whole_networks()
    variant()
    losses()
    reconstruction()
    optimizers()
    curve()
