#!/usr/bin/env python3
"""Sweeps and seconds that scikit-learn's `cd` and nmf4j need from the same starts, and the curves of docs/algorithms.md.

    ./mvnw -pl nmf-bench -am -DskipTests package
    /usr/bin/python3 nmf-bench/peers/converge.py --java /path/to/bin/java clusters dense
    /usr/bin/python3 nmf-bench/peers/converge.py --curves curves.csv --plot docs/images    (needs Matplotlib)

The benchmark program runs first and writes its data, starts and curves; then scikit-learn sweeps from each start, timed by
the sweep, its objective computed outside the clock. The limit of a start is the lowest objective of any method; starts
from which either ends more than 1e-5 above it are in another minimum and left out. One thread each.
"""
import argparse
import csv
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # let OpenBLAS see the machine it runs on
    os.environ.pop(name, None)
import numpy as np  # noqa: E402  (reads the environment above)

SWEEPS = {"clusters": 450, "dense": 120}
SAME_MINIMUM = 1e-5
CLOCKS = {"wall": time.perf_counter, "cpu": time.thread_time}


def coordinate_descent(x, w, h, most, clock):
    """Sweeps, seconds and objective of scikit-learn's cd."""
    from sklearn.decomposition._nmf import _update_coordinate_descent as update
    w, ht = np.array(w, order="C"), np.array(h.T, order="C")
    square = np.einsum("ij,ij", x, x)
    points, seconds = [], 0.0
    for sweep in range(most + 1):
        product, gram = x @ ht, ht.T @ ht
        points.append((sweep, seconds, 0.5 * (square - 2 * np.sum(w * product) + np.sum(w.T @ w * gram))))
        began = clock()
        update(x, w, ht, 0.0, 0.0, False, None)
        update(x.T, ht, w, 0.0, 0.0, False, None)
        seconds += clock() - began
    return points


def read(path):
    """{problem: {method: {start: [(sweeps, seconds, excess)]}}}"""
    curves = {}
    with open(path, newline="") as file:
        for problem, method, start, sweeps, seconds, excess in csv.reader(file):
            runs = curves.setdefault(problem, {}).setdefault(method, {})
            runs.setdefault(int(start), []).append((float(sweeps), float(seconds), float(excess)))
    return curves


def first(points, level):
    return next(((sweeps, seconds) for sweeps, seconds, value in points if value <= level), None)


def compare(name, folder, curves, clock):
    x = np.load(folder / f"{name}-x.npy").astype(float)
    title, methods = next(iter(curves.items()))
    peers = {}
    for start in sorted(next(iter(methods.values()))):
        peers[start] = coordinate_descent(
            x, np.load(folder / f"{name}-{start}-w.npy"), np.load(folder / f"{name}-{start}-h.npy"), SWEEPS[name], clock)
    print(f"{title}: medians, scikit-learn's cd against nmf4j")
    for method, runs in methods.items():
        rows, used = {1e-2: [], 1e-3: [], 1e-4: [], 1e-6: []}, 0
        own = {1e-3: [], 1e-6: []}
        for start, peer in peers.items():
            limit = float((folder / f"{name}-{start}-limit.txt").read_text())
            lowest = min(limit, peer[-1][2])
            ours = [(sweeps, seconds, (1 + excess) * limit / lowest - 1) for sweeps, seconds, excess in runs[start]]
            theirs = [(sweeps, seconds, value / lowest - 1) for sweeps, seconds, value in peer]
            print(f"  start {start}: " + "; ".join(
                f"{who} ends {points[-1][2]:.1e} above the lower, " + ", ".join(
                    "{:g} in {:.1f} sweeps, {:.3f} s".format(level, *(first(points, (1 + level) * (1 + points[-1][2]) - 1)))
                    for level in own) for who, points in ((method, ours), ("cd", theirs))))
            for level, row in own.items():
                row.append((first(ours, (1 + level) * (1 + ours[-1][2]) - 1), first(theirs, (1 + level) * (1 + theirs[-1][2]) - 1)))
            if max(ours[-1][2], theirs[-1][2]) > SAME_MINIMUM:
                print(f"  {method}, start {start}: another minimum, {ours[-1][2]:.1e} and {theirs[-1][2]:.1e} above")
                continue
            used += 1
            for level, row in rows.items():
                at = first(ours, level), first(theirs, level)
                if all(at):
                    row.append(at)
        for level, row in own.items():
            (sweeps, seconds), (peer_sweeps, peer_seconds) = (
                [statistics.median(values) for values in zip(*side)] for side in zip(*row))
            print(f"  {method}, each to {level:g} of its own end, {len(row)} starts: {sweeps:.0f} sweeps against {peer_sweeps:.0f} "
                  f"({peer_sweeps / sweeps:.1f} x fewer), {seconds:.3f} s against {peer_seconds:.3f} s "
                  f"({peer_seconds / seconds:.1f} x less)")
        for level, row in rows.items():
            middle = [statistics.median(values) for values in zip(*(
                (a[0], b[0], b[0] / max(a[0], 1), a[1], b[1], b[1] / max(a[1], 1e-9)) for a, b in row))]
            if middle:
                print("  {}, {} starts, to {:g} ({}): {:.0f} sweeps against {:.0f} ({:.1f} x fewer), {:.3f} s against {:.3f} s"
                      " ({:.1f} x less)".format(method, used, level, len(row), *(middle[i] for i in (0, 1, 2, 3, 4, 5))))


def table(curves):
    """Medians of the sweeps to each level, starts in another minimum left out, as Convergence prints them for one run of it."""
    for title, methods in curves.items():
        print(title)
        for method, runs in methods.items():
            cells = []
            for level in (1e-2, 1e-3, 1e-4, 1e-6):
                sweeps = [first(points, level) for points in runs.values() if points[-1][2] <= SAME_MINIMUM]
                found = [at[0] for at in sweeps if at]
                cells.append(f"{statistics.median(found):.0f} (most {max(found):.0f})" if found else "-")
            ended = sum(points[-1][2] <= SAME_MINIMUM for points in runs.values())
            print(f"  {method:24s} {ended} of {len(runs)} starts in the lowest minimum: " + ", ".join(cells))


def plot(curves, folder):
    import matplotlib
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "nmf4j", "font.size": 9, "svg.fonttype": "none"})
    import matplotlib.pyplot as pyplot
    for title, methods in curves.items():
        figure, axes = pyplot.subplots(figsize=(6.4, 3.2))
        for method, runs in methods.items():
            longest = max(runs.values(), key=len)
            for number, points in enumerate(runs.values()):
                line = [(s, v) for s, _, v in points if s >= 1 and v > 1e-9]
                colour = f"C{list(methods).index(method)}"
                axes.loglog(*zip(*line), color=colour, linewidth=0.9, alpha=0.7, label=method if points is longest else None)
        axes.set_ylim(1e-8, 10)
        axes.set_xlabel("sweeps")
        axes.set_ylabel("objective above the lowest, relative")
        axes.set_title(title, fontsize=9)
        axes.grid(alpha=0.25)
        axes.legend(frameon=False, fontsize=8)
        figure.tight_layout()
        name = re.sub(r"[^a-z0-9]+", "-", title.split(",")[0].lower())
        figure.savefig(folder / f"convergence-{name}.svg", metadata={"Date": None})
        pyplot.close(figure)


def problem(name):
    if name not in SWEEPS:
        raise argparse.ArgumentTypeError(f"a problem must be {' or '.join(SWEEPS)}: {name}")
    return name


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problems", nargs="*", type=problem, help=" or ".join(SWEEPS))
    parser.add_argument("--java", default="java")
    parser.add_argument("--java-options", default="--add-modules jdk.incubator.vector")
    parser.add_argument("--backend", default="vector")
    parser.add_argument("--methods", default="hals:10 subspace", help="regular expression")
    parser.add_argument("--starts", default="0-9", help="first and last")
    parser.add_argument("--clock", default="wall", choices=CLOCKS, help="cpu: what the computing thread used, on a busy machine")
    parser.add_argument("--class-path", default=str(pathlib.Path(__file__).parents[1] / "target" / "benchmarks.jar"))
    parser.add_argument("--curves", type=pathlib.Path)
    parser.add_argument("--plot", type=pathlib.Path)
    options = parser.parse_args()
    if options.curves:
        table(read(options.curves))
    if options.plot:
        plot(read(options.curves), options.plot)
    for name in options.problems:
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            subprocess.run(
                [options.java, *options.java_options.split(), f"-Dbackend={options.backend}", f"-Dcurves={folder / 'curves.csv'}",
                 f"-Ddump={folder}", f"-Dmethods={options.methods}", f"-Dstarts={options.starts}", f"-Dclock={options.clock}", "-cp", options.class_path,
                 "io.github.nmf4j.bench.Convergence", name], check=True)
            compare(name, folder, read(folder / "curves.csv"), CLOCKS[options.clock])


if __name__ == "__main__":
    main()
