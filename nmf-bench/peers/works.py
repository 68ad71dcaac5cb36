"""The works that both sides do: what nmf4j is asked for, and the same in scikit-learn or NumPy."""
import collections
import os
import subprocess
import sys
import time

import numpy as np
import scipy.sparse
from sklearn.decomposition import _nmf
from sklearn.decomposition._cdnmf_fast import _update_cdnmf_fast

import imaging

LOSSES = {"kullback-leibler": 1, "euclidean": 2}


class Files:
    """Matrices of one run, each written once; the same ones for the same name."""

    def __init__(self, folder, seed):
        self.folder, self.seed, self.made = folder, seed, {}

    def _once(self, name, make):
        if name not in self.made:
            self.made[name] = make(np.random.default_rng([self.seed, *name.encode()]))
        return self.made[name]

    def dense(self, rows, columns):
        name = f"x-{rows}x{columns}"
        return name, self._once(name, lambda random: random.poisson(3.0, (rows, columns)).astype(float))

    def sparse(self, rows, columns, entries):
        def make(random):
            places = np.unique(random.integers(rows * columns, size=entries + entries // 100))
            places = np.sort(random.choice(places, min(entries, len(places)), replace=False))
            values = random.integers(1, 6, len(places)).astype(float)
            return scipy.sparse.csr_matrix((values, np.divmod(places, columns)), shape=(rows, columns))
        name = f"s-{rows}x{columns}x{entries}"
        return name, self._once(name, make)

    def factor(self, letter, rows, columns):
        name = f"{letter}-{rows}x{columns}"
        return name, self._once(name, lambda random: random.random((rows, columns)) + 0.01)

    def path(self, name, value):
        """Where a matrix lies, written now if it was not before."""
        path = os.path.join(self.folder, name + (".npz" if scipy.sparse.issparse(value) else ".npy"))
        if not os.path.exists(path):
            if scipy.sparse.issparse(value):
                scipy.sparse.save_npz(path, value, compressed=False)
            else:
                np.save(path, value)
        return path


class Work:
    """One line of the table. `ours` is what the Java peer opens; `call` is the peer's turn, `prepare` runs before it untimed."""

    table = label = peer = ""
    rank = 0
    units, unit = 1, "call"  # times are shown per unit
    flops = 0  # of a call; 0 where their share of the peak says nothing
    compiled = 40  # calls of ours before the first is timed
    calls = 3  # in each repeat
    tolerance = 1e-10  # between the results, of the largest entry
    steps = 1  # calls from the start whose results are compared
    rival = None  # what the Java peer opens for the other side, where that is nmf4j too

    def prepare(self):
        pass

    def run(self, count):
        """Median seconds of a call: CPU of the thread and wall."""
        cpu, wall = [], []
        for _ in range(count):
            self.prepare()
            began = time.thread_time(), time.perf_counter()
            self.call()
            cpu.append(time.thread_time() - began[0])
            wall.append(time.perf_counter() - began[1])
        return np.median(cpu), np.median(wall)

    def restart(self):
        pass

    def objective(self):
        return np.nan


class HalfStep(Work):
    """scikit-learn's multiplicative update of one factor against statistics and update of ours."""

    def __init__(self, table, files, loss, side, x, rank, backend):
        name, self.x = x
        rows, columns = self.x.shape
        w, h = files.factor("w", rows, rank), files.factor("h", rank, columns)
        self.table, self.side, self.beta, self.rank = table, side, LOSSES[loss], rank
        self.start = w[1], h[1]
        self.peer = "scikit-learn"
        sparse = scipy.sparse.issparse(self.x)
        self.units = self.x.nnz if sparse else rows * columns
        self.unit = "nonzero" if sparse else "entry"
        self.label = "%s %s %d x %d" % (loss, side, rows, columns)
        self.flops = 4 * rank * self.units if loss == "kullback-leibler" and not sparse else 0
        self.compiled = max(6, min(60, int(3e8 / (self.units * rank))))
        self.calls = 1 if sparse else 3
        self.ours = "half-step", dict(side=side, loss=loss, backend=backend, x=files.path(*[name, self.x]),
                                      w=files.path(*w), h=files.path(*h))

    def prepare(self):
        self.w, self.h = (factor.copy() for factor in self.start)

    def call(self):
        if self.side == "H":
            self.h = _nmf._multiplicative_update_h(self.x, self.w, self.h, self.beta, 0, 0, 1)
        else:
            self.w = _nmf._multiplicative_update_w(self.x, self.w, self.h, self.beta, 0, 0, 1)[0]

    def result(self):
        return self.h if self.side == "H" else self.w


class PreallocatedHalfStep(HalfStep):
    """H * (W.T @ (X / (W @ H))) / sums in NumPy, every buffer allocated beforehand."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.peer = "NumPy, preallocated"
        self.y, self.n = np.empty_like(self.x), np.empty_like(self.start[1])

    def call(self):
        np.dot(self.w, self.h, out=self.y)
        np.divide(self.x, self.y, out=self.y)
        np.dot(self.w.T, self.y, out=self.n)
        self.n *= self.h
        np.divide(self.n, self.w.sum(axis=0)[:, None], out=self.h)


class CustomLoss(HalfStep):
    """A loss of a user's own against the built-in Kullback-Leibler, both of them ours, in the one virtual machine."""

    def __init__(self, table, files, loss, side, x, rank, backend):
        super().__init__(table, files, "kullback-leibler", side, x, rank, backend)
        self.label = "%s %s %d x %d" % (loss, side, *self.x.shape)
        self.peer = "built-in"
        self.flops = 0
        kind, settings = self.ours
        self.rival = self.ours
        self.ours = kind, dict(settings, loss=loss)


class Hals(Work):
    """One sweep of coordinate descent over the columns of H, given the Gram matrix and the products with X."""

    table, peer, unit, compiled, calls = "hals", "scikit-learn", "column", 2000, 20

    def __init__(self, files, rank, backend):
        x, w, h = files.dense(200, 10000), files.factor("w", 200, rank), files.factor("h", rank, 10000)
        self.rank, self.label, self.units = rank, "HALS sweep, 10000 columns", 10000
        self.start = np.ascontiguousarray(h[1].T)
        self.gram, self.products = w[1].T @ w[1], np.ascontiguousarray(x[1].T @ w[1])
        self.order = np.arange(rank, dtype=np.intp)
        self.ours = "hals", dict(side="H", backend=backend, x=files.path(*x), w=files.path(*w), h=files.path(*h))

    def prepare(self):
        self.h = self.start.copy()

    def call(self):
        _update_cdnmf_fast(self.h, self.gram, self.products, self.order)

    def result(self):
        return self.h.T


class Iteration(Work):
    """One iteration of the regularised problem with its objective."""

    unit, compiled, calls, steps, tolerance = "iteration", 150, 15, 20, 1e-8
    peer = "NumPy, preallocated"

    def __init__(self, table, files, rank, backend):
        side, channels, peaks, smooth, sparse = 100, 200, 15, 2.0, 0.05
        self.table, self.rank, self.label = table, rank, f"regularised problem {channels} x {side * side}"
        parts = imaging.data(np.random.default_rng(files.seed), channels, side, rank, peaks)
        self.numpy = imaging.Imaging(*parts, side, smooth, sparse)
        names = {name: files.path(f"image{rank}-{name}", part) for name, part in zip(("x", "dictionary", "w", "h"), parts)}
        self.ours = "iteration", dict(names, shape=f"{side}x{side}", smooth=smooth, sparse=sparse, backend=backend)

    def call(self):
        self.numpy.iterate()

    def restart(self):
        self.numpy.restart()

    def result(self):
        return self.numpy.h

    def objective(self):
        return self.numpy.objective()


FIT = """
import sys, numpy
from sklearn.decomposition import NMF
x, w, h, iterations = numpy.load(sys.argv[1]), numpy.load(sys.argv[2]), numpy.load(sys.argv[3]), int(sys.argv[4])
model = NMF(w.shape[1], init="custom", solver="mu", beta_loss="kullback-leibler", max_iter=iterations, tol=0)
numpy.save(sys.argv[5], model.fit_transform(x, W=w, H=h))
numpy.save(sys.argv[6], model.components_)
"""


class Fit:
    """A whole fit, process start, reading and writing included, against scikit-learn's in a process of its own.

    An iteration of ours updates H, then W; scikit-learn's W, then H. Theirs starts where ours stands after its first update of
    H, so that both arrive at the same W.
    """

    def __init__(self, files, rank, iterations, command, backend, environment):
        x, w, h = files.dense(200, 10000), files.factor("w", 200, rank), files.factor("h", rank, 10000)
        self.paths = [files.path(*matrix) for matrix in (x, w, h)]
        updated = h[1] * (w[1].T @ (x[1] / (w[1] @ h[1]))) / w[1].sum(axis=0)[:, None]
        theirs = [*self.paths[:2], files.path(h[0] + "-updated", updated)]
        self.rank, self.label = rank, f"fit of {iterations} iterations, 200 x 10000"
        self.out = os.path.join(files.folder, "fit")
        self.environment = dict(os.environ, **environment)
        self.command = [
            command, "fit", self.paths[0], "--rank", str(rank), "--loss", "kullback-leibler", "--solver", "mm",
            "--acceleration", "none", "--max-iterations", str(iterations), "--tolerance", "0", "--trace-every", str(iterations),
            "--w0", self.paths[1], "--h0", self.paths[2], "--backend", backend, "--threads", "1", "--quiet", "--out", self.out]
        self.theirs = [sys.executable, "-W", "ignore", "-c", FIT, *theirs, str(iterations),
                       self.out + "-w.npy", self.out + "-h.npy"]

    def ours_seconds(self):
        return self._seconds(self.command)

    def theirs_seconds(self):
        return self._seconds(self.theirs)

    def _seconds(self, command):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=self.environment)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            raise SystemExit(f"{' '.join(command)} ended with status {status}")
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - began

    def difference(self):
        """Largest relative difference of the two W."""
        ours, theirs = np.load(self.out + "/W.npy"), np.load(self.out + "-w.npy")
        return np.max(np.abs(ours - theirs)) / np.max(theirs)


Scale = collections.namedtuple("Scale", "ranks sparse_ranks sparse")
FULL = Scale((3, 10, 20, 50), (10, 20, 50), (20000, 30000, 5_000_000))
QUICK = Scale((3, 20), (10,), (4000, 6000, 200_000))


def tables(files, scale, backend):
    """For each name: ranks and a function from a rank to the works of one line each."""
    kl, euclid = "kullback-leibler", "euclidean"

    def half(kind, name, loss, side, shape):
        return lambda rank: [kind(name, files, loss, side, files.dense(*shape), rank, backend)]

    tall, wide = (5000, 1000), (200, 10000)
    return {
        "hstep": (scale.ranks, half(HalfStep, "hstep", kl, "H", tall)),
        "wstep": (scale.ranks, half(HalfStep, "wstep", kl, "W", tall)),
        "numpy": (scale.ranks, half(PreallocatedHalfStep, "numpy", kl, "H", wide)),
        "euclidean": (scale.ranks, lambda rank: [
            HalfStep("euclidean", files, euclid, side, files.dense(*tall), rank, backend) for side in "HW"]),
        "sparse": (scale.sparse_ranks, lambda rank: [
            HalfStep("sparse", files, kl, side, files.sparse(*scale.sparse), rank, backend) for side in "HW"]),
        "hals": (scale.ranks, lambda rank: [Hals(files, rank, backend)]),
        "iteration": ((3,), lambda rank: [Iteration("iteration", files, rank, backend)]),
        "custom": (scale.ranks, lambda rank: [
            CustomLoss("custom", files, loss, side, files.dense(*wide), rank, backend)
            for loss in ("custom-promising", "custom") for side in "HW"]),
    }
