"""Times torch.nn.functional.conv1d, forward and backward, with gradients of input and filter."""

import torch
from torch.nn import functional as F

from measuring import arguments, median_seconds, tell


def main() -> None:
    parser = arguments(__doc__, taps=7, stride=1, channels=128, steps=128, batch=32)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    channels, taps, stride = options.channels, options.taps, options.stride
    signal = torch.rand(options.batch, channels, options.steps, requires_grad=True)
    filters = torch.rand(channels, channels, taps, requires_grad=True)
    padding = (taps - stride + 1) // 2
    gradient = torch.rand(options.batch, channels, options.steps // stride)

    def forward_and_backward():
        output = F.conv1d(signal, filters, stride=stride, padding=padding)
        torch.autograd.grad(output, (signal, filters), gradient)

    seconds = median_seconds(forward_and_backward, 2, options.repeats)
    operations = 6 * taps * channels * channels * gradient.shape[2] * options.batch
    report = {
        "forward_and_backward_seconds": seconds,
        "forward_and_backward_gflops": operations / seconds * 1e-9,
    }
    tell(report, options.json)


if __name__ == "__main__":
    main()
