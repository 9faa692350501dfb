"""Times torch.stft with the magnitude of its result; --librosa times librosa.stft instead."""

import numpy
import torch

from measuring import arguments, median_seconds, tell


def main() -> None:
    parser = arguments(__doc__, clips=512, length=16_384, fft_length=1_024, hop=256)
    parser.add_argument("--librosa", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    clips = torch.rand(options.clips, options.length) - 0.5
    window = torch.hann_window(options.fft_length)

    def by_torch():
        torch.stft(
            clips, options.fft_length, options.hop, window=window, pad_mode="constant",
            return_complex=True,
        ).abs()

    def by_librosa():
        numpy.abs(librosa.stft(signal, n_fft=options.fft_length, hop_length=options.hop))

    if options.librosa:
        import librosa

        signal = clips.numpy()
    work = by_librosa if options.librosa else by_torch
    tell({"stft_seconds": median_seconds(work, 8, options.repeats)}, options.json)


if __name__ == "__main__":
    main()
