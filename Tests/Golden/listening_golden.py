"""What SciPy and NumPy say about the statistics of `wavegan listening-test score`.

    python Tests/Golden/listening_golden.py
        makes listening_golden.json, for ListeningTestsTests

Ratings are made from a formula that both sides compute alike, a generator of Park and Miller, so that
the file holds results only. Every call names its method and correction. Where SciPy has no function,
the definition is written out. Made with NumPy 2.4.6, SciPy 1.17.1.
"""

import itertools
import json
import pathlib

import numpy as np
from scipy import stats


def numbers(seed, count):
    """Numbers in 0 ... 1."""
    state = seed
    for _ in range(count):
        state = state * 48271 % 2147483647
        yield state / 2147483647


def differences(seed, count, step):
    """Differences about 0.15; whole multiples of `step` if that is above 0, so that some are equal."""
    values = np.array(list(numbers(seed, count))) - 0.35
    return np.floor(values / step + 0.5) * step if step else values


def steps(seed, count, answers):
    """Whole numbers 0 ..< answers."""
    return [int(u * answers) for u in numbers(seed, count)]


def distributions():
    t = [{"freedom": v, "t": x, "cumulative": stats.t.cdf(x, v)}
         for v in (1, 2.5, 7, 40, 1000) for x in (-4, -1, -0.01, 0, 0.3, 2, 12)]
    quantiles = [{"freedom": v, "p": p, "t": stats.t.ppf(p, v)}
                 for v in (1, 2.5, 7, 40, 1000) for p in (1e-6, 0.025, 0.4, 0.975, 0.9995)]
    normal = [{"p": p, "x": stats.norm.ppf(p)} for p in (1e-12, 0.001, 0.3, 0.5, 0.975, 1 - 1e-9)]
    beta = [{"x": x, "a": a, "b": b, "value": stats.beta.cdf(x, a, b)}
            for x in (0.001, 0.2, 0.5, 0.93) for a in (0.5, 3, 70, 900) for b in (0.5, 11, 1200)]
    noncentral = [{"freedom": v, "t": x, "noncentrality": d, "cumulative": stats.nct.cdf(x, v, d)}
                  for v in (1, 4, 19, 199) for x in (-2, 0.5, 2.1) for d in (0.2, 1, 3)]
    return {"student": t, "studentQuantiles": quantiles, "normalQuantiles": normal, "beta": beta,
            "noncentral": noncentral}


def binomial():
    rows = []
    for n in (1, 12, 16, 57, 400):
        for k in sorted({0, 1, n // 3, n // 2, int(0.75 * n), n}):
            for p in (0.5, 0.1):
                two = stats.binomtest(k, n, p, alternative="two-sided")
                more = stats.binomtest(k, n, p, alternative="greater")
                exact = two.proportion_ci(confidence_level=0.95, method="exact")
                rows.append({"k": k, "n": n, "p": p, "twoSided": two.pvalue, "atLeast": more.pvalue,
                             "low": exact.low, "high": exact.high})
    return rows


def wilcoxon():
    rows = []
    for seed, count, step in [(3, 5, 0), (5, 24, 0), (7, 49, 0), (11, 12, 0.2), (13, 11, 0.1),
                              (17, 30, 0.05), (19, 150, 0), (23, 180, 0.02)]:
        d = differences(seed, count, step)
        tied = len(set(np.abs(d))) < count or (d == 0).any()
        # With ties, SciPy's exact p is that of all choices of signs, where they can be gone through.
        exact = None
        if not tied and count <= 50:
            exact = stats.wilcoxon(d, zero_method="wilcox", correction=False, method="exact").pvalue
        elif count <= 12:
            kept = d[d != 0]
            ranks = stats.rankdata(np.abs(kept), method="average")
            sums = [ranks[np.array(s)].sum() for s in
                    itertools.product((False, True), repeat=len(kept))]
            positive = ranks[kept > 0].sum()
            exact = min(1, 2 * min(np.mean(np.array(sums) <= positive + 1e-9),
                                   np.mean(np.array(sums) >= positive - 1e-9)))
            scipys = stats.wilcoxon(
                kept, zero_method="wilcox", correction=False,
                method=stats.PermutationMethod(n_resamples=np.inf)).pvalue
            assert abs(exact - scipys) < 1e-12, (exact, scipys)
        normal = stats.wilcoxon(d, zero_method="wilcox", correction=False, method="asymptotic")
        rows.append({"seed": seed, "count": count, "step": step, "statistic": normal.statistic,
                     "exact": exact, "asymptotic": normal.pvalue})
    return rows


def means():
    rows = []
    for seed, count in [(2, 2), (4, 9), (6, 200)]:
        d = differences(seed, count, 0)
        low, high = stats.ttest_1samp(d, 0).confidence_interval(confidence_level=0.95)
        rows.append({"seed": seed, "count": count, "mean": d.mean(), "deviation": d.std(ddof=1),
                     "low": low, "high": high})
    return rows


def holm(ps):
    """Step down by its definition: the k-th smallest of m times m - k + 1, never falling, at most 1."""
    order = np.argsort(ps, kind="stable")
    raised = np.minimum(1, np.maximum.accumulate((len(ps) - np.arange(len(ps))) * np.sort(ps)))
    out = np.empty(len(ps))
    out[order] = raised
    return out.tolist()


def corrections():
    return [{"p": ps, "adjusted": holm(np.array(ps))} for ps in
            ([0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.5], [0.02], [1e-5, 0.9, 0.012, 0.012, 0.3])]


def alpha(units, metric):
    """Krippendorff's alpha through the coincidence matrix of his 2011 paper, section E."""
    units = [u for u in units if len(u) > 1]
    values = sorted({v for u in units for v in u})
    o = np.zeros((len(values), len(values)))
    for u in units:
        for a, b in itertools.permutations(range(len(u)), 2):
            o[values.index(u[a]), values.index(u[b])] += 1 / (len(u) - 1)
    n = o.sum(0)

    def squared(c, k):
        if metric == "nominal":
            return float(c != k)
        if metric == "interval":
            return (values[c] - values[k]) ** 2
        c, k = min(c, k), max(c, k)
        return (n[c:k + 1].sum() - (n[c] + n[k]) / 2) ** 2

    pairs = [(c, k, squared(c, k)) for c in range(len(values)) for k in range(len(values))]
    observed = sum(o[c, k] * d for c, k, d in pairs)
    expected = sum(n[c] * n[k] * d for c, k, d in pairs)
    return 1 - (n.sum() - 1) * observed / expected


def agreement():
    rows = []
    for seed, unit_count, rater_count, answers in [(29, 12, 4, 5), (31, 30, 7, 3), (37, 8, 2, 9)]:
        flat = steps(seed, unit_count * rater_count, answers + 1)
        # The highest number stands for a judgement that is missing.
        units = [[float(v) for v in flat[i * rater_count:(i + 1) * rater_count] if v < answers]
                 for i in range(unit_count)]
        # Half the units lean to one side, so that there is something to agree on.
        units = [[min(v, 1.0) if i % 2 else v for v in u] for i, u in enumerate(units)]
        rows.append({"seed": seed, "units": unit_count, "raters": rater_count, "answers": answers}
                    | {m: alpha(units, m) for m in ("nominal", "ordinal", "interval")})
    return rows


def information():
    rows = []
    for seed, labels, count in [(41, 3, 60), (43, 10, 300), (47, 4, 5)]:
        flat = steps(seed, 2 * count, labels)
        table = np.zeros((labels, labels))
        for i in range(count):
            true, said = flat[2 * i], flat[2 * i + 1]
            table[true, true if i % 3 else said] += 1
        p = table / count
        bits = (stats.entropy(p.sum(0), base=2) + stats.entropy(p.sum(1), base=2)
                - stats.entropy(p.ravel(), base=2))
        bias = (table > 0).sum() - (table.sum(0) > 0).sum() - (table.sum(1) > 0).sum() + 1
        rows.append({"seed": seed, "labels": labels, "count": count, "bits": bits,
                     "correctedBits": max(0, bits - bias / (2 * count * np.log(2)))})
    return rows


def correlation():
    rows = []
    for seed, count in [(53, 5), (59, 40)]:
        a = np.array(list(numbers(seed, 2 * count)))
        x, y = a[::2], a[::2] + 0.5 * a[1::2]
        rows.append({"seed": seed, "count": count, "r": stats.pearsonr(x, y).statistic})
    return rows


def screening():
    """The one-sided t test of BS.1116: the open original above the other, by more than chance."""
    rows = []
    for seed, count, step in [(61, 6, 0), (67, 20, 0), (71, 15, 0.5)]:
        d = differences(seed, count, step)
        rows.append({"seed": seed, "count": count, "step": step,
                     "p": stats.ttest_1samp(d, 0, alternative="greater").pvalue})
    return rows


def power():
    """Of a two-sided paired t test: the noncentral t beyond both quantiles."""
    rows = []
    for n, d, level in [(2, 1.0, 0.05), (12, 0.8, 0.05), (20, 0.4, 0.0083), (150, 0.2, 0.05)]:
        t = stats.t.ppf(1 - level / 2, n - 1)
        shift = np.sqrt(n) * d
        rows.append({"listeners": n, "difference": d, "level": level,
                     "power": stats.nct.sf(t, n - 1, shift) + stats.nct.cdf(-t, n - 1, shift)})
    return rows


def main():
    path = pathlib.Path(__file__).with_name("listening_golden.json")
    path.write_text(json.dumps(distributions() | {
        "binomial": binomial(), "wilcoxon": wilcoxon(), "means": means(),
        "corrections": corrections(), "agreement": agreement(), "information": information(),
        "correlation": correlation(), "screening": screening(), "power": power()}, indent=1) + "\n")


main()
