#!/usr/bin/env python3
"""nmf4j against scikit-learn and NumPy: the same bytes, the same start, in turn, one thread each.

    ./mvnw -pl nmf-bench -am -DskipTests package
    /usr/bin/python3 nmf-bench/peers/peers.py --quick
    /usr/bin/python3 nmf-bench/peers/peers.py --works hstep,wstep --ranks 3,20 --java /path/to/bin/java --backend portable

Every work runs in one virtual machine, one after the other in an order shuffled by the seed, so that a figure includes what
the works before it did to the compiler's profiles. A repeat is the peer's turn, then ours. Shown are medians; a ratio is the
peer's time by ours, above 1 where nmf4j is faster, with its range over the repeats. Before its first turn a work's results
are compared; a difference ends the run with status 1. Needs NumPy, SciPy and scikit-learn (Debian: python3-sklearn).
"""
import argparse
import os
import pathlib
import random
import shlex
import statistics
import subprocess
import sys
import tempfile

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # let OpenBLAS see the machine it runs on
    os.environ.pop(name, None)
import numpy as np  # noqa: E402  (reads the environment above)

import machine  # noqa: E402
import works  # noqa: E402

FIT_ITERATIONS, QUICK_FIT_ITERATIONS = 200, 50


class Java:
    """The virtual machine that does our side; see io.github.nmf4j.bench.Peer for what it answers."""

    def __init__(self, command, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            command + ["io.github.nmf4j.bench.Peer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, *request):
        self.process.stdin.write(" ".join(map(str, request)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer or answer.startswith("failed"):
            raise SystemExit(f"{' '.join(map(str, request))}: {answer or 'the virtual machine ended'}")
        return answer

    def open(self, name, kind, settings):
        self.ask("open", name, kind, *(f"{key}={value}" for key, value in settings.items()))

    def run(self, name, calls):
        return tuple(map(float, self.ask("run", name, calls).split()))

    def result(self, name):
        path = os.path.join(self.folder, "result.npy")
        self.ask("write", name, path)
        return np.load(path)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def difference(a, b):
    return np.max(np.abs(a - b)) / np.max(np.abs(b))


def check(work, java):
    """The difference of both sides' results after work.steps calls; too large a one ends the run."""
    java.ask("restart", "ours")
    java.run("ours", work.steps)
    ours, value = java.result("ours"), float(java.ask("objective", "ours"))
    if work.rival:
        java.ask("restart", "rival")
        java.run("rival", work.steps)
        theirs, expected = java.result("rival"), np.nan
    else:
        work.restart()
        work.run(work.steps)
        theirs, expected = work.result(), work.objective()
    found = difference(ours, theirs)
    if not found <= work.tolerance:
        raise SystemExit(f"{work.label}, k = {work.rank}: results differ by {found:.1e}, allowed {work.tolerance:.0e}")
    if np.isfinite(expected) and not abs(value - expected) <= work.tolerance * abs(expected):
        raise SystemExit(f"{work.label}, k = {work.rank}: objectives {value} and {expected}")
    return found


def measure(work, java, repeats):
    """Seconds of ours and theirs, a (CPU, wall) pair a repeat; and the difference of the results."""
    java.open("ours", *work.ours)
    if work.rival:
        java.open("rival", *work.rival)
        java.run("rival", work.compiled)
    java.run("ours", work.compiled)
    found = check(work, java)
    rows = []
    for _ in range(repeats):
        theirs = java.run("rival", work.calls) if work.rival else work.run(work.calls)
        rows.append((java.run("ours", work.calls), theirs))
    java.ask("close", "ours")
    if work.rival:
        java.ask("close", "rival")
    return rows, found


HEADER = "%-42s %4s %-20s %10s %10s %18s %18s %8s %6s" % (
    "work (times per)", "k", "peer", "ours", "peer's", "CPU ratio", "wall ratio", "differ", "peak")


def show(label, rank, peer, rows, scale, found, flops=0, peak=0):
    """One line: medians of the CPU times, ratios with their ranges, difference of results, share of the peak."""
    ours, theirs = (statistics.median(row[side][0] for row in rows) for side in (0, 1))
    ratios = []
    for clock in (0, 1):
        each = sorted(theirs_[clock] / ours_[clock] for ours_, theirs_ in rows)
        ratios.append("%5.2f (%5.2f-%5.2f)" % (statistics.median(each), each[0], each[-1]))
    share = "%.0f %%" % (100 * flops / ours / 1e9 / peak) if flops and peak else ""
    print("%-42s %4d %-20s %s %s %18s %18s %8.0e %6s" % (
        label, rank, peer, time_text(ours, scale), time_text(theirs, scale), *ratios, found, share), flush=True)


def time_text(seconds, units):
    per = seconds / units
    return "%7.2f ns" % (1e9 * per) if per < 1e-5 else "%7.2f ms" % (1e3 * per) if per < 1 else "%7.2f s " % per


def fits(files, given, environment):
    """Whole processes, in turn."""
    fit = works.Fit(files, 3, QUICK_FIT_ITERATIONS if given.quick else FIT_ITERATIONS, given.nmf, given.backend, environment)
    fit.ours_seconds(), fit.theirs_seconds()  # the first may build, both fill the file cache
    found = fit.difference()
    if not found <= 1e-6:
        raise SystemExit(f"{fit.label}: W differs by {found:.1e}")
    rows = [(fit.ours_seconds(), fit.theirs_seconds()) for _ in range(given.repeats)]
    show(fit.label, fit.rank, "scikit-learn", rows, 1, found)


def arguments():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", default="all", help="comma-separated: hstep, wstep, numpy, euclidean, sparse, hals, iteration, "
                        "custom, fit; or all")
    parser.add_argument("--ranks", default=None, help="comma-separated, in place of the standard ones")
    parser.add_argument("--quick", action="store_true", help="two ranks, a smaller sparse matrix, shorter fits: a minute or two")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=42, help="of data, starts and order")
    parser.add_argument("--java", default="java")
    parser.add_argument("--java-options", default="", help="for the peer and for nmf, such as '--add-modules jdk.incubator.vector'")
    parser.add_argument("--backend", default="portable")
    parser.add_argument("--jar", default=str(root / "nmf-bench" / "target" / "benchmarks.jar"))
    parser.add_argument("--nmf", default=str(root / "nmf"), help="the command whose fits are timed")
    return parser.parse_args()


def main():
    given = arguments()
    options = shlex.split(given.java_options)
    command = [given.java, "-Xmx4g", *options, "-cp", given.jar]
    for line in machine.describe(given.java):
        print(line)
    ceilings = machine.roofline(command)
    print("ceilings " + ", ".join(f"{name} {value}" for name, value in ceilings.items()), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        files = works.Files(folder, given.seed)
        known = works.tables(files, works.QUICK if given.quick else works.FULL, given.backend)
        wanted = [*known, "fit"] if given.works == "all" else given.works.split(",")
        for name in wanted:
            if name not in known and name != "fit":
                sys.exit(f"no work is called '{name}'; there are {', '.join([*known, 'fit'])}")
        lines = [(name, rank) for name in wanted if name in known
                 for rank in (map(int, given.ranks.split(",")) if given.ranks else known[name][0])]
        random.Random(given.seed).shuffle(lines)
        print(HEADER)
        java = Java(command, folder)
        for name, rank in sorted(lines, key=lambda line: line[0] == "custom"):  # that one after all the others
            for work in known[name][1](rank):
                rows, found = measure(work, java, given.repeats)
                label = f"{work.label} ({work.unit})"
                show(label, rank, work.peer, rows, work.units, found, work.flops, ceilings["fma_gflops"])
        java.close()
        if "fit" in wanted:
            home = subprocess.run([given.java, "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
            home = next(line.split("=")[1].strip() for line in home.splitlines() if "java.home" in line)
            fits(files, given, {"JAVA_HOME": home, "NMF_JAVA_OPTS": given.java_options})


if __name__ == "__main__":
    main()
