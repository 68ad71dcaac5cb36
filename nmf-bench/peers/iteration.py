#!/usr/bin/env python3
"""One iteration of the seed problem against NumPy's two products of the same shapes, in turn, one thread each.

    /usr/bin/python3 nmf-bench/peers/iteration.py [--java PATH] [--backend NAME] [--repeats N]

Prints a line a repeat and the medians. The ratio is that of one whole iteration (both half-steps with dictionary, simplex,
Laplacian and log penalty, and the objective) to W.T @ (X / (W @ H)) plus (X / (W @ H)) @ H.T. On a busy machine the CPU
clocks are the ones to read.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # let OpenBLAS see the machine it runs on
    os.environ.pop(name, None)
import numpy as np  # noqa: E402  (reads the environment above)

ROWS, COLUMNS, RANK = 200, 10000, 3


def products_seconds(x, w, h, count):
    """Median seconds of the two products, one after the other: CPU and wall."""
    cpu, wall = [], []
    for _ in range(count):
        began = time.thread_time(), time.perf_counter()
        w.T @ (x / (w @ h))
        (x / (w @ h)) @ h.T
        cpu.append(time.thread_time() - began[0])
        wall.append(time.perf_counter() - began[1])
    return statistics.median(cpu), statistics.median(wall)


def show(label, ours, theirs, ratios):
    print("%-8s CPU ms: iteration %7.2f  products %7.2f  ratio %.2f    wall ms: %7.2f %7.2f  ratio %.2f"
          % (label, 1e3 * ours[0], 1e3 * theirs[0], ratios[0], 1e3 * ours[1], 1e3 * theirs[1], ratios[1]), flush=True)


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--java", default="java")
    parser.add_argument("--jar", default=str(here.parent / "target" / "benchmarks.jar"))
    parser.add_argument("--backend", default="portable")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--iterations", type=int, default=60, help="in each repeat")
    given = parser.parse_args()

    random = np.random.default_rng(42)
    x = random.poisson(2.2, (ROWS, COLUMNS)).astype(float)
    w = random.random((ROWS, RANK)) + 0.01
    h = random.random((RANK, COLUMNS)) + 0.01
    ours = subprocess.Popen(
        [given.java, "-cp", given.jar, "io.github.nmf4j.bench.IterationPeer", given.backend],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def iteration_seconds(count):
        ours.stdin.write(f"{count}\n")
        ours.stdin.flush()
        return tuple(map(float, ours.stdout.readline().split()))

    iteration_seconds(2 * given.iterations)  # compiled by now
    products_seconds(x, w, h, 5)
    rows = []
    for repeat in range(given.repeats):
        b = products_seconds(x, w, h, given.iterations)
        a = iteration_seconds(given.iterations)
        rows.append((a, b, (a[0] / b[0], a[1] / b[1])))
        show("%d" % (repeat + 1), *rows[-1])
    ours.stdin.close()
    ours.wait()
    show("medians", *([statistics.median(row[part][clock] for row in rows) for clock in (0, 1)] for part in (0, 1, 2)))


if __name__ == "__main__":
    main()
