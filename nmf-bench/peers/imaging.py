"""The regularised problem's iteration in NumPy: the same majorizers as nmf4j's, every large buffer allocated once.

X ~ G.W.H under Kullback-Leibler, columns of H on the simplex, a Laplacian over the image (exact, in two colours), the log
penalty's tangent; the objective at every iteration.
"""
import numpy as np

FLOOR = 1e-14
SUM_TOLERANCE = 1e-14


def data(random, channels, side, rank, peaks):
    """X (scaled to column sums of about k), G, W0, H0: three smooth maps that sum to one, peaks for a dictionary."""
    at = np.arange(channels)[:, None] - (np.arange(peaks) + 0.5) * channels / peaks
    g = np.exp(-0.5 * (at / 4) ** 2) + 0.01
    spectra = g @ (random.random((peaks, rank)) * random.random((peaks, rank)))
    spectra /= spectra.sum(axis=0)
    down, right = np.divmod(np.arange(side * side), side)
    maps = [0.1 + np.exp(-0.5 * (((down - 25 * (c + 1)) / 20) ** 2 + ((right - 30 - 20 * c) / 20) ** 2)) for c in range(rank)]
    maps = np.array(maps) / np.sum(maps, axis=0)
    x = random.poisson(440 * spectra @ maps).astype(float)
    x *= rank / (channels * x.mean())
    h0 = random.random((rank, side * side)) + 0.01
    return x, g, random.random((peaks, rank)) + 0.01, h0 / h0.sum(axis=0)


class Imaging:
    """Iterates from (w0, h0); h holds the current maps, value the objective where the last iteration began."""

    def __init__(self, x, g, w0, h0, side, smooth, sparse):
        self.x, self.g, self.w0, self.h0 = x, g, w0, h0
        self.smooth, self.sparse = smooth, sparse
        self.side = side
        k, p = h0.shape
        self.constant = np.sum(x[x > 0] * np.log(x[x > 0])) - x.sum()
        self.g_sums = g.sum(axis=0)
        self.y, self.logs = np.empty_like(x), np.empty_like(x)
        self.n = np.empty((k, p))
        self.neighbours = np.empty((k, side, side))
        index = np.arange(p)
        odd = (index // side + index % side) % 2
        self.colours = [np.flatnonzero(odd == colour) for colour in (0, 1)]
        degree = np.full((side, side), 4.0)
        for edge in (degree[0], degree[-1], degree[:, 0], degree[:, -1]):
            edge -= 1
        self.degree = degree.ravel()
        self.restart()

    def restart(self):
        self.w, self.h, self.value = self.w0.copy(), self.h0.copy(), np.nan

    def penalties(self):
        image = self.h.reshape(-1, self.side, self.side)
        steps = [(image[:, 1:] - image[:, :-1]).ravel(), (image[:, :, 1:] - image[:, :, :-1]).ravel()]
        return 0.5 * self.smooth * sum(s @ s for s in steps) + self.sparse * np.log(self.h + 1).sum()

    def neighbour_sums(self):
        image, sums = self.h.reshape(self.neighbours.shape), self.neighbours
        sums[:, 0] = 0
        sums[:, 1:] = image[:, :-1]
        sums[:, :-1] += image[:, 1:]
        sums[:, :, 1:] += image[:, :, :-1]
        sums[:, :, :-1] += image[:, :, 1:]
        return sums.reshape(self.h.shape)

    def data_term(self, b):
        """D at (b, h); leaves the model in y."""
        np.dot(b, self.h, out=self.y)
        np.log(self.y, out=self.logs)
        model = b.sum(axis=0) @ self.h.sum(axis=1)
        return model - np.dot(self.x.ravel(), self.logs.ravel()) + self.constant

    def objective(self):
        return self.data_term(self.g @ self.w) + self.penalties()

    def iterate(self):
        b = self.g @ self.w
        self.value = self.data_term(b) + self.penalties()
        np.divide(self.x, self.y, out=self.y)
        np.dot(b.T, self.y, out=self.n)
        column_sums = b.sum(axis=0)[:, None]
        for colour in self.colours:
            h = self.h[:, colour]
            q = self.smooth * self.degree[colour]
            linear = column_sums + self.sparse / (h + 1) - self.smooth * self.neighbour_sums()[:, colour]
            self.h[:, colour] = simplex(q, linear, self.n[:, colour] * h)
        np.dot(b, self.h, out=self.y)
        np.divide(self.x, self.y, out=self.y)
        ratio = (self.g.T @ (self.y @ self.h.T)) / np.outer(self.g_sums, self.h.sum(axis=1))
        self.w = np.maximum(self.w * ratio, FLOOR)


def simplex(q, linear, c):
    """argmin of q h^2/2 + l h - c log h in each column with sum 1: Newton on the multiplier from the left, all columns at once."""
    shift = np.min(q + linear - c, axis=0)  # at this multiplier one entry alone reaches the sum
    linear -= shift
    nu = np.zeros(linear.shape[1])
    four_qc = 4 * q * c
    while True:
        slope = linear + nu
        root = np.sqrt(slope * slope + four_qc)
        h = np.where(slope >= 0, 2 * c / (slope + root), (root - slope) / (2 * q))
        np.maximum(h, FLOOR, out=h)
        excess = h.sum(axis=0) - 1
        if np.max(np.abs(excess)) < SUM_TOLERANCE * len(h):
            return h / h.sum(axis=0)
        steps = excess / np.sum(h / root, axis=0)
        if np.max(np.abs(steps) / (1 + np.abs(nu))) < 1e-15:
            return h / h.sum(axis=0)
        nu += steps
