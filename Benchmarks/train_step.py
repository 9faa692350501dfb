"""Times an update of the critic, one of the generator, and rendering a batch, in PyTorch on CPU.

WGAN-GP with Adam, as in the paper. --bfloat16 runs the forward passes, and so their gradients, under
PyTorch's automatic mixed precision.
"""

import torch

from measuring import arguments, median_seconds, tell
from wavegan_torch import LATENT, Critic, Generator

PENALTY = 10


def main() -> None:
    parser = arguments(__doc__, dim=64, batch=64, window=16_384)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--profile", action="store_true", help="print where a critic step goes")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    generator = Generator(options.dim, options.window)
    critic = Critic(options.dim, options.window)
    generator_adam = torch.optim.Adam(generator.parameters(), lr=1e-4, betas=(0.5, 0.9))
    critic_adam = torch.optim.Adam(critic.parameters(), lr=1e-4, betas=(0.5, 0.9))
    real = torch.rand(options.batch, 1, options.window) - 0.5

    def mixed():
        return torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bfloat16)

    def latents():
        return 2 * torch.rand(options.batch, LATENT) - 1

    def update_critic():
        critic.requires_grad_(True)
        critic_adam.zero_grad()
        with mixed():
            with torch.no_grad():
                generated = generator(latents()).float()
            loss = critic(generated).float().mean() - critic(real).float().mean()
            part = torch.rand(options.batch, 1, 1)
            between = (real + part * (generated - real)).requires_grad_()
            score = critic(between).float().sum()
        (gradient,) = torch.autograd.grad(score, between, create_graph=True)
        penalty = (gradient.flatten(1).norm(dim=1) - 1).square().mean()
        (loss + PENALTY * penalty).backward()
        critic_adam.step()

    def update_generator():
        # The critic's weights need no gradient here, and PyTorch must be told not to make any.
        critic.requires_grad_(False)
        generator_adam.zero_grad()
        with mixed():
            loss = -critic(generator(latents())).float().mean()
        loss.backward()
        generator_adam.step()

    fixed_latents = latents()

    def render():
        with torch.inference_mode(), mixed():
            generator(fixed_latents)

    if options.profile:
        profile(update_critic)
        return
    critic_seconds = median_seconds(update_critic, 8, options.repeats)
    generator_seconds = median_seconds(update_generator, 4, options.repeats)
    report = {
        "critic_step_seconds": critic_seconds,
        "generator_step_seconds": generator_seconds,
        "render_seconds": median_seconds(render, 2, options.repeats),
        "iteration_seconds": 5 * critic_seconds + generator_seconds,
    }
    tell(report, options.json)


def profile(work) -> None:
    """Prints the operators that take most of one pass."""
    work()
    activity = torch.profiler.ProfilerActivity.CPU
    with torch.profiler.profile(activities=[activity]) as profiler:
        work()
    print(profiler.key_averages().table(sort_by="self_cpu_time_total", row_limit=15))


if __name__ == "__main__":
    main()
