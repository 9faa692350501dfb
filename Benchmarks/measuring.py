"""What the peers share: a stopwatch, the process's peak memory, and how a report is told."""

import argparse
import json
import statistics
import time


def arguments(description: str, **defaults: int) -> argparse.ArgumentParser:
    """A parser with an option for each whole number, --threads, --repeats and --json."""
    parser = argparse.ArgumentParser(description=description)
    for name, default in (defaults | {"threads": 2}).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=default)
    parser.add_argument("--repeats", type=int, help="default: as often as some seconds allow")
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    return parser


def median_seconds(work, seconds: float, repeats: int | None) -> float:
    """Does some work over and over, 3 to 200 times after a warm-up, and returns its median time."""

    def once() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    warm_up = once()
    if warm_up < 1:
        warm_up = once()
    count = repeats or min(200, max(3, int(seconds / warm_up)))
    return statistics.median(once() for _ in range(count))


def peak_memory_mib() -> float:
    """The most memory that this process has had at once."""
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def tell(report: dict[str, float], as_json: bool) -> None:
    """Prints what was measured, under the names that wavegan-benchmark uses."""
    report = report | {"peak_memory_mib": peak_memory_mib()}
    if as_json:
        print(json.dumps(report, indent=2, sort_keys=True))
    else:
        for name, value in report.items():
            print(f"{name:32}{value:12.4f}")
